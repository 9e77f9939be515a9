"""An answer on its way to the bot, whole or as a fault leaves it."""

import asyncio
import contextlib
import socket
import struct
from dataclasses import dataclass

import orjson
from aiohttp import web

from bot.playground.faults import Fault, Kind
from bot.playground.refusals import Refusal

_LINGER_NOT = struct.pack("ii", 1, 0)
_REASONS = {502: "Bad Gateway", 504: "Gateway Time-out"}
_JSON = "application/json"
_WHOLE = frozenset({Kind.HTML, Kind.EMPTY, Kind.NO_RESULT, Kind.WRONG_TYPE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a call is answered; ``shown`` is its result or description, for the journal."""

    status: int
    body: bytes
    shown: object
    retry_after: int | None = None


def succeeded(result: object, description: str = "") -> Answer:
    """Return the answer to a call that was done."""
    envelope: dict[str, object] = {"ok": True, "result": result}
    if description:
        envelope["description"] = description
    return Answer(status=200, body=orjson.dumps(envelope), shown=result)


def refused(refusal: Refusal) -> Answer:
    """Return the answer to a call that was refused."""
    envelope: dict[str, object] = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    parameters = refusal.parameters()
    if parameters:
        envelope["parameters"] = parameters
    return Answer(
        status=refusal.code,
        body=orjson.dumps(envelope),
        shown=refusal.description,
        retry_after=refusal.retry_after,
    )


def respond(answer: Answer) -> web.Response:
    """Return the whole answer as HTTP."""
    headers = {"Retry-After": str(answer.retry_after)} if answer.retry_after else None
    return web.Response(
        status=answer.status, body=answer.body, headers=headers, content_type=_JSON
    )


async def respond_struck(
    request: web.Request, fault: Fault, answer: Answer, stopping: asyncio.Event
) -> web.StreamResponse:
    """Return what a fault makes of an answer; where it cuts the line nothing more is sent."""
    if fault.kind in _WHOLE:
        return _whole_but_wrong(fault, answer)
    match fault.kind:
        case Kind.CUT_HEADER:
            _cut(request, b"HTTP/1.1 200 OK\r\nContent-Ty")
        case Kind.CUT_BODY:
            _cut(request, _header(answer) + answer.body[: len(answer.body) // 2])
        case Kind.RESET:
            _reset(request)
        case Kind.HANG:
            await stopping.wait()
            _reset(request)
        case _:
            return respond(answer)
    return web.Response()


async def pause(seconds: float, stopping: asyncio.Event) -> None:
    """Wait so long, or until the server stops."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stopping.wait()


def _whole_but_wrong(fault: Fault, answer: Answer) -> web.Response:
    if fault.kind is Kind.HTML:
        reason = _REASONS.get(fault.code, "Error")
        page = f"<html><body><h1>{fault.code} {reason}</h1></body></html>\r\n"
        return web.Response(status=fault.code, text=page, content_type="text/html")
    if fault.kind is Kind.WRONG_TYPE:
        return web.Response(body=answer.body, content_type="text/html")
    body = b'{"ok":true}' if fault.kind is Kind.NO_RESULT else b""
    return web.Response(body=body, content_type=_JSON)


def _header(answer: Answer) -> bytes:
    return (
        f"HTTP/1.1 200 OK\r\nContent-Type: {_JSON}\r\nContent-Length: {len(answer.body)}\r\n\r\n"
    ).encode()


def _cut(request: web.Request, sent: bytes) -> None:
    if request.transport is not None:
        request.transport.write(sent)
        request.transport.close()


def _reset(request: web.Request) -> None:
    """Drop the connection so that the other side sees a reset, not an end."""
    if request.transport is not None:
        line: socket.socket = request.transport.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
        request.transport.abort()
