"""Both ends of the wire: a bot's client, and servers that no Bot API server would be."""

import asyncio
import contextlib
import socket
from math import inf
from typing import Any

from pydantic import SecretStr
from telegram.ext import ExtBot

from bot.botapi.connect import make_bot
from bot.botapi.outcomes import Outcome
from bot.botapi.pace import Lane, Pace
from bot.botapi.request import Answered, SenderCall, sender_call
from bot.botapi.sender import SenderApi
from bot.config import TelegramSettings
from bot.playground.events import Event
from bot.playground.journal import Call
from bot.playground.server import Playground
from tests.fakes import RunningClock

#: Nothing but the address of a call may hold it.
TOKEN = "123456:CANARYcanaryCANARYcanaryCANARYcanary"
CHAT = 1001


class WatchedPace(Pace):
    """A pace that writes down who asked for a turn."""

    def __init__(self) -> None:
        super().__init__(RunningClock(), 1000)
        self.asked: list[tuple[Lane, int | None]] = []

    async def turn(self, lane: Lane, chat_id: int | None = None) -> None:
        self.asked.append((lane, chat_id))
        await super().turn(lane, chat_id)


def client(url: str, *, pace: Pace | None = None, in_flight: int = 8, **more: Any) -> ExtBot[None]:
    """Return the client of a bot whose Bot API server is at ``url``."""
    settings = TelegramSettings(token=SecretStr(TOKEN), api_url=url, **more)
    return make_bot(settings, pace=pace or WatchedPace(), in_flight=in_flight)


@contextlib.asynccontextmanager
async def connected(bot: ExtBot[None]):
    """Open the client's connections, without asking who the bot is."""
    requests = bot._request
    for request in requests:
        await request.initialize()
    try:
        yield bot
    finally:
        for request in requests:
            await request.shutdown()


async def send_as_sender(bot: ExtBot[None], **parameters: Any) -> Outcome:
    """Send a message as the sender does."""
    call = {"chat_id": CHAT, "text": "hello"} | parameters
    return await SenderApi(bot).send(call, chat_id=CHAT, leave_before=inf)


async def impatient_outcome(bot: ExtBot[None], **timeouts: float) -> Outcome:
    """Send as the sender does, with less patience; return what became of it."""
    token = sender_call.set(SenderCall(CHAT, inf))
    try:
        call = {"chat_id": CHAT, "text": "hello"}
        await bot.do_api_request("SendMessage", api_kwargs=call, **timeouts)
    except Answered as answered:
        return answered.outcome
    finally:
        sender_call.reset(token)
    raise AssertionError("it was sent")


@contextlib.asynccontextmanager
async def answering(data: bytes, *, until: bytes = b"}", seen: list[bytes] | None = None):
    """Listen on a port that answers every request with these bytes, then closes; give its URL.

    What came is put into ``seen``.
    """

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came = await reader.readuntil(until)
        if seen is not None:
            seen.append(came)
        writer.write(data)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def http(body: bytes, *, status: str = "200 OK", headers: str = "") -> bytes:
    """Return an answer as it goes over the wire."""
    head = f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def closed_port() -> str:
    """Return the URL of a port that nobody listens on."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{line.getsockname()[1]}"


async def called(playground: Playground, method: str) -> None:
    """Wait until a call of a method has come in."""
    came = asyncio.get_running_loop().create_future()

    def hear(event: Event) -> None:
        if isinstance(event.subject, Call) and event.subject.method == method and not came.done():
            came.set_result(None)

    end = playground.world.feed.listen(hear)
    try:
        async with asyncio.timeout(10):
            await came
    finally:
        end()
