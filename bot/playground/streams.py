"""Events as they happen, to every open page."""

import asyncio
from collections.abc import Callable

import orjson
from aiohttp import web

from bot.playground.events import Event, Feed
from bot.playground.shapes import Json

# A page that lags so far behind is let go; it comes back and asks for the state anew.
_MOST_BEHIND = 1000


class Streams:
    """Open streams of server-sent events."""

    def __init__(self, feed: Feed, view: Callable[[Event], Json]) -> None:
        self._feed = feed
        self._view = view
        self._open: set[asyncio.Queue[bytes]] = set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Send events until the page leaves or the server stops."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b"retry: 500\n\n")
        queue: asyncio.Queue[bytes] = asyncio.Queue(_MOST_BEHIND)
        self._open.add(queue)
        stop = self._feed.listen(lambda event: self._put(queue, event))
        try:
            while queue in self._open or not queue.empty():
                await response.write(await queue.get())
        except ConnectionError:
            return response
        finally:
            stop()
            self._open.discard(queue)
        return response

    def close(self) -> None:
        """End all streams."""
        for queue in tuple(self._open):
            self._open.discard(queue)
            if not queue.full():
                queue.put_nowait(b": the server stops\n\n")

    def _put(self, queue: asyncio.Queue[bytes], event: Event) -> None:
        if queue.full():
            self._open.discard(queue)
            return
        written = orjson.dumps(self._view(event), default=str)
        queue.put_nowait(b"data: " + written + b"\n\n")
