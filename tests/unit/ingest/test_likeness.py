"""How alike two briefs are by their words."""

import pytest

from bot.ingest.likeness import (
    Signature,
    likeness,
    signature_of,
)
from tests.unit.ingest.documents import make_text, read_draft


def make_words(first: int, last: int) -> str:
    return " ".join(f"word{number}" for number in range(first, last))


def sign(body: str) -> Signature:
    return signature_of(read_draft(make_text(body=body, counter="Counter_argument: word0")))


def test_a_brief_is_wholly_like_itself() -> None:
    assert likeness(sign(make_words(0, 200)), sign(make_words(0, 200))) == 1


def test_briefs_without_a_common_word_are_not_alike() -> None:
    assert likeness(sign(make_words(1, 200)), sign(make_words(300, 500))) < 0.05


@pytest.mark.parametrize(
    ("shared", "expected"), [(50, 0.143), (100, 0.333), (133, 0.5), (180, 0.818)]
)
def test_likeness_is_the_share_of_common_words(shared: int, expected: float) -> None:
    one = sign(make_words(1, 201))
    other = sign(make_words(201 - shared, 401 - shared))

    assert likeness(one, other) == pytest.approx(expected, abs=0.05)


def test_likeness_holds_for_long_briefs() -> None:
    one, other = sign(make_words(1, 3001)), sign(make_words(1001, 4001))

    assert likeness(one, other) == pytest.approx(0.5, abs=0.1)


def test_briefs_with_every_bit_set_are_still_compared() -> None:
    assert likeness(sign(make_words(1, 12_000)), sign(make_words(1, 12_000))) == 1


def test_briefs_without_a_word_are_not_alike() -> None:
    dashes = signature_of(read_draft(make_text(body="—", counter="Counter_argument: …")))

    assert likeness(dashes, dashes) == 0


def test_neither_case_nor_punctuation_nor_order_counts() -> None:
    assert sign("One, two; THREE!") == sign("three two — one?")
