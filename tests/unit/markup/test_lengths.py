"""Lengths in UTF-16 units, and cuts that fall where a reader would cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markup import cut, join_before, units
from tests.unit.examples import examples

FAMILY = "👩‍👩‍👧‍👦"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
CLUSTERS = ["a", "é", "e\u0301", "字", "🛰", "🇩🇪", "👍🏽", FAMILY, SCOTLAND, "❤\ufe0f", " ", ". "]
written = st.lists(st.sampled_from(CLUSTERS), max_size=60)


@pytest.mark.parametrize(
    ("shown", "length"),
    [("", 0), ("abc", 3), ("äöü", 3), ("字", 1), ("🛰", 2), (FAMILY, 11), ("\ud83d", 1)],
)
def test_an_emoji_weighs_two_units(shown: str, length: int):
    assert units(shown) == length


@pytest.mark.parametrize("shown", ["", "abc", "a" * 10, "🛰" * 5])
def test_what_fits_is_not_cut(shown: str):
    assert cut(shown, 10) == (shown, "")


@pytest.mark.parametrize(
    ("shown", "most", "head"),
    [
        pytest.param("One here.\n\nTwo. Three. Four.", 17, "One here.", id="paragraph first"),
        pytest.param("One two. Three four five", 15, "One two.", id="then sentence"),
        pytest.param("Is it? Three four five", 12, "Is it?", id="question"),
        pytest.param("He said “no.” Three four five", 18, "He said “no.”", id="closing quote"),
        pytest.param("东京下雨了。明天晴朗无云", 9, "东京下雨了。", id="no blank behind"),
        pytest.param("From the U.S. Space Force", 15, "From the U.S.", id="blank after letters"),
        pytest.param("One two three four", 14, "One two three", id="then blank"),
        pytest.param("One two three four", 13, "One two three", id="a blank at the very end"),
        pytest.param("a" * 30, 10, "a" * 10, id="else where it must be"),
        pytest.param("A b. " + "c" * 40, 30, "A b. " + "c" * 25, id="not in the first half"),
        pytest.param("One. Two.\n\n" + "c" * 40, 12, "One. Two.", id="a paragraph near the end"),
    ],
)
def test_a_cut_falls_where_a_reader_would_cut(shown: str, most: int, head: str):
    assert cut(shown, most)[0] == head


def test_a_stop_behind_a_single_letter_ends_no_sentence():
    head, _ = cut("They met in the U.S. Space office and went on.", 30)

    assert head == "They met in the U.S. Space"


def test_both_parts_have_no_blank_ends():
    assert cut("One two.   \n Three four", 12) == ("One two.", "Three four")


@pytest.mark.parametrize("cluster", ["e\u0301", "🇩🇪", "👍🏽", FAMILY, SCOTLAND, "❤\ufe0f"])
def test_what_is_seen_as_one_character_is_not_parted(cluster: str):
    for before in range(1, 24):
        head, left = cut("x" * before + cluster + "y" * 30, 24)

        assert head.count(cluster) + left.count(cluster) == 1


def test_flags_in_a_row_are_parted_between_flags():
    head, left = cut("🇩🇪🇫🇷🇪🇸🇮🇹", 14)

    assert (head, left) == ("🇩🇪🇫🇷🇪🇸", "🇮🇹")


def test_a_letter_with_a_thousand_accents_is_cut_all_the_same():
    head, left = cut("e" + "\u0301" * 1000, 200)

    assert (len(head), len(left)) == (200, 801)


def test_something_always_comes_off():
    assert cut(FAMILY, 2) == ("👩\u200d"[:1], FAMILY[1:])


@examples(2)
@given(written, st.integers(2, 60))
def test_a_cut_loses_nothing_but_blanks(clusters: list[str], most: int):
    shown = "".join(clusters)

    head, left = cut(shown, most)

    assert units(head) <= most
    assert (head + left).replace(" ", "") == shown.replace(" ", "")
    assert head or not shown.strip() or shown[0].isspace()


@examples()
@given(st.text(max_size=100), st.integers(2, 40))
def test_cutting_again_comes_to_an_end(shown: str, most: int):
    left, parts = shown.strip(), 0
    while left:
        head, left = cut(left, most)
        parts += 1
        assert units(head) <= most

    assert parts <= len(shown)


@pytest.mark.parametrize(
    ("shown", "end", "place"),
    [
        pytest.param("abc", 2, 2, id="between letters"),
        pytest.param("abc", 9, 3, id="beyond the end"),
        pytest.param("ae\u0301b", 2, 1, id="before an accented letter"),
        pytest.param("a🇩🇪🇫🇷", 4, 3, id="between two flags"),
        pytest.param("🇩🇪", 1, 1, id="no place before"),
        pytest.param("a\n\u0301", 1, 1, id="after a letter"),
    ],
)
def test_the_last_place_that_parts_nothing(shown: str, end: int, place: int):
    assert join_before(shown, end) == place
