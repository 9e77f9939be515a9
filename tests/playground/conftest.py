"""A playground on a real socket, and a bot's side of it."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web

from bot.playground.inbox import Inbox
from bot.playground.people import Community, Person
from bot.playground.server import Playground
from tests.playground.botside import TOKEN, BotSide, Browser, MovableClock
from tests.playground.receiver import Receiver


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def playground(clock: MovableClock) -> AsyncIterator[Playground]:
    async with Playground(token=TOKEN, now=clock.now) as playground:
        yield playground


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
def bot(playground: Playground, session: ClientSession) -> BotSide:
    return BotSide(session, playground.url)


@pytest.fixture
def reader(playground: Playground) -> Person:
    return playground.person("Reader One", started=True)


@pytest.fixture
def editor(playground: Playground) -> Person:
    return playground.person("Editor One", started=True)


@pytest.fixture
def group(playground: Playground, editor: Person, reader: Person) -> Community:
    return playground.group("Newsroom", [editor, reader])


@pytest.fixture
def supergroup(playground: Playground, editor: Person, reader: Person) -> Community:
    return playground.supergroup("Forum", [editor, reader])


@pytest.fixture
def channel(playground: Playground, editor: Person) -> Community:
    return playground.channel("Counterpoint Daily", [editor])


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


@pytest.fixture
def inbox(clock: MovableClock) -> Inbox:
    return Inbox(clock.now, lambda _body, _chat_id: False)


@pytest.fixture
def browser(session: ClientSession, playground: Playground) -> Browser:
    return Browser(session, playground.url)
