"""No second carries more than the ceiling, whoever comes when, however late one wakes."""

import asyncio
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.botapi.pace import CATCH_UP_SECONDS, Lane, Pace
from tests.unit.botapi.departures import Departures
from tests.unit.botapi.virtual_time import LoopClock, run_virtually
from tests.unit.examples import examples

RATES = [1, 25, 30, 1000]

#: How long after the one before a call comes: all at once, a few, or after a silence.
GAPS = st.one_of(st.just(0.0), st.floats(0.0, 0.05), st.floats(0.5, 3.0))
LATE = st.lists(st.floats(0.0, 0.4), min_size=1, max_size=20)


@pytest.mark.parametrize("rate", RATES)
@examples()
@given(gaps=st.lists(GAPS, min_size=2, max_size=60), late=LATE, crowd=st.integers(0, 40))
def test_no_sliding_second_carries_more_than_the_ceiling(rate, gaps, late, crowd):
    async def work():
        departures = Departures(Pace(LoopClock(), rate))
        comes, calls = 0.0, []
        for gap in gaps:
            comes += gap
            calls.append(departures.call(after=comes))
        await asyncio.gather(*calls, *(departures.call(after=comes) for _ in range(crowd)))

        assert len(departures.at) == len(gaps) + crowd
        assert departures.most_in(1.0) <= rate

    run_virtually(work, cycle(late))


@pytest.mark.parametrize("late", [0.0, 0.001, 0.02, 0.3], ids=lambda late: f"{late} s late")
@pytest.mark.parametrize("rate", RATES)
def test_a_full_queue_never_overfills_a_second(rate, late):
    async def work():
        departures = Departures(Pace(LoopClock(), rate))

        await asyncio.gather(*(departures.call() for _ in range(rate + rate // 10 + 3)))

        assert departures.most_in(1.0) <= rate

    run_virtually(work, cycle([late, 0.0]))


@pytest.mark.parametrize(("rate", "share"), [(1, 0.99), (25, 0.99), (30, 0.99), (1000, 0.98)])
def test_a_full_queue_uses_nearly_all_of_the_ceiling(rate, share):
    async def work():
        departures = Departures(Pace(LoopClock(), rate))

        await asyncio.gather(*(departures.call() for _ in range(rate + rate // 2 + 2)))

        assert len(departures.at) / (max(departures.at) + 1 / rate) >= rate * share

    run_virtually(work)


@pytest.mark.parametrize("rate", [25, 100, 300, 1000])
def test_small_delays_of_each_wake_up_are_made_good(rate):
    async def work():
        departures = Departures(Pace(LoopClock(), rate))

        await asyncio.gather(*(departures.call() for _ in range(rate + rate // 2 + 2)))

        assert len(departures.at) / (max(departures.at) + 1 / rate) >= rate * 0.98

    run_virtually(work, cycle([0.002, 0.0, 0.005]))


def test_the_first_second_is_no_exception():
    async def work():
        departures = Departures(Pace(LoopClock(), 25))

        await asyncio.gather(*(departures.call(Lane.ANSWER) for _ in range(60)))

        assert sum(at <= 1.0 for at in departures.at) <= 25

    run_virtually(work)


def test_a_long_silence_saves_up_nothing():
    async def work():
        departures = Departures(Pace(LoopClock(), 10))
        await departures.call()

        await asyncio.gather(*(departures.call(after=3600.0) for _ in range(30)))

        assert departures.most_in(1.0) <= 10

    run_virtually(work)


def test_calls_leave_evenly_inside_a_second():
    async def work():
        departures = Departures(Pace(LoopClock(), 10))

        await asyncio.gather(*(departures.call() for _ in range(10)))

        gaps = [b - a for a, b in zip(departures.at, departures.at[1:], strict=False)]
        assert gaps == pytest.approx([0.10075] * 9, abs=CATCH_UP_SECONDS + 1e-6)

    run_virtually(work)


def test_a_lone_call_leaves_at_once():
    async def work():
        departures = Departures(Pace(LoopClock(), 1))

        await departures.call()

        assert departures.at == [0.0]

    run_virtually(work)
