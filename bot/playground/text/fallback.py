"""A reader of Telegram's HTML for platforms without a wheel of Telegram's library."""

from bot.playground import refusals
from bot.playground.refusals import bad_request
from bot.playground.text import detect
from bot.playground.text.clean import cleaned
from bot.playground.text.entities import Entity, FormattedText
from bot.playground.text.nesting import nested
from bot.playground.text.tags import parse_html


class FallbackEngine:
    """Agrees with Telegram's own parser on HTML; knows no Markdown."""

    def parse(self, text: str, parse_mode: str) -> FormattedText:
        """Return what the markup says, or raise ``Refused`` with Telegram's words."""
        if parse_mode != "html":
            raise bad_request(refusals.PARSE_MODE)
        return parse_html(text)

    def normalise(self, text: FormattedText) -> FormattedText:
        """Return the text as Telegram delivers it, blanks at both ends kept."""
        clean = cleaned(FormattedText(text.text, nested(text.entities)))
        return FormattedText(clean.text, nested(clean.entities))

    def detect(self, text: str) -> tuple[Entity, ...]:
        """Return the addresses, mentions, tags and commands that Telegram finds by itself."""
        return detect.detect(text)
