"""What real bot processes run against: a Bot API server in the test, a folder of their own."""

import os
import shutil
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.playground.journal import Accepted
from bot.playground.server import Playground
from storage.database import Database
from tests.e2e.processes import Process, execute, fork

TOKEN = "1234567890:TEST-no-secret-at-all-0123456789abcdef"

Launch = Callable[..., Awaitable[Process]]
Hook = Callable[[Accepted], None]


@pytest.fixture
def hooks() -> list[Hook]:
    """What is called for each call that takes effect, before the bot learns of it."""
    return []


@pytest.fixture
async def playground(hooks: list[Hook]) -> AsyncIterator[Playground]:
    def accepted(one: Accepted) -> None:
        for hook in hooks:
            hook(one)

    async with Playground(token=TOKEN, now=SystemClock().now, on_accepted=accepted) as server:
        yield server


@pytest.fixture
def environment(playground: Playground, tmp_path: Path) -> dict[str, str]:
    """What an operator sets, a token; where this Telegram is; a port that nobody else has."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "COUNTERPOINT_TELEGRAM__TOKEN": TOKEN,
        "COUNTERPOINT_TELEGRAM__API_URL": playground.url,
        "COUNTERPOINT_WEB__LISTEN": "127.0.0.1:0",
    }


@pytest.fixture
async def launch(environment: dict[str, str], tmp_path: Path) -> AsyncIterator[Launch]:
    """Start ``counterpoint`` with arguments; what still runs at the end of the test is killed."""
    started: list[Process] = []

    async def begin(
        *arguments: str, folder: Path = tmp_path, by: tuple[str, ...] = (), **variables: str
    ) -> Process:
        env = environment | {f"COUNTERPOINT_{name}": value for name, value in variables.items()}
        if by:
            process = await execute([*by, *arguments], env, folder)
        else:
            process = await fork(arguments, env, folder)
        started.append(process)
        return process

    yield begin
    for process in started:
        if not process.is_over:
            process.send(signal.SIGKILL)
        await process.end()


@pytest.fixture
def used_folder(used_store: Path, tmp_path: Path) -> Path:
    """The test's folder with a database in it that a bot has used before."""
    (tmp_path / "data").mkdir(mode=0o700)
    shutil.copy(used_store, tmp_path / "data" / "counterpoint.db")
    return tmp_path


@pytest.fixture
async def bot(launch: Launch, used_folder: Path) -> Process:
    """A bot that runs on the database of the test's folder."""
    process = await launch("run")
    await process.said("the bot runs")
    return process


@pytest.fixture
async def store(used_folder: Path) -> AsyncIterator[Database]:
    """The database of the bots in the test's folder, opened beside them."""
    database = Database(f"sqlite:///{used_folder}/data/counterpoint.db")
    yield database
    await database.close()
