"""The word lists: what the configuration states, ready to be asked."""

import pytest

from tests.factories import make_lexicon


def test_a_stop_word_is_one_in_its_own_language():
    lexicon = make_lexicon(stop_words={"en": ["The"], "es": ["de"]})

    assert lexicon.is_stop_word("the", "en")
    assert not lexicon.is_stop_word("the", "es")


def test_a_language_without_a_list_has_no_stop_words():
    assert not make_lexicon().is_stop_word("le", "fr")


@pytest.mark.parametrize("typed", ["Space", "SPACE", " spaceflight ", "Spaceflight."])
def test_a_section_goes_by_each_of_its_names(typed):
    assert make_lexicon().section_named(typed) == "Space"


def test_words_of_a_section_are_no_names_of_it():
    assert make_lexicon().section_named("satellite") is None


@pytest.mark.parametrize(
    ("typed", "phrase_key"),
    [
        pytest.param("Rare Earths", "rare earths", id="words"),
        pytest.param("W.H.O.", "WHO", id="acronym"),
        pytest.param("who", "who", id="small letters"),
        pytest.param("Fed", "Fed", id="alias with its case"),
        pytest.param("fed", "fed", id="alias in another case"),
        pytest.param("the Fed", "the fed", id="alias inside of words"),
    ],
)
def test_a_phrase_is_followed_under_its_key(typed, phrase_key):
    assert make_lexicon().phrase_key(typed) == phrase_key


def test_aliases_are_a_group():
    lexicon = make_lexicon()

    assert lexicon.group_of("USSF") == ("U.S. Space Force", "USSF")
    assert lexicon.group_of("us space force") == ("U.S. Space Force", "USSF")


def test_an_alias_with_its_case_belongs_to_its_group_as_spelled():
    assert make_lexicon().group_of("Fed") == ("Federal Reserve", "Fed")


def test_an_alias_with_its_case_belongs_to_no_group_otherwise():
    assert make_lexicon().group_of("fed") == ()


def test_a_single_string_is_a_list_of_one():
    lexicon = make_lexicon(sections=[{"name": "Energy", "also": "power", "words": {"en": "grid"}}])

    assert lexicon.section_named("power") == "Energy"
    assert lexicon.sections[0].words == {"en": ("grid",)}


@pytest.mark.parametrize("words", [["grid"], "grid", None, 5], ids=["list", "text", "none", "int"])
def test_words_without_a_language_are_left_out(words):
    lexicon = make_lexicon(sections=[{"name": "Energy", "words": words}])

    assert lexicon.sections[0].words == {}


@pytest.mark.parametrize("also", [None, 5, ["", " "]], ids=["none", "figure", "blanks"])
def test_what_is_no_name_is_left_out(also):
    lexicon = make_lexicon(sections=[{"name": "Energy", "also": also}])

    assert lexicon.sections[0].other_names == ()
