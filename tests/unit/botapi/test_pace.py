"""Whose turn it is: answers first, each chat in its own time, nothing left behind."""

import asyncio
from itertools import repeat

import pytest

from bot.botapi.pace import Lane, Pace
from tests.unit.botapi.departures import Departures
from tests.unit.botapi.virtual_time import LoopClock, run_virtually

READER, OTHER, GROUP = 1001, 1002, -100_500


def test_an_answer_goes_before_everything_that_waits_to_be_sent():
    async def work():
        departures = Departures(Pace(LoopClock(), 10))
        sends = [departures.call(chat_id=n, name="send") for n in range(1, 30)]

        await asyncio.gather(*sends, departures.call(Lane.ANSWER, after=0.5, name="answer"))

        left_at = departures.at[departures.names.index("answer")]
        assert left_at == pytest.approx(0.5, abs=0.11)

    run_virtually(work)


def test_answers_leave_in_the_order_in_which_they_came():
    async def work():
        departures = Departures(Pace(LoopClock(), 10))

        await asyncio.gather(*(departures.call(Lane.ANSWER, name=n) for n in range(12)))

        assert departures.names == list(range(12))

    run_virtually(work)


def test_sends_leave_in_the_order_in_which_they_came():
    async def work():
        departures = Departures(Pace(LoopClock(), 10))

        await asyncio.gather(*(departures.call(chat_id=n, name=n) for n in range(1, 13)))

        assert departures.names == list(range(1, 13))

    run_virtually(work)


def test_a_private_chat_gets_one_send_a_second():
    async def work():
        departures = Departures(Pace(LoopClock(), 30))

        for _ in range(4):
            await departures.call(chat_id=READER)

        assert departures.by_chat[READER] == pytest.approx([0.0, 1.0, 2.0, 3.0])

    run_virtually(work)


def test_a_group_gets_eighteen_sends_a_minute():
    async def work():
        departures = Departures(Pace(LoopClock(), 30))

        for _ in range(40):
            await departures.call(chat_id=GROUP)

        assert departures.most_in(59.99) == 18

    run_virtually(work)


def test_the_second_of_a_chat_begins_when_its_send_leaves():
    async def work():
        departures = Departures(Pace(LoopClock(), 2))
        before = [departures.call(chat_id=n) for n in range(1, 5)]

        async def twice():
            await departures.call(chat_id=READER)
            await departures.call(chat_id=READER)

        await asyncio.gather(*before, twice())

        first, second = departures.by_chat[READER]
        assert first > 1.5
        assert second - first >= 1.0

    run_virtually(work)


def test_two_sends_to_one_chat_at_once_are_a_second_apart():
    async def work():
        departures = Departures(Pace(LoopClock(), 30))

        await asyncio.gather(*(departures.call(chat_id=READER) for _ in range(3)))

        assert departures.by_chat[READER] == pytest.approx([0.0, 1.0, 2.0], abs=0.1)

    run_virtually(work)


def test_a_chat_that_has_to_wait_holds_up_no_other():
    async def work():
        departures = Departures(Pace(LoopClock(), 30))
        await departures.call(chat_id=READER)

        await asyncio.gather(departures.call(chat_id=READER), departures.call(chat_id=OTHER))

        assert departures.by_chat[OTHER][0] < 0.1

    run_virtually(work)


def test_an_answer_does_not_wait_for_its_chat():
    async def work():
        departures = Departures(Pace(LoopClock(), 30))
        await departures.call(chat_id=READER)

        await departures.call(Lane.ANSWER, READER)

        assert departures.at[1] < 0.1

    run_virtually(work)


@pytest.mark.parametrize("lane", list(Lane))
def test_a_cancelled_call_takes_nobodys_place(lane):
    async def work():
        departures = Departures(Pace(LoopClock(), 1))
        await departures.call()
        given_up = [asyncio.create_task(departures.call(lane, n)) for n in range(1, 6)]
        last = asyncio.create_task(departures.call(lane, 7))
        await asyncio.sleep(0.1)

        for call in given_up:
            call.cancel()
        await last

        assert departures.at[1] == pytest.approx(1.0, abs=0.02)

    run_virtually(work)


def test_a_call_cancelled_as_its_turn_comes_leaves_it_to_the_next():
    async def work():
        departures = Departures(Pace(LoopClock(), 1))
        await departures.call()
        given_up, last = (asyncio.create_task(departures.call(name=n)) for n in ("first", "next"))

        asyncio.get_running_loop().call_later(1.0, given_up.cancel)  # one wakes late to both
        await last

        assert departures.names == [None, "next"]
        assert departures.at[1] == pytest.approx(1.1)

    run_virtually(work, repeat(0.1))


def test_a_call_cancelled_while_its_chat_waits_leaves_the_chat_free():
    async def work():
        departures = Departures(Pace(LoopClock(), 30))
        await departures.call(chat_id=READER)
        given_up = asyncio.create_task(departures.call(chat_id=READER))
        await asyncio.sleep(0.5)

        given_up.cancel()
        await departures.call(chat_id=READER)

        assert departures.by_chat[READER] == pytest.approx([0.0, 1.0])

    run_virtually(work)


def test_chats_that_are_free_again_are_forgotten():
    async def work():
        departures = Departures(Pace(LoopClock(), 1))

        for chat_id in range(1, 1100):
            await departures.call(chat_id=chat_id)

        assert len(departures.pace._chat_free_at) < 1050

    run_virtually(work)
