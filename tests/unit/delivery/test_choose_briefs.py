"""What a due reader is given: what is new, what is followed, and nothing twice."""

import pytest

from bot.delivery.choose import Rules
from storage.model.subject import EVERYTHING
from tests.factories import at
from tests.unit.delivery.pages import (
    CHAT,
    SUN,
    WIND,
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


def test_the_most_consequential_brief_stands_first():
    window = make_window(make_candidate(1, impact=2.0), make_candidate(2, impact=9.0))

    assert shown(decide(make_page(make_due()), window)) == [2, 1]


def test_a_digest_names_the_follow_that_brought_a_brief():
    recipe = recipe_of(decide(make_page(make_due())))

    assert [item.subject_id for item in recipe.items] == [WIND]


def test_a_digest_gives_what_it_shows():
    window = make_window(make_candidate(1, revision=3), make_candidate(2))

    (planned,) = decide(make_page(make_due()), window).planned

    assert set(planned.briefs) == {1, 2}


def test_the_revision_that_stands_is_planned():
    window = make_window(make_candidate(1, revision=3))

    assert recipe_of(decide(make_page(make_due()), window)).items[0].revision == 3


def test_nothing_that_matches_makes_no_digest():
    page = make_page(make_due(follows=str(SUN)))

    made = decide(page)

    assert (made.planned, len(made.moved)) == ([], 1)


def test_a_slot_without_a_digest_is_answered_all_the_same():
    page = make_page(make_due(follows=str(SUN)))

    (moved,) = decide(page).moved

    assert instants(moved.last_slot_at) == (at(0),)


def test_who_follows_nothing_gets_nothing():
    page = make_page(make_due(follows=None))

    assert decide(page).planned == []


def test_what_is_muted_is_left_out():
    page = make_page(make_due(follows=f"{WIND},{SUN},-{SUN}"))
    briefs = (make_candidate(1), make_candidate(2))
    window = make_window(*briefs, wants=[(WIND, 1), (WIND, 2)], mutes=[(SUN, 2)])

    assert shown(decide(page, window)) == [1]


def test_a_merged_subject_brings_what_its_group_wants():
    page = make_page(make_due(follows=str(SUN)))
    window = make_window(make_candidate(1), heads={SUN: WIND})

    assert shown(decide(page, window)) == [1]


def test_everything_is_the_top_five():
    page = make_page(make_due(follows=str(EVERYTHING)))
    window = make_window(*[make_candidate(n, impact=n) for n in range(1, 8)], wants=[])

    assert shown(decide(page, window)) == [7, 6, 5, 4, 3]


@pytest.mark.parametrize(
    ("released", "last", "given"),
    [
        pytest.param(-35, -1, True, id="at least 36 hours back"),
        pytest.param(-37, -1, False, id="before that not"),
        pytest.param(-70, -72, True, id="since the last slot"),
        pytest.param(-74, -72, False, id="before the last slot"),
        pytest.param(-190, -1000, True, id="at most 8 days back"),
        pytest.param(-194, -1000, False, id="longer ago"),
    ],
)
def test_how_far_a_digest_looks_back(released: float, last: float, given: bool):
    window = make_window(make_candidate(1, released_at=at(released)))

    made = decide(make_page(make_due(last_slot_at=at(last))), window)

    assert bool(made.planned) is given


def test_a_brief_that_was_had_does_not_come_again():
    window = make_window(make_candidate(1), make_candidate(2))
    page = make_page(make_due(had="1"))

    assert shown(decide(page, window)) == [2]


def test_what_another_had_is_news():
    made = decide(make_page(make_due(had="1"), make_due(chat_id=CHAT + 1)))

    assert [one.chat_id for one in made.planned] == [CHAT + 1]


def test_what_is_under_the_floors_is_counted():
    window = make_window(
        make_candidate(1, impact=3.0), make_candidate(2, impact=8.0), make_candidate(3, impact=2.0)
    )

    recipe = recipe_of(decide(make_page(make_due(impact_floor=5.0)), window))

    assert ([item.brief_id for item in recipe.items], recipe.below) == ([2], 2)


def test_a_brief_without_confidence_fails_only_a_set_floor():
    window = make_window(make_candidate(1, confidence=None))
    demanding = make_due(chat_id=1, confidence_floor=0.1)
    open_minded = make_due(chat_id=2)

    made = decide(make_page(demanding, open_minded), window)

    assert [one.chat_id for one in made.planned] == [2]


def test_what_is_over_the_budget_is_counted():
    window = make_window(*[make_candidate(n, seconds=60) for n in range(1, 6)])

    recipe = recipe_of(decide(make_page(make_due(minutes=3)), window))

    assert (len(recipe.items), recipe.over) == (3, 2)


def test_other_briefs_of_a_story_are_given_with_the_one_that_is_shown():
    window = make_window(
        make_candidate(1, impact=9.0, story_id=1), make_candidate(2, impact=5.0, story_id=1)
    )

    made = decide(make_page(make_due()), window)

    (item,) = recipe_of(made).items
    assert (item.brief_id, item.more) == (1, 1)
    assert made.planned[0].briefs == (1, 2)


def test_a_later_brief_says_what_it_updates():
    window = make_window(make_candidate(1, story_id=1), make_candidate(2, story_id=1))
    page = make_page(make_due(had="1"))

    (item,) = recipe_of(decide(page, window)).items

    assert (item.brief_id, item.updates_id) == (2, 1)


def test_a_brief_that_has_not_left_yet_is_updated_by_none():
    window = make_window(make_candidate(1, story_id=1), make_candidate(2, story_id=1))
    page = make_page(make_due(had="1,2"), waiting=[make_waiting(7, hours=-24, gives="1,2")])

    (item,) = recipe_of(decide(page, window)).items

    assert (item.brief_id, item.more, item.updates_id) == (1, 1, 0)


def test_a_digest_is_in_the_readers_own_words():
    recipe = recipe_of(decide(make_page(make_due(language="es", style="open"))))

    assert (recipe.language, recipe.style.value) == ("es", "open")


def test_the_last_place_goes_to_a_rare_follow_if_seats_are_kept():
    window = make_window(
        *[make_candidate(n, impact=9.0) for n in range(1, 9)],
        make_candidate(9, impact=1.0),
        wants=[*((WIND, n) for n in range(1, 9)), (SUN, 9)],
    )
    page = make_page(make_due(follows=f"{WIND},{SUN}"))

    kept = decide(page, window, rules=Rules(default_zone="UTC", keep_seat=True))
    given = decide(page, window, rules=Rules(default_zone="UTC", keep_seat=False))

    assert (shown(kept)[-1], shown(given)[-1]) == (9, 7)


def test_every_reader_of_a_page_has_their_own_digest():
    window = make_window(make_candidate(1), make_candidate(2), wants=[(WIND, 1), (SUN, 2)])
    page = make_page(make_due(chat_id=1), make_due(chat_id=2, follows=str(SUN)))

    made = decide(page, window)

    assert [(one.chat_id, one.briefs) for one in made.planned] == [(1, (1,)), (2, (2,))]
