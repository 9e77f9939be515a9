"""When a digest leaves: on time, late, merged into the next one, after quiet hours."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.choose import Rules
from bot.digest.recipe import Remark
from tests.factories import at
from tests.fakes import NOON
from tests.unit.delivery.pages import (
    CHAT,
    TODAY,
    TOMORROW,
    decide,
    instants,
    make_candidate,
    make_due,
    make_page,
    make_window,
    recipe_of,
)

LATE = timedelta(minutes=15)
SECOND = timedelta(seconds=1)


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)


def leaves_at(made) -> datetime | None:
    (planned,) = made.planned
    return instants(planned.not_before)[0]


def test_a_digest_is_promised_for_its_slot():
    made = decide(make_page(make_due(thread_id=9)))

    (planned,) = made.planned
    assert (planned.chat_id, planned.thread_id, planned.slot) == (CHAT, 9, TODAY)
    assert instants(planned.due_at, planned.not_before) == (NOON, NOON)


def test_the_slot_moves_to_the_next_day():
    (moved,) = decide(make_page(make_due())).moved

    assert (moved.chat_id, moved.next_slot) == (CHAT, TOMORROW)
    assert instants(moved.was_due_at, moved.next_due_at) == (NOON, at(24))


def test_an_answered_slot_is_the_last_one():
    (moved,) = decide(make_page(make_due())).moved

    assert instants(moved.last_slot_at) == (NOON,)
    assert moved.first_slot_at is None  # which leaves the one that is known


def test_a_digest_says_when_the_next_one_comes():
    recipe = recipe_of(decide(make_page(make_due())))

    assert (recipe.zone, recipe.day, recipe.next_at) == ("UTC", NOON.date(), at(24))


def test_a_digest_on_time_says_nothing_of_lateness():
    recipe = recipe_of(decide(make_page(make_due()), now=NOON + LATE))

    assert (recipe.remarks, recipe.due_at) == (Remark.NONE, None)


def test_a_digest_a_little_behind_still_leaves_at_its_time():
    assert leaves_at(decide(make_page(make_due()), now=NOON + LATE)) == NOON


def test_a_late_digest_says_since_when():
    recipe = recipe_of(decide(make_page(make_due()), now=NOON + LATE + SECOND))

    assert (recipe.remarks, recipe.due_at) == (Remark.LATE, NOON)


def test_a_late_digest_leaves_at_once():
    assert leaves_at(decide(make_page(make_due()), now=at(3))) == at(3)


@pytest.mark.parametrize(
    ("now", "digests"),
    [
        pytest.param(at(22), 1, id="two hours before"),
        pytest.param(at(22) + SECOND, 0, id="less than two hours before"),
        pytest.param(at(24) - SECOND, 0, id="just before"),
        pytest.param(at(24), 1, id="at the next slot"),
    ],
)
def test_a_late_digest_is_merged_into_a_near_slot(now: datetime, digests: int):
    assert len(decide(make_page(make_due()), now=now).planned) == digests


def test_a_merged_slot_is_not_the_last_one():
    (moved,) = decide(make_page(make_due()), now=at(23)).moved

    assert moved.next_slot == TOMORROW
    assert instants(moved.last_slot_at) == (at(-24),)


def test_a_digest_that_is_not_late_is_not_merged_into_a_near_slot():
    made = decide(make_page(make_due(times="720,780")))

    assert len(made.planned) == 1


def test_after_an_outage_one_digest_stands_for_all_slots_that_passed():
    due = make_due(times="480,720,1080", last_slot_at=at(-18))

    made = decide(make_page(due), make_window(make_candidate(1, released_at=at(2))), now=at(96))

    (planned,) = made.planned
    assert planned.slot == 202611261200
    assert leaves_at(made) == at(96)


def test_after_an_outage_the_next_slot_is_the_first_one_to_come():
    due = make_due(times="480,720,1080")

    (moved,) = decide(make_page(due), now=at(96)).moved

    assert moved.next_slot == 202611261800
    assert instants(moved.last_slot_at, moved.next_due_at) == (at(96), at(102))


def test_after_an_outage_lateness_counts_from_the_first_slot_that_passed():
    due = make_due(times="480,720,1080")

    recipe = recipe_of(decide(make_page(due), now=at(97)))

    assert (recipe.remarks, recipe.due_at) == (Remark.LATE, NOON)
    assert recipe.day == at(96).date()


def test_a_late_digest_waits_for_the_end_of_quiet_hours():
    due = make_due(quiet_from=22 * 60, quiet_to=7 * 60)

    made = decide(make_page(due), now=at(13))

    assert leaves_at(made) == at(19)


def test_a_late_digest_is_merged_if_quiet_hours_end_near_the_next_slot():
    due = make_due(times="480", next_due_at=at(-4), quiet_from=22 * 60, quiet_to=7 * 60)

    made = decide(make_page(due), now=at(13))

    assert made.planned == []


def test_a_digest_on_time_leaves_in_quiet_hours_without_a_sound():
    due = make_due(quiet_from=11 * 60, quiet_to=13 * 60)

    made = decide(make_page(due))

    assert leaves_at(made) == NOON
    assert recipe_of(made).remarks == Remark.SILENT


def test_a_digest_without_a_known_zone_leaves_without_a_sound():
    made = decide(make_page(make_due(zone=None)))

    assert recipe_of(made).remarks == Remark.SILENT


def test_a_reader_without_a_zone_has_the_default_one():
    rules = Rules(default_zone="Asia/Tokyo", keep_seat=False)
    due = make_due(zone=None, times="480", next_due_at=utc(2026, 11, 21, 23))

    made = decide(make_page(due), now=utc(2026, 11, 21, 23), rules=rules)

    assert recipe_of(made).zone == "Asia/Tokyo"
    assert instants(made.moved[0].next_due_at) == (utc(2026, 11, 22, 23),)


def test_the_day_of_a_digest_is_the_readers_own():
    due = make_due(
        zone="Asia/Tokyo", times="480", next_due_at=utc(2026, 11, 21, 23), next_slot=202611220800
    )

    recipe = recipe_of(decide(make_page(due), now=utc(2026, 11, 21, 23)))

    assert recipe.day.isoformat() == "2026-11-22"


def test_a_day_without_a_digest_is_passed_over():
    (moved,) = decide(make_page(make_due(days=0b0000001 | 0b1000000, times="720"))).moved

    assert moved.next_slot == TOMORROW


def test_a_weekly_digest_comes_a_week_later():
    (moved,) = decide(make_page(make_due(days=0b1000000))).moved

    assert moved.next_slot == 202611291200


@pytest.mark.parametrize(
    ("zone", "due_at", "slot", "next_at"),
    [
        pytest.param(
            "Europe/Paris",
            utc(2026, 10, 24, 10),
            202610241200,
            utc(2026, 10, 25, 11),
            id="clocks go back",
        ),
        pytest.param(
            "Europe/Paris",
            utc(2026, 3, 28, 11),
            202603281200,
            utc(2026, 3, 29, 10),
            id="clocks go forward",
        ),
    ],
)
def test_a_slot_keeps_its_hour_when_the_clocks_change(zone, due_at, slot, next_at):
    due = make_due(zone=zone, next_due_at=due_at, next_slot=slot)

    (moved,) = decide(make_page(due), now=due_at).moved

    assert instants(moved.next_due_at) == (next_at,)


def test_readers_who_share_a_slot_may_live_in_different_zones():
    here = make_due(chat_id=1)
    there = make_due(chat_id=2, zone="Asia/Kolkata", times="1050", next_slot=202611221730)

    made = decide(make_page(here, there))

    assert [one.slot for one in made.planned] == [TODAY, 202611221730]
    assert [one.next_slot for one in made.moved] == [TOMORROW, 202611231730]


def test_readers_who_share_a_slot_may_have_different_quiet_hours():
    loud = make_due(chat_id=1)
    quiet = make_due(chat_id=2, quiet_from=12 * 60, quiet_to=15 * 60)

    made = decide(make_page(loud, quiet), now=at(1))

    assert instants(*(one.not_before for one in made.planned)) == (at(1), at(3))
