"""Telegram's HTML, made so that nothing that is not ours can be a tag.

An ``Html`` holds the markup and, beside it, the text that a reader will see. Functions take
``str`` or ``Html``; a ``str`` is always text and is escaped. What Telegram would change about a
text (control characters, direction overrides) is changed here first, so that what we think is
shown is what is shown.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

#: Telegram drops these: carriage returns, line separators, what turns the direction, and three
#: accents that draw lines over and under others.
_DROPPED = "\r\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u030a\u0333\u033f"
#: Isolates of direction stand only where ``texts`` puts them, or they could leak out of a name.
_ISOLATES = "\u2066\u2067\u2068\u2069"
_CLEAN: dict[int, str | None] = {
    **{code: " " for code in range(0x20) if chr(code) != "\n"},
    **{ord(char): None for char in _DROPPED},
}
_SURROGATE = re.compile("[\ud800-\udfff]")
#: A ring that Telegram would drop is kept in the letter: å.
_RINGED = re.compile("[AaUuwy]\u030a")
#: Of several marks of direction in a row Telegram leaves the last one its force.
_MARKS_BEFORE_A_MARK = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")
_CHANGED = re.compile("[\0-\t\x0b-\x1f\u030a\u0333\u033f\u200e\u200f\u2028-\u202e\ud800-\udfff]")
_ISOLATE = re.compile(f"[{_ISOLATES}]")


@dataclass(frozen=True, slots=True)
class Html:
    """A piece of a message: its markup, and the text that it shows."""

    markup: str
    shown: str

    def __add__(self, other: "Html | str") -> "Html":
        return join((self, other))

    def __bool__(self) -> bool:
        return bool(self.shown)


def text(value: "str | Html", *, keep_isolates: bool = False) -> Html:
    """Return text as it can stand in a message; an ``Html`` is given back as it is.

    ``keep_isolates`` is for a sentence whose isolates of direction are ours.
    """
    if isinstance(value, Html):
        return value
    shown = value if keep_isolates else _ISOLATE.sub("", value)
    if _CHANGED.search(shown):
        shown = _as_telegram_shows(shown)
    return Html(_escape(shown), shown)


def join(parts: Iterable[str | Html], between: str | Html = "") -> Html:
    """Return the pieces one after the other."""
    pieces = [text(part) for part in parts]
    glue = text(between)
    return Html(
        glue.markup.join(piece.markup for piece in pieces),
        glue.shown.join(piece.shown for piece in pieces),
    )


def lines(*parts: str | Html | None) -> Html:
    """Return the pieces on a line each; None leaves no line."""
    return join((part for part in parts if part is not None), "\n")


def bold(value: str | Html) -> Html:
    """Return the text in bold."""
    return _tag("b", value)


def italic(value: str | Html) -> Html:
    """Return the text in italics."""
    return _tag("i", value)


def struck(value: str | Html) -> Html:
    """Return the text struck through."""
    return _tag("s", value)


def code(value: str) -> Html:
    """Return the text in fixed width, to be copied by a tap."""
    return _tag("code", value)


def spoiler(value: str | Html) -> Html:
    """Return the text hidden until it is tapped."""
    inner = text(value)
    return Html(f"<tg-spoiler>{inner.markup}</tg-spoiler>", inner.shown)


def quote(value: str | Html, *, expandable: bool = False) -> Html:
    """Return the text in a quote; an expandable one is folded to three lines.

    Quotes do not nest: the inner one is lost (https://core.telegram.org/bots/api#html-style).
    """
    inner = text(value)
    opening = "<blockquote expandable>" if expandable else "<blockquote>"
    return Html(f"{opening}{inner.markup}</blockquote>", inner.shown)


def moment(instant: datetime, shape: Literal["wt", "D", "r", "wDt", "t"], words: str) -> Html:
    """Return an instant that clients show in the reader's own zone, older ones as ``words``."""
    inner = text(words)
    unix = int(instant.timestamp())
    return Html(f'<tg-time unix="{unix}" format="{shape}">{inner.markup}</tg-time>', inner.shown)


def _tag(name: str, value: str | Html) -> Html:
    inner = text(value)
    return Html(f"<{name}>{inner.markup}</{name}>", inner.shown) if inner.shown else inner


def _as_telegram_shows(value: str) -> str:
    shown = _RINGED.sub(lambda ringed: unicodedata.normalize("NFC", ringed[0]), value)
    shown = _SURROGATE.sub("\ufffd", shown).translate(_CLEAN)
    return _MARKS_BEFORE_A_MARK.sub("", shown)


def _escape(shown: str) -> str:
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
