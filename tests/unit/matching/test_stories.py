"""Which briefs tell of the same event."""

import pytest

from bot.matching.stories import find_story, is_same_story
from tests.factories import at
from tests.unit.matching.names import LEXICON, make_names

ENTITIES = ("SpaceX", "U.S. Space Force", "NASA")
TOPICS = ("military satellites", "launch")


def make_other(**changed):
    return make_names(**({"topics": ("satellite network",), "entities": ENTITIES[:2]} | changed))


def is_same(other) -> bool:
    one = make_names(topics=TOPICS, entities=ENTITIES)
    return is_same_story(one, other, lexicon=LEXICON)


def test_two_entities_with_a_topic_word_make_one_story():
    assert is_same(make_other())


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"entities": ("Space X", "US Space Force")}, id="entities"),
        pytest.param({"topics": ("SATELLITE",)}, id="case of a topic"),
    ],
)
def test_a_story_is_one_however_names_are_spelled(changed):
    assert is_same(make_other(**changed))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"entities": ("SpaceX", "ESA")}, id="one entity"),
        pytest.param({"entities": ("SpaceX", "Space X")}, id="one entity spelled twice"),
        pytest.param({"topics": ("harvest",)}, id="no topic word"),
        pytest.param({"topics": ()}, id="no topic"),
        pytest.param({"source": "SpaceX"}, id="one entity is the source"),
    ],
)
def test_less_makes_two_stories(changed):
    assert not is_same(make_other(**changed))


def test_a_stop_word_is_no_shared_word():
    one = make_names(topics=("law of the sea",), entities=ENTITIES)
    other = make_names(topics=("price of wheat",), entities=ENTITIES)

    assert not is_same_story(one, other, lexicon=LEXICON)


def test_a_story_is_told_within_72_hours_either_way():
    names = make_other()
    among = [
        (9, at(hours=72), names),
        (4, at(hours=-72), names),
        (5, at(hours=72.1), names),
        (6, at(hours=-72.1), names),
        (7, at(), make_names()),
    ]

    assert find_story(names, at(), among=among, lexicon=LEXICON) == [4, 9]


def test_a_brief_without_company_tells_its_own_story():
    assert find_story(make_other(), at(), among=[], lexicon=LEXICON) == []
