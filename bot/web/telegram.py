"""The webhook: updates that Telegram pushes, answered when they have had their effect."""

import orjson
from aiohttp import web

from bot.web.access import is_same
from bot.web.parts import WebParts

#: Where Telegram pushes to, below the public address.
PATH = "/telegram"
_HEADER = "X-Telegram-Bot-Api-Secret-Token"


def routes(parts: WebParts, secret: str) -> list[web.RouteDef]:
    """Return the way that only Telegram knows the secret of."""

    async def update(request: web.Request) -> web.Response:
        if not is_same(request.headers.get(_HEADER), secret):
            raise web.HTTPForbidden
        raw = _decode(await request.read())
        # Only when its effect is kept, or it is set aside: Telegram repeats what is not
        # answered, and the store knows what it had before.
        await parts.handle_update(raw)
        return web.Response()

    return [web.post(PATH, update)]


def _decode(body: bytes) -> dict[str, object]:
    try:
        raw = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise web.HTTPBadRequest from None
    if not isinstance(raw, dict) or type(raw.get("update_id")) is not int:
        raise web.HTTPBadRequest
    return raw
