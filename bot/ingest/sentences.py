"""Where sentences end, by the few rules that news in plain text needs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_STOP = re.compile(r"""[.!?…؟۔।]++["'”’»)\]]*+|[。！？｡]++[」』”’）]*+""")
_LONE_STOP = re.compile(r"""\.(?![.!?…])""")
_WORD_BEFORE = re.compile(r"""[^\s("'“‘«¿¡—–\[]+\Z""")
_WORD_AFTER = re.compile(r"""\s+["'“‘«„(\[¿¡]*+(\S+)""")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")  # U.S, a.m, Ph.D, but not 3.5
_WIDE_STOPS = "。！？｡"  # need no blank behind them
_REACH = 40  # characters on either side of a stop that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The words of a language that tell a stop inside a sentence from its end."""

    never_last: frozenset[str]  # a name follows: Dr. Gen. vs.
    before_digits: frozenset[str]  # last unless a number follows: No. 5
    maybe_last: frozenset[str]  # Inc. a.m.: last if the next word is one of the openers
    openers: frozenset[str]  # words that begin sentences far more often than names


def _words(*, never_last: str, before_digits: str, maybe_last: str, openers: str) -> _Words:
    return _Words(
        never_last=frozenset(never_last.split()),
        before_digits=frozenset(before_digits.split()),
        maybe_last=frozenset(maybe_last.split()),
        openers=frozenset(openers.split()),
    )


_ENGLISH = _words(
    never_last=(
        "adm amb brig capt cmdr col cpl dr e.g fr ft gen gov hon i.e lt maj messrs mr mrs ms mt "
        "pres prof rep reps rev sen sens sgt st supt v viz vs"
    ),
    before_digits=(
        "approx art ca ch fig figs no nos p para pp sec vol "
        "jan feb mar apr jun jul aug sep sept oct nov dec"
    ),
    maybe_last="al assn ave blvd bros co corp dept esq etc inc jr llc ltd plc rd sr univ",
    openers=(
        "a according after all also although an and another as at because before both but by "
        "critics despite during earlier even for from he her here his how however i if in instead "
        "it its last later many meanwhile moreover most neither next no nor not now officials on "
        "once one only or other our she since so some still such that the their then there these "
        "they this those though today two under until we what when where whether which while who "
        "why with without yet you"
    ),
)
_BY_LANGUAGE = {
    "en": _ENGLISH,
    "es": _words(
        never_last=(
            "cnel d dna dr dra dña ee ff gob gral ing lic mons p prof profa rr sr sra sres srta "
            "sta sto ud uds vs"
        ),
        before_digits=(
            "aprox art arts cap fig n.º no num núm nº pág págs tel vol "
            "ene feb mar abr jun jul ago sep sept oct nov dic"
        ),
        maybe_last="aa cía ej etc hnos uu",
        openers=(
            "a además al ante aunque cada como con cuando de del desde después donde durante el "
            "ella ellos en entre es esa ese eso esta estas este esto estos hasta hay la las lo "
            "los mientras no o para pero por porque que según si sin sino sobre su sus también "
            "tras un una unas uno unos y ya"
        ),
    ),
    "ru": _words(
        never_last="акад ген гр им м о обл п пл проф св см ст ул",
        before_digits="гл п рис стр с т ч",
        maybe_last="г гг др млн млрд пр руб тыс",
        openers=(
            "а без в во все для до если за и из их к как когда кто мы на не но о он она они от "
            "по после при с со так там то у что это эта эти этот"
        ),
    ),
    "ar": _words(never_last="أ د م", before_digits="ص", maybe_last="", openers=""),
}


def split_sentences(text: str, *, lang: str) -> Iterator[str]:
    """Give the sentences of a text; the end of a paragraph ends one too."""
    for paragraph in text.split("\n\n"):
        start = 0
        for end in list_ends(paragraph, lang=lang):
            yield paragraph[start:end].strip()
            start = end
        if rest := paragraph[start:].strip():
            yield rest


def list_ends(paragraph: str, *, lang: str) -> Iterator[int]:
    """Give the places where sentences of a paragraph end, behind stop and closing quotes.

    Rules that know words are there for English, Spanish, Russian and Arabic; other languages
    are read by the English ones. The time grows with the length only.
    """
    words = _BY_LANGUAGE.get(lang.lower().partition("-")[0], _ENGLISH)
    start = 0
    for stop in _STOP.finditer(paragraph):
        if _is_end(paragraph, stop, start=start, words=words):
            start = stop.end()
            yield start


def _is_end(text: str, stop: re.Match[str], *, start: int, words: _Words) -> bool:
    end = stop.end()
    if stop.group()[0] in _WIDE_STOPS:
        return True
    if not text[end : end + 1].isspace():
        return end == len(text)  # else 3.5, example.com, U.S.-led
    after = _WORD_AFTER.match(text, end, end + _REACH)
    if after is None:
        return True
    if after[1][0].islower():
        return False
    before = _WORD_BEFORE.search(text, max(start, stop.start() - _REACH), stop.start())
    if before is None or not _LONE_STOP.match(stop.group()):
        return True
    begins = before.start() - start < _REACH and not text[start : before.start()].strip()
    if begins and before.group().isdecimal():
        return False  # the number of a list: "1. SpaceX has …"
    return _can_be_last(before.group(), after[1], words=words)


def _can_be_last(before: str, after: str, *, words: _Words) -> bool:
    """Tell whether a word with a lone stop behind it ends its sentence before ``after``."""
    word = before.casefold()
    if word in words.never_last:
        return False
    if word in words.before_digits:
        return not after[0].isdigit()
    is_initial = len(before) == 1 and before.isupper()
    if is_initial or word in words.maybe_last or _DOTTED.fullmatch(word):
        return after.rstrip(",;:.!?").casefold() in words.openers
    return True
