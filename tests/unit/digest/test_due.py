"""When a digest is due, and when it must be quiet."""

import zoneinfo
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.due import Slot, find_slot, is_quiet, next_slot, quiet_ends_at, slot_on
from tests.unit.examples import examples

EVERY_DAY = 0b1111111
MONDAY, FRIDAY, SUNDAY = 1, 1 << 4, 1 << 6


def instant(written: str) -> datetime:
    return datetime.fromisoformat(written)


def due(zone: str, after: str, *times: int, days: int = EVERY_DAY) -> Slot:
    return next_slot(zone=zone, times=times, days=days, after=instant(after))


def test_the_next_slot_is_today_if_its_time_is_still_to_come():
    slot = due("Europe/Berlin", "2026-11-22T06:59:59Z", 480)

    assert slot == Slot(instant("2026-11-22T07:00Z"), 202611220800)


def test_a_slot_that_is_due_at_this_very_instant_is_not_the_next_one():
    slot = due("Europe/Berlin", "2026-11-22T07:00Z", 480)

    assert slot.number == 202611230800


def test_a_slot_is_numbered_by_the_local_date():
    slot = due("Pacific/Kiritimati", "2026-11-22T12:00Z", 480)

    assert (slot.due_at, slot.day) == (instant("2026-11-22T18:00Z"), date(2026, 11, 23))


def test_several_times_a_day_come_in_order_whatever_the_order_they_are_set_in():
    slots = []
    after = "2026-11-22T00:00Z"
    for _ in range(4):
        slots.append(due("UTC", after, 1080, 0, 450))
        after = slots[-1].due_at.isoformat()

    assert [slot.number % 10**8 for slot in slots] == [11220730, 11221800, 11230000, 11230730]


def test_the_same_time_set_twice_is_one_slot():
    first = due("UTC", "2026-11-22T00:00Z", 480, 480)

    assert due("UTC", first.due_at.isoformat(), 480, 480).day == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "number"),
    [
        pytest.param(SUNDAY, 202611290800, id="a week later"),
        pytest.param(MONDAY, 202611230800, id="tomorrow"),
        pytest.param(MONDAY | FRIDAY, 202611230800, id="the nearer of two"),
    ],
)
def test_a_weekly_digest_comes_on_its_days_alone(days: int, number: int):
    assert due("UTC", "2026-11-22T08:00Z", 480, days=days).number == number


@pytest.mark.parametrize(
    ("zone", "minutes", "day", "due_at"),
    [
        pytest.param(
            "Europe/Paris", 150, "2026-03-29", "2026-03-29T01:30Z", id="skipped in spring"
        ),
        pytest.param(
            "America/New_York", 90, "2026-11-01", "2026-11-01T05:30Z", id="the first of two"
        ),
        pytest.param(
            "Africa/Cairo", 0, "2026-04-24", "2026-04-23T22:00Z", id="no midnight, Cairo"
        ),
        pytest.param("Africa/Cairo", 30, "2026-04-24", "2026-04-23T22:30Z", id="Cairo at 00:30"),
        pytest.param("America/Santiago", 0, "2026-09-06", "2026-09-06T04:00Z", id="Santiago"),
        pytest.param("Asia/Beirut", 0, "2026-03-29", "2026-03-28T22:00Z", id="Beirut"),
        pytest.param(
            "Australia/Lord_Howe",
            135,
            "2026-10-04",
            "2026-10-03T15:45Z",
            id="half an hour skipped",
        ),
        pytest.param(
            "Australia/Lord_Howe", 105, "2026-04-05", "2026-04-04T14:45Z", id="half an hour twice"
        ),
        pytest.param("Antarctica/Casey", 30, "2020-10-04", "2020-10-03T16:30Z", id="three hours"),
        pytest.param("Asia/Kathmandu", 480, "2026-11-22", "2026-11-22T02:15Z", id="a quarter"),
    ],
)
def test_a_wall_time_that_a_zone_treats_oddly_has_one_instant(zone, minutes, day, due_at):
    slot = slot_on(date.fromisoformat(day), minutes, ZoneInfo(zone))

    assert slot is not None
    assert slot.due_at == instant(due_at)


@pytest.mark.parametrize("zone", ["Pacific/Apia", "Pacific/Fakaofo"])
@pytest.mark.parametrize("minutes", [0, 480, 1439])
def test_a_date_that_never_was_has_no_slot(zone: str, minutes: int):
    assert slot_on(date(2011, 12, 30), minutes, ZoneInfo(zone)) is None


