"""Is it alive, is it well, and what it counts."""

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.services import wellbeing
from bot.web.parts import WebParts


def routes(parts: WebParts) -> list[web.RouteDef]:
    """Return the ways for whoever watches."""

    async def healthz(_request: web.Request) -> web.Response:
        # That this is answered says that the process is alive; nothing outside is asked.
        return web.Response(text="alive\n")

    async def readyz(_request: web.Request) -> web.Response:
        found = await _look(parts)
        status = 503 if found.problems else 200
        return web.Response(status=status, text="\n".join(found.lines) + "\n")

    async def metrics(_request: web.Request) -> web.Response:
        await _refresh(parts)
        return web.Response(
            body=parts.metrics.write(), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )

    return [
        web.get("/healthz", healthz),
        web.get("/readyz", readyz),
        web.get("/metrics", metrics),
    ]


async def _look(parts: WebParts) -> wellbeing.Wellbeing:
    try:
        return await wellbeing.look(parts.db, now=parts.clock.now(), failing=parts.failing())
    except Exception as error:  # noqa: BLE001 - whatever keeps the store from answering
        problem = f"the store does not answer: {type(error).__name__}"
        return wellbeing.Wellbeing(("not well", problem), (problem,))


async def _refresh(parts: WebParts) -> None:
    """Read what the store knows into the gauges; what cannot be read is 0 and not well."""
    found = await _look(parts)
    parts.metrics.well.set(0 if found.problems else 1)
    parts.metrics.stored.clear()
    for (kind, state), count in found.standing.items():
        parts.metrics.stored.labels(kind.name.lower(), state.value).set(count)
    waits = parts.clock.now() - found.oldest if found.oldest else None
    parts.metrics.oldest.set(waits.total_seconds() if waits else 0)
