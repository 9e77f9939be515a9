"""The machine's clock, and the one that can be moved."""

from datetime import UTC, timedelta

import pytest

from bot.clock import MovableClock, SystemClock, zone_of
from tests.fakes import NOON

FAR = timedelta(days=365 * 200)


def test_the_machines_time_is_aware_in_utc():
    assert SystemClock().now().tzinfo is UTC


def test_monotonic_seconds_never_go_back():
    clock = SystemClock()
    first = clock.monotonic()

    assert clock.monotonic() >= first


async def test_waiting_no_time_returns():
    await SystemClock().wait(0)


def test_a_movable_clock_starts_where_it_is_told():
    clock = MovableClock(NOON + FAR)

    assert timedelta(0) <= clock.now() - (NOON + FAR) < timedelta(days=1)


def test_a_movable_clock_that_is_told_nothing_is_the_machines():
    before = SystemClock().now()

    assert before <= MovableClock().now() <= SystemClock().now()


def test_a_clock_moves_forward():
    clock = MovableClock(NOON)

    clock.move_to(NOON + FAR)

    assert clock.now() >= NOON + FAR


def test_a_clock_does_not_move_back():
    clock = MovableClock(NOON + FAR)

    clock.move_to(NOON)

    assert clock.now() >= NOON + FAR


@pytest.mark.parametrize("name", ["Mars/Gale", "", "../etc/passwd", "/etc/localtime", "Europe"])
def test_a_zone_that_nobody_knows_is_utc(name, caplog):
    zone_of.cache_clear()  # by which each is told once

    assert zone_of(name).key == zone_of(name).key == "UTC"
    assert [record.event for record in caplog.records] == ["zone.unknown"]


def test_the_rules_of_a_zone_are_known_by_its_name():
    assert zone_of("Europe/Berlin").key == "Europe/Berlin"
