"""The first sentence as a headline: how far it stands in bold, so that a glance is enough.

Nothing is cut and nothing invented: the bold stops at the last border of a clause before 90
characters, and the sentence goes on in regular weight.
"""

import re
from functools import cache, lru_cache

from bot.markup import join_before

BOLD_CHARACTERS = 90
#: A bold part shorter than this says too little; then any blank will do.
LEAST_CHARACTERS = 30
#: So much is looked at behind the border, the blanks around the word included.
_LONGEST_CLAUSE_WORD = 16
#: Headlines of a window, as whole and as cut, which every digest asks for again.
_CACHED = 4096

#: Words that begin a clause, by language; the border is the blank before.
_CLAUSE_WORDS = {
    "en": "after although amid as because before but despite if since so that though to unless "
    "until when where whether which while who whose with",
    "es": "aunque como con cuando cuyo donde mientras para pero porque pues que quien según si "
    "sin tras",
    "ru": "чтобы что который которая которое которые когда если после хотя пока где для",
    "ar": "التي الذي الذين بعد لكن حيث عندما منذ بينما لأن كي حتى",
}
_PUNCTUATION = re.compile(r"[,;:–—،؛](?=\s)|\s[–—-](?=\s)|[、，；：]")


@lru_cache(maxsize=_CACHED)
def bold_part(headline: str, *, lang: str) -> tuple[str, str]:
    """Return a headline in two: what stands in bold, and the rest with the blank before it."""
    if len(headline) <= BOLD_CHARACTERS:
        return headline, ""
    near = headline[: BOLD_CHARACTERS + _LONGEST_CLAUSE_WORD]
    borders = [found.start() for found in _PUNCTUATION.finditer(near)]
    borders += [found.start() for found in _clause(lang).finditer(near)]
    good = (border for border in borders if LEAST_CHARACTERS <= border <= BOLD_CHARACTERS)
    last = max(good, default=-1)
    if last < 0:
        last = headline.rfind(" ", 0, BOLD_CHARACTERS + 1)
    if last < LEAST_CHARACTERS:
        last = join_before(headline, BOLD_CHARACTERS)
    return headline[:last], headline[last:]


@cache
def _clause(lang: str) -> re.Pattern[str]:
    primary, _, _ = lang.partition("-")
    words = _CLAUSE_WORDS.get(primary, _CLAUSE_WORDS["en"]).split()
    return re.compile(rf"[,;:–—،؛]?\s(?=(?:{'|'.join(words)})\s)")
