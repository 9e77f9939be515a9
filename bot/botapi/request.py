"""python-telegram-bot's request over aiohttp and orjson: one pool, and how far a call got.

The library's own request slows down by four between 30 and 50 calls in flight. This one also
turns every answer and every failure of a call made by the sender into an outcome, lets calls
that make or edit a message leave at the pace, and repeats an answer to a person that Telegram
refuses for a moment. It never logs an address: the token is in it.
"""

import asyncio
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.botapi.outcomes import Ambiguous, NotSent, Outcome, Wait, read_answer
from bot.botapi.pace import Lane, Pace

#: Telegram holds a send for up to 8 s before it says 429, so a short time-out would take
#: messages that arrive for lost ones.
READ_SECONDS = 35.0
#: A call of the sender as a whole, however slowly its answer drips; a lease outlasts it.
CALL_SECONDS = 45.0
CONNECT_SECONDS = 5.0
WRITE_SECONDS = 15.0
#: Files of more than 20 MB cannot be fetched from Telegram; more than that is not read.
MOST_BYTES = 21 * 1024 * 1024
KEEP_ALIVE_SECONDS = 30.0
#: Who asked waits so long for an answer that Telegram refused for its pace; it leaves once more.
LONGEST_REST_SECONDS = 5.0

# A clock for the whole call is enough, one more for every read costs a twentieth of a send.
_SENDER_TIMEOUT = aiohttp.ClientTimeout(
    total=CALL_SECONDS, connect=WRITE_SECONDS, sock_connect=CONNECT_SECONDS
)

_PACED = ("send", "edit", "copy", "forward")
_ANSWERING = (*_PACED, "answer")
_NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
)


@dataclass(frozen=True, slots=True)
class SenderCall:
    """Marks a call as the sender's: what it is about, and until when it may leave."""

    chat_id: int
    leave_before: float  # by the clock that runs on, of the pace


#: Set while the sender calls; unset, a call is an answer to a person.
sender_call: ContextVar[SenderCall | None] = ContextVar("sender_call", default=None)


