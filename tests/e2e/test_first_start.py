"""A token and nothing else is enough."""

import signal

import pytest

from tests.e2e.processes import COUNTERPOINT, DEADLINE_SECONDS


async def test_a_token_is_all_that_a_first_start_needs(launch, playground, tmp_path):
    reader = playground.person("Reader One")
    await launch("run")

    await reader.say("/start")

    assert (await reader.next_reply(DEADLINE_SECONDS)).text
    assert (tmp_path / "data" / "counterpoint.db").is_file()


async def test_the_database_is_for_nobody_elses_eyes(launch, tmp_path):
    bot = await launch("run")
    await bot.said("the bot runs")

    folder = tmp_path / "data"
    modes = {path.name: path.stat().st_mode & 0o077 for path in [folder, *folder.iterdir()]}

    assert set(modes.values()) == {0}, modes


@pytest.mark.parametrize(
    ("command", "number"),
    [
        pytest.param(COUNTERPOINT, signal.SIGINT, id="Ctrl-C, the command as installed"),
        pytest.param((), signal.SIGTERM, id="SIGTERM"),
    ],
)
async def test_a_signal_ends_it_in_order(launch, command, number):
    bot = await launch("run", by=command)
    await bot.said("the bot runs")

    bot.send(number)

    assert await bot.end() == 0
    assert "the bot has stopped" in bot.err[-1]


async def test_a_wrong_token_is_told_in_one_line(launch):
    bot = await launch("run", TELEGRAM__TOKEN="1234567890:AAF-not-the-token-of-anybody-0123456789")

    assert await bot.end() == 2
    assert bot.out == []
    assert bot.err == [
        "counterpoint: Telegram does not know this token; check COUNTERPOINT_TELEGRAM__TOKEN"
    ]


async def test_a_port_that_is_taken_is_told_in_one_line_where_documents_come_by_it(
    launch, playground
):
    taken = playground.url.removeprefix("http://")

    bot = await launch("run", WEB__LISTEN=taken, INGEST__KEY="an-intake-key-of-some-length")

    assert await bot.end() == 2
    assert bot.err == [
        f"counterpoint: COUNTERPOINT_WEB__LISTEN is {taken!r}: address already in use"
    ]


async def test_a_port_that_is_taken_does_not_stop_a_bot_that_only_shows_health_there(
    launch, playground
):
    bot = await launch("run", WEB__LISTEN=playground.url.removeprefix("http://"))

    assert await bot.said("health and metrics are not served")
    assert await bot.said("the bot runs")


async def test_g13_the_token_is_in_no_line_of_the_log(launch, playground, environment):
    bot = await launch("run", OPERATIONS__LOG_LEVEL="DEBUG")
    await bot.said("the bot runs")
    reader = playground.person("Reader One")
    await reader.say("/start")
    await reader.next_reply(DEADLINE_SECONDS)

    bot.send(signal.SIGKILL)

    await bot.end()
    secret = environment["COUNTERPOINT_TELEGRAM__TOKEN"].partition(":")[2]
    assert secret not in bot.transcript()
    assert str(reader.id) not in bot.transcript()
