"""Commands beside a running bot, and two at once, on one SQLite file."""

import asyncio
import signal
import sqlite3
from contextlib import closing

import pytest

from bot.config import find_seeds
from storage.model.brief import BriefState
from tests.e2e.processes import DEADLINE_SECONDS

THE_SEED = str(find_seeds() / "000_1d59a4781fe81040.txt")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "counterpoint.db"


async def test_a_second_bot_on_a_file_refuses_in_one_line(bot, launch, playground):
    reader = playground.person("Reader One")

    second = await launch("run")

    assert await second.end() == 1
    assert second.err == [
        f"counterpoint: another bot (process {bot.pid}) runs on data/counterpoint.db; stop it"
        " first"
    ]
    await reader.say("/start")
    assert (await reader.next_reply(DEADLINE_SECONDS)).text


async def test_a_bot_may_follow_one_that_was_killed(bot, launch):
    bot.send(signal.SIGKILL)
    await bot.end()

    next_bot = await launch("run")

    assert await next_bot.said("the bot runs")


async def test_health_is_green_beside_a_running_bot(bot, launch):
    health = await launch("health")

    assert (await health.end(), health.out[0]) == (0, "well")


async def test_a_brief_taken_in_beside_the_bot_reaches_who_asks(bot, launch, playground):
    reader = playground.person("Reader One")
    await reader.say("/start")
    await reader.next_reply(DEADLINE_SECONDS)

    taken_in = await launch("ingest", THE_SEED)
    await taken_in.end()
    await reader.say("/brief 1")

    brief = await reader.next_reply(DEADLINE_SECONDS)
    assert "Critics argue that reliance on a single commercial provider" in brief.text


async def test_commands_at_once_leave_a_sound_file(bot, launch, file):
    seeds = str(find_seeds())

    started = [
        await launch("ingest", seeds),
        await launch("ingest", seeds),
        await launch("check", seeds),
        await launch("match", seeds, "--follow", "satellites"),
        await launch("preview", "--follow", "satellites"),
    ]
    codes = await asyncio.gather(*(process.end() for process in started))

    assert codes == [0] * 5, "\n".join(process.transcript() for process in started)
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]
    assert rows(file, "PRAGMA foreign_key_check") == []
    assert rows(file, "SELECT count(*), count(DISTINCT fingerprint) FROM brief") == [(19, 19)]
    assert rows(file, f"SELECT count(*) FROM brief WHERE state = '{BriefState.QUEUED}'") == [(0,)]
    assert not bot.is_over


def rows(file, statement):
    with closing(sqlite3.connect(file)) as store:
        return store.execute(statement).fetchall()