@pytest.mark.parametrize("zone", ["Pacific/Apia", "Pacific/Fakaofo"])
def test_the_day_after_a_date_that_never_was_follows_the_day_before(zone: str):
    before = slot_on(date(2011, 12, 29), 480, ZoneInfo(zone))
    assert before is not None

    slot = next_slot(zone=zone, times=(480,), days=EVERY_DAY, after=before.due_at)

    assert slot == slot_on(date(2011, 12, 31), 480, ZoneInfo(zone))
    assert slot.due_at - before.due_at == timedelta(days=1)


def test_a_weekly_digest_whose_day_never_was_comes_a_week_later():
    slot = due("Pacific/Apia", "2011-12-23T18:00Z", 480, days=FRIDAY)

    assert slot.day == date(2012, 1, 6)


def test_the_repeated_hour_gives_one_slot():
    first = due("Europe/Berlin", "2026-10-24T12:00Z", 150)

    second = due("Europe/Berlin", first.due_at.isoformat(), 150)

    assert (first.due_at, second.day) == (instant("2026-10-25T00:30Z"), date(2026, 10, 26))


@pytest.mark.parametrize(
    ("quiet", "at", "is_it"),
    [
        pytest.param((1320, 420), "21:59", False, id="before"),
        pytest.param((1320, 420), "22:00", True, id="at the beginning"),
        pytest.param((1320, 420), "23:59", True, id="before midnight"),
        pytest.param((1320, 420), "00:00", True, id="after midnight"),
        pytest.param((1320, 420), "06:59", True, id="the last minute"),
        pytest.param((1320, 420), "07:00", False, id="at the end"),
        pytest.param((780, 840), "12:59", False, id="before, by day"),
        pytest.param((780, 840), "13:00", True, id="at the beginning, by day"),
        pytest.param((780, 840), "14:00", False, id="at the end, by day"),
        pytest.param((480, 480), "08:00", False, id="start is end"),
        pytest.param((None, 420), "03:00", False, id="no start"),
        pytest.param((1320, None), "23:00", False, id="no end"),
    ],
)
def test_quiet_hours_are_from_their_start_to_before_their_end(quiet, at: str, is_it: bool):
    start, end = quiet

    found = is_quiet(instant(f"2026-11-22T{at}Z"), zone="UTC", quiet_from=start, quiet_to=end)

    assert found is is_it


def test_quiet_hours_are_local():
    at = instant("2026-11-22T23:30Z")

    assert is_quiet(at, zone="Asia/Tokyo", quiet_from=480, quiet_to=540)


def test_quiet_hours_end_at_their_local_time():
    ends_at = quiet_ends_at(instant("2026-11-22T22:00Z"), zone="Europe/Berlin", quiet_to=420)

    assert ends_at == instant("2026-11-23T06:00Z")


def test_quiet_hours_that_the_clocks_cut_short_end_when_the_clock_says_so():
    ends_at = quiet_ends_at(instant("2026-03-29T00:00Z"), zone="Europe/Paris", quiet_to=150)

    assert ends_at == instant("2026-03-29T01:30Z")


moments = st.datetimes(datetime(2005, 1, 1), datetime(2036, 12, 31), timezones=st.just(UTC))
times_of_day = st.lists(st.integers(0, 1439), min_size=1, max_size=3).map(tuple)
zones = st.sampled_from(
    ["UTC", "Europe/Berlin", "Africa/Casablanca", "Pacific/Apia", "Australia/Lord_Howe"]
)


@examples()
@given(zone=zones, times=times_of_day, days=st.integers(1, 127), after=moments)
def test_a_slot_is_the_first_later_one_of_its_days(zone, times, days, after):
    slot = next_slot(zone=zone, times=times, days=days, after=after)

    between = [
        other
        for ahead in range(-2, 18)
        for minutes in times
        if (other := slot_on(after.date() + timedelta(days=ahead), minutes, ZoneInfo(zone)))
        and days >> other.day.weekday() & 1
        and after < other.due_at < slot.due_at
    ]
    assert slot.due_at > after
    assert between == []
    assert days >> slot.day.weekday() & 1
    assert slot.number % 100 + slot.number // 100 % 100 * 60 in times


def test_the_rules_of_zones_are_those_of_the_package():
    assert zoneinfo.TZPATH == ()
    assert ZoneInfo("Europe/Berlin").utcoffset(datetime(2026, 7, 1)) == timedelta(hours=2)


@given(st.datetimes(datetime(2005, 1, 1), datetime(2036, 1, 1)))
def test_a_slot_is_found_again_by_its_number(local: datetime):
    minutes = local.hour * 60 + local.minute
    slot = slot_on(local.date(), minutes, ZoneInfo("Pacific/Apia"))

    assert slot is None or find_slot(slot.number, "Pacific/Apia") == slot
