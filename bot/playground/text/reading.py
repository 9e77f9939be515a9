"""The text of a message as Telegram keeps it, from the parameters of a call."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from bot.playground import refusals
from bot.playground.refusals import bad_request
from bot.playground.text import given, tdlib
from bot.playground.text.engine import Engine
from bot.playground.text.entities import EMPTY, Entity, FormattedText, in_order, utf16_length
from bot.playground.text.fallback import FallbackEngine
from bot.playground.text.nesting import with_detected

_MOST_BYTES = 1 << 15
# Characters that show nothing: a text of these alone counts as empty.
_INVISIBLE = "".join(
    chr(code)
    for code in (0x1680, 0x180E, 0x202E, 0x202F, 0x205F, 0x2800, 0x3000, 0xFFFC, 0xFEFF, 0xA0)
) + "".join(chr(code) for code in range(0x2000, 0x2010))
_BLANK = " \n"


@lru_cache(maxsize=1)
def default_engine() -> Engine:
    """Return Telegram's own parser where it is installed, else the fallback."""
    return tdlib.TdlibEngine() if tdlib.is_available() else FallbackEngine()


class TextReader:
    """Reads texts with one engine and remembers the latest, since a digest goes to many."""

    def __init__(self, engine: Engine | None = None) -> None:
        self.engine = engine or default_engine()
        self._formatted = lru_cache(maxsize=512)(self._format)

    def read(self, text: str, parse_mode: str, entities: object = None) -> FormattedText:
        """Return the text that would be delivered; empty when nothing visible is left of it.

        Raises ``Refused`` for broken markup. Lengths are for the caller to check.
        """
        mode = parse_mode.lower()
        if len(text.encode("utf-8", "surrogatepass")) > _MOST_BYTES:
            raise bad_request(refusals.TEXT_BYTES)
        if not _is_utf8(text):
            raise bad_request(refusals.NOT_UTF8)
        if not mode or mode == "none" or not text:
            return self._formatted(text, "", tuple(given.read_entities(entities)))
        return self._formatted(text, mode, ())

    def plain(self, text: str) -> FormattedText:
        """Return what a person typed, with the entities that Telegram finds in it."""
        return self.read(text, "")

    def _format(self, text: str, parse_mode: str, entities: tuple[Entity, ...]) -> FormattedText:
        parsed = FormattedText(text, entities)
        if parse_mode:
            parsed = self.engine.parse(text, parse_mode)
        trimmed = _trimmed(self.engine.normalise(parsed))
        if not trimmed.text.strip(_INVISIBLE + _BLANK):
            return EMPTY
        found = self.engine.detect(trimmed.text)
        return FormattedText(trimmed.text, with_detected(trimmed.entities, found))


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _trimmed(text: FormattedText) -> FormattedText:
    """Drop blanks at the end, and those at the beginning that stand before the first entity."""
    shown = text.text.rstrip(_BLANK)
    end = utf16_length(shown)
    kept = [
        replace(entity, length=min(entity.end, end) - entity.offset)
        for entity in text.entities
        if entity.offset < end
    ]
    before = min((entity.offset for entity in kept), default=end)
    dropped = min(before, len(shown) - len(shown.lstrip(_BLANK)))
    return FormattedText(shown[dropped:], _moved(kept, -dropped))


def _moved(entities: Iterable[Entity], by: int) -> tuple[Entity, ...]:
    return in_order(replace(entity, offset=entity.offset + by) for entity in entities)
