"""Running text: how blanks around and between its lines are kept, and how it is quoted."""

import re
import unicodedata

# Files that were joined have it in their middle, at the start of a line.
BYTE_ORDER_MARK = "\ufeff"

# What counts as a blank at either end of a value.
BLANKS = " \n\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
BLANKS += "\u202f\u205f\u3000" + BYTE_ORDER_MARK

_BLANK_LINES = re.compile("\n{3,}")
_SHOWN = 60  # characters of a value that a message repeats


def tidy_text(text: str) -> str:
    """Return the text without blanks around it and at the ends of its lines."""
    lines = text.strip(BLANKS).split("\n")
    return "\n".join(line.rstrip(BLANKS).lstrip(BYTE_ORDER_MARK) for line in lines)


def tidy_paragraphs(text: str) -> str:
    """Return the text tidied, its paragraphs parted by exactly one blank line."""
    return _BLANK_LINES.sub("\n\n", tidy_text(text))


def tidy_line(text: str) -> str:
    """Return the text on one line, with a blank for each line end."""
    return " ".join(filter(None, (line.strip(BLANKS) for line in text.split("\n"))))


def has_ink(text: str) -> bool:
    """Tell whether the text holds anything that can be seen."""
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)


def quote(text: str) -> str:
    """Return the text as a message shows it: in quotes, escaped, cut and counted if it is long."""
    if len(text) <= _SHOWN:
        return repr(text)
    return f"{text[: _SHOWN - 1] + '…'!r} ({len(text)} characters)"
