"""Files, from people and from the bot."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession, FormData

from bot.playground.people import Person
from bot.playground.server import Playground
from tests.playground.botside import TOKEN, BotSide


def form(**fields: str) -> FormData:
    return FormData(fields, quote_fields=False, default_to_multipart=True)


async def send(
    session: ClientSession, playground: Playground, data: FormData
) -> dict[str, object]:
    url = f"{playground.url}/bot{TOKEN}/sendDocument"
    async with session.post(url, data=data) as got:
        answer: dict[str, object] = await got.json()
        return answer


async def test_a_file_comes_with_name_kind_and_caption(
    session: ClientSession, playground: Playground, reader: Person
) -> None:
    data = form(chat_id=str(reader.id), caption="<b>All</b> yours", parse_mode="HTML")
    data.add_field("document", b"1,2\n", filename="größe 1.csv", content_type="text/csv")

    await send(session, playground, data)

    shown = reader.messages[-1]
    assert (shown.text, shown.html) == ("All yours", "<b>All</b> yours")
    assert shown.document is not None
    assert (shown.document.file_name, shown.document.file_size) == ("größe 1.csv", 4)


async def test_a_file_may_be_attached_under_another_name(
    session: ClientSession, playground: Playground, reader: Person
) -> None:
    data = form(chat_id=str(reader.id), document="attach://mine")
    data.add_field("mine", b"x", filename="a.txt")

    await send(session, playground, data)

    assert reader.messages[-1].document is not None


async def test_a_file_can_be_sent_again_by_its_id(
    bot: BotSide, reader: Person, editor: Person
) -> None:
    said = await editor.upload("a.txt", b"x")

    sent = await bot.ok("sendDocument", chat_id=reader.id, document=said["document"]["file_id"])

    assert sent["document"] == said["document"]


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({}, "Bad Request: there is no document in the request"),
        ({"document": "attach://none"}, "Bad Request: there is no document in the request"),
        ({"document": "https://e.org/a"}, "Bad Request: failed to get HTTP URL content"),
        (
            {"document": "nonsense"},
            "Bad Request: wrong remote file identifier specified: can't unserialize it. Wrong last"
            " symbol",
        ),
        (
            {"document": "BQACAgPLAY000099"},
            "Bad Request: wrong file identifier/HTTP URL specified",
        ),
    ],
)
async def test_a_file_that_is_not_there_is_refused(
    bot: BotSide, reader: Person, parameters: dict[str, Any], description: str
) -> None:
    assert await bot.no("sendDocument", chat_id=reader.id, **parameters) == description


@pytest.mark.parametrize(
    ("content", "caption", "description"),
    [
        (b"", "", "Bad Request: file must be non-empty"),
        (b"x", "c" * 1025, "Bad Request: message caption is too long"),
    ],
)
async def test_a_wrong_file_is_refused(
    session: ClientSession,
    playground: Playground,
    reader: Person,
    content: bytes,
    caption: str,
    description: str,
) -> None:
    data = form(chat_id=str(reader.id), caption=caption)
    data.add_field("document", content, filename="a.txt")

    answer = await send(session, playground, data)

    assert answer["description"] == description


async def test_a_caption_may_have_1024_units(
    session: ClientSession, playground: Playground, reader: Person
) -> None:
    data = form(chat_id=str(reader.id), caption="c" * 1024)
    data.add_field("document", b"x", filename="a.txt")

    answer = await send(session, playground, data)

    assert answer["ok"] is True


async def test_the_text_of_a_file_cannot_be_edited(
    bot: BotSide, reader: Person, editor: Person
) -> None:
    said = await editor.upload("a.txt", b"x")
    sent = await bot.ok("sendDocument", chat_id=reader.id, document=said["document"]["file_id"])

    refused = await bot.no(
        "editMessageText", chat_id=reader.id, message_id=sent["message_id"], text="y"
    )

    assert refused == "Bad Request: there is no text in the message to edit"


async def test_an_upload_can_be_fetched(
    bot: BotSide, session: ClientSession, playground: Playground, reader: Person
) -> None:
    await reader.upload("briefs.txt", b"TOPICS: x", "look")
    [update] = await bot.updates()
    message = update["message"]

    file = await bot.ok("getFile", file_id=message["document"]["file_id"])
    async with session.get(f"{playground.url}/file/bot{TOKEN}/{file['file_path']}") as got:
        data = await got.read()

    assert (message["caption"], data, file["file_size"]) == ("look", b"TOPICS: x", 9)
    assert message["document"]["mime_type"] == "text/plain"


@pytest.mark.parametrize(
    ("given", "description"),
    [
        ("nonsense", "Bad Request: invalid file_id"),
        (
            "BQACAgPLAY000099",
            "Bad Request: wrong file_id or the file is temporarily unavailable",
        ),
    ],
)
async def test_an_unknown_file_cannot_be_fetched(
    bot: BotSide, given: str, description: str
) -> None:
    assert await bot.no("getFile", file_id=given) == description


async def test_more_than_20_mebibytes_cannot_be_fetched(bot: BotSide, reader: Person) -> None:
    said = await reader.upload("big.zip", bytes((20 << 20) + 1))

    refused = await bot.no("getFile", file_id=said["document"]["file_id"])

    assert refused == "Bad Request: file is too big"


async def test_more_than_50_mebibytes_are_refused_before_they_are_read(
    playground: Playground,
) -> None:
    reading, writing = await asyncio.open_connection("127.0.0.1", urlsplit(playground.url).port)
    head = (
        f"POST /bot{TOKEN}/sendDocument HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000000"
        "\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\n"
    )

    writing.write(head.encode())
    answer = await reading.readuntil(b"}")
    writing.close()

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b'"description":"Request Entity Too Large"' in answer
