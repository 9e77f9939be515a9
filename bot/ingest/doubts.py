"""What makes an editor look at a counter-argument before readers do."""

from collections.abc import Iterator

from bot.ingest import sentences, words
from bot.ingest.results import WarningCode

MIN_CHARACTERS = 40
_OPENING = 4  # words; all but the first, which may have a quote before it, are looked for early
_PUNCTUATION = ".,;:!?…\"'“”‘’«»"

# What people and language models write where they have nothing to say, as bare words.
_PLACEHOLDERS = frozenset(
    {
        "n a",
        "na",
        "nil",
        "no",
        "none",
        "null",
        "nan",
        "not applicable",
        "not available",
        "not given",
        "not provided",
        "not stated",
        "none available",
        "none found",
        "none given",
        "none identified",
        "none provided",
        "no counter argument",
        "no counterargument",
        "no counter argument provided",
        "no counterpoint",
        "no counter arguments",
        "placeholder",
        "tba",
        "tbc",
        "tbd",
        "todo",
        "to be added",
        "to be determined",
        "undefined",
        "unknown",
        "desconocido",
        "ninguna",
        "ninguno",
        "no aplica",
        "no disponible",
        "sin contraargumento",
        "нет",
        "не указано",
        "неизвестно",
        "لا يوجد",
        "غير متوفر",
    }
)


def weigh(counter_argument: str, *, body: str, lang: str) -> Iterator[tuple[WarningCode, str]]:
    """Give each doubt about a counter-argument with what is to be said about it."""
    words = _bare(counter_argument)
    if not words or words in _PLACEHOLDERS:
        yield WarningCode.PLACEHOLDER, "is a placeholder"
        return
    if len(counter_argument) < MIN_CHARACTERS:
        what = f"has {len(counter_argument)} characters; a case has at least {MIN_CHARACTERS}"
        yield WarningCode.SHORT, what
    if _is_copied(counter_argument, body=body, lang=lang):
        yield WarningCode.COPIED, "repeats the body word for word"


def _is_copied(text: str, *, body: str, lang: str) -> bool:
    """Tell whether every sentence of the text is one of the body."""
    written = text.casefold().split()
    opening = " ".join(written[1:_OPENING] or written).strip(_PUNCTUATION)
    if opening not in " ".join(body.casefold().split()):  # nearly always, and very cheap
        return False
    said = {_bare(sentence) for sentence in sentences.split_sentences(text, lang=lang)}
    stated = {_bare(sentence) for sentence in sentences.split_sentences(body, lang=lang)}
    return said <= stated


def _bare(text: str) -> str:
    return " ".join(words.list_words(text))
