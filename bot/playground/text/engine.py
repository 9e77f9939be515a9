"""What a reader of Telegram's markup must be able to do; there are two of them."""

from typing import Protocol

from bot.playground.text.entities import Entity, FormattedText


class Engine(Protocol):
    """Telegram's own library, or the fallback that agrees with it."""

    def parse(self, text: str, parse_mode: str) -> FormattedText:
        """Return what the markup says, or raise ``Refused`` with Telegram's words."""
        ...

    def normalise(self, text: FormattedText) -> FormattedText:
        """Return the text as Telegram delivers it: characters cleaned, entities nested as allowed.

        Blanks at both ends stay.
        """
        ...

    def detect(self, text: str) -> tuple[Entity, ...]:
        """Return the addresses, mentions, tags and commands that Telegram finds by itself."""
        ...
