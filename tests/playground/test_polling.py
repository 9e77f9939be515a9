"""``getUpdates``: offsets, limits, waiting, conflicts, expiry."""

import asyncio
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.playground.arguments import Arguments
from bot.playground.inbox import DEFAULT_KINDS, Inbox
from bot.playground.people import Person
from bot.playground.polling import Poller
from bot.playground.refusals import Refused
from bot.playground.server import Playground
from tests.playground.botside import TOKEN, BotSide, MovableClock


def put(inbox: Inbox, kind: str = "message", seconds: int = 60) -> None:
    inbox.add(kind, {}, queue=1, chat_id=1, seconds=seconds)


def texts(updates: list[Any]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def say(person: Person, *words: str) -> None:
    for text in words:
        await person.say(text)


async def test_without_an_offset_all_stays(bot: BotSide, reader: Person) -> None:
    await say(reader, "a", "b")

    first = await bot.ok("getUpdates")
    again = await bot.ok("getUpdates", offset=0, limit=100)

    assert texts(first) == ["a", "b"]
    assert texts(again) == ["a"]


async def test_an_offset_confirms_what_is_before_it(bot: BotSide, reader: Person) -> None:
    await say(reader, "a", "b", "c")
    first = await bot.ok("getUpdates")

    after = await bot.ok("getUpdates", offset=first[1]["update_id"])
    await bot.ok("getUpdates", offset=first[2]["update_id"])
    left = await bot.ok("getUpdates")

    assert (texts(after), texts(left)) == (["b", "c"], ["c"])


async def test_a_negative_offset_keeps_the_newest(bot: BotSide, reader: Person) -> None:
    await say(reader, "a", "b", "c")

    assert texts(await bot.ok("getUpdates", offset=-1)) == ["c"]
    assert texts(await bot.ok("getUpdates")) == ["c"]


async def test_an_offset_far_in_the_future_confirms_nothing(bot: BotSide, reader: Person) -> None:
    await say(reader, "a")

    assert texts(await bot.ok("getUpdates", offset=2_000_000_000)) == ["a"]


@pytest.mark.parametrize(("limit", "count"), [(1, 1), (0, 1), (2, 2), (1000, 100)])
async def test_the_limit_is_between_1_and_100(
    bot: BotSide, reader: Person, limit: int, count: int
) -> None:
    await say(reader, *map(str, range(101)))

    assert len(await bot.ok("getUpdates", limit=limit)) == count


async def test_ids_count_up_by_one(bot: BotSide, reader: Person) -> None:
    await say(reader, "a", "b")

    first, second = await bot.ok("getUpdates")

    assert second["update_id"] == first["update_id"] + 1


async def test_a_waiting_poll_is_answered_when_something_comes(
    bot: BotSide, reader: Person
) -> None:
    waiting = asyncio.create_task(bot.ok("getUpdates", timeout=50))
    await asyncio.wait({waiting}, timeout=0.02)

    await reader.say("now")

    assert texts(await waiting) == ["now"]


async def test_a_poll_that_may_not_wait_brings_nothing(bot: BotSide) -> None:
    assert await bot.ok("getUpdates") == []


async def test_of_two_polls_at_once_one_fails(bot: BotSide) -> None:
    polls = {asyncio.create_task(bot.answer("getUpdates", offset=n, timeout=50)) for n in (0, 1)}

    done, waiting = await asyncio.wait(polls, return_when=asyncio.FIRST_COMPLETED)

    assert [poll.result() for poll in done] == [
        {
            "ok": False,
            "error_code": 409,
            "description": "Conflict: terminated by other getUpdates request; make sure that only"
            " one bot instance is running",
        }
    ]
    assert len(waiting) == 1
    waiting.pop().cancel()


async def test_it_is_the_first_of_two_polls_that_fails(inbox: Inbox) -> None:
    poller = Poller(inbox)
    first, second = (
        asyncio.create_task(poller.poll(Arguments({"offset": n, "timeout": "50"})))
        for n in ("0", "1")
    )

    with pytest.raises(Refused, match="terminated by other getUpdates"):
        await first
    put(inbox)

    assert len(await second) == 1


async def test_the_second_conflict_in_a_row_comes_later(inbox: Inbox) -> None:
    poller = Poller(inbox, pause=0.05)
    polls = [
        asyncio.create_task(poller.poll(Arguments({"offset": str(n), "timeout": "50"})))
        for n in range(3)
    ]

    at_once, _ = await asyncio.wait(polls[:2], timeout=0.01)
    with pytest.raises(Refused, match="terminated by other getUpdates"):
        await polls[1]

    assert at_once == {polls[0]}
    assert isinstance(polls[0].exception(), Refused)
    polls[2].cancel()


async def test_asking_again_for_the_same_waits_although_it_was_not_asked_to(inbox: Inbox) -> None:
    poller = Poller(inbox)
    await poller.poll(Arguments({}))

    again = asyncio.create_task(poller.poll(Arguments({})))
    done, _ = await asyncio.wait({again}, timeout=0.01)
    put(inbox)

    assert not done
    assert len(await again) == 1


async def test_a_poll_that_was_left_leaves_no_conflict(inbox: Inbox) -> None:
    poller = Poller(inbox)
    left = asyncio.create_task(poller.poll(Arguments({"timeout": "50"})))
    await asyncio.wait({left}, timeout=0.01)
    left.cancel()
    await asyncio.wait({left})

    put(inbox)

    assert len(await poller.poll(Arguments({"offset": "1"}))) == 1


async def test_updates_expire_after_a_day(
    bot: BotSide, reader: Person, clock: MovableClock
) -> None:
    await say(reader, "old")
    clock.advance(hours=23)
    await say(reader, "new")

    clock.advance(hours=1)

    assert texts(await bot.ok("getUpdates")) == ["new"]


async def test_taps_expire_after_150_seconds(
    bot: BotSide, reader: Person, clock: MovableClock
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    await bot.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=keyboard)
    await reader.tap("A", timeout=0)

    clock.advance(seconds=150)

    assert await bot.ok("getUpdates") == []


async def test_only_the_kinds_that_are_wanted_come(bot: BotSide, reader: Person) -> None:
    await bot.ok("getUpdates", allowed_updates=["callback_query"])

    await say(reader, "unseen")

    assert await bot.ok("getUpdates", offset=-1) == []


async def test_the_wanted_kinds_stay_wanted(inbox: Inbox) -> None:
    inbox.allow(["message"])
    inbox.allow(None)

    assert inbox.allowed == {"message"}


@pytest.mark.parametrize("kinds", [[], ["nonsense"]])
async def test_no_kinds_are_the_usual_kinds(inbox: Inbox, kinds: list[str]) -> None:
    inbox.allow(["message"])

    assert inbox.allow(kinds) is True
    assert inbox.allowed == DEFAULT_KINDS


@pytest.mark.parametrize("kind", ["chat_member", "message_reaction", "message_reaction_count"])
async def test_three_kinds_come_only_on_request(inbox: Inbox, kind: str) -> None:
    put(inbox, kind)
    inbox.allow([kind.upper()])

    put(inbox, kind)

    assert len(inbox.pending()) == 1


async def test_a_batch_has_at_most_four_mebibytes(inbox: Inbox) -> None:
    for _ in range(5):
        inbox.add("message", {"text": "x" * (1 << 20)}, queue=1, chat_id=1, seconds=60)

    assert len(inbox.take(0, 100)) == 3


async def test_a_stopping_server_lets_go_of_a_waiting_poll(
    clock: MovableClock, session: ClientSession
) -> None:
    playground = Playground(token=TOKEN, now=clock.now)
    await playground.start()
    bot = BotSide(session, playground.url)
    waiting = asyncio.create_task(bot.answer("getUpdates", timeout=50))
    await asyncio.wait({waiting}, timeout=0.05)

    await playground.stop()

    assert await waiting == {"ok": True, "result": []}


async def test_kinds_that_are_no_json_change_nothing(bot: BotSide, reader: Person) -> None:
    await bot.ok("getUpdates", allowed_updates="[")

    await reader.say("seen")

    assert len(await bot.ok("getUpdates", offset=-1)) == 1
