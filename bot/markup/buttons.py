"""Buttons under a message, and the data that they carry.

    data  = "1" route *( "." argument )     ASCII, at most 64 bytes

"1" is the version of this schema. Buttons state the target ("on", not "toggle"), so double
taps and old keyboards do no harm. Whoever taps can send any data, so handlers check again.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

VERSION = "1"
DATA_BYTES = 64  # https://core.telegram.org/bots/api#inlinekeyboardbutton
_DATA = re.compile(r"1[a-z]{1,3}(\.[A-Za-z0-9_/+-]{1,40}){0,5}", re.ASCII)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: what it says, and the data that a tap sends."""

    label: str
    data: str
    style: Literal["primary", "success", "danger"] | None = None

    def as_json(self) -> dict[str, str]:
        """Return it as the Bot API takes it."""
        made = {"text": self.label, "callback_data": self.data}
        return made | {"style": self.style} if self.style else made


Keyboard = tuple[tuple[Button, ...], ...]


def callback(route: str, *arguments: str | int) -> str:
    """Return the data of a button; numbers are written in base 36."""
    parts = [base36(part) if isinstance(part, int) else part for part in arguments]
    data = ".".join((VERSION + route, *parts))
    assert _DATA.fullmatch(data), data
    assert len(data) <= DATA_BYTES, data
    return data


def parse_callback(data: str) -> tuple[str, tuple[str, ...]] | None:
    """Return route and arguments of a button's data, None if it is not of this schema."""
    if len(data) > DATA_BYTES or not _DATA.fullmatch(data):
        return None
    route, *arguments = data[len(VERSION) :].split(".")
    return route, tuple(arguments)


@lru_cache(maxsize=4096)  # the buttons of a message say the same numbers
def base36(number: int) -> str:
    """Return a number that is not negative in base 36, as ids are shown."""
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits


def read_base36(written: str, *, most: int = 2**63 - 1) -> int | None:
    """Return the number that was written in base 36, None if it was none; case does not matter."""
    plain = written.strip().lower()
    if not plain or len(plain) > 13 or any(char not in _DIGITS for char in plain):
        return None
    number = int(plain, 36)
    return number if number <= most else None
