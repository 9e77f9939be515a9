"""When digests of a crowded instant leave: put off by a reader's own seconds, or not at all."""

from datetime import datetime, timedelta

import pytest

from bot.delivery.choose import Rules
from bot.digest.recipe import Remark
from storage.model.instants import to_microseconds
from storage.planning import Due
from tests.factories import at
from tests.fakes import NOON
from tests.unit.delivery.pages import (
    TODAY,
    decide,
    instants,
    make_due,
    make_page,
    make_waiting,
    recipe_of,
)

HOUR = Rules(default_zone="UTC", keep_seat=False, spread_minutes=60)
#: Of an hour, the digest of the one is put off by 6:33, that of the other by 54:36.
EARLY, LATER = 1004, 1002


def put_off(due: Due, *, now: datetime = NOON, **more) -> timedelta:
    """Return how much later than noon, a crowded instant, a reader's digest may leave."""
    made = decide(make_page(due, **more), now=now, rules=HOUR, crowded=[NOON])
    (planned,) = made.planned
    (leaves_at,) = instants(planned.not_before)
    assert leaves_at is not None
    return leaves_at - NOON


def test_a_digest_of_a_crowd_leaves_within_the_minutes():
    found = [put_off(make_due(chat_id=n)) for n in range(-100, 100)]

    assert min(found) >= timedelta(0)
    assert max(found) < timedelta(hours=1)
    assert len(set(found)) > 180


def test_the_seconds_of_a_reader_do_not_depend_on_the_others():
    alone = put_off(make_due(chat_id=LATER))
    both = make_page(make_due(chat_id=EARLY), make_due(chat_id=LATER))

    made = decide(both, rules=HOUR, crowded=[NOON])

    assert made.planned[1].not_before == to_microseconds(NOON + alone)


def test_a_digest_that_is_put_off_is_not_late():
    page = make_page(make_due(chat_id=LATER))

    recipe = recipe_of(decide(page, rules=HOUR, crowded=[NOON]))

    assert (recipe.remarks, recipe.due_at) == (Remark.NONE, None)


def test_where_nobody_else_is_due_a_digest_leaves_at_its_time():
    made = decide(make_page(make_due(chat_id=LATER)), rules=HOUR, crowded=[at(-1)])

    assert instants(made.planned[0].not_before) == (NOON,)


@pytest.mark.parametrize(
    ("chat_id", "is_put_off"),
    [pytest.param(EARLY, True, id="before them"), pytest.param(LATER, False, id="into them")],
)
def test_no_digest_is_put_off_into_quiet_hours(chat_id: int, is_put_off: bool):
    due = make_due(chat_id=chat_id, quiet_from=12 * 60 + 45, quiet_to=15 * 60)

    assert (put_off(due) > timedelta(0)) is is_put_off


@pytest.mark.parametrize(
    ("quiet_from", "quiet_to"),
    [
        pytest.param(11 * 60, 15 * 60, id="due in them"),
        pytest.param(12 * 60 + 5, 12 * 60 + 5, id="none"),
        pytest.param(22 * 60, 7 * 60, id="far away"),
    ],
)
def test_other_quiet_hours_change_nothing(quiet_from: int, quiet_to: int):
    quiet = make_due(chat_id=LATER, quiet_from=quiet_from, quiet_to=quiet_to)

    assert put_off(quiet) == put_off(make_due(chat_id=LATER))


@pytest.mark.parametrize(
    ("times", "is_put_off"),
    [pytest.param("720,839", False, id="near"), pytest.param("720,840", True, id="two hours")],
)
def test_a_digest_is_not_put_off_where_the_next_one_is_near(times: str, is_put_off: bool):
    due = make_due(chat_id=LATER, times=times)

    assert (put_off(due) > timedelta(0)) is is_put_off


def test_a_late_digest_leaves_at_once():
    now = NOON + timedelta(minutes=16)

    assert put_off(make_due(chat_id=LATER), now=now) == timedelta(minutes=16)


def test_a_digest_for_which_an_older_one_is_given_up_leaves_at_its_time():
    waiting = [make_waiting(77, hours=-24, chat_id=LATER)]

    assert put_off(make_due(chat_id=LATER), waiting=waiting) == timedelta(0)


def test_a_slot_keeps_its_number_where_it_is_put_off():
    made = decide(make_page(make_due(chat_id=LATER)), rules=HOUR, crowded=[NOON])

    (planned,) = made.planned
    assert (planned.slot, *instants(planned.due_at)) == (TODAY, NOON)
