"""The Bot API over HTTP: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.playground import refusals, wire
from bot.playground.arguments import NO_ARGUMENTS, Arguments
from bot.playground.events import Event, EventKind
from bot.playground.faults import Fault, Faults, Kind
from bot.playground.journal import Accepted, Call, Journal, fingerprint
from bot.playground.limits import RealLimits
from bot.playground.methods.receiving import Receiving, Remarked
from bot.playground.methods.table import Method
from bot.playground.reading import read_arguments
from bot.playground.refusals import Refused, too_many_requests
from bot.playground.wire import Answer
from bot.playground.world import World

_TOKEN = re.compile(r"[1-9]\d*:.{1,70}")
_DONE = 200
_EFFECTS = frozenset(
    {"sendMessage", "sendDocument", "copyMessage", "forwardMessage", "editMessageText"}
    | {"editMessageReplyMarkup", "deleteMessage"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Where it is written down what was called and what took effect; calls only on request."""

    accepted: Journal[Accepted]
    calls: Journal[Call] | None


class BotApi:
    """Takes calls, has them done, and answers or lets a fault answer."""

    def __init__(
        self,
        world: World,
        *,
        token: str,
        methods: Mapping[str, Method],
        receiving: Receiving,
        faults: Faults,
        records: Records,
    ) -> None:
        self.limits: RealLimits | None = None
        self.stopping = asyncio.Event()
        self._world = world
        self._token = token
        self._methods = methods
        self._receiving = receiving.methods
        self._names = {name.lower(): name for name in (*methods, *self._receiving)}
        self._faults = faults
        self._records = records

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request for a method."""
        try:
            self._check_token(request.match_info["token"])
        except Refused as no:
            return wire.respond(wire.refused(no.refusal))
        method = self._name(request.match_info["method"])
        if not self._faults:
            return wire.respond(await self._read_and_call(request, method))
        return await self._handle_at_risk(request, method)

    async def handle_file(self, request: web.Request) -> web.StreamResponse:
        """Hand out a file that ``getFile`` has prepared."""
        try:
            self._check_token(request.match_info["token"])
        except Refused as no:
            return wire.respond(wire.refused(no.refusal))
        stored = self._world.files.find_path(request.match_info["path"])
        if stored is None:
            return wire.respond(wire.refused(refusals.PATH_UNKNOWN))
        return web.Response(body=stored.data, content_type="application/octet-stream")

    async def handle_unknown(self, _request: web.Request) -> web.StreamResponse:
        """Answer a path that is no method's."""
        return wire.respond(wire.refused(refusals.PATH_UNKNOWN))

    async def call(self, method: str, arguments: Arguments) -> Answer:
        """Do what a method says, write it down and return the answer."""
        method, started = self._name(method), _time()
        answer = await self._perform(method, arguments)
        self._record(method, arguments, answer, started)
        return answer

    async def _read_and_call(self, request: web.Request, method: str) -> Answer:
        try:
            arguments = await read_arguments(request)
        except Refused as no:
            return wire.refused(no.refusal)
        return await self.call(method, arguments)

    async def _handle_at_risk(self, request: web.Request, method: str) -> web.StreamResponse:
        """Answer a request while there are faults; those that ask for it strike unread."""
        arguments, fault = NO_ARGUMENTS, None
        try:
            if self._faults.need_arguments(method):
                arguments = await read_arguments(request)
                fault = self._faults.find(method, arguments)
            else:
                fault = self._faults.find(method)
                if fault is None or fault.kind is not Kind.RESET or fault.accepted:
                    arguments = await read_arguments(request)
        except Refused as no:
            return wire.respond(wire.refused(no.refusal))
        if fault is None:
            return wire.respond(await self.call(method, arguments))
        answer = await self._answer_struck(method, arguments, fault)
        return await wire.respond_struck(request, fault, answer, self.stopping)

    async def _answer_struck(self, method: str, arguments: Arguments, fault: Fault) -> Answer:
        started = _time()
        if fault.kind is Kind.DELAY and not fault.accepted:
            await wire.pause(fault.delay, self.stopping)
        answer = wire.refused(fault.refusal)
        if fault.accepted or fault.kind is Kind.DELAY:
            done = await self._perform(method, arguments)
            answer = answer if fault.kind is Kind.ANSWER else done
        self._record(method, arguments, answer, started, fault)
        if fault.kind is Kind.DELAY and fault.accepted:
            await wire.pause(fault.delay, self.stopping)
        return answer

    async def _perform(self, method: str, arguments: Arguments) -> Answer:
        """Do what a method says and note what took effect."""
        try:
            result = await self._do(method, arguments)
        except Refused as no:
            return wire.refused(no.refusal)
        if method in _EFFECTS:
            self._records.accepted.add(_accepted(method, arguments, result))
        if isinstance(result, Remarked):
            return wire.succeeded(result.result, result.description)
        return wire.succeeded(result)

    async def _do(self, method: str, arguments: Arguments) -> object:
        if self.limits is not None:
            wait = self.limits.wait(method, arguments.integer("chat_id"), _time())
            if wait:
                raise too_many_requests(wait)
        if method in self._receiving:
            return await self._receiving[method](arguments)
        if method not in self._methods:
            raise Refused(refusals.METHOD_UNKNOWN)
        return self._methods[method](self._world, arguments)

    def _record(
        self,
        method: str,
        arguments: Arguments,
        answer: Answer,
        started: float,
        fault: Fault | None = None,
    ) -> None:
        """Write a call down; polls that went well are left out, they would bury the rest."""
        is_poll = method == "getUpdates" and answer.status == _DONE
        if self._records.calls is None or (is_poll and fault is None):
            return
        call = Call(
            at=self._world.now(),
            method=method,
            parameters=arguments.values,
            status=answer.status,
            answer=answer.shown,
            milliseconds=(_time() - started) * 1000,
            fault=fault.kind.value if fault else "",
        )
        self._records.calls.add(call)
        self._world.feed.tell(Event(kind=EventKind.CALL, subject=call))

    def _name(self, written: str) -> str:
        """Return a method's name as Telegram writes it; one nobody knows as it came."""
        return self._names.get(written.lower(), written)

    def _check_token(self, token: str) -> None:
        if token != self._token:
            is_token = _TOKEN.fullmatch(token) is not None
            raise Refused(refusals.TOKEN_UNKNOWN if is_token else refusals.TOKEN_MALFORMED)


def _time() -> float:
    return asyncio.get_running_loop().time()


def _accepted(method: str, arguments: Arguments, result: object) -> Accepted:
    chat_id, message_id = arguments.integer("chat_id"), arguments.integer("message_id")
    if isinstance(result, dict):
        message_id = result["message_id"]
        chat_id = result["chat"]["id"] if "chat" in result else chat_id
    return Accepted(
        at=_time(),
        chat_id=chat_id,
        method=method,
        message_id=message_id,
        fingerprint=fingerprint(arguments.text("text") or arguments.text("caption")),
    )
