"""Which late briefs a new one is likely a version of."""

import random
from functools import reduce
from operator import or_

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest import parse
from bot.ingest.likeness import BITS, LIKELY_VERSION, Signature, likeness, signature_of
from bot.ingest.results import BriefRead, DocumentKind
from bot.ingest.versions import SEEN, TOO_FEW, Versions
from tests.unit.ingest.documents import SEED, read_draft
from tests.unit.ingest.test_likeness import make_words, sign


def keep(*signatures: Signature, most: int = 100) -> Versions[int]:
    versions = Versions[int](most=most)
    for key, signature in enumerate(signatures):
        versions.add(key, signature)
    return versions


def keys(versions: Versions[int], signature: Signature) -> list[int]:
    return [key for key, _ in versions.list_likely(signature)]


def make_signature(chance: random.Random, *, bits: int, like: int = 0) -> Signature:
    """Return some bits of another signature and others, as a changed brief would have."""
    kept = sum(1 << n for n in range(BITS) if like >> n & 1 and chance.random() < 0.8)
    return Signature(kept | sum({1 << chance.randrange(BITS) for _ in range(bits)}))


def test_a_changed_figure_makes_a_likely_version() -> None:
    seed = SEED.read_bytes()
    changed = read_draft(seed.replace(b"$2.29 billion", b"$2.6 billion"))
    versions = keep(sign(make_words(1, 200)), signature_of(read_draft(seed)))

    assert keys(versions, signature_of(changed)) == [1]


def test_the_likeliest_comes_first() -> None:
    versions = keep(sign(make_words(40, 240)), sign(make_words(10, 210)))

    assert keys(versions, sign(make_words(1, 201))) == [1, 0]


def test_of_equally_likely_ones_the_one_kept_longest_comes_first() -> None:
    one = sign(make_words(1, 201))

    assert keys(keep(one, one, one, one, most=3), one) == [1, 2, 3]


def test_no_seed_is_taken_for_a_version_of_another() -> None:
    results = [
        parse.parse_document(path.read_bytes(), kind=DocumentKind.TEXT, sections=frozenset())[0]
        for path in sorted(SEED.parent.glob("*.txt"))
    ]
    signatures = [signature_of(r.draft) for r in results if isinstance(r, BriefRead)]
    versions = keep(*signatures)

    assert [keys(versions, one) for one in signatures] == [[n] for n in range(len(signatures))]


def test_what_is_kept_twice_is_one() -> None:
    versions = keep(one := sign(make_words(1, 201)), sign(make_words(300, 501)), most=2)

    versions.add(1, one)

    assert len(versions) == 2
    assert keys(versions, one) == [0]


def test_nothing_is_a_version_of_nothing() -> None:
    assert keys(keep(), sign("word")) == []
    assert keys(keep(Signature(0)), Signature(0)) == []


def test_only_the_latest_are_kept() -> None:
    signatures = [sign(make_words(100 * n, 100 * n + 90)) for n in range(7)]
    versions = keep(*signatures, most=3)

    assert len(versions) == 3
    assert [keys(versions, one) for one in signatures] == [[], [], [], [], [4], [5], [6]]


@pytest.mark.parametrize("lost", [0, 100], ids=["half as long", "as long"])
def test_hardly_any_that_is_half_alike_is_missed(lost: int) -> None:
    chance = random.Random(5)
    likely = missed = 0
    for _ in range(300):
        words = [1 << chance.randrange(BITS) for _ in range(200 + lost // 2)]
        asked = reduce(or_, words[:200], Signature(0))
        other = reduce(or_, words[100 - lost // 2 :], Signature(0))
        is_likely = likeness(asked, other) >= LIKELY_VERSION
        likely += is_likely
        missed += is_likely and not keys(keep(other), asked)

    assert likely > 100
    assert missed <= likely / 50


@given(seed=st.integers(0, 2**32), count=st.integers(0, 40), most=st.integers(1, 50))
def test_they_are_those_that_comparing_one_by_one_finds(seed: int, count: int, most: int) -> None:
    chance = random.Random(seed)
    asked = make_signature(chance, bits=chance.randrange(250))
    stored = [
        make_signature(chance, bits=chance.randrange(250), like=chance.choice((0, asked)))
        for _ in range(count)
    ]

    found = keep(*stored, most=most).list_likely(asked)

    one_by_one = [
        (key, likeness(asked, other))
        for key, other in list(enumerate(stored))[-most:]
        if (asked & other & SEEN).bit_count() >= max(1, (asked & SEEN).bit_count() * TOO_FEW)
        and likeness(asked, other) >= LIKELY_VERSION
    ]
    assert found == [
        (key, pytest.approx(alike)) for key, alike in sorted(one_by_one, key=lambda pair: -pair[1])
    ]
