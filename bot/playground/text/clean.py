"""Which characters Telegram takes out of a text, and where its entities stand afterwards."""

import re
from dataclasses import replace

from bot.playground.text.entities import FormattedText, utf16_length

_BLANKED = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
_DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
# Of several direction marks in a row the last one stays, the others lose their force.
_MARKS_BEFORE_A_MARK = re.compile("[\u200e\u200f](?=[\u200e\u200f])")
_POWERLESS = "\u200c"


def cleaned(text: FormattedText) -> FormattedText:
    """Return the text without what Telegram drops, its entities moved along."""
    shown = _BLANKED.sub(" ", text.text)
    gone = [utf16_length(shown[: found.start()]) for found in _DROPPED.finditer(shown)]
    if gone:
        shown = _DROPPED.sub("", shown)
    shown = _MARKS_BEFORE_A_MARK.sub(_POWERLESS, shown)
    moved = []
    for entity in text.entities:
        before = sum(at < entity.offset for at in gone)
        inside = sum(entity.offset <= at < entity.end for at in gone)
        moved.append(replace(entity, offset=entity.offset - before, length=entity.length - inside))
    return FormattedText(shown, tuple(moved))
