"""Long waits: which count, how long they last, and how often they are logged."""

from datetime import timedelta

import pytest

from bot.botapi.long_waits import LongWait, LongWaits
from bot.botapi.pace import Pace
from tests.fakes import FixedClock

READER, OTHER = 1001, 1002


@pytest.fixture
def clock():
    return FixedClock()


@pytest.fixture
def waits(clock):
    return LongWaits(clock)


def logged(caplog):
    return [r.seconds for r in caplog.records if getattr(r, "event", "") == "pace.long_wait"]


@pytest.mark.parametrize(("seconds", "found"), [(600.0, None), (601.0, LongWait(601.0, 1))])
def test_a_wait_is_long_above_ten_minutes(waits, seconds, found):
    waits.note(seconds, READER)

    assert waits.find() == found


def test_a_long_wait_is_as_long_as_what_is_left_of_it(waits, clock):
    waits.note(3600.0, READER)

    clock.advance(timedelta(minutes=59))

    assert (waits.find(), waits.seconds_left()) == (LongWait(60.0, 1), 60.0)


def test_a_wait_that_is_over_is_none(waits, clock):
    waits.note(3600.0, READER)

    clock.advance(timedelta(hours=1))

    assert (waits.find(), waits.seconds_left()) == (None, 0.0)


def test_the_longest_wait_is_told_with_the_number_of_chats(waits):
    waits.note(3600.0, READER)
    waits.note(700.0, OTHER)
    waits.note(900.0)

    assert waits.find() == LongWait(3600.0, 2)


def test_a_shorter_wait_of_a_chat_does_not_shorten_a_longer_one(waits):
    waits.note(3600.0, READER)

    waits.note(700.0, READER)

    assert waits.find() == LongWait(3600.0, 1)


def test_a_long_wait_is_logged_as_an_error(waits, caplog):
    waits.note(10072.0, READER)

    assert [(r.levelname, r.event, r.seconds) for r in caplog.records] == [
        ("ERROR", "pace.long_wait", 10072)
    ]


@pytest.mark.parametrize(("minutes", "times"), [(59, 1), (60, 2)])
def test_long_waits_are_logged_once_an_hour(waits, clock, caplog, minutes, times):
    waits.note(10072.0, READER)
    clock.advance(timedelta(minutes=minutes))

    waits.note(10072.0, OTHER)

    assert len(logged(caplog)) == times


def test_a_refusal_of_the_pace_may_be_a_long_wait(clock):
    pace = Pace(clock, 30)

    pace.refused(10072.0, READER)

    assert pace.long_waits.find() == LongWait(10072.0, 1)
