"""Stems: the form in which words of topics are compared, by language."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

import snowballstemmer

#: Shorter words are compared whole.
STEMMED_LETTERS = 3
#: Marks a short word, so that "its", whose stem is "it", is no "IT".
_WHOLE = "="
#: Accents of Latin, Greek and Cyrillic, vowel signs and hamzas of Arabic. Other scripts have
#: marks too, without which a word is another word.
_ACCENT = re.compile("[\u0300-\u036f\u064b-\u0655\u0670]")
_OTHER_LETTERS = frozenset("йўїѓќ")


def language(tag: str | None, *, default: str) -> str:
    """Return the language part of a BCP 47 tag."""
    return (tag or default).split("-")[0].casefold()


@lru_cache(maxsize=300_000)
def stem(word: str, lang: str) -> str:
    """Return the Snowball stem of a case-folded word, accents folded; short words stay whole."""
    if len(word) < STEMMED_LETTERS:
        return _WHOLE + word
    return fold(_stemmer(lang)(word))


@lru_cache(maxsize=100_000)
def variants(word: str, lang: str) -> frozenset[str]:
    """Return the stems under which a word of a topic is met.

    Stemmers look at accents ("energía" and "energia" part ways), people leave them out: so the
    word counts as it is written and as it is typed without them. A short word is met whole and
    by longer words of which it is the stem ("ads" meets "ad").
    """
    found = {stem(word, lang), stem(fold(word), lang)}
    return frozenset(found | {one.removeprefix(_WHOLE) for one in found})


def fold(word: str) -> str:
    """Return a word without its accents; marks that make another letter stay."""
    if word.isascii():
        return word
    return "".join(map(_without_accent, unicodedata.normalize("NFC", word)))


def _without_accent(char: str) -> str:
    if char in _OTHER_LETTERS:
        return char
    return _ACCENT.sub("", unicodedata.normalize("NFD", char))


@lru_cache(maxsize=64)
def _stemmer(lang: str) -> Callable[[str], str]:
    name = _ALGORITHMS.get(lang)
    if name is None:
        return str
    stem_word: Callable[[str], str] = snowballstemmer.stemmer(name).stemWord
    return stem_word


_ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
