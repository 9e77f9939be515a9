"""How far a call got when it failed: what is certain, and what is not."""

import asyncio
from dataclasses import replace

import pytest
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.botapi.outcomes import Ambiguous, NotSent, Sent, Stop, Wait
from bot.botapi.request import AiohttpRequest
from bot.playground.presets import PRESETS
from bot.playground.server import Playground
from tests.unit.botapi.wire import (
    CHAT,
    TOKEN,
    answering,
    called,
    client,
    closed_port,
    connected,
    http,
    impatient_outcome,
    send_as_sender,
)

#: What a fault of the playground is to the sender, and what it is to everybody else.
STRUCK = [
    ("flood", Wait(3.0), RetryAfter),
    ("flood without parameters", Wait(30.0), NetworkError),
    ("server error", Ambiguous("internal server error"), NetworkError),
    ("server error, accepted", Ambiguous("internal server error"), NetworkError),
    ("bad gateway", Ambiguous("HTTP 502 without JSON"), NetworkError),
    ("gateway timeout", Ambiguous("HTTP 504 without JSON"), NetworkError),
    ("empty answer", Ambiguous("TelegramError"), TelegramError),
    ("answer without result", Ambiguous("TelegramError"), TelegramError),
    ("cut in the header", Ambiguous("ServerDisconnectedError"), NetworkError),
    ("cut in the body", Ambiguous("ClientPayloadError"), NetworkError),
    ("reset", Ambiguous("ClientOSError"), NetworkError),
    ("reset, accepted", Ambiguous("ClientOSError"), NetworkError),
    ("token refused", Stop("unauthorized"), InvalidToken),
]
NAMES = [row[0] for row in STRUCK]


@pytest.mark.parametrize(("fault", "outcome", "_error"), STRUCK, ids=NAMES)
async def test_a_failure_of_the_senders_call_has_its_outcome(
    bot, playground, reader, fault, outcome, _error
):
    playground.faults.add(PRESETS[fault])

    assert await send_as_sender(bot) == outcome


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize(("fault", "_outcome", "error"), STRUCK, ids=NAMES)
async def test_a_failure_of_another_call_is_an_error_of_the_library(
    bot, playground, reader, fault, _outcome, error
):
    playground.faults.add(replace(PRESETS[fault], times=None))

    with pytest.raises(TelegramError) as caught:
        await bot.send_message(CHAT, "hello")

    assert type(caught.value) is error


async def test_an_answer_that_does_not_come_in_time_is_lost(bot, playground, reader):
    playground.faults.add(PRESETS["no answer, accepted"])

    outcome = await impatient_outcome(bot, read_timeout=0.02)

    assert outcome == Ambiguous("SocketTimeoutError")


async def test_without_an_answer_in_time_another_call_timed_out(bot, playground, reader):
    playground.faults.add(PRESETS["no answer"])

    with pytest.raises(TimedOut):
        await bot.send_message(CHAT, "hello", read_timeout=0.02)


async def test_an_answer_of_the_wrong_type_is_read_all_the_same(bot, playground, reader):
    playground.faults.add(PRESETS["answer of the wrong type"])

    outcome = await send_as_sender(bot)

    assert outcome == Sent(reader.messages[-1].id)


@pytest.mark.parametrize("to", ["http", "https"])
async def test_what_could_not_connect_was_not_sent(to):
    async with connected(client(closed_port().replace("http", to))) as bot:
        outcome = await send_as_sender(bot)

    assert outcome == NotSent("ClientConnectorError")


async def test_another_call_that_could_not_connect_is_an_error_of_the_network():
    async with connected(client(closed_port())) as bot:
        with pytest.raises(NetworkError) as caught:
            await bot.send_message(CHAT, "hello")

    assert type(caught.value) is NetworkError


