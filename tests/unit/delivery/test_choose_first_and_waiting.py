"""A new reader's first digest, and digests that still wait when the next one is due."""

from bot.digest.recipe import Remark
from tests.factories import at
from tests.unit.delivery.pages import (
    CHAT,
    SUN,
    TODAY,
    TOMORROW,
    decide,
    instants,
    make_candidate,
    make_due,
    make_page,
    make_waiting,
    make_window,
    recipe_of,
    shown,
)


def test_a_waiting_digest_is_merged_into_the_new_one():
    page = make_page(make_due(), waiting=[make_waiting(7, hours=-48), make_waiting(8, hours=-24)])

    assert decide(page).merged == [(CHAT, 7), (CHAT, 8)]


def test_what_a_waiting_digest_gave_comes_in_the_new_one():
    window = make_window(make_candidate(1), make_candidate(2))
    page = make_page(make_due(had="1,2"), waiting=[make_waiting(7, hours=-24, gives="1")])

    assert shown(decide(page, window)) == [1]


def test_a_digest_that_replaces_others_says_since_when_it_is_late():
    page = make_page(make_due(), waiting=[make_waiting(7, hours=-24), make_waiting(8, hours=-48)])

    recipe = recipe_of(decide(page))

    assert (recipe.remarks, recipe.due_at) == (Remark.LATE, at(-48))


def test_a_waiting_digest_is_left_where_nothing_replaces_it():
    page = make_page(make_due(follows=str(SUN)), waiting=[make_waiting(7, hours=-24)])

    made = decide(page)

    assert (made.planned, made.merged) == ([], [])


def test_a_slot_that_was_given_already_gives_nothing_more():
    due = make_due(taken=f"{TODAY},{TOMORROW}")

    made = decide(make_page(due, waiting=[make_waiting(7, hours=-24)]))

    assert (made.planned, made.merged) == ([], [])
    assert [one.last_slot_at for one in made.moved] == [due.last_slot_at]


def test_a_slot_that_another_was_given_is_free():
    page = make_page(make_due(chat_id=CHAT + 1, taken=f"{TODAY}"), make_due(taken=f"{TOMORROW}"))

    assert len(decide(page).planned) == 1


def test_a_new_reader_gets_the_most_consequential_brief_where_nothing_matches():
    window = make_window(make_candidate(1, impact=2.0), make_candidate(2, impact=9.0), wants=[])

    made = decide(make_page(make_due(first_slot_at=None)), window)

    recipe = recipe_of(made)
    assert [(item.brief_id, item.subject_id) for item in recipe.items] == [(2, -1)]
    assert recipe.remarks == Remark.NOTHING_MATCHED
    assert made.planned[0].briefs == (2,)


def test_a_new_readers_first_brief_is_none_that_they_had():
    window = make_window(make_candidate(1, impact=2.0), make_candidate(2, impact=9.0), wants=[])
    page = make_page(make_due(first_slot_at=None, had="2"))

    assert shown(decide(page, window)) == [1]


def test_a_new_readers_first_brief_is_none_that_they_mute():
    briefs = (make_candidate(1, impact=2.0), make_candidate(2, impact=9.0))
    window = make_window(*briefs, wants=[], mutes=[(SUN, 2)])
    page = make_page(make_due(first_slot_at=None, follows=f"-{SUN}"))

    assert shown(decide(page, window)) == [1]


def test_a_new_reader_waits_where_there_is_nothing_at_all():
    made = decide(make_page(make_due(first_slot_at=None)), make_window())

    (moved,) = made.moved
    assert (made.planned, moved.first_slot_at) == ([], None)


def test_a_new_readers_first_slot_is_noted_once_it_is_answered():
    (moved,) = decide(make_page(make_due(first_slot_at=None, last_slot_at=None))).moved

    assert instants(moved.first_slot_at) == (at(0),)
