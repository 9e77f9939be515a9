"""Parameters out of a request: query, form, JSON or multipart, each may come in any of them."""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, unquote

import orjson
from aiohttp import BodyPartReader, web

from bot.playground import refusals
from bot.playground.arguments import Arguments, Upload
from bot.playground.refusals import Refused

_MOST_PARAMETERS = 1 << 20
_MOST_FILE = 50 << 20


async def read_arguments(request: web.BaseRequest) -> Arguments:
    """Return the parameters of a call; where a name comes twice, the first one counts.

    Raises ``Refused`` where there are too many bytes. A body that is no JSON has no parameters:
    the official server goes on with what it has.
    """
    queried = request.query if request.query_string else {}
    files: dict[str, Upload] = {}
    match request.content_type:
        case "application/json":
            sent: Mapping[str, object] = _json(await _body(request))
        case "application/x-www-form-urlencoded":
            form = (await _body(request)).decode("utf-8", "surrogateescape")
            sent = _firsts(parse_qsl(form, keep_blank_values=True))
        case "multipart/form-data":
            sent, files = await _multipart(request)
        case _:
            sent = {}
    return Arguments({**sent, **queried} if queried else sent, files)


async def _body(request: web.BaseRequest) -> bytes:
    if (request.content_length or 0) > _MOST_PARAMETERS:
        raise Refused(refusals.TOO_MANY_PARAMETERS)
    return await request.read()


def _json(body: bytes) -> dict[str, object]:
    try:
        read = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    if not isinstance(read, dict):
        return {}
    return {name: "null" if value is None else value for name, value in read.items()}


def _firsts(pairs: Iterable[tuple[str, str]]) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, value in pairs:
        values.setdefault(name, value)
    return values


async def _multipart(
    request: web.BaseRequest,
) -> tuple[dict[str, object], dict[str, Upload]]:
    if (request.content_length or 0) > _MOST_FILE + _MOST_PARAMETERS:
        raise Refused(refusals.TOO_LARGE)
    values: dict[str, object] = {}
    files: dict[str, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        if part.filename is None:
            data = await _read_part(part, _MOST_PARAMETERS)
            values.setdefault(part.name, data.decode("utf-8", "surrogateescape"))
        else:
            data = await _read_part(part, _MOST_FILE)
            kind = part.headers.get("Content-Type", "application/octet-stream")
            upload = Upload(file_name=unquote(part.filename), content_type=kind, data=data)
            files.setdefault(part.name, upload)
    return values, files


async def _read_part(part: BodyPartReader, most: int) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk(1 << 16):
        data += chunk
        if len(data) > most:
            raise Refused(refusals.TOO_LARGE)
    return bytes(data)
