"""The headline that a brief without one gets: its first sentence."""

import re
import unicodedata
from itertools import takewhile

from bot.ingest import prose, sentences

MAX_HEADLINE = 300  # characters, the … of a cut included
_MIN_CUT = MAX_HEADLINE // 2  # a cut before this would lose too much
_JOINER = "\u200d"

_BORDER = re.compile(r"[,;:،؛](?=\s)|\s[–-](?=\s)|—|[、，；：]")
_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"), ("「", "」"), ("『", "』"))


def first_sentence(body: str, *, lang: str) -> str:
    """Return the first sentence of the body on one line, at most 300 characters.

    A longer one is cut at its last clause border, failing that at its last blank, with ``…``. A
    stop inside quotes or brackets that close later does not end the sentence, unless nothing
    else does in time.
    """
    first = next(filter(prose.has_ink, body.split("\n\n")), "")
    text = " ".join(first.split())
    ends = list(takewhile(lambda end: end <= MAX_HEADLINE, sentences.list_ends(text, lang=lang)))
    for end in ends:
        if not _is_open(text[:end]):
            return text[:end]
    if ends:
        return text[: ends[0]]
    return text if len(text) <= MAX_HEADLINE else _cut(text)


def _is_open(text: str) -> bool:
    """Tell whether a quote or a bracket that begins in the text does not end in it."""
    return text.count('"') % 2 == 1 or any(text.count(a) > text.count(b) for a, b in _PAIRS)


def _cut(text: str) -> str:
    borders = [found.start() for found in _BORDER.finditer(text, 0, MAX_HEADLINE + 1)]
    border = max(filter(lambda at: _MIN_CUT <= at < MAX_HEADLINE, borders), default=-1)
    end = border if border > 0 else text.rfind(" ", _MIN_CUT, MAX_HEADLINE)
    if end < 0:
        end = MAX_HEADLINE - 1
        while end > _MIN_CUT and _belongs_together(text[end - 1], text[end]):
            end -= 1
    return text[:end].rstrip(" ,;:–—-") + "…"


def _belongs_together(before: str, after: str) -> bool:
    """Tell whether a cut between two characters would tear an accent or an emoji apart."""
    return _JOINER in (before, after) or unicodedata.category(after).startswith("M")
