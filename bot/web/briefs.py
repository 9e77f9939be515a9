"""``POST /briefs``: documents by HTTP, with the same report as everywhere."""

import asyncio
from typing import Any

import orjson
from aiohttp import web

from bot.ingest.load import Document
from bot.ingest.results import DocumentKind
from bot.markup import base36
from bot.services.pieces import as_line
from bot.services.taking_in import Run, Taken, count_undated
from bot.web.access import bearer, is_same
from bot.web.parts import WebParts
from storage import batches

PATH = "/briefs"
_KINDS = {
    "text/plain": DocumentKind.TEXT,
    "application/json": DocumentKind.JSON,
    "application/jsonl": DocumentKind.JSON_LINES,
    "application/x-ndjson": DocumentKind.JSON_LINES,
}


def routes(parts: WebParts, key: str) -> list[web.RouteDef]:
    """Return the way for programs that hold the key.

    200 with a line of JSON for each brief; 422 if any was refused, the others are stored.
    """

    async def post(request: web.Request) -> web.Response:
        if not is_same(bearer(request), key):
            return web.Response(
                status=401, text="Unauthorized\n", headers={"WWW-Authenticate": "Bearer"}
            )
        kind = _KINDS.get(request.content_type)
        if kind is None:
            raise web.HTTPUnsupportedMediaType
        document = Document(file="request", kind=kind, data=await request.read())
        taken = await _take(parts, document)
        if any(one.state is not None and one.is_new for one in taken):
            parts.wake()
        body = b"".join(orjson.dumps(_line(one)) + b"\n" for one in taken)
        status = 422 if any(one.brief_id is None for one in taken) else 200
        return web.Response(status=status, body=body, content_type="application/x-ndjson")

    return [web.post(PATH, post)]


async def _take(parts: WebParts, document: Document) -> list[Taken]:
    pieces = await asyncio.to_thread(parts.intake.read, [document])
    now = parts.clock.now()
    async with parts.db.writing() as tx:
        batch_id = await batches.add_batch(tx, way="http", now=now)
    run = Run(
        publish=parts.ingest.publishes("http"),
        batch_id=batch_id,
        undated=count_undated(pieces),
    )
    return [await parts.intake.take(piece, run=run, now=now) for piece in pieces]


def _line(one: Taken) -> dict[str, Any]:
    line = as_line(one.piece)
    if one.brief_id is None:
        return line
    return line | {"id": base36(one.brief_id), "state": one.state, "is_new": one.is_new}
