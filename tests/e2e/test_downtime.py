"""A bot that was off at the hour, and a Telegram that is gone for a while."""

import signal
from datetime import timedelta

from bot.config import find_seeds
from tests.e2e.processes import DEADLINE_SECONDS
from tests.e2e.readers import add_due_readers

THE_SEED = str(find_seeds() / "000_1d59a4781fe81040.txt")
READER = 5001


async def test_g10_an_hour_missed_gives_one_late_digest(launch, playground, store):
    reader = playground.person("Reader One", id=READER, started=True)
    taken_in = await launch("ingest", THE_SEED, "--publish")
    await taken_in.end()
    slot = await add_due_readers(store, [READER], due_for=timedelta(hours=5))

    await launch("run", DIGEST__TICK_SECONDS="0.1")

    digest = await reader.next_reply(DEADLINE_SECONDS)
    assert "SpaceX has secured" in digest.text
    assert f"{slot.due_at:%H:%M}" in digest.text
    await reader.say("/subscriptions")
    await reader.next_reply(DEADLINE_SECONDS)
    assert sum("SpaceX" in message.text for message in reader.messages) == 1


async def test_g10_three_days_missed_give_one_digest(launch, playground, store):
    reader = playground.person("Reader One", id=READER, started=True)
    taken_in = await launch("ingest", THE_SEED, "--publish")
    await taken_in.end()
    await add_due_readers(store, [READER], due_for=timedelta(days=3, hours=5))

    await launch("run", DIGEST__TICK_SECONDS="0.1")
    await reader.next_reply(DEADLINE_SECONDS)
    await reader.say("/subscriptions")
    await reader.next_reply(DEADLINE_SECONDS)

    assert sum("SpaceX" in message.text for message in reader.messages) == 1


async def test_a_telegram_that_comes_back_finds_the_bot_at_work(bot, playground):
    reader = playground.person("Reader One")
    await playground.stop()
    await bot.said("Telegram cannot be reached")

    await playground.start()
    await reader.say("/start")

    assert (await reader.next_reply(DEADLINE_SECONDS)).text
    assert await bot.said("updates come again")


async def test_a_bot_that_starts_before_telegram_can_be_reached_waits_for_it(launch, playground):
    reader = playground.person("Reader One")
    await playground.stop()
    bot = await launch("run")
    await bot.said("Telegram cannot be reached; trying again")

    await playground.start()
    await reader.say("/start")

    assert (await reader.next_reply(DEADLINE_SECONDS)).text


async def test_an_interrupt_ends_a_bot_that_still_waits_for_telegram(launch, playground):
    await playground.stop()
    bot = await launch("run")
    await bot.said("Telegram cannot be reached; trying again")

    bot.send(signal.SIGINT)

    assert await bot.end() == 0
