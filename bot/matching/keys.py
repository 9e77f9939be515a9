"""A name as it is compared: its key, its words, and whether it is an acronym."""

import re
import unicodedata

_POSSESSIVE = re.compile(r"['’ʼ]s\b", re.IGNORECASE)
_DROPPED = ".'’‘ʼ`´\u0640"  # full stops, apostrophes and the stretching stroke of Arabic
# NFKC makes an ellipsis into full stops, and a free-standing accent into one over a blank.
_BEFORE_NFKC = str.maketrans({"…": " ", "´": None})
_KEPT_SIGNS = frozenset("+#$")
_INVISIBLE_BORDERS = frozenset("\u200b\u200c")
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
ACRONYM_LETTERS = range(2, 7)


def key(name: str) -> str:
    """Return what a name is told apart by: case, full stops and most punctuation do not count.

    Accents do, and so do ``+ # $``: "C#" is not "C". Never empty for a name that is not.
    """
    found = _plain(_compatible(name).casefold())
    return found or name.strip()


def compact(name_key: str) -> str:
    """Return a key without blanks, so that "Space X" and "SpaceX" are one."""
    return name_key.replace(" ", "")


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in order, case-folded, without a possessive ``'s``."""
    return tuple(key(_POSSESSIVE.sub("", text)).split())


def spellings(text: str) -> tuple[str, ...]:
    """Return the words of a text in order with their case, full stops dropped."""
    return tuple(spelling(text).split())


def spelling(name: str) -> str:
    """Return a name with its case, without punctuation and a possessive ``'s``."""
    return _plain(_compatible(_POSSESSIVE.sub("", name)))


def acronym(name: str) -> str | None:
    """Return a name typed in capitals only, 2 to 6 letters, without its full stops; else None."""
    plain = unicodedata.normalize("NFKC", name).strip().replace(".", "")
    if len(plain) in ACRONYM_LETTERS and plain.isalpha() and plain.isupper():
        return plain
    return None


def _compatible(text: str) -> str:
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text.translate(_BEFORE_NFKC))


def _plain(text: str) -> str:
    plain = " ".join(text.translate(_SIGNS).split())
    # Dropping a full stop may have left a letter and an accent side by side.
    return plain if plain.isascii() else unicodedata.normalize("NFC", plain)


class _Signs(dict[int, str | None]):
    """What stands for a character: itself, a blank where it parts words, or nothing."""

    def __missing__(self, code: int) -> str | None:
        self[code] = found = _sign(chr(code))
        return found


_SIGNS = _Signs()


def _sign(char: str) -> str | None:
    if char in _DROPPED or ord(char) in _VARIATION_SELECTORS:
        return None
    if char.isalnum() or char in _KEPT_SIGNS:
        return char
    category = unicodedata.category(char)
    if category == "Cf" and char not in _INVISIBLE_BORDERS:
        return None
    return char if category in {"Mn", "Mc"} else " "
