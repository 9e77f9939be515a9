"""A follow as it is typed: a section, or a phrase with its aliases."""

import pytest

from bot.matching.follow import read_follow, why_follow
from storage.model.subject import Ring
from tests.unit.matching.names import LEXICON, make_names


def why(typed, **changed):
    follow = read_follow(typed, lexicon=LEXICON)
    return why_follow(follow, make_names(**changed), lexicon=LEXICON)


def test_the_name_of_a_section_follows_the_section():
    follow = read_follow("spaceflight", lexicon=LEXICON)

    assert (follow.section, follow.phrases) == ("Space", ())


@pytest.mark.parametrize("typed", ["USSF", "US Space Force"])
def test_a_phrase_comes_with_its_aliases(typed):
    follow = read_follow(typed, lexicon=LEXICON)

    assert {phrase.key for phrase in follow.phrases} == {"USSF", "us space force"}


def test_the_phrase_as_typed_comes_first():
    follow = read_follow(" USSF ", lexicon=LEXICON)

    assert [phrase.label for phrase in follow.phrases] == ["USSF", "U.S. Space Force"]


def test_a_section_is_met_by_its_words():
    assert why("Space", topics=("satellites",)) == (Ring.SECTION, "satellites")


def test_a_section_that_a_brief_is_not_in_is_not_met():
    assert why("Energy", topics=("satellites",)) is None


def test_a_section_is_not_met_by_its_name_in_the_headline():
    assert why("Energy", headline="All energy is gone.") is None


def test_an_alias_meets_for_the_phrase():
    assert why("USSF", entities=("U.S. Space Force",)) == (Ring.NAME, "U.S. Space Force")


def test_the_first_ring_wins_whichever_alias_it_is_met_by():
    found = why("US Space Force", topics=("US space force bases",), entities=("USSF",))

    assert found == (Ring.NAME, "USSF")


def test_of_one_ring_the_phrase_as_typed_wins():
    found = why("USSF", entities=("U.S. Space Force", "USSF"))

    assert found == (Ring.NAME, "USSF")


def test_a_phrase_that_nothing_meets_is_not_met():
    assert why("USSF", entities=("US Air Force",)) is None
