"""What a call carries, whom it asks for its turn, and what nobody gets to read."""

import asyncio
import logging
import traceback
from contextlib import suppress

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import BadRequest, TelegramError

from bot.botapi.outcomes import NotSent
from bot.botapi.pace import Lane
from bot.botapi.request import AiohttpRequest
from bot.botapi.sender import SenderApi
from bot.playground.presets import PRESETS
from tests.unit.botapi.wire import (
    CHAT,
    TOKEN,
    answering,
    called,
    client,
    closed_port,
    connected,
    http,
    send_as_sender,
)


async def test_a_call_carries_its_parameters(bot, reader):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Größe <1>", callback_data="a:1")]])

    await bot.send_message(CHAT, "Ünïcode 日本 🜚", reply_markup=keyboard)

    shown = reader.messages[-1]
    assert (shown.text, shown.labels) == ("Ünïcode 日本 🜚", ["Größe <1>"])


@pytest.mark.parametrize("name", ["brief.txt", "Überblick – 日本.csv", 'a "quoted" name.txt'])
async def test_a_file_arrives_under_its_name(bot, reader, name):
    await bot.send_document(CHAT, InputFile(b"1,2\n", filename=name), caption="größer & besser")

    shown = reader.messages[-1]
    assert shown.document is not None
    assert (shown.document.file_name, shown.document.file_size) == (name, 4)
    assert shown.text == "größer & besser"


async def test_the_name_of_a_file_is_on_the_wire_as_it_is():
    seen = []
    sent = http(b'{"ok":false,"error_code":400,"description":"no"}', status="400 Bad Request")
    async with answering(sent, until=b"--\r\n", seen=seen) as url, connected(client(url)) as bot:
        with pytest.raises(BadRequest):
            await bot.send_document(CHAT, InputFile(b"1,2", filename="Überblick – 日本.csv"))

    assert 'filename="Überblick – 日本.csv"'.encode() in seen[0]


async def test_a_file_is_fetched_whole(bot, reader):
    data = bytes(range(256)) * 300
    await bot.send_document(CHAT, InputFile(data, filename="a.bin"))
    shown = reader.messages[-1]
    assert shown.document is not None

    file = await bot.get_file(shown.document.file_id)

    assert bytes(await file.download_as_bytearray()) == data


async def test_opening_twice_keeps_the_connections(bot, reader):
    await bot.send_message(CHAT, "one")

    await bot._request[1].initialize()
    await bot.send_message(CHAT, "two")

    assert [shown.text for shown in reader.messages] == ["one", "two"]


async def test_closing_twice_does_no_harm():
    request = AiohttpRequest(connections=1, pace=None)
    await request.initialize()

    await request.shutdown()
    await request.shutdown()

    assert request._session is None


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("send_message", {"text": "a"}),
        ("edit_message_text", {"text": "a", "message_id": 1}),
        ("copy_message", {"from_chat_id": CHAT, "message_id": 1}),
        ("forward_message", {"from_chat_id": CHAT, "message_id": 1}),
        ("edit_message_reply_markup", {"message_id": 1}),
    ],
)
async def test_a_call_that_makes_a_message_asks_for_a_turn(bot, pace, reader, method, parameters):
    await bot.send_message(CHAT, "first")
    pace.asked.clear()

    with suppress(BadRequest):  # what changes nothing is refused
        await getattr(bot, method)(chat_id=CHAT, **parameters)

    assert pace.asked == [(Lane.ANSWER, None)]


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("get_me", {}),
        ("get_chat", {"chat_id": CHAT}),
        ("send_chat_action", {"chat_id": CHAT, "action": "typing"}),
        ("delete_message", {"chat_id": CHAT, "message_id": 1}),
        ("set_my_commands", {"commands": [("help", "Help")]}),
        ("get_updates", {"timeout": 0}),
    ],
)
async def test_another_call_asks_nobody(bot, pace, reader, method, parameters):
    await bot.send_message(CHAT, "first")
    pace.asked.clear()

    await getattr(bot, method)(**parameters)

    assert pace.asked == []


async def test_the_sender_asks_for_its_turn_with_its_chat(bot, pace, reader):
    await send_as_sender(bot)

    assert pace.asked == [(Lane.SENDER, CHAT)]


async def test_an_answer_after_a_send_is_an_answer_again(bot, pace, reader):
    await send_as_sender(bot)

    await bot.send_message(CHAT, "answer")

    assert pace.asked == [(Lane.SENDER, CHAT), (Lane.ANSWER, None)]


async def test_a_send_that_may_not_leave_in_time_is_not_sent(bot, pace, playground, reader):
    pace.refused(3600.0)

    call = {"chat_id": CHAT, "text": "hello"}
    leave_before = pace.clock.monotonic() + 0.02
    outcome = await SenderApi(bot).send(call, chat_id=CHAT, leave_before=leave_before)

    assert outcome == NotSent("its lease would not have lasted")
    assert playground.calls.total == 0


async def test_a_send_of_a_process_that_slept_too_long_is_not_sent(bot, pace, playground, reader):
    leave_before = pace.clock.monotonic() - 0.001

    call = {"chat_id": CHAT, "text": "hello"}
    outcome = await SenderApi(bot).send(call, chat_id=CHAT, leave_before=leave_before)

    assert outcome == NotSent("its lease would not have lasted")
    assert playground.calls.total == 0


FAILURES = [name for name in PRESETS if name not in {"slow", "update comes twice", "other poller"}]


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize("fault", [*FAILURES, "none"])
async def test_the_token_is_in_no_log(bot, playground, reader, caplog, fault):
    caplog.set_level(logging.DEBUG)
    if fault != "none":
        playground.faults.add(PRESETS[fault])
        playground.faults.add(PRESETS[fault])

    told = []
    for call in (send_as_sender(bot), bot.send_message(CHAT, "hello", read_timeout=0.02)):
        waiting = asyncio.ensure_future(call)
        if fault.startswith("no answer") and not told:
            await called(playground, "sendMessage")
            waiting.cancel()
        told += await asyncio.gather(waiting, return_exceptions=True)

    assert "CANARY" not in caplog.text
    assert not [one for one in told if "CANARY" in _everything(one)]


@pytest.mark.parametrize(
    "answer", [b"no HTTP\r\n\r\n", b"HTTP/1.1 abc Maybe\r\n\r\n", http(b"[", headers="X: \n\r\n")]
)
async def test_the_token_is_in_no_error_about_a_garbled_answer(caplog, answer):
    async with answering(answer) as url, connected(client(url)) as bot:
        caplog.set_level(logging.DEBUG)
        with pytest.raises(TelegramError) as caught:
            await bot.send_message(CHAT, "hello")

    assert "CANARY" not in caplog.text + _everything(caught.value)


async def test_the_token_is_in_no_error_about_a_server_out_of_reach(caplog):
    async with connected(client(closed_port())) as bot:
        caplog.set_level(logging.DEBUG)
        with pytest.raises(TelegramError) as caught:
            await bot.send_message(CHAT, "hello")

    assert "CANARY" not in caplog.text + _everything(caught.value)


def _everything(told: object) -> str:
    """Return what anybody could print of a result or an error, those that led to it included."""
    if isinstance(told, BaseException):
        return "".join(traceback.format_exception(told))
    return repr(told)


def test_the_address_of_a_call_is_where_the_token_stands():
    bot = client("http://127.0.0.1:1")

    assert TOKEN in bot.base_url
