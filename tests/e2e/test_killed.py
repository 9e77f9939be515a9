"""kill -9 at chosen moments; starting again is all the repair there is."""

import signal
from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from bot.config import find_seeds
from storage.tables import delivery_event
from tests.e2e.processes import DEADLINE_SECONDS
from tests.e2e.readers import (
    add_due_readers,
    chats_in_doubt,
    end_the_minute_of_doubt,
    sent_to,
)

THE_SEED = find_seeds() / "000_1d59a4781fe81040.txt"
READERS = range(5001, 5201)
KILLED_AT = 60
PER_SECOND = 100
IN_FLIGHT = 10


async def test_g9_what_was_said_to_a_dead_bot_is_answered_by_the_next(bot, launch, playground):
    reader = playground.person("Reader One")
    bot.send(signal.SIGKILL)
    await bot.end()
    await reader.say("/start")

    await launch("run")

    assert (await reader.next_reply(DEADLINE_SECONDS)).text


async def test_g1_an_update_whose_answer_was_lost_takes_effect_once(
    bot, launch, playground, hooks
):
    reader = playground.person("Reader One")
    await reader.say("/start")
    await reader.next_reply(DEADLINE_SECONDS)
    hooks.append(kill_at(bot, lambda: "You follow satellites" in reader.messages[-1].text))
    await reader.say("/subscribe satellites")
    assert await bot.end() == -signal.SIGKILL

    await launch("run")
    await reader.say("/subscriptions")

    assert "You follow 1." in (await reader.next_reply(DEADLINE_SECONDS)).text
    assert sum("You follow satellites" in one.text for one in reader.messages) == 1


async def test_g4_a_run_of_digests_that_is_killed_repeats_at_most_what_was_in_flight(
    launch, playground, hooks, store
):
    for chat_id in READERS:
        playground.person(f"Reader {chat_id}", id=chat_id, started=True)
    taken_in = await launch("ingest", str(THE_SEED), "--publish")
    assert await taken_in.end() == 0
    await add_due_readers(store, READERS, due_for=timedelta(minutes=1))
    bot = await launch("run", DELIVERY__PER_SECOND=str(PER_SECOND), DIGEST__TICK_SECONDS="0.2")
    hooks.append(kill_at(bot, lambda: playground.accepted.total >= KILLED_AT))
    await bot.end()

    bot = await launch("run", DELIVERY__PER_SECOND=str(PER_SECOND), DIGEST__TICK_SECONDS="0.2")
    await bot.said("the bot runs")
    doubtful = await chats_in_doubt(store)
    had = {one.chat_id for one in playground.accepted}
    await sent_to(set(READERS) - doubtful - had, hooks)
    repeats = sent_to(doubtful, hooks)
    await end_the_minute_of_doubt(store)
    await repeats

    times = Counter(one.chat_id for one in playground.accepted)
    repeated = {chat_id for chat_id, count in times.items() if count > 1}
    assert set(times) == set(READERS)
    assert max(times.values()) <= 2
    assert playground.accepted[KILLED_AT - 1].chat_id in repeated
    assert repeated <= doubtful
    assert len(doubtful) <= IN_FLIGHT
    assert await count_listed_as_rescued(store) == len(doubtful)


def kill_at(bot, is_so):
    """Return a hook that kills a bot as soon as something is so, before its call is answered."""

    def hook(_accepted):
        if not bot.is_over and is_so():
            bot.send(signal.SIGKILL)

    return hook


async def count_listed_as_rescued(store):
    async with store.reading() as tx:
        listed = select(delivery_event).where(delivery_event.c.note == "rescued")
        return len((await tx.execute(listed)).all())
