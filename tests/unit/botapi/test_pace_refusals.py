"""What a 429 does: to its chat, to everybody once a second chat has one, and how it passes."""

import asyncio

import pytest

from bot.botapi.pace import Lane, Pace
from tests.unit.botapi.departures import Departures
from tests.unit.botapi.virtual_time import LoopClock, run_virtually

READER, OTHER, THIRD = 1001, 1002, 1003


def test_a_refused_chat_is_left_alone_as_long_as_was_said():
    async def work():
        departures = Departures(Pace(LoopClock(), 30))
        departures.pace.refused(7.0, READER)

        await departures.call(chat_id=READER)

        assert departures.at == pytest.approx([7.0])

    run_virtually(work)


def test_how_long_a_chat_must_wait_is_told():
    async def work():
        pace = Pace(LoopClock(), 30)
        pace.refused(7.0, READER)

        await asyncio.sleep(3.0)

        assert pace.chat_wait(READER) == pytest.approx(4.0)
        assert pace.chat_wait(OTHER) == 0.0

    run_virtually(work)


def test_a_shorter_refusal_does_not_shorten_a_longer_one():
    async def work():
        pace = Pace(LoopClock(), 30)
        pace.refused(60.0, READER)

        pace.refused(1.0, READER)

        assert pace.chat_wait(READER) == pytest.approx(60.0)

    run_virtually(work)


def test_one_refused_chat_leaves_the_others_alone():
    async def work():
        departures = Departures(Pace(LoopClock(), 30))

        departures.pace.refused(3600.0, READER)
        await asyncio.gather(*(departures.call(chat_id=n) for n in range(1, 31)))

        assert departures.pace.rate == 30.0
        assert max(departures.at) < 1.01

    run_virtually(work)


def test_a_chat_refused_twice_still_leaves_the_others_alone():
    async def work():
        departures = Departures(Pace(LoopClock(), 30))

        departures.pace.refused(5.0, READER)
        departures.pace.refused(9.0, READER)
        await departures.call(chat_id=OTHER)

        assert (departures.at, departures.pace.rate) == ([0.0], 30.0)

    run_virtually(work)


def test_a_second_refused_chat_halves_the_pace():
    async def work():
        pace = Pace(LoopClock(), 30)
        pace.refused(10.0, READER)

        pace.refused(3.0, OTHER)

        assert pace.rate == 15.0

    run_virtually(work)


@pytest.mark.parametrize("lane", list(Lane))
def test_a_second_refused_chat_pauses_everybody_until_both_are_over(lane):
    async def work():
        departures = Departures(Pace(LoopClock(), 30))
        departures.pace.refused(10.0, READER)

        departures.pace.refused(3.0, OTHER)
        await departures.call(lane, THIRD)

        assert departures.at == pytest.approx([10.0])

    run_virtually(work)


def test_a_refusal_that_is_over_does_not_count_as_a_first_one():
    async def work():
        departures = Departures(Pace(LoopClock(), 30))
        departures.pace.refused(2.0, READER)
        await asyncio.sleep(2.5)

        departures.pace.refused(10.0, OTHER)
        await departures.call(chat_id=THIRD)

        assert departures.at == pytest.approx([2.5])
        assert departures.pace.rate == 30.0

    run_virtually(work)


def test_a_refusal_without_a_chat_pauses_everybody():
    async def work():
        departures = Departures(Pace(LoopClock(), 30))

        departures.pace.refused(4.0)
        await departures.call(chat_id=READER)

        assert departures.at == pytest.approx([4.0])
        assert departures.pace.rate == 15.0

    run_virtually(work)


def test_whoever_waits_already_is_paused_too():
    async def work():
        departures = Departures(Pace(LoopClock(), 1))
        waiting = asyncio.gather(*(departures.call(chat_id=n) for n in (1, 2)))
        await asyncio.sleep(0.5)

        departures.pace.refused(20.0)
        await waiting

        assert departures.at == pytest.approx([0.0, 20.5])

    run_virtually(work)


def test_the_halved_pace_holds_for_every_second():
    async def work():
        departures = Departures(Pace(LoopClock(), 30))
        departures.pace.refused(1.0)

        await asyncio.gather(*(departures.call(chat_id=n) for n in range(1, 100)))

        assert departures.most_in(1.0) == 15

    run_virtually(work)


def test_the_pace_recovers_by_one_every_thirty_seconds():
    async def work():
        departures = Departures(Pace(LoopClock(), 30))
        departures.pace.refused(1.0)

        seen = []
        for seconds in (29.0, 2.0, 30.0, 30.0):
            await departures.call(after=seconds)
            seen.append(departures.pace.rate)

        assert seen == [15.0, 16.0, 17.0, 18.0]

    run_virtually(work)


def test_another_refusal_begins_the_thirty_seconds_anew():
    async def work():
        departures = Departures(Pace(LoopClock(), 32))
        departures.pace.refused(1.0)
        await asyncio.sleep(29.0)
        departures.pace.refused(1.0)

        await departures.call(after=29.0)

        assert departures.pace.rate == 8.0

    run_virtually(work)


def test_the_pace_never_recovers_above_its_ceiling():
    async def work():
        departures = Departures(Pace(LoopClock(), 30))
        departures.pace.refused(1.0)

        await departures.call(after=36_000.0)

        assert departures.pace.rate == 30.0

    run_virtually(work)


def test_the_pace_never_falls_below_one_a_second():
    async def work():
        pace = Pace(LoopClock(), 30)

        for _ in range(20):
            pace.refused(1.0)

        assert pace.rate == 1.0

    run_virtually(work)


def test_two_chats_that_must_wait_long_stop_the_others_for_a_minute():
    async def work():
        departures = Departures(Pace(LoopClock(), 30))
        departures.pace.refused(3600.0, READER)
        departures.pace.refused(1800.0, OTHER)

        await departures.call(chat_id=THIRD)
        await departures.call(chat_id=OTHER)

        assert departures.at == pytest.approx([60.0, 1800.0])

    run_virtually(work)