@pytest.mark.filterwarnings("ignore:unclosed transport:ResourceWarning")
async def test_what_found_no_safe_line_was_not_sent(playground, reader):
    async with connected(client(playground.url.replace("http", "https"))) as bot:
        outcome = await send_as_sender(bot)

    assert outcome == NotSent("ClientConnectorSSLError")
    assert reader.messages == []


async def test_what_found_no_proxy_was_not_sent(playground, reader):
    async with connected(client(playground.url, proxy=closed_port())) as bot:
        outcome = await send_as_sender(bot)

    assert outcome == NotSent("ClientProxyConnectionError")


async def test_what_the_proxy_let_not_through_was_not_sent():
    refused = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 2\r\n\r\n{}"
    async with (
        answering(refused, until=b"\r\n\r\n") as proxy,
        connected(client("https://127.0.0.1:9", proxy=proxy)) as bot,
    ):
        outcome = await send_as_sender(bot)

    assert outcome == NotSent("ClientHttpProxyError")


async def test_what_found_no_free_connection_was_not_sent(playground, reader):
    playground.faults.add(PRESETS["no answer"])
    narrow = AiohttpRequest(connections=1, pace=None)
    async with connected(ExtBot(TOKEN, base_url=f"{playground.url}/bot", request=narrow)) as bot:
        first = asyncio.create_task(impatient_outcome(bot, read_timeout=5.0))
        await called(playground, "sendMessage")

        outcome = await impatient_outcome(bot, pool_timeout=0.02)

        first.cancel()
    assert outcome == NotSent("ConnectionTimeoutError")


async def test_a_connection_closed_in_silence_is_replaced(bot, playground, reader, clock):
    await send_as_sender(bot)
    port = playground._port
    await playground.stop()

    async with Playground(token=playground.token, now=clock.now, port=port) as back:
        again = back.person("Reader One", id=CHAT, started=True)
        outcome = await send_as_sender(bot)

        assert outcome == Sent(again.messages[-1].id)
        assert back.accepted.total == 1


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"SSH-2.0-OpenSSH_9.6\r\n", id="no HTTP"),
        pytest.param(b"HTTP/1.1 abc Maybe\r\n\r\n", id="no status"),
        pytest.param(b"", id="nothing"),
        pytest.param(http(b"[]"), id="a list"),
        pytest.param(http(b"null"), id="null"),
        pytest.param(http(b"17"), id="a number"),
        pytest.param(http(b"{}"), id="an empty object"),
        pytest.param(http(b'{"ok":true,"result":null}'), id="no result"),
        pytest.param(http(b'{"ok":true,"result":[]}'), id="a result of another kind"),
        pytest.param(http(b'{"ok":false,"description":"no"}'), id="no beside a good status"),
        pytest.param(http(b'\xff{"ok":true}'), id="no UTF-8"),
        pytest.param(http(b"<p>", status="418 I'm a teapot"), id="a status nobody knows"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 90000000\r\n\r\n{", id="far too long"),
    ],
)
async def test_an_answer_that_makes_no_sense_leaves_it_open(answer):
    async with answering(answer) as url, connected(client(url)) as bot:
        outcome = await send_as_sender(bot)

    assert isinstance(outcome, Ambiguous)


@pytest.mark.parametrize("body", [b"[]", b"null", b"17", b"{}", b""], ids=repr)
async def test_an_answer_that_makes_no_sense_is_an_error_of_the_library(body):
    async with answering(http(body)) as url, connected(client(url)) as bot:
        with pytest.raises(TelegramError):
            await bot.send_message(CHAT, "hello")


@pytest.mark.parametrize("status", ["302 Found", "307 Temporary Redirect"])
async def test_a_call_is_not_taken_elsewhere(playground, reader, status):
    elsewhere = f"Location: {playground.url}/bot{playground.token}/sendMessage\r\n"
    answer = http(b"", status=status, headers=elsewhere)
    async with answering(answer) as url, connected(client(url)) as bot:
        outcome = await send_as_sender(bot)

    assert outcome == Ambiguous(f"HTTP {status[:3]} without JSON")
    assert playground.calls.total == 0
