"""The server: which way leads where, and what no request may do."""

import logging

from aiohttp import web

from bot.web import briefs, health, telegram
from bot.web.access import Handler
from bot.web.parts import WebParts

log = logging.getLogger(__name__)

#: Bigger requests are refused before they are read: Telegram's updates and documents are small.
MOST_BYTES = 1024 * 1024
GRACE_SECONDS = 5.0


def make_app(parts: WebParts) -> web.Application:
    """Return the application; what has no key in the settings is not there at all."""
    app = web.Application(client_max_size=MOST_BYTES, middlewares=[_plainly])
    app.add_routes(health.routes(parts))
    if parts.key is not None:
        app.add_routes(briefs.routes(parts, parts.key))
    if parts.webhook_secret is not None:
        app.add_routes(telegram.routes(parts, parts.webhook_secret))
    return app


class WebServer:
    """The server while it listens."""

    def __init__(self, parts: WebParts, *, host: str, port: int) -> None:
        self._runner = web.AppRunner(
            make_app(parts), access_log=None, handle_signals=False, shutdown_timeout=GRACE_SECONDS
        )
        self._host, self._port = host, port

    async def start(self) -> int:
        """Listen; return the port, which the system chose if it was 0. Raises ``OSError``."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        port: int = self._runner.addresses[0][1]
        log.info("listening", extra={"event": "web.started", "port": port})
        return port

    async def stop(self) -> None:
        """Take no more requests, and let those under way end."""
        await self._runner.cleanup()


@web.middleware
async def _plainly(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer what goes wrong with one plain line, never with a page or a trace."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return web.Response(status=error.status, text=f"{error.reason}\n", headers=_kept(error))
    except Exception:
        log.exception("a request failed", extra={"event": "web.failed"})
        return web.Response(status=500, text="Internal Server Error\n")


def _kept(error: web.HTTPException) -> dict[str, str]:
    allow = error.headers.get("Allow")
    return {"Allow": allow} if allow else {}
