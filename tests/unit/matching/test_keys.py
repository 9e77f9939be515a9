"""Keys: what a name is told apart by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.keys import acronym, compact, key, spelling, spellings, words
from tests.unit.matching import chance


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("U.S. Space Force", "US Space Force", id="full stops"),
        pytest.param("NATO", "nato", id="case"),
        pytest.param("STRASSE", "Straße", id="case that changes letters"),
        pytest.param("O'Neill", "O’Neill", id="straight or curved apostrophe"),
        pytest.param("OʼNeill", "ONeill", id="apostrophe that is a letter"),
        pytest.param("al-Qaeda", "al Qaeda", id="hyphen"),
        pytest.param("rare  earths ", "rare earths", id="blanks"),
        pytest.param("trade, war", "trade/war", id="punctuation"),
        pytest.param("ＡＳＭＬ", "ASML", id="wide letters"),
        pytest.param("caf\u0065\u0301", "café", id="composed or not"),
        pytest.param("co\u00adoperation", "cooperation", id="soft hyphen"),
        pytest.param("fire\u200bwall", "fire wall", id="blank of no width"),
        pytest.param("راـديو", "راديو", id="stretching stroke"),
        pytest.param("O´Neill", "ONeill", id="accent that stands alone"),
        pytest.param("I❤\ufe0f NY", "I NY", id="sign with its variant"),
        pytest.param("A\ufe0f1", "A1", id="variant of a letter"),
        pytest.param("Apollo…program", "Apollo program", id="ellipsis"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("C#", "C", id="number sign"),
        pytest.param("C++", "C", id="plus"),
        pytest.param("$TSLA", "TSLA", id="dollar"),
        pytest.param("São Paulo", "Sao Paulo", id="accent"),
        pytest.param("Space X", "SpaceX", id="blank"),
        pytest.param("हिन्दी", "हनद", id="vowel signs"),
        pytest.param("!!!", "???", id="nothing but punctuation"),
    ],
)
def test_different_names_have_different_keys(one, other):
    assert key(one) != key(other)


@pytest.mark.parametrize(
    "word", [pytest.param("पेरू", id="signs above"), pytest.param("काम", id="signs beside")]
)
def test_vowel_signs_do_not_part_a_word(word):
    assert key(word) == word


def test_a_name_of_which_nothing_is_left_is_its_own_key():
    assert key(" !!! ") == "!!!"


def test_a_key_without_blanks_makes_space_x_one_word():
    assert compact(key("Space X")) == compact(key("SpaceX"))


@pytest.mark.parametrize("text", ["SpaceX's rocket", "SpaceX’s rocket", "SPACEX'S ROCKET"])
def test_words_lose_a_possessive(text):
    assert words(text) == ("spacex", "rocket")


def test_an_apostrophe_inside_a_word_is_no_possessive():
    assert words("don't say") == ("dont", "say")


def test_spellings_keep_their_case():
    assert spellings("The U.S. and the WHO’s rules") == (
        "The", "US", "and", "the", "WHO", "rules",
    )  # fmt: skip


def test_a_spelling_is_the_name_without_punctuation():
    assert spelling(" Moody's, Inc. ") == "Moody Inc"


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        pytest.param("WHO", "WHO", id="capitals"),
        pytest.param(" U.S. ", "US", id="full stops dropped"),
        pytest.param("UNESCO", "UNESCO", id="six letters"),
        pytest.param("ООН", "ООН", id="Cyrillic"),
        pytest.param("ＩＣＥ", "ICE", id="wide letters"),
    ],
)
def test_capitals_are_an_acronym(typed, letters):
    assert acronym(typed) == letters


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("who", id="small"),
        pytest.param("DoD", id="mixed"),
        pytest.param("X", id="one letter"),
        pytest.param("UNICEFS", id="seven letters"),
        pytest.param("COP30", id="figures"),
        pytest.param("UN EU", id="two words"),
        pytest.param("中国", id="script without capitals"),
        pytest.param("", id="nothing"),
    ],
)
def test_anything_else_is_no_acronym(typed):
    assert acronym(typed) is None


@chance.often
@given(st.text())
def test_no_name_has_an_empty_key_unless_it_is_blank(name):
    assert bool(key(name)) == bool(name.strip())


def test_an_accent_after_a_dropped_full_stop_joins_its_letter():
    assert key("C.\u0327") == key("\u00e7")


@chance.often
@given(st.text())
def test_a_key_is_its_own_key(name):
    assert key(key(name)) == key(name)


@chance.often
@given(st.text(), st.text())
def test_words_do_not_run_over_a_blank(one, other):
    joined = words(f"{one} a {other}")

    assert "a" in joined
