"""Telegram's side: what arrives of what we write, by Telegram's own parser."""

from bot.markup import LIMIT, Html, Message, units
from bot.playground.text.entities import Entity, FormattedText
from bot.playground.text.reading import TextReader

_BLANK = " \n"
_MOST_BYTES = 1 << 15
_MOST_ENTITIES = 100
_MOST_DATA_BYTES = 64
_MOST_LABEL = 34
_MOST_IN_A_ROW = 8


class Telegram:
    """Takes messages as Telegram does, and complains in a test's way."""

    def __init__(self) -> None:
        self._reader = TextReader()

    def take(self, body: Html) -> FormattedText:
        """Return what arrives, which must be what we think is shown."""
        assert len(body.markup.encode()) <= _MOST_BYTES
        parsed = self._reader.engine.parse(body.markup, "html")
        arrived = self._reader.engine.normalise(parsed)
        assert arrived.text.strip(_BLANK) == body.shown.strip(_BLANK)
        assert 0 < units(arrived.text) <= LIMIT
        assert len(arrived.entities) <= _MOST_ENTITIES
        return arrived

    def take_message(self, message: Message) -> FormattedText:
        """Return what arrives of a message whose buttons must be sound too."""
        for row in message.keyboard:
            assert 1 <= len(row) <= _MOST_IN_A_ROW
            for button in row:
                assert 1 <= len(button.data.encode()) <= _MOST_DATA_BYTES
                assert 1 <= len(button.label) <= _MOST_LABEL
        return self.take(message.body)


def covered(arrived: FormattedText, kind: str) -> list[str]:
    """List the stretches that are of one kind."""
    written = arrived.text.encode("utf-16-le")
    return [
        written[2 * one.offset : 2 * one.end].decode("utf-16-le")
        for one in arrived.entities
        if one.kind == kind
    ]


def of_kind(arrived: FormattedText, kind: str) -> list[Entity]:
    return [one for one in arrived.entities if one.kind == kind]
