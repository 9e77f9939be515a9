"""The window: which briefs it holds, and the masks that it gives."""

import pytest

from storage.model.subject import EVERYTHING
from tests.factories import at
from tests.unit.digest.candidates import LONG_AGO, make_candidate, make_window


def test_a_window_has_as_many_briefs_as_it_was_given():
    assert len(make_window(make_candidate(1), make_candidate(2))) == 2


def test_an_empty_window_gives_empty_masks():
    window = make_window(wants={})

    assert window.since(LONG_AGO) == window.everything(0) == window.within(60) == 0
    assert window.stories == {}


@pytest.mark.parametrize(
    ("hours", "found"),
    [
        pytest.param(-4, [1, 2, 3], id="before all"),
        pytest.param(-3, [2, 3], id="at the first"),
        pytest.param(-2.5, [2, 3], id="between"),
        pytest.param(-1, [], id="at the last"),
    ],
)
def test_new_is_what_was_released_after_an_instant(hours: float, found: list[int]):
    window = make_window(*(make_candidate(n, released_at=at(n - 4)) for n in (1, 2, 3)))

    mask = window.since(at(hours))

    assert sorted(brief.id for brief in window.among(mask)) == found
    assert window.since(at(hours)) == mask


def test_briefs_outside_the_window_are_in_no_mask():
    window = make_window(make_candidate(1), wants={1: [1, 99], 2: [99]})

    assert window.mask([99]) == 0
    assert window.wants == {1: 1}


def test_hits_are_in_the_order_of_their_ids_whatever_the_order_of_the_follows():
    window = make_window(make_candidate(1), wants={3: [1], 20: [1]})

    assert window.hits(["20", "7", "3"], -1) == [(3, 1), (20, 1)]


def test_everything_comes_first_with_the_top_five_of_what_is_new():
    briefs = [make_candidate(n, impact=n, released_at=at(n)) for n in range(1, 9)]
    window = make_window(*briefs, wants={3: [1]})

    (subject, mask), *_ = window.hits(["3", "0"], window.since(at(2)))

    assert subject == EVERYTHING
    assert [brief.id for brief in window.among(mask)] == [8, 7, 6, 5, 4]


def test_stories_name_the_others_that_tell_them():
    window = make_window(
        make_candidate(1, impact=9, story_id=1),
        make_candidate(2, impact=8),
        make_candidate(3, impact=7, story_id=1),
    )

    assert window.stories == {0: 0b100, 2: 0b001}


def test_no_floor_leaves_everything_above():
    window = make_window(make_candidate(1, impact=0, confidence=None))

    assert window.above(0.0, 0.0) & 1


def test_a_floor_of_confidence_is_met_at_its_value():
    window = make_window(make_candidate(1, confidence=0.5), make_candidate(2, confidence=0.49))

    assert [brief.id for brief in window.among(window.above(0.0, 0.5))] == [1]


def test_the_same_floors_give_the_same_mask_again():
    window = make_window(make_candidate(1, impact=9), make_candidate(2, impact=3))

    assert window.above(5.0, 0.0) == window.above(5.0, 0.0) == 0b01
    assert window.above(1.0, 0.0) == 0b11


def test_within_is_what_is_read_in_at_most_that_time():
    window = make_window(make_candidate(1, seconds=60), make_candidate(2, seconds=61))

    assert [brief.id for brief in window.among(window.within(60))] == [1]


def test_fitting_is_what_is_at_most_that_long():
    window = make_window(make_candidate(1, units=500), make_candidate(2, units=501))

    assert [brief.id for brief in window.among(window.fitting(500))] == [1]
    assert window.fitting(499) == 0


def test_briefs_as_they_are_written_are_masked_like_their_ids():
    window = make_window(make_candidate(1), make_candidate(2), make_candidate(30))

    assert window.mask_written("30,99,1") == window.mask([1, 30, 99])
    assert window.mask_written("") == 0
