"""Slots in every zone, around every change of its clocks from 2005 to 2036."""

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.digest.due import next_slot, slot_on
from tests.unit.digest.zones import (
    MINUTE,
    Change,
    days_around,
    expected,
    middle_minutes,
    telling_minutes,
    unlike_zones,
    wall_of,
    zones,
)

EVERY_DAY = 0b1111111
NEAR = timedelta(days=2)


def due_around(change: Change, zone: str, minutes: int) -> list[datetime]:
    """List the instants that ``next_slot`` gives one after the other around a change."""
    found = []
    after = change.at - NEAR
    while after < change.at + NEAR:
        after = next_slot(zone=zone, times=(minutes,), days=EVERY_DAY, after=after).due_at
        found.append(after)
    return found


def expected_around(change: Change, zone: str, minutes: int) -> list[datetime]:
    where = ZoneInfo(zone)
    days = days_around(change, least=-5, most=5)
    instants = [expected(wall_of(day, minutes), change, where) for day in days]
    later = [one for one in instants if one is not None and one > change.at - NEAR]
    inside = [one for one in later if one < change.at + NEAR]
    return [*inside, later[len(inside)]]


def unlike_changes() -> list[tuple[str, Change]]:
    """List one of each sort of change: the same offsets at the same time of day."""
    found = {
        change.likeness: (zone, change)
        for history, zone in unlike_zones().items()
        for change in history
    }
    return list(found.values())


def check_slots(zone: str, change: Change, minutes: list[int]) -> int:
    """Compare the slots of the days around a change with what its clocks show; count them."""
    where = ZoneInfo(zone)
    for of_day in minutes:
        slots = [slot_on(day, of_day, where) for day in days_around(change)]
        walls = [wall_of(day, of_day) for day in days_around(change)]
        given = [slot.due_at if slot else None for slot in slots]
        assert given == [expected(wall, change, where) for wall in walls], (zone, change, of_day)
        kept = [slot for slot in slots if slot is not None]
        assert all(a.due_at < b.due_at and a.number < b.number for a, b in pairwise(kept))
    return len(minutes)


def test_a_slot_that_a_change_skips_or_repeats_is_where_the_clock_first_shows_it():
    checked = sum(
        check_slots(zone, change, [middle_minutes(change)])
        for history, zone in unlike_zones().items()
        for change in history
    )

    assert checked > 3000


def test_slots_at_the_borders_of_every_sort_of_change_are_where_the_clock_shows_them():
    checked = sum(
        check_slots(zone, change, telling_minutes(change)) for zone, change in unlike_changes()
    )

    assert checked > 600


def test_one_slot_follows_the_other_over_every_sort_of_change():
    for zone, change in unlike_changes():
        for minutes in telling_minutes(change):
            due = due_around(change, zone, minutes)

            assert due == expected_around(change, zone, minutes), (zone, change, minutes)


def test_the_next_slot_is_found_from_within_what_a_change_skips_or_repeats():
    for zone, change in unlike_changes():
        for minutes in telling_minutes(change):
            due = expected_around(change, zone, minutes)
            for after in (change.at - MINUTE, change.at, change.at + MINUTE):
                slot = next_slot(zone=zone, times=(minutes,), days=EVERY_DAY, after=after)

                assert slot.due_at == min(one for one in due if one > after), (zone, change, after)


def test_the_clocks_of_the_world_are_known():
    assert len(zones()) > 590
    assert len(unlike_zones()) > 100
    assert len(unlike_changes()) > 100


@pytest.mark.slow
def test_every_quarter_of_an_hour_is_right_near_every_change_of_every_zone():
    quarters = list(range(0, 1440, 15))
    checked = sum(
        check_slots(zone, change, sorted({*quarters, *telling_minutes(change)}))
        for history, zone in unlike_zones(timedelta(hours=12)).items()
        for change in history
    )

    assert checked > 400_000
