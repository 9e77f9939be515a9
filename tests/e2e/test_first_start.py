"""A token and nothing else is enough."""

import signal

import pytest

from tests.e2e.processes import COUNTERPOINT, PYTHON_M_BOT


async def test_a_token_is_all_that_a_first_start_needs(bot, playground, tmp_path):
    reader = playground.person("Reader One")

    await reader.say("/start")

    assert (await reader.next_reply(30)).text
    assert (tmp_path / "data" / "counterpoint.db").is_file()


async def test_the_database_is_for_nobody_elses_eyes(bot, tmp_path):
    folder = tmp_path / "data"

    modes = {path.name: path.stat().st_mode & 0o077 for path in [folder, *folder.iterdir()]}

    assert set(modes.values()) == {0}, modes


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "term"])
async def test_a_signal_ends_it_in_order(bot, number):
    bot.send(number)

    assert await bot.end() == 0
    assert "the bot has stopped" in bot.err[-1]


@pytest.mark.parametrize("command", [COUNTERPOINT, PYTHON_M_BOT], ids=["script", "module"])
async def test_both_ways_to_call_it_run_the_bot(launch, playground, command):
    bot = await launch("run", by=command)
    await bot.said("the bot runs")

    bot.send(signal.SIGINT)

    assert await bot.end() == 0
    assert bot.out == []
