"""Updates that Telegram pushes: each has its effect once, and nobody else can push."""

import socket
from typing import Any

import aiohttp
import orjson
import pytest

from bot.chat.updates import secret_of
from bot.errors import ConfigError
from bot.playground.faults import Fault
from tests.flow.stage import Scene, make_settings, texts_to

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        number: int = found.getsockname()[1]
        return number


@pytest.fixture
def scene_settings(port: int) -> dict[str, dict[str, Any]]:
    address = f"127.0.0.1:{port}"
    return {"web": {"listen": address, "public_url": f"http://{address}"}}


def secret(scene: Scene) -> str:
    settings = scene.parts.settings
    return secret_of(settings.web, settings.telegram)


async def push(scene: Scene, body: bytes, *, key: str | None) -> int:
    headers = {"Content-Type": "application/json"} | ({HEADER: key} if key is not None else {})
    address = f"http://127.0.0.1:{scene.bot.web_port}/telegram"
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=body, headers=headers) as answer,
    ):
        return answer.status


async def test_a_pushed_update_is_answered(scene):
    reply = await scene.ask(scene.owner, "/help")

    assert reply.text.startswith("How Counterpoint works")


async def test_no_update_is_fetched_while_they_are_pushed(scene):
    await scene.ask(scene.owner, "/help")

    assert "getupdates" not in {call.method.lower() for call in scene.playground.calls}


@pytest.mark.parametrize("key", [None, "", "guessed", "ключ"])
async def test_whoever_does_not_know_the_secret_is_refused(scene, key):
    before = texts_to(scene.owner)
    update = {"update_id": 7, "message": scene.message_of(scene.owner, "/help")}

    status = await push(scene, orjson.dumps(update), key=key)

    assert status == 403
    assert texts_to(scene.owner) == before


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"update_id":"x"}', b'{"update_id":true}'])
async def test_what_is_no_update_is_refused(scene, body):
    assert await push(scene, body, key=secret(scene)) == 400


async def test_an_update_that_is_pushed_twice_has_one_effect(scene):
    update = {"update_id": 7, "message": scene.message_of(scene.owner, "/start")}
    await push(scene, orjson.dumps(update), key=secret(scene))
    said = texts_to(scene.owner)

    status = await push(scene, orjson.dumps(update), key=secret(scene))

    assert status == 200
    assert texts_to(scene.owner) == said


async def test_an_update_that_cannot_be_decoded_is_set_aside_with_a_good_answer(scene):
    scene.expected_events.add("update.set_aside")

    status = await push(scene, b'{"update_id": 8, "message": {"date": "x"}}', key=secret(scene))

    assert status == 200


async def test_what_waited_while_the_bot_changed_over_comes_to_the_other_way(scene):
    await scene.bot.stop()
    await scene.owner.say("/help")
    url = scene.parts.settings.database.url.get_secret_value()
    polls = make_settings(api_url=scene.playground.url, url=url)

    await scene.restart(settings=polls)

    assert (await scene.owner.next_reply()).text.startswith("How Counterpoint works")


async def test_an_address_that_telegram_does_not_take_is_told_with_the_setting(scene):
    await scene.bot.stop()
    why = "Bad Request: bad webhook: Failed to resolve host"
    scene.playground.faults.add(Fault(method="setWebhook", code=400, description=why))

    with pytest.raises(ConfigError, match=r"WEB__PUBLIC_URL.*failed to resolve host"):
        await scene.restart()


def test_the_secret_that_is_made_is_not_the_token():
    settings = make_settings(api_url="http://127.0.0.1:1", url="sqlite:///x.db")

    made = secret_of(settings.web, settings.telegram)

    assert settings.telegram.token is not None
    assert settings.telegram.token.get_secret_value() not in made
    assert made == secret_of(settings.web, settings.telegram)
