"""Ring 1: the phrase is a topic, an entity or the source."""

import pytest

from bot.matching.rings import by_name, why
from storage.model.subject import Ring
from tests.unit.matching.names import LEXICON, make_names, make_phrase, ring_of


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        pytest.param("spacex", "SpaceX", id="case"),
        pytest.param("Space X", "SpaceX", id="blank typed"),
        pytest.param("SpaceX", "Space X", id="blank written"),
        pytest.param("US Space Force", "U.S. Space Force", id="full stops"),
        pytest.param("C#", "C#", id="sign"),
        pytest.param("the", "The", id="stop word"),
        pytest.param("x", "X", id="one letter"),
        pytest.param("WHO", "W.H.O.", id="acronym"),
        pytest.param("WHO", "WHO’s", id="acronym with a possessive"),
        pytest.param("!!!", "!!!", id="no letter at all"),
    ],
)
@pytest.mark.parametrize("field", ["topics", "entities"])
def test_a_phrase_meets_the_whole_name(typed, written, field):
    assert ring_of(typed, **{field: (written,)}) is Ring.NAME


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        pytest.param("Amazon", "Amazon rainforest", id="part of a name"),
        pytest.param("defence", "Defence Ministry", id="first word of a name"),
        pytest.param("houses", "White House", id="another form of a word"),
        pytest.param("Sao Paulo", "São Paulo", id="accent left out"),
        pytest.param("C", "C#", id="sign left out"),
        pytest.param("WHO", "Who", id="acronym in small letters"),
        pytest.param("who", "Who cares", id="stop word in a name"),
    ],
)
def test_an_entity_is_never_taken_apart(typed, written):
    assert ring_of(typed, entities=(written,)) is None


def test_the_source_is_met_as_a_whole():
    found = ring_of("breaking defense", entities=("Breaking Defense",), source="Breaking Defense")

    assert found is Ring.NAME


def test_the_source_is_met_in_no_other_way():
    assert ring_of("defense", entities=("Breaking Defense",), source="Breaking Defense") is None


def test_the_reason_is_the_name_as_written():
    names = make_names(entities=("SpaceX",))

    assert by_name(make_phrase("space x"), names) == "SpaceX"


def test_of_several_names_the_topic_is_the_reason():
    names = make_names(topics=("Space Force",), entities=("space-force",))

    assert by_name(make_phrase("space force"), names) == "Space Force"


def test_a_name_wins_over_words():
    names = make_names(topics=("new space stations", "space station"))

    found = why(make_phrase("space station"), names, lexicon=LEXICON)

    assert found == (Ring.NAME, "space station")


def test_an_alias_with_its_case_meets_that_spelling():
    assert ring_of("Fed", entities=("Fed",)) is Ring.NAME


def test_an_alias_with_its_case_does_not_meet_another():
    assert ring_of("Fed", entities=("FED",)) is None


def test_an_alias_typed_small_is_an_ordinary_word():
    assert ring_of("fed", topics=("grass fed cattle",)) is Ring.WORDS
