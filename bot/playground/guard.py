"""Keeps other web pages out: who may call, and what the page may load."""

from functools import lru_cache
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def guard_for(host: str) -> Middleware:
    """Return the guard of a server that listens on a host.

    A ``Host`` that is not this machine's means that another site's name was bent to lead here; an
    ``Origin`` that is not ours means that another site's page is asking.
    """
    allowed = _LOCAL | {host}

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if _name(f"//{request.host}") not in allowed:
            raise web.HTTPForbidden(text="this server answers on localhost and 127.0.0.1 only\n")
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.host:
            raise web.HTTPForbidden(text="this server answers its own page only\n")
        return await handler(request)

    return guard


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Tell the browser what the page may do; answers to the bot need none of it."""
    if not request.path.startswith("/bot"):
        response.headers.update(_HEADERS)


@lru_cache(maxsize=64)
def _name(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
