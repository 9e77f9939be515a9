"""Stems: the form in which words of topics are compared, by language."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache

import snowballstemmer

#: Shorter words are compared whole.
STEMMED_LETTERS = 3


def language(tag: str | None, *, default: str) -> str:
    """Return the language part of a BCP 47 tag."""
    return (tag or default).split("-")[0].casefold()


@lru_cache(maxsize=300_000)
def stem(word: str, lang: str) -> str:
    """Return the Snowball stem of a case-folded word, accents folded; short words as they are."""
    if len(word) < STEMMED_LETTERS:
        return word
    return fold(_stemmer(lang)(word))


def fold(word: str) -> str:
    """Return a word without its accents."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


@lru_cache(maxsize=64)
def _stemmer(lang: str) -> Callable[[str], str]:
    known = snowballstemmer.algorithms()
    name = _ALGORITHMS.get(lang)
    if name not in known:
        return str
    stem_word: Callable[[str], str] = snowballstemmer.stemmer(name).stemWord
    return stem_word


_ALGORITHMS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
