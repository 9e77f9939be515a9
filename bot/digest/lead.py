"""The first sentence as a headline: how far it stands in bold, so that a glance is enough.

Nothing is cut and nothing invented: the bold stops at the last border of a clause before 90
characters, and the sentence goes on in regular weight.
"""

import re
from functools import cache

BOLD_CHARACTERS = 90
#: A bold part shorter than this says too little; then any blank will do.
LEAST_CHARACTERS = 30

#: Words that begin a clause, by language; the border is the blank before.
_CLAUSE_WORDS = {
    "en": "after although amid as because before but despite if since so that though to unless "
    "until when where whether which while who whose with",
    "es": "aunque como con cuando cuyo donde mientras para pero porque pues que quien según si "
    "sin tras",
    "ru": "чтобы что который которая которое которые когда если после хотя пока где для",
    "ar": "التي الذي الذين بعد لكن حيث عندما منذ بينما لأن كي حتى",
}
_PUNCTUATION = re.compile(r"[,;:–—،؛](?=\s)|\s[–—-](?=\s)")


def bold_part(headline: str, *, lang: str) -> tuple[str, str]:
    """Return a headline in two: what stands in bold, and the rest with the blank before it."""
    if len(headline) <= BOLD_CHARACTERS:
        return headline, ""
    window = headline[: BOLD_CHARACTERS + 1]
    borders = [found.start() for found in _PUNCTUATION.finditer(window)]
    borders += [found.start() for found in _clause(lang).finditer(window)]
    last = max((border for border in borders if border >= LEAST_CHARACTERS), default=-1)
    if last < 0:
        last = window.rfind(" ")
    if last < LEAST_CHARACTERS:
        last = BOLD_CHARACTERS
    return headline[:last], headline[last:]


@cache
def _clause(lang: str) -> re.Pattern[str]:
    words = _CLAUSE_WORDS.get(lang, _CLAUSE_WORDS["en"]).split()
    return re.compile(rf"\s(?=(?:{'|'.join(words)})\s)")
