"""Which of the entities is the publisher."""

import pytest

from bot.matching.briefs import find_source
from tests.factories import make_draft

CONTEXT = "Based solely on the provided Grid Weekly article, with figures from Nature."


def source_of(entities, *, body="A body.", counter="A counter.", context=CONTEXT) -> str | None:
    draft = make_draft(
        body=body, counter_argument=counter, ai_context=context, entities=tuple(entities)
    )
    return find_source(draft)


def test_the_source_stands_in_the_context_alone():
    assert source_of(["Northland", "Grid Weekly"]) == "Grid Weekly"


def test_of_several_the_first_in_the_context_is_the_source():
    assert source_of(["Nature", "Grid Weekly"]) == "Grid Weekly"


def test_of_two_at_one_place_the_choice_does_not_depend_on_their_order():
    assert source_of(["Grid Weekly", "Grid"]) == source_of(["Grid", "Grid Weekly"])


def test_what_the_body_names_is_no_source():
    assert source_of(["Grid Weekly"], body="The Grid Weekly sued the state.") is None


def test_what_the_counter_argument_names_is_no_source():
    assert source_of(["Grid Weekly"], counter="Grid Weekly has been wrong before.") is None


def test_what_the_context_does_not_name_is_no_source():
    assert source_of(["Northland"]) is None


def test_without_context_there_is_no_source():
    assert source_of(["Grid Weekly"], context=None) is None


def test_without_entities_there_is_no_source():
    assert source_of([]) is None


@pytest.mark.parametrize(
    "context",
    ["Grid Weekly's article.", "GRID WEEKLY’S ARTICLE.", "the grid-Weekly.", "„Grid Weekly“"],
)
def test_a_name_may_be_written_otherwise_in_the_context(context):
    assert source_of(["Grid Weekly"], context=context) == "Grid Weekly"


def test_a_possessive_in_the_body_is_a_mention():
    assert source_of(["Grid Weekly"], body="So says Grid Weekly’s owner.") is None


def test_a_name_in_capitals_in_the_body_is_a_mention():
    assert source_of(["Grid Weekly"], body="GRID WEEKLY was sold.") is None


def test_ordinary_words_of_the_body_are_no_mention():
    body = "It is by nature slow."

    assert source_of(["Nature"], body=body, context="From Nature.") == "Nature"


def test_ordinary_words_of_the_context_are_no_mention():
    assert source_of(["Nature"], context="By nature this is short.") is None


def test_a_later_mention_counts_where_the_first_is_ordinary_words():
    assert source_of(["Nature"], context="By nature short. From Nature.") == "Nature"


def test_a_name_without_capitals_is_mentioned_without_any():
    body = "See arxiv preprints."

    assert source_of(["arxiv preprints"], body=body, context="From arxiv preprints.") is None


def test_a_source_may_be_written_without_capitals():
    assert source_of(["arxiv preprints"], context="From arxiv preprints.") == "arxiv preprints"


def test_part_of_a_longer_word_is_no_mention():
    assert source_of(["Nature"], context="The Natures of things.") is None


def test_an_entity_of_no_letters_is_no_source():
    assert source_of(["!!!"], context="!!!") is None
