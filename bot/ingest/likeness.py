"""How alike two briefs are by their words, so that a new version of one is noticed.

A signature is a row of bits in which every word of a brief sets one. How many words two briefs
hold together is estimated from the bits that both leave unset (linear counting), so comparing
takes the same few operations however long the briefs are.
"""

from math import log
from typing import NewType
from zlib import crc32

from bot.ingest import words
from storage.model.brief import BriefDraft

Signature = NewType("Signature", int)

#: A usual brief has 200 different words and sets one bit in ten; a prime, so that the checksums of
#: words that are nearly the same, as "word1" and "word2", fall as by chance.
BITS = 2039
LIKELY_VERSION = 0.5  # of all words of both; briefs of one length then share two thirds of theirs


def signature_of(draft: BriefDraft) -> Signature:
    """Return the signature of a brief's body and counter-argument, the same on every machine."""
    bits = bytearray((BITS + 7) // 8)
    for word in set(words.list_words(f"{draft.body}\n{draft.counter_argument}")):
        place = crc32(word.encode()) % BITS
        bits[place >> 3] |= 1 << (place & 7)
    return Signature(int.from_bytes(bits, "little"))


def likeness(one: Signature, other: Signature) -> float:
    """Return the share of words that both briefs have of those that either has, from 0 to 1.

    It is right to within a few hundredths for briefs of up to some thousand different words.
    """
    either = _WORDS[(one | other).bit_count()]
    both = _WORDS[one.bit_count()] + _WORDS[other.bit_count()] - either
    return min(1.0, max(0.0, both / either)) if either else 0.0


#: How many different words set so many bits, by estimate; the last unset bit is never counted.
_WORDS = tuple(-BITS * log(max(1, BITS - bits) / BITS) for bits in range(BITS + 1))
