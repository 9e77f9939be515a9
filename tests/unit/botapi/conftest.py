"""A bot's client and a playground on a real socket, for what goes over the wire."""

from collections.abc import AsyncIterator

import pytest
from telegram.ext import ExtBot

from bot.playground.people import Person
from bot.playground.server import Playground
from tests.fakes import FixedClock
from tests.unit.botapi.wire import CHAT, TOKEN, WatchedPace, client, connected


@pytest.fixture
async def playground(clock: FixedClock) -> AsyncIterator[Playground]:
    async with Playground(token=TOKEN, now=clock.now) as playground:
        yield playground


@pytest.fixture
def reader(playground: Playground) -> Person:
    return playground.person("Reader One", id=CHAT, started=True)


@pytest.fixture
def pace() -> WatchedPace:
    return WatchedPace()


@pytest.fixture
async def bot(playground: Playground, pace: WatchedPace) -> AsyncIterator[ExtBot[None]]:
    async with connected(client(playground.url, pace=pace)) as bot:
        yield bot
