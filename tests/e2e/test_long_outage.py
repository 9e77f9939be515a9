"""A Telegram that is gone for ten minutes of real time."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import find_seeds
from tests.e2e.processes import DEADLINE_SECONDS
from tests.e2e.readers import add_due_readers

THE_SEED = str(find_seeds() / "000_1d59a4781fe81040.txt")
READER = 5001
TEN_MINUTES = 600.0

pytestmark = pytest.mark.slow


def open_files(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


async def test_a_telegram_gone_for_ten_minutes_costs_no_digest_and_no_answer(
    launch, playground, store
):
    reader = playground.person("Reader One", id=READER, started=True)
    taken_in = await launch("ingest", THE_SEED, "--publish")
    await taken_in.end()
    bot = await launch("run", DIGEST__TICK_SECONDS="1")
    await reader.say("/help")
    await reader.next_reply(DEADLINE_SECONDS)
    before = open_files(bot.pid)

    await playground.stop()
    await bot.said("Telegram cannot be reached")
    await add_due_readers(store, [READER], due_for=timedelta(hours=1))
    assert await bot.lives_on(TEN_MINUTES)
    assert open_files(bot.pid) <= before + 2
    await playground.start()
    await reader.say("/subscriptions")

    # The longest pause between two polls, and between two attempts at a digest.
    assert await bot.said("updates come again")
    digest = await reader.next_reply(2 * DEADLINE_SECONDS)
    answer = await reader.next_reply(2 * DEADLINE_SECONDS)
    assert sum("SpaceX has secured" in one.text for one in reader.messages) == 1
    told = sorted("SpaceX has secured" in one.text for one in (digest, answer))
    assert told == [False, True]
