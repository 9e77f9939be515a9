"""Of which late brief is a new one likely a version: some thousand signatures, asked at once.

The first half of their bits is kept turned over: a row for each bit, with a bit for each
signature. How many of them each shares with a new one is then the sum of a hundred rows, added up
as whole numbers of a bit for each signature, which takes a twentieth of the time of comparing them
one by one. Only those that share enough are compared by all bits.
"""

from math import ceil
from typing import Generic, TypeVar

from bot.ingest.likeness import BITS, LIKELY_VERSION, Signature, likeness

#: The bits by which it is told who may be near at all.
SEEN = Signature((1 << BITS // 2) - 1)
#: Of a brief's bits among these: who is near shares half of all at least; leaves room for chance.
TOO_FEW = 0.4

_Key = TypeVar("_Key")


class Versions(Generic[_Key]):
    """The latest ``most`` signatures, each under the key of what it belongs to."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._kept: list[tuple[_Key, Signature]] = []
        self._keys: set[_Key] = set()
        self._oldest = 0
        self._rows = [0] * SEEN.bit_length()

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, key: _Key, signature: Signature) -> None:
        """Keep a signature, once; the oldest goes where there would be too many."""
        if key in self._keys:
            return
        self._keys.add(key)
        place = len(self._kept)
        if place < self._most:
            self._kept.append((key, signature))
        else:
            place, self._oldest = self._oldest, (self._oldest + 1) % self._most
            gone, turned = self._kept[place]
            self._keys.remove(gone)
            self._turn(turned, place)
            self._kept[place] = (key, signature)
        self._turn(signature, place)

    def list_likely(self, signature: Signature) -> list[tuple[_Key, float]]:
        """List the keys of what this is likely a version of, the likeliest first.

        Each comes with its likeness; of equal ones the one that was kept longest is first.
        """
        seen = _bits(signature & SEEN)
        counts = _add_up([self._rows[bit] for bit in seen])
        least = max(1, ceil(len(seen) * TOO_FEW))
        places = sorted(_bits(_at_least(least, counts)), key=self._age)
        near = [(key, likeness(signature, other)) for key, other in map(self._at, places)]
        likely = [(key, alike) for key, alike in near if alike >= LIKELY_VERSION]
        return sorted(likely, key=lambda pair: -pair[1])

    def _turn(self, signature: Signature, place: int) -> None:
        mask = 1 << place
        for bit in _bits(signature & SEEN):
            self._rows[bit] ^= mask

    def _at(self, place: int) -> tuple[_Key, Signature]:
        return self._kept[place]

    def _age(self, place: int) -> int:
        return (place - self._oldest) % self._most


def _bits(number: int) -> list[int]:
    """Return the places of the bits that are set, the lowest first."""
    octets = number.to_bytes((number.bit_length() + 7) // 8, "little")
    return [8 * n + bit for n, octet in enumerate(octets) if octet for bit in _BITS_OF[octet]]


def _add_up(rows: list[int]) -> list[int]:
    """Add up bits column by column; return the sums' ones, twos, fours … as rows again.

    Three rows of one value make one of it and one of twice the value, as in a full adder.
    """
    sums = []
    while rows:
        carried = []
        while len(rows) > 1:
            one, two, three = rows.pop(), rows.pop(), rows.pop() if rows else 0
            either = one ^ two
            rows.append(either ^ three)
            carried.append(one & two | either & three)
        sums += rows
        rows = carried
    return sums


def _at_least(least: int, sums: list[int]) -> int:
    """Return the columns whose sum is at least so much, a bit for each."""
    if least.bit_length() > len(sums):
        return 0
    more, equal = 0, -1
    for place in reversed(range(len(sums))):
        if least >> place & 1:
            equal &= sums[place]
        else:
            more |= equal & sums[place]
            equal &= ~sums[place]
    return more | equal


_BITS_OF = tuple(tuple(bit for bit in range(8) if octet >> bit & 1) for octet in range(256))
