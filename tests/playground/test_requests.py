"""How calls come in, and the envelope their answers go out in."""

from io import BytesIO

import orjson
import pytest
from aiohttp import ClientSession, FormData

from bot.playground.people import Person
from bot.playground.server import Playground
from tests.playground.botside import TOKEN, BotSide


@pytest.mark.parametrize("method", ["sendMessage", "SendMessage", "SENDMESSAGE", "sendmessage"])
async def test_the_case_of_a_method_does_not_matter(
    bot: BotSide, reader: Person, method: str
) -> None:
    sent = await bot.ok(method, chat_id=reader.id, text="hello")

    assert sent["text"] == "hello"


async def test_a_success_is_wrapped_in_ok(bot: BotSide) -> None:
    answer = await bot.answer("getMe")

    assert answer["ok"] is True
    assert answer["result"]["username"] == "CounterpointBot"


async def test_a_refusal_names_its_code(bot: BotSide) -> None:
    answer = await bot.answer("sendMessage", chat_id=1)

    assert answer == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: message text is empty",
    }


async def test_an_unknown_method_is_not_found(bot: BotSide) -> None:
    assert await bot.answer("sendPigeon") == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found: method not found",
    }


@pytest.mark.parametrize(
    ("path", "code", "description"),
    [
        ("/bot123456:WRONG/getMe", 401, "Unauthorized"),
        ("/botnonsense/getMe", 401, "Unauthorized: invalid token specified"),
        ("/bot0:TEST/getMe", 401, "Unauthorized: invalid token specified"),
        ("/bot", 404, "Not Found"),
        (f"/bot{TOKEN}", 404, "Not Found"),
        ("/file/bot123456:WRONG/x", 401, "Unauthorized"),
        (f"/file/bot{TOKEN}/documents/none.txt", 404, "Not Found"),
    ],
)
async def test_a_wrong_address_is_refused(
    session: ClientSession, playground: Playground, path: str, code: int, description: str
) -> None:
    async with session.get(playground.url + path) as response:
        answer = await response.json()

    assert (response.status, answer["error_code"], answer["description"]) == (
        code,
        code,
        description,
    )


async def test_parameters_come_in_the_query(
    session: ClientSession, playground: Playground, reader: Person
) -> None:
    parameters = {"chat_id": str(reader.id), "text": "a b"}

    async with session.get(f"{playground.url}/bot{TOKEN}/sendMessage", params=parameters) as got:
        answer = await got.json()

    assert answer["result"]["text"] == "a b"


async def test_parameters_come_as_a_form(
    session: ClientSession, playground: Playground, reader: Person
) -> None:
    form = {"chat_id": reader.id, "text": "a b", "disable_notification": "True"}

    async with session.post(f"{playground.url}/bot{TOKEN}/sendMessage", data=form) as got:
        await got.json()

    assert reader.messages[-1].silent


async def test_parameters_come_as_multipart(
    session: ClientSession, playground: Playground, reader: Person
) -> None:
    form = FormData({"chat_id": str(reader.id), "text": "größer"}, default_to_multipart=True)

    async with session.post(f"{playground.url}/bot{TOKEN}/sendMessage", data=form) as got:
        await got.json()

    assert reader.messages[-1].text == "größer"


async def test_a_keyboard_may_be_json_or_json_as_text(bot: BotSide, reader: Person) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}

    await bot.ok("sendMessage", chat_id=reader.id, text="one", reply_markup=keyboard)
    text = orjson.dumps(keyboard).decode()
    await bot.ok("sendMessage", chat_id=str(reader.id), text="two", reply_markup=text)

    assert reader.messages[0].buttons == reader.messages[1].buttons


async def test_the_first_of_two_equal_names_counts(
    session: ClientSession, playground: Playground, reader: Person
) -> None:
    url = f"{playground.url}/bot{TOKEN}/sendMessage?chat_id={reader.id}&text=one&text=two"

    async with session.post(url, json={"text": "three"}) as got:
        answer = await got.json()

    assert answer["result"]["text"] == "one"


@pytest.mark.parametrize("body", [b"{", b"[1]", b'{"text": "\\ud800"}', b""])
async def test_a_body_that_is_no_json_object_has_no_parameters(
    session: ClientSession, playground: Playground, body: bytes
) -> None:
    headers = {"Content-Type": "application/json"}
    url = f"{playground.url}/bot{TOKEN}/sendMessage"

    async with session.post(url, data=body, headers=headers) as got:
        answer = await got.json()

    assert answer["description"] == "Bad Request: message text is empty"


async def test_a_null_counts_as_the_word(bot: BotSide, reader: Person) -> None:
    refused = await bot.no("sendMessage", chat_id=reader.id, text="x", reply_markup=None)

    assert refused == "Bad Request: object expected as reply markup"


async def test_more_than_a_mebibyte_of_parameters_is_too_much(
    session: ClientSession, playground: Playground
) -> None:
    headers = {"Content-Type": "application/json"}
    url = f"{playground.url}/bot{TOKEN}/sendMessage"
    body = BytesIO(b'{"text": "' + b"x" * (1 << 20) + b'"}')

    async with session.post(url, data=body, headers=headers) as got:
        answer = await got.json()

    assert (got.status, answer["description"]) == (
        413,
        "Request Entity Too Large: too many parameters",
    )


async def test_broken_utf8_in_a_form_is_refused(
    session: ClientSession, playground: Playground, reader: Person
) -> None:
    url = f"{playground.url}/bot{TOKEN}/sendMessage"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body = f"chat_id={reader.id}&text=".encode() + b"a\xff"

    async with session.post(url, data=body, headers=headers) as got:
        answer = await got.json()

    assert answer["description"] == "Bad Request: strings must be encoded in UTF-8"
