"""The recent briefs, asked by a new phrase."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.recent import Recent
from bot.matching.rings import read_phrase, why
from storage.model.subject import Ring
from tests.factories import at
from tests.unit.matching import chance
from tests.unit.matching.names import LEXICON, make_names, make_phrase


def make_recent(*briefs, lexicon=LEXICON) -> Recent:
    """Return recent briefs with the ids 1, 2, 3 …, released an hour apart."""
    recent = Recent(lexicon)
    for brief_id, names in enumerate(briefs, start=1):
        recent.add(brief_id, released_at=at(hours=brief_id), names=names)
    return recent


@chance.often
@given(chance.cases(phrases=1, briefs=6))
def test_any_phrase_finds_the_briefs_that_the_plain_rule_finds(case):
    (typed,), briefs = case
    phrase = read_phrase(typed, lexicon=chance.LEXICON)
    expected = [
        (brief_id, *reason)
        for brief_id, brief in enumerate(briefs, start=1)
        if (reason := why(phrase, brief, lexicon=chance.LEXICON))
    ]

    assert make_recent(*briefs, lexicon=chance.LEXICON).find(phrase) == expected


@chance.often
@given(chance.cases(phrases=1, briefs=5), st.sets(st.integers(1, 7), max_size=4))
def test_what_was_dropped_leaves_no_trace(case, dropped):
    _, briefs = case
    recent = make_recent(*briefs, lexicon=chance.LEXICON)
    fresh = Recent(chance.LEXICON)
    for brief_id, names in enumerate(briefs, start=1):
        if brief_id not in dropped:
            fresh.add(brief_id, released_at=at(hours=brief_id), names=names)

    recent.drop(dropped)

    assert vars(recent) == vars(fresh)


def test_a_brief_is_found_with_ring_because():
    recent = make_recent(make_names(), make_names(topics=("small satellites",)))

    assert recent.find(make_phrase("satellite")) == [(2, Ring.WORDS, "small satellites")]


def test_a_brief_is_found_by_its_source():
    recent = make_recent(make_names(entities=("Weekly",), source="Weekly"))

    assert recent.find(make_phrase("weekly")) == [(1, Ring.NAME, "Weekly")]


def test_asking_changes_nothing():
    names = make_names(topics=("wind",)), make_names(topics=("wind farms",))
    recent = make_recent(*names)

    recent.find(make_phrase("wind"))

    assert vars(recent) == vars(make_recent(*names))


def test_adding_a_brief_again_changes_nothing():
    recent = make_recent(make_names(topics=("orbit",)))

    recent.add(1, released_at=at(hours=9), names=make_names(topics=("harvest",)))

    assert recent.names_of(1).topics[0].written == "orbit"
    assert recent.released_before(at(hours=2)) == [1]


def test_a_brief_is_there_until_it_is_dropped():
    recent = make_recent(make_names(), make_names())

    recent.drop([1])

    assert (1 in recent, 2 in recent, len(recent)) == (False, True, 1)


def test_briefs_are_told_by_the_instant_of_their_release():
    recent = make_recent(make_names(), make_names(), make_names())

    assert recent.released_before(at(hours=3)) == [1, 2]
    assert recent.released_since(at(hours=3)) == [3]
    assert recent.released_since(at(hours=4)) == []


def test_briefs_that_came_in_late_stand_at_the_instant_of_their_release():
    recent = make_recent(make_names(), make_names())
    recent.add(3, released_at=at(hours=1.5), names=make_names())

    assert recent.released_since(at(hours=0)) == [1, 3, 2]
    recent.drop([1, 3])
    assert recent.released_since(at(hours=0)) == [2]


def test_a_share_is_of_the_briefs_with_the_stem_in_a_topic():
    recent = make_recent(
        make_names(topics=("satellites", "satellite debris")),
        make_names(entities=("satellite",)),
        make_names(),
        make_names(),
    )

    assert recent.share("satellit") == 0.25


def test_without_briefs_every_share_is_nothing():
    assert make_recent().share("satellit") == 0


def test_a_name_is_counted_with_or_without_blanks():
    recent = make_recent(make_names(entities=("SpaceX",)), make_names(topics=("Space X",)))

    assert recent.count("space x") == 2


def test_an_unknown_name_counts_nothing():
    assert make_recent().count("spacex") == 0


def test_names_come_with_most_briefs_first():
    recent = make_recent(
        make_names(topics=("wind",), entities=("Northland",)),
        make_names(entities=("northland", "Weekly"), source="Weekly"),
        make_names(topics=("solar",)),
    )

    assert recent.list_names() == [("northland", 2), ("solar", 1), ("wind", 1)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("wind farms", {1, 3}, id="any word"),
        pytest.param("viento", {3}, id="in the language of the brief"),
        pytest.param("northland", set(), id="no entity"),
    ],
)
def test_near_are_the_briefs_that_share_a_word_of_a_topic(typed, found):
    recent = make_recent(
        make_names(topics=("wind power",)),
        make_names(entities=("Northland",)),
        make_names(topics=("vientos del sur", "wind"), lang="es"),
    )

    assert recent.near(make_phrase(typed)) == found


def test_no_brief_is_near_by_a_stop_word():
    recent = make_recent(make_names(topics=("the law of the sea",)))

    assert recent.near(make_phrase("power of the wind")) == set()


def test_a_phrase_without_a_word_finds_nothing():
    recent = make_recent(make_names(topics=("wind",)))

    assert recent.find(make_phrase("’s")) == []
