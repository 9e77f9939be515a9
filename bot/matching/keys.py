"""A name as it is compared: its key, its words, and whether it is an acronym."""

import re
import unicodedata

_DROPPED = str.maketrans("", "", ".'’‘ʼ`´")  # full stops and apostrophes
_POSSESSIVE = re.compile(r"['’ʼ]s\b", re.IGNORECASE)
_KEPT_SIGNS = frozenset("+#$")
ACRONYM_LETTERS = range(2, 7)


def key(name: str) -> str:
    """Return what a name is told apart by: case, full stops and most punctuation do not count.

    Accents do, and so do ``+ # $``: "C#" is not "C". Never empty for a name that is not.
    """
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_DROPPED)
    found = " ".join("".join(_sign(char) for char in folded).split())
    return found or name.strip()


def compact(name_key: str) -> str:
    """Return a key without blanks, so that "Space X" and "SpaceX" are one."""
    return name_key.replace(" ", "")


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in order, case-folded, without a possessive ``'s``."""
    return tuple(key(_POSSESSIVE.sub("", text)).split())


def spellings(text: str) -> tuple[str, ...]:
    """Return the words of a text in order with their case, full stops dropped."""
    plain = unicodedata.normalize("NFKC", _POSSESSIVE.sub("", text)).translate(_DROPPED)
    return tuple("".join(_sign(char) for char in plain).split())


def acronym(name: str) -> str | None:
    """Return a name typed in capitals only, 2 to 6 letters, without its full stops; else None."""
    plain = name.strip().replace(".", "")
    if len(plain) in ACRONYM_LETTERS and plain.isalpha() and plain.isupper():
        return plain
    return None


def _sign(char: str) -> str:
    if char.isalnum() or char in _KEPT_SIGNS or unicodedata.category(char)[0] == "M":
        return char
    return " "
