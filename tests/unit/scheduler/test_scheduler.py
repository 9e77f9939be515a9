"""The ticks, and a wall clock that is set back."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.scheduler import Scheduler, Tick
from tests.fakes import FixedClock


class Machine(FixedClock):
    """A machine's clock; who waits for it waits until ``let_look``, which waits for the next."""

    def __init__(self) -> None:
        super().__init__()
        self._looks = asyncio.Semaphore(0)
        self._waits = asyncio.Semaphore(0)

    async def wait(self, seconds: float) -> None:
        self._waits.release()
        await self._looks.acquire()
        self.advance(timedelta(seconds=seconds))

    async def let_look(self) -> None:
        await self._waits.acquire()
        self._looks.release()
        await self._waits.acquire()
        self._waits.release()

    def set_back(self, by: timedelta) -> None:
        self._now -= by


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def fired() -> asyncio.Queue[str]:
    return asyncio.Queue()


@pytest.fixture
async def scheduler(machine: Machine, fired: asyncio.Queue[str]) -> AsyncIterator[Scheduler]:
    """A scheduler whose one tick comes in an hour."""
    scheduler = Scheduler(
        [Tick(name="plan", seconds=3600, run=lambda: fired.put("a tick"))],
        on_set_back=lambda: fired.put_nowait("set back"),
        machine=machine,
    )
    scheduler.start()
    yield scheduler
    await scheduler.stop()


async def test_after_the_clock_was_set_back_the_ticks_go_on(
    scheduler: Scheduler, machine: Machine, fired: asyncio.Queue[str], caplog
) -> None:
    machine.set_back(timedelta(days=1))

    await machine.let_look()

    async with asyncio.timeout(30):
        assert [await fired.get(), await fired.get()] == ["set back", "a tick"]
    assert [(r.event, r.seconds) for r in caplog.records if r.name == "bot.scheduler"] == [
        ("clock.set_back", 86400)
    ]


async def test_a_clock_that_goes_right_or_forward_fires_nothing(
    scheduler: Scheduler, machine: Machine, fired: asyncio.Queue[str], caplog
) -> None:
    caplog.set_level(logging.INFO, logger="bot.scheduler")
    await machine.let_look()
    machine.set_back(timedelta(days=-1))
    await machine.let_look()
    machine.set_back(timedelta(seconds=1))
    await machine.let_look()

    assert fired.empty()
    assert [r for r in caplog.records if r.name == "bot.scheduler"] == []
