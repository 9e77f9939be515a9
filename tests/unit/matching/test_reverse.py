"""Reverse search finds what the plain rule finds, only faster."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.reverse import Reverse
from bot.matching.rings import read_phrase, why
from storage.model.subject import Match, Ring, SubjectId
from tests.unit.matching import chance
from tests.unit.matching.names import LEXICON, make_names


def ask_each(labels, brief) -> list[Match]:
    """Ask the plain rule about every phrase."""
    found = []
    for subject_id, label in enumerate(labels, start=1):
        phrase = read_phrase(label, lexicon=chance.LEXICON)
        if reason := why(phrase, brief, lexicon=chance.LEXICON):
            ring, because = reason
            found.append(Match(subject_id=SubjectId(subject_id), ring=ring, because=because))
    return found


def make_reverse(*labels, lexicon=LEXICON) -> Reverse:
    reverse = Reverse(lexicon)
    reverse.add(enumerate(labels, start=1))
    return reverse


@chance.often
@given(chance.cases(phrases=8, briefs=3))
def test_any_phrases_are_found_as_the_plain_rule_finds_them(case):
    labels, briefs = case
    reverse = make_reverse(*labels, lexicon=chance.LEXICON)

    found = [reverse.find(brief) for brief in briefs]

    assert found == [ask_each(labels, brief) for brief in briefs]


@chance.often
@given(chance.cases(phrases=8, briefs=4), st.integers(0, 8))
def test_phrases_added_later_are_found_in_every_language(case, first):
    labels, briefs = case
    reverse = make_reverse(*labels[:first], lexicon=chance.LEXICON)
    for brief in briefs[1:]:
        reverse.find(brief)

    reverse.add(list(enumerate(labels, start=1))[first:])

    found = [reverse.find(brief) for brief in briefs]
    assert found == [ask_each(labels, brief) for brief in briefs]


def test_matches_come_by_subject():
    reverse = Reverse(LEXICON)
    reverse.add([(3, "satellites"), (7, "SpaceX"), (9, "orbit")])

    found = reverse.find(
        make_names(topics=("satellite",), entities=("SpaceX",), headline="In orbit")
    )

    assert found == [
        Match(subject_id=SubjectId(3), ring=Ring.WORDS, because="satellite"),
        Match(subject_id=SubjectId(7), ring=Ring.NAME, because="SpaceX"),
        Match(subject_id=SubjectId(9), ring=Ring.HEADLINE, because="In orbit"),
    ]


def test_a_phrase_of_many_words_is_found_in_the_headline():
    reverse = make_reverse("orbit", "a new law on rents in the big cities", "law")

    found = reverse.find(make_names(headline="Today: a new law on rents in the big cities"))

    assert [match.subject_id for match in found] == [2, 3]


def test_every_phrase_counts():
    assert len(make_reverse("SpaceX", "spacex", "Fed")) == 3


def test_the_last_phrase_is_known_by_its_id():
    reverse = Reverse(LEXICON)

    reverse.add([(4, "orbit"), (9, "Fed")])

    assert reverse.last_id == 9


def test_without_phrases_nothing_was_added():
    reverse = Reverse(LEXICON)

    assert (len(reverse), reverse.last_id, reverse.find(make_names())) == (0, 0, [])


def test_a_phrase_waits_under_its_rarest_word():
    reverse = make_reverse("aid", "aid zone")

    reverse.find(make_names())

    assert reverse._by_stem["en"].keys() == {"aid", "zone"}


def test_a_phrase_added_later_waits_under_its_rarest_word():
    reverse = make_reverse()
    reverse.find(make_names())

    reverse.add([(1, "aid"), (2, "aid zone")])

    assert reverse._by_stem["en"].keys() == {"aid", "zone"}


@pytest.mark.parametrize(
    ("label", "changed", "ring"),
    [
        pytest.param("WHO", {"entities": ("W.H.O.",)}, Ring.NAME, id="acronym, name"),
        pytest.param("WHO", {"topics": ("WHO funds",)}, Ring.WORDS, id="acronym, words"),
        pytest.param("WHO", {"headline": "The WHO’s word"}, Ring.HEADLINE, id="acronym, news"),
        pytest.param("EU", {"headline": "The EU’s word"}, Ring.HEADLINE, id="two letters"),
        pytest.param("Lloyd's", {"headline": "Lloyd’s of London"}, Ring.HEADLINE, id="possessive"),
        pytest.param("Lloyd's", {"entities": ("Lloyds",)}, Ring.NAME, id="possessive, name"),
        pytest.param("Space X", {"entities": ("SpaceX",)}, Ring.NAME, id="blank"),
        pytest.param("Fax", {"entities": ("Fax",), "source": "Fax"}, Ring.NAME, id="source"),
    ],
)
def test_a_phrase_is_found_by_its_ring(label, changed, ring):
    (found,) = make_reverse("the", "x", label).find(make_names(**changed))

    assert (found.subject_id, found.ring) == (3, ring)


@pytest.mark.parametrize(
    ("label", "changed"),
    [
        pytest.param("EU", {"topics": ("EU funds",)}, id="acronym of two letters in a topic"),
        pytest.param("who", {"headline": "Those who win"}, id="stop word in the headline"),
        pytest.param("space x", {"headline": "The spacex rocket"}, id="blank in the headline"),
    ],
)
def test_a_phrase_that_is_not_wanted_is_not_found(label, changed):
    assert make_reverse(label).find(make_names(**changed)) == []