class Answered(TelegramError):
    """What became of a call of the sender, when it was anything but a plain success."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(type(outcome).__name__)
        self.outcome = outcome


class AiohttpRequest(BaseRequest):
    """One pool of connections to the Bot API server."""

    def __init__(self, *, connections: int, pace: Pace | None, proxy: str | None = None) -> None:
        self._connections = connections
        self._pace = pace
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer is waited for, in seconds, unless a call says otherwise."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS
                ),
                auto_decompress=True,
                cookie_jar=aiohttp.DummyCookieJar(),  # Telegram sets none, looking costs
                trust_env=False,
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Return the JSON of an answer of the Bot API, or raise ``TelegramError``."""
        answer = _json_or_none(payload)
        if isinstance(answer, dict):
            needed = "result" if answer.get("ok") else "description"
            if needed in answer:
                return answer
        msg = "the answer has no result" if isinstance(answer, dict) else "the answer is no JSON"
        raise TelegramError(msg)

    async def do_request(  # noqa: PLR0913 - the interface is the library's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - aiohttp has none
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make a call and return status and body; see the module for what is added to it."""
        call = sender_call.get()
        given = (read_timeout, connect_timeout, pool_timeout)
        timeout = _SENDER_TIMEOUT
        if call is None or any(one is not BaseRequest.DEFAULT_NONE for one in given):
            timeout = aiohttp.ClientTimeout(
                total=None if call is None else CALL_SECONDS,
                connect=_seconds(pool_timeout, WRITE_SECONDS),
                sock_connect=_seconds(connect_timeout, CONNECT_SECONDS),
                sock_read=_seconds(read_timeout, READ_SECONDS),
            )
        status, body = await self._call(url, method, request_data, timeout)
        if status >= 300:
            if call is not None:
                raise Answered(read_answer(status, _json_or_none(body)))
            if await self._may_go_again(url, request_data, status, body):
                status, body = await self._call(url, method, request_data, timeout)
                self._note_refusal(url, request_data, status, body)
        return status, body

    async def _call(
        self,
        url: str,
        method: str,
        request_data: RequestData | None,
        timeout: aiohttp.ClientTimeout,
    ) -> tuple[int, bytes]:
        """Let a call leave at its turn; return status and body."""
        call = sender_call.get()
        await self._wait_for_turn(url, call)
        assert self._session is not None, "the request is not initialised"
        body, headers = _encode(request_data)
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=headers,
                timeout=timeout,
                proxy=self._proxy,
                allow_redirects=False,  # nobody else is to get the token, or the message twice
            ) as response:
                if (response.content_length or 0) > MOST_BYTES:
                    msg = f"the answer has {response.content_length} bytes"
                    raise aiohttp.ClientPayloadError(msg)
                return response.status, await response.read()
        except _NEVER_LEFT as error:
            raise _failure(call, NotSent(type(error).__name__)) from None
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            # Without what the library says, since it may say the address.
            raise _failure(call, Ambiguous(type(error).__name__)) from None

    async def _may_go_again(
        self, url: str, request_data: RequestData | None, status: int, body: bytes
    ) -> bool:
        """Tell, when the time has come, whether an answer that was refused may leave once more."""
        seconds = self._note_refusal(url, request_data, status, body)
        if self._pace is None or seconds is None or seconds > LONGEST_REST_SECONDS:
            return False
        if not _endpoint(url).startswith(_ANSWERING):
            return False
        await self._pace.rest(seconds)
        return True

    def _note_refusal(
        self, url: str, request_data: RequestData | None, status: int, body: bytes
    ) -> float | None:
        """Let the pace know of a 429; return how long Telegram asks to wait, None for no 429.

        The sender notes its own. A call that is not paced says nothing about messages.
        """
        outcome = read_answer(status, _json_or_none(body))
        if self._pace is None or not isinstance(outcome, Wait):
            return None
        if _is_paced(url):
            chat_id = None if request_data is None else request_data.parameters.get("chat_id")
            known = chat_id if isinstance(chat_id, int) else None
            self._pace.refused(outcome.seconds, known)
        else:
            self._pace.long_waits.note(outcome.seconds)
        return outcome.seconds

    async def _wait_for_turn(self, url: str, call: SenderCall | None) -> None:
        if self._pace is None or not _is_paced(url):
            return
        if call is None:
            await self._pace.turn(Lane.ANSWER)
            return
        clock = self._pace.clock
        try:
            async with asyncio.timeout(call.leave_before - clock.monotonic()):
                await self._pace.turn(Lane.SENDER, call.chat_id)
        except TimeoutError:
            raise Answered(NotSent("its lease would not have lasted")) from None
        if clock.monotonic() > call.leave_before:
            # The turn came at once, but to a process that was stopped before it.
            raise Answered(NotSent("its lease would not have lasted"))


def _endpoint(url: str) -> str:
    return url.rpartition("/")[2].lower()


def _is_paced(url: str) -> bool:
    endpoint = _endpoint(url)
    return endpoint.startswith(_PACED) and endpoint != "sendchataction"


def _encode(request_data: RequestData | None) -> tuple[Any, dict[str, str]]:
    if request_data is None:
        return None, {}
    if not request_data.contains_files:
        return orjson.dumps(request_data.parameters), {"Content-Type": "application/json"}
    form = aiohttp.FormData(quote_fields=False)  # else names that are not ASCII arrive quoted
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, mime_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=mime_type)
    return form, {}


def _failure(call: SenderCall | None, outcome: NotSent | Ambiguous) -> TelegramError:
    if call is not None:
        return Answered(outcome)
    if outcome.reason.endswith("TimeoutError"):
        return TimedOut(outcome.reason)
    return NetworkError(outcome.reason)


def _seconds(given: Any, default: float) -> float | None:
    if given is BaseRequest.DEFAULT_NONE:
        return default
    return None if given is None else float(given)


def _json_or_none(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
