"""Updates pushed to the bot."""

import asyncio
from typing import Any

import pytest
from aiohttp import web

from bot.playground.arguments import Arguments
from bot.playground.faults import Fault, Kind
from bot.playground.inbox import Inbox
from bot.playground.methods.receiving import Receiving
from bot.playground.people import Person
from bot.playground.polling import Poller
from bot.playground.refusals import Refused
from bot.playground.server import Playground
from bot.playground.webhook import Webhook
from tests.playground.botside import BotSide, MovableClock
from tests.playground.receiver import Receiver, statuses


async def nothing(_method: str, _arguments: Arguments) -> None:
    """Do no method that comes in a reply."""


async def test_an_update_is_pushed_with_the_secret(
    bot: BotSide, reader: Person, receiver: Receiver
) -> None:
    await bot.ok("setWebhook", url=receiver.url, secret_token="s3cret")

    await reader.say("hello")

    update = await receiver.next()
    assert update["message"]["text"] == "hello"
    assert receiver.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "s3cret"
    assert receiver.headers[0]["Content-Type"] == "application/json"


async def test_what_waited_is_pushed_when_the_hook_is_set(
    bot: BotSide, reader: Person, receiver: Receiver
) -> None:
    await reader.say("early")

    await bot.ok("setWebhook", url=receiver.url)

    assert (await receiver.next())["message"]["text"] == "early"


async def test_what_waited_can_be_dropped(
    bot: BotSide, reader: Person, receiver: Receiver
) -> None:
    await reader.say("early")
    await bot.ok("setWebhook", url=receiver.url, drop_pending_updates=True)

    await reader.say("late")

    assert (await receiver.next())["message"]["text"] == "late"


async def test_a_refused_update_comes_again(
    bot: BotSide, reader: Person, receiver: Receiver
) -> None:
    receiver.reply = statuses(500)
    await bot.ok("setWebhook", url=receiver.url)

    await reader.say("hello")

    assert (await receiver.next())["update_id"] == (await receiver.next())["update_id"]


async def test_the_next_update_of_a_chat_waits_for_the_one_before(
    bot: BotSide, reader: Person, editor: Person, receiver: Receiver
) -> None:
    release = asyncio.Event()

    async def hold_the_first(update: dict[str, Any]) -> web.Response:
        if update["message"]["text"] == "one":
            await release.wait()
        return web.Response()

    receiver.reply = hold_the_first
    await bot.ok("setWebhook", url=receiver.url)
    await reader.say("one")
    await reader.say("two")
    await editor.say("other")

    before = {(await receiver.next())["message"]["text"] for _ in range(2)}
    release.set()

    assert before == {"one", "other"}
    assert (await receiver.next())["message"]["text"] == "two"


async def test_a_method_in_the_reply_is_done(
    bot: BotSide, reader: Person, receiver: Receiver
) -> None:
    async def answer(update: dict[str, Any]) -> web.Response:
        call = {"method": "sendMessage", "chat_id": reader.id, "text": "from the reply"}
        return web.json_response(call)

    receiver.reply = answer
    await bot.ok("setWebhook", url=receiver.url)
    await reader.say("hello")

    assert (await reader.next_reply()).text == "from the reply"


async def test_polling_is_refused_while_a_hook_is_set(bot: BotSide, receiver: Receiver) -> None:
    await bot.ok("setWebhook", url=receiver.url)

    answer = await bot.answer("getUpdates")

    assert (answer["error_code"], answer["description"]) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to"
        " delete the webhook first",
    )


async def test_setting_a_hook_ends_a_waiting_poll(
    inbox: Inbox, clock: MovableClock, receiver: Receiver
) -> None:
    poller = Poller(inbox)
    webhook = Webhook(inbox, clock.now, nothing)
    waiting = asyncio.create_task(poller.poll(Arguments({"timeout": "50"})))
    await asyncio.wait({waiting}, timeout=0.01)

    set_webhook = Receiving(inbox, poller, webhook).methods["setWebhook"]
    await set_webhook(Arguments({"url": receiver.url}))

    with pytest.raises(Refused, match="Conflict: terminated by setWebhook request"):
        await waiting


async def test_after_deletion_one_polls_again(
    bot: BotSide, reader: Person, receiver: Receiver
) -> None:
    await bot.ok("setWebhook", url=receiver.url)
    await bot.ok("deleteWebhook")

    await reader.say("hello")

    assert len(await bot.updates()) == 1


async def test_what_is_known_about_a_hook(bot: BotSide, receiver: Receiver) -> None:
    await bot.ok("setWebhook", url=receiver.url, max_connections=7, allowed_updates=["message"])

    assert await bot.ok("getWebhookInfo") == {
        "url": receiver.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 7,
        "ip_address": "<unknown>",
        "allowed_updates": ["message"],
    }


async def test_without_a_hook_little_is_known(bot: BotSide, reader: Person) -> None:
    await reader.say("hello")

    assert await bot.ok("getWebhookInfo") == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 1,
    }


async def test_the_latest_error_is_told(
    bot: BotSide, reader: Person, receiver: Receiver, clock: MovableClock
) -> None:
    receiver.reply = statuses(503)
    await bot.ok("setWebhook", url=receiver.url)
    await reader.say("hello")
    await receiver.next()
    await receiver.next()

    info = await bot.ok("getWebhookInfo")

    assert info["last_error_message"] == (
        "Wrong response from the webhook: 503 Service Unavailable"
    )
    assert info["last_error_date"] == int(clock.now().timestamp())


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"url": "nonsense"}, "Bad Request: invalid webhook URL specified"),
        (
            {"url": "https://e.org", "secret_token": "x" * 257},
            "Bad Request: secret token is too long",
        ),
        (
            {"url": "https://e.org", "secret_token": "a b"},
            "Bad Request: secret token contains unallowed characters",
        ),
    ],
)
async def test_a_wrong_hook_is_refused(
    bot: BotSide, parameters: dict[str, Any], description: str
) -> None:
    assert await bot.no("setWebhook", **parameters) == description


async def test_a_hook_can_be_set_once_a_second(bot: BotSide, receiver: Receiver) -> None:
    await bot.ok("setWebhook", url=receiver.url)

    answer = await bot.answer("setWebhook", url=receiver.url)

    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 1})


async def test_an_update_may_be_pushed_twice_although_it_was_taken(
    bot: BotSide, playground: Playground, reader: Person, receiver: Receiver
) -> None:
    playground.faults.add(Fault(kind=Kind.DUPLICATE))
    await bot.ok("setWebhook", url=receiver.url)

    await reader.say("one")
    await reader.say("two")

    pushed = [(await receiver.next())["message"]["text"] for _ in range(3)]
    assert pushed == ["one", "one", "two"]


async def test_an_empty_address_takes_the_hook_away(bot: BotSide, receiver: Receiver) -> None:
    await bot.ok("setWebhook", url=receiver.url)

    await bot.ok("setWebhook", url="")

    assert (await bot.ok("getWebhookInfo"))["url"] == ""


async def test_deletion_may_drop_what_waits(bot: BotSide, reader: Person) -> None:
    await reader.say("hello")

    await bot.ok("deleteWebhook", drop_pending_updates=True)

    assert await bot.updates() == []
