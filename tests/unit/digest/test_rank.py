"""Which briefs go into a digest: each part of the rule by itself."""

from itertools import combinations

import pytest

from bot.digest.rank import items_of, places, select
from bot.digest.recipe import Item
from bot.digest.window import Window
from storage.model.subject import EVERYTHING
from tests.factories import at
from tests.unit.digest.candidates import (
    LONG_AGO,
    list_shown,
    make_candidate,
    make_window,
    make_wishes,
)


def selected(window: Window, **wishes):
    return select(window, make_wishes(**wishes), since=window.since(LONG_AGO), had=0)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"impact": 9, "confidence": 0.1}, {"impact": 8.9}, id="higher impact"),
        pytest.param({"confidence": 0.6}, {"released_at": at()}, id="more confident"),
        pytest.param({"confidence": 0.0}, {"confidence": None}, id="stated before unstated"),
        pytest.param({"released_at": at()}, {"released_at": at(-1)}, id="newer"),
    ],
)
def test_briefs_stand_by_impact_then_confidence_then_newest(first, second):
    window = make_window(make_candidate(1, **second), make_candidate(2, **first))

    assert list_shown(window) == [2, 1]


def test_equal_briefs_stand_by_the_lower_id():
    window = make_window(make_candidate(12), make_candidate(9))

    assert list_shown(window) == [9, 12]


def test_at_most_seven_are_shown():
    selection = selected(make_window(*(make_candidate(n) for n in range(1, 11))))

    assert (len(selection.picked), selection.over) == (7, 3)


def test_the_first_item_fits_whatever_its_length_or_time():
    window = make_window(make_candidate(1, units=9000, seconds=9000))

    assert list_shown(window, seconds=60) == [1]


def test_an_item_that_does_not_fit_the_minutes_is_skipped_for_one_that_does():
    window = make_window(
        make_candidate(1, impact=9, seconds=60),
        make_candidate(2, impact=8, seconds=61),
        make_candidate(3, impact=7, seconds=60),
    )

    selection = selected(window, seconds=120)

    assert [one.place for one in selection.picked] == [0, 2]
    assert selection.over == 1


def test_an_item_that_does_not_fit_the_message_is_skipped_for_one_that_does():
    window = make_window(
        make_candidate(1, impact=9, units=3400),
        make_candidate(2, impact=8, units=501),
        make_candidate(3, impact=7, units=500),
    )

    assert list_shown(window) == [1, 3]


def test_no_budget_has_no_limit_of_minutes():
    window = make_window(make_candidate(1, seconds=9000), make_candidate(2, seconds=9000))

    assert list_shown(window, seconds=None) == [1, 2]


def test_a_story_is_told_once_by_its_highest_brief():
    window = make_window(
        make_candidate(1, impact=7, story_id=1),
        make_candidate(2, impact=9, story_id=1),
        make_candidate(3, impact=8, story_id=1),
    )

    selection = selected(window)

    assert [(window.ids[one.place], one.more) for one in selection.picked] == [(2, 2)]
    assert (selection.over, selection.told) == (0, (0, 1, 2))


def test_a_story_counts_only_what_the_reader_would_have_got():
    window = make_window(
        make_candidate(1, impact=9, story_id=1),
        make_candidate(2, impact=2, story_id=1),
        make_candidate(3, impact=8, story_id=1),
        wants={1: [1, 2]},
    )

    selection = selected(window, impact_floor=5.0)

    assert [one.more for one in selection.picked] == [0]
    assert selection.below == 1


def test_a_muted_brief_is_neither_shown_nor_counted():
    window = make_window(make_candidate(1), make_candidate(2), mutes={4: [1]})

    selection = selected(window, mutes=(4,))

    assert [window.ids[one.place] for one in selection.picked] == [2]
    assert (selection.below, selection.over) == (0, 0)


def test_a_brief_that_the_reader_had_does_not_come_again():
    window = make_window(make_candidate(1), make_candidate(2))

    assert list_shown(window, had=window.mask([1, 77])) == [2]


def test_a_brief_at_the_floor_of_impact_is_above_it():
    window = make_window(make_candidate(1, impact=6.0), make_candidate(2, impact=5.9))

    assert list_shown(window, impact_floor=6.0) == [1]


def test_an_unstated_confidence_fails_a_set_floor_alone():
    window = make_window(make_candidate(1, confidence=None), make_candidate(2, confidence=0.7))

    assert list_shown(window, confidence_floor=0.7) == [2]
    assert list_shown(window, impact_floor=1.0) == [2, 1]


def test_everything_is_the_top_five():
    window = make_window(*(make_candidate(n, impact=n) for n in range(1, 9)), wants={})

    assert list_shown(window, follows=(EVERYTHING,)) == [8, 7, 6, 5, 4]


def test_everything_beside_a_phrase_shows_what_either_wants():
    briefs = [make_candidate(n, impact=10 - n) for n in range(1, 9)]
    window = make_window(*briefs, wants={3: [1, 7]})

    selection = selected(window, follows=(3, EVERYTHING))

    named = [(window.ids[one.place], one.subject_id) for one in selection.picked]
    assert named == [(1, 3), (2, 0), (3, 0), (4, 0), (5, 0), (7, 3)]


def test_a_subject_of_a_group_finds_what_any_of_the_group_wants():
    window = make_window(
        make_candidate(1),
        make_candidate(2),
        make_candidate(3),
        wants={4: [1], 5: [2], 6: [3]},
        heads={4: 6, 5: 6},
    )

    assert [list_shown(window, follows=(one,)) for one in (4, 5, 6)] == [[1, 2, 3]] * 3


def test_muting_a_subject_of_a_group_spares_the_whole_group():
    window = make_window(
        make_candidate(1), make_candidate(2), mutes={4: [1], 5: [2]}, heads={4: 5}
    )

    assert list_shown(window, mutes=(4,)) == []


def test_items_name_brief_revision_follow_with_the_number_of_others():
    window = make_window(
        make_candidate(5, revision=3, story_id=5), make_candidate(6, impact=1, story_id=5)
    )

    assert items_of(selected(window), window) == (Item(5, 3, 1, 1),)


def test_nothing_that_matches_is_nothing_to_show():
    selection = selected(make_window(make_candidate(1)), follows=(9,))

    assert selection == ((), 0, 0, ())


def test_places_are_the_set_bits_lowest_first():
    assert list(places(0b1010001)) == [0, 4, 6]


def test_the_order_of_any_two_briefs_does_not_depend_on_the_others():
    briefs = [make_candidate(n, impact=n % 3, confidence=n % 2) for n in range(1, 8)]
    whole = list_shown(make_window(*briefs))

    for one, other in combinations(briefs, 2):
        pair = list_shown(make_window(one, other))

        assert pair == [brief for brief in whole if brief in {one.id, other.id}]
