"""Ring 3: the phrase stands in the headline."""

import pytest

from bot.matching.rings import why
from storage.model.subject import Ring
from tests.unit.matching.names import LEXICON, make_names, make_phrase, ring_of

HEADLINE = "The WHO and SpaceX’s EU partner agreed on low-Earth orbit, who knows why."


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("spacex", id="possessive in the headline"),
        pytest.param("low Earth orbit", id="hyphen"),
        pytest.param("WHO", id="acronym"),
        pytest.param("W.H.O.", id="acronym with full stops"),
        pytest.param("EU", id="acronym of two letters"),
        pytest.param("who knows why", id="stop words in a longer phrase"),
        pytest.param("orbit", id="before a comma"),
    ],
)
def test_whole_words_of_the_headline_are_met(typed):
    assert ring_of(typed, headline=HEADLINE) is Ring.HEADLINE


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("who", id="stop word"),
        pytest.param("eu", id="two small letters"),
        pytest.param("orbits", id="another form"),
        pytest.param("Space X", id="blank"),
        pytest.param("orbit low", id="order"),
        pytest.param("low orbit", id="a word between"),
        pytest.param("why now", id="beyond the end"),
        pytest.param("orb", id="part of a word"),
        pytest.param("KNOWS", id="acronym in small letters"),
    ],
)
def test_anything_less_is_not_met(typed):
    assert ring_of(typed, headline=HEADLINE) is None


def test_an_alias_with_its_case_is_met_as_spelled():
    assert ring_of("Fed", headline="The Fed’s rates stay") is Ring.HEADLINE


def test_an_alias_with_its_case_is_not_met_in_small_letters():
    assert ring_of("Fed", headline="Cattle fed on grass") is None


def test_the_reason_is_the_headline_as_written():
    names = make_names(headline=HEADLINE)

    assert why(make_phrase("orbit"), names, lexicon=LEXICON) == (Ring.HEADLINE, HEADLINE)


def test_words_win_over_the_headline():
    assert ring_of("orbit", headline=HEADLINE, topics=("orbits",)) is Ring.WORDS


def test_the_body_is_not_looked_at():
    assert ring_of("orbit", headline="A brief.", body="A brief. It is about orbit.") is None
