"""A hook that fails: pauses, expiry, giving up."""

import asyncio

import pytest

from bot.playground.arguments import Arguments
from bot.playground.hook import Hook, read_hook, reply_call, retry_after
from bot.playground.inbox import Inbox
from bot.playground.methods.receiving import Receiving, Remarked
from bot.playground.polling import Poller
from bot.playground.webhook import Webhook
from tests.playground.botside import MovableClock
from tests.playground.receiver import Receiver, statuses


async def nothing(_method: str, _arguments: Arguments) -> None:
    """Do no method that comes in a reply."""


def hook_to(receiver: Receiver) -> Hook:
    return read_hook(Arguments({"url": receiver.url}))


async def test_every_way_is_remarked_on(
    inbox: Inbox, clock: MovableClock, receiver: Receiver
) -> None:
    webhook = Webhook(inbox, clock.now, nothing)
    methods = Receiving(inbox, Poller(inbox), webhook, pause=0.0).methods
    there, nowhere = Arguments({"url": receiver.url}), Arguments({})

    said = [
        await methods["setWebhook"](there),
        await methods["setWebhook"](there),
        await methods["setWebhook"](nowhere),
        await methods["deleteWebhook"](nowhere),
    ]

    assert [each.description for each in said if isinstance(each, Remarked)] == [
        "Webhook was set",
        "Webhook is already set",
        "Webhook was deleted",
        "Webhook is already deleted",
    ]


async def test_the_pauses_double_up_to_a_minute(
    inbox: Inbox, clock: MovableClock, receiver: Receiver
) -> None:
    waited: list[int] = []

    async def note(seconds: int) -> None:
        waited.append(seconds)

    receiver.reply = statuses(*[500] * 9)
    webhook = Webhook(inbox, clock.now, nothing, note)
    webhook.set(hook_to(receiver))
    inbox.add("message", {}, queue=1, chat_id=1, seconds=86_400)
    for _ in range(10):
        await receiver.next()

    assert waited == [0, 2, 4, 8, 16, 32, 60, 60, 60]
    await webhook.remove()


async def test_the_pause_that_is_asked_for_is_kept(
    inbox: Inbox, clock: MovableClock, receiver: Receiver
) -> None:
    waited: list[int] = []

    async def note(seconds: int) -> None:
        waited.append(seconds)

    receiver.reply = statuses(429, **{"Retry-After": "17"})
    webhook = Webhook(inbox, clock.now, nothing, note)
    webhook.set(hook_to(receiver))
    inbox.add("message", {}, queue=1, chat_id=1, seconds=86_400)
    for _ in range(2):
        await receiver.next()

    assert waited == [17]
    await webhook.remove()


async def test_an_update_that_would_expire_meanwhile_is_dropped(
    inbox: Inbox, clock: MovableClock, receiver: Receiver
) -> None:
    receiver.reply = statuses(500, **{"Retry-After": "3600"})
    webhook = Webhook(inbox, clock.now, nothing)
    webhook.set(hook_to(receiver))

    inbox.add("message", {"n": 1}, queue=1, chat_id=1, seconds=60)
    inbox.add("message", {"n": 2}, queue=1, chat_id=1, seconds=60)

    assert [(await receiver.next())["message"]["n"] for _ in range(2)] == [1, 2]
    await webhook.remove()


async def test_a_bot_that_says_gone_for_23_hours_loses_its_hook(
    inbox: Inbox, clock: MovableClock, receiver: Receiver
) -> None:
    pauses = 0

    async def a_day_passes(_seconds: int) -> None:
        nonlocal pauses
        pauses += 1
        clock.advance(hours=12)

    receiver.reply = statuses(410, 410, 410, 410)
    webhook = Webhook(inbox, clock.now, nothing, a_day_passes)
    webhook.set(hook_to(receiver))
    inbox.add("message", {}, queue=1, chat_id=1, seconds=10 * 86_400)
    for _ in range(3):
        await receiver.next()
    await asyncio.wait(webhook.pushers, timeout=5)

    assert webhook.hook is None
    assert len(inbox.pending()) == 1


async def test_a_bot_that_is_down_is_named_so(
    inbox: Inbox, clock: MovableClock, receiver: Receiver
) -> None:
    told = asyncio.Event()

    async def stop(_seconds: int) -> None:
        told.set()
        await asyncio.Event().wait()

    webhook = Webhook(inbox, clock.now, nothing, stop)
    webhook.set(read_hook(Arguments({"url": "http://127.0.0.1:9/hook"})))
    inbox.add("message", {}, queue=1, chat_id=1, seconds=60)
    async with asyncio.timeout(5):
        await told.wait()

    assert webhook.last_error == "Connection refused"
    await webhook.remove()


@pytest.mark.parametrize(
    ("kind", "body", "called"),
    [
        ("application/json", b'{"method":"sendMessage","text":"x"}', "sendmessage"),
        ("application/x-www-form-urlencoded", b"method=sendMessage&text=x", "sendmessage"),
        ("application/json", b'{"method":"getMe"}', None),
        ("application/json", b'{"method":"setWebhook"}', None),
        ("application/json", b"{", None),
        ("text/plain", b"method=sendMessage", None),
        ("application/json", b"[]", None),
    ],
)
def test_a_reply_may_be_a_call(kind: str, body: bytes, called: str | None) -> None:
    call = reply_call(kind, body)

    assert (call[0] if call else None) == called


@pytest.mark.parametrize(("header", "seconds"), [("", 0), ("7", 7), ("90000", 3600), ("soon", 0)])
def test_a_pause_is_at_most_an_hour(header: str, seconds: int) -> None:
    assert retry_after(header) == seconds
