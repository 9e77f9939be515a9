"""Keys of requests, compared in constant time."""

import hmac
from collections.abc import Awaitable, Callable

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def is_same(given: str | None, secret: str) -> bool:
    """Tell whether a key is the secret; how long it takes says nothing of the secret."""
    return hmac.compare_digest((given or "").encode(), secret.encode())


def bearer(request: web.Request) -> str | None:
    """Return the key of an ``Authorization: Bearer`` header (RFC 6750), None without one."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None
