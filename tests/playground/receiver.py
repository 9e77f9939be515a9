"""A bot's own server, for updates that are pushed."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from aiohttp import web

Reply = Callable[[dict[str, Any]], Awaitable[web.Response]]


class Receiver:
    """A bot's own server: keeps what is pushed, answers as the test says."""

    def __init__(self) -> None:
        self.pushed: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.headers: list[dict[str, str]] = []
        self.reply: Reply = self._ok
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        update: dict[str, Any] = orjson.loads(await request.read())
        self.headers.append(dict(request.headers))
        self.pushed.put_nowait(update)
        return await self.reply(update)

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(5):
            return await self.pushed.get()

    async def _ok(self, _update: dict[str, Any]) -> web.Response:
        return web.Response()


def statuses(*codes: int, **headers: str) -> Reply:
    """Answer with these codes in turn, then with 200."""
    left = list(codes)

    async def reply(_update: dict[str, Any]) -> web.Response:
        return web.Response(status=left.pop(0) if left else 200, headers=headers)

    return reply
