"""The people's side over HTTP: everything under ``/play``."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import orjson
from aiohttp import web
from pydantic import ValidationError

from bot.playground import asked
from bot.playground.acting import CannotDo
from bot.playground.actions import ACTIONS, Stage
from bot.playground.botapi import Records
from bot.playground.clocks import read_target
from bot.playground.events import Event, EventKind
from bot.playground.journal import Accepted
from bot.playground.presets import PRESETS
from bot.playground.reading import read_arguments
from bot.playground.refusals import Refused
from bot.playground.streams import Streams
from bot.playground.views import (
    call_view,
    chat_view,
    event_view,
    faults_view,
    open_chat_view,
)

MoveClock = Callable[[datetime | None], Awaitable[None]]
Data = Callable[[], Awaitable[dict[str, object]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the playground's owner lends to the page, if anything."""

    move_clock: MoveClock | None
    data: Data | None


class Play:
    """Answers the page, ``curl`` and checkers in other processes."""

    def __init__(self, stage: Stage, records: Records, given: Given) -> None:
        self._stage = stage
        self._records = records
        self._given = given
        world = stage.world
        self.streams = Streams(world.feed, lambda event: event_view(world, event))

    def add_routes(self, app: web.Application) -> None:
        """Put everything under ``/play`` into an application."""
        app.router.add_get("/play/state", self._state)
        app.router.add_get(r"/play/chats/{chat_id:-?\d+}", self._chat)
        app.router.add_get("/play/events", self.streams.serve)
        app.router.add_get("/play/calls", self._calls)
        app.router.add_get("/play/log", self._log)
        app.router.add_get("/play/data", self._data)
        app.router.add_get("/play/file/{path:.+}", self._file)
        app.router.add_post("/play/clock", self._clock)
        app.router.add_post("/play/upload", self._upload)
        app.router.add_post("/play/{action}", self._act)

    async def _state(self, _request: web.Request) -> web.Response:
        world, cast = self._stage.world, self._stage.cast
        return _json(
            {
                "now": world.now().isoformat(),
                "has_clock": self._given.move_clock is not None,
                "has_data": self._given.data is not None,
                "bot": world.bot.username,
                "chats": [chat_view(world, conversation) for conversation in cast],
                "presets": list(PRESETS),
                "faults": faults_view(self._stage.faults),
            }
        )

    async def _chat(self, request: web.Request) -> web.Response:
        try:
            conversation = self._stage.cast.get(int(request.match_info["chat_id"]))
        except CannotDo as no:
            return _refused(404, str(no))
        return _json(open_chat_view(self._stage.world, conversation))

    async def _calls(self, _request: web.Request) -> web.Response:
        return _json([call_view(call) for call in self._records.calls or ()])

    async def _log(self, _request: web.Request) -> web.Response:
        """Give the journal of what was accepted, a JSON object a line."""
        body = b"".join(log_lines(self._records.accepted))
        return web.Response(body=body, content_type="application/x-ndjson")

    async def _data(self, _request: web.Request) -> web.Response:
        if self._given.data is None:
            return _refused(404, "this playground was given no data to show")
        return _json(await self._given.data())

    async def _file(self, request: web.Request) -> web.Response:
        stored = self._stage.world.files.find_path(request.match_info["path"])
        if stored is None:
            return _refused(404, "there is no such file")
        quoted = stored.document.file_name.replace('"', "").encode("ascii", "replace").decode()
        headers = {"Content-Disposition": f'attachment; filename="{quoted}"'}
        return web.Response(
            body=stored.data, headers=headers, content_type="application/octet-stream"
        )

    async def _clock(self, request: web.Request) -> web.Response:
        if self._given.move_clock is None:
            return _refused(404, "this playground has no clock to move")
        world = self._stage.world
        try:
            wanted = asked.MoveClock.model_validate_json(await request.read())
            target = read_target(wanted.to, world.now())
        except ValueError as why:
            return _refused(400, _explained(why))
        await self._given.move_clock(target)
        now = world.now().isoformat()
        world.feed.tell(Event(kind=EventKind.CLOCK, subject=now))
        return _json({"now": now})

    async def _upload(self, request: web.Request) -> web.Response:
        try:
            arguments = await read_arguments(request)
            upload = arguments.files.get("file")
            if upload is None:
                return _refused(400, "there is no file in the request")
            person = self._stage.cast.get_person(arguments.integer("chat_id"))
            caption = arguments.text("caption")
            sent = await person.upload(upload.file_name, upload.data, caption)
        except (CannotDo, Refused) as no:
            return _refused(400, str(no))
        return _json(sent)

    async def _act(self, request: web.Request) -> web.Response:
        action = ACTIONS.get(request.match_info["action"])
        if action is None:
            return _refused(404, f"nobody can {request.match_info['action']!r} here")
        try:
            wanted = action.asked.model_validate_json(await request.read() or b"{}")
            return _json(await action.act(self._stage, wanted))
        except (CannotDo, ValidationError, Refused) as no:
            return _refused(400, _explained(no))


def _json(content: object) -> web.Response:
    return web.Response(body=orjson.dumps(content, default=str), content_type="application/json")


def _refused(status: int, why: str) -> web.Response:
    return web.Response(
        status=status, body=orjson.dumps({"error": why}), content_type="application/json"
    )


def _explained(why: Exception) -> str:
    if isinstance(why, ValidationError):
        return "; ".join(f"{error['loc']}: {error['msg']}" for error in why.errors())
    return str(why)


def log_lines(accepted: Iterable[Accepted]) -> Iterable[bytes]:
    """Yield the journal of what was accepted, a JSON object a line."""
    for entry in accepted:
        yield orjson.dumps(entry._asdict(), option=orjson.OPT_APPEND_NEWLINE)
