"""Updates pushed to the bot's own address, in order for each chat, again until they are taken."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from bot.playground.arguments import Arguments
from bot.playground.hook import Hook, reply_call, retry_after
from bot.playground.inbox import Inbox, Update

_FIRST_DELAY = 1
_MOST_DELAY = 60
_GONE = 410
_GONE_FOR = timedelta(hours=23)
_TIMEOUT = ClientTimeout(total=60)

Execute = Callable[[str, Arguments], Awaitable[object]]
Pause = Callable[[int], Awaitable[None]]


async def _pause(seconds: int) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()


class Webhook:
    """Pushes what the inbox holds while a hook is set."""

    def __init__(
        self,
        inbox: Inbox,
        now: Callable[[], datetime],
        execute: Execute,
        pause: Pause = _pause,
    ) -> None:
        self._pause = pause
        self.hook: Hook | None = None
        self.last_error = ""
        self.last_error_at: datetime | None = None
        self._inbox = inbox
        self._now = now
        self._execute = execute
        self._queues: dict[int, deque[Update]] = {}
        self._loaded: set[int] = set()
        self.pushers: set[asyncio.Task[None]] = set()
        self._gone_since: datetime | None = None
        inbox.listen(self._load)

    def set(self, hook: Hook) -> None:
        """Push to another address from now on, beginning with what waits."""
        self.hook = hook
        self.last_error, self.last_error_at, self._gone_since = "", None, None
        self._load()

    async def remove(self) -> None:
        """Stop pushing; what was not taken waits on."""
        self.hook = None
        pushers = list(self.pushers)
        for pusher in pushers:
            pusher.cancel()
        await asyncio.gather(*pushers, return_exceptions=True)
        self._queues.clear()
        self._loaded.clear()

    def _load(self) -> None:
        if self.hook is None:
            return
        for update in self._inbox.pending():
            if update.id in self._loaded:
                continue
            self._loaded.add(update.id)
            queue = self._queues.get(update.queue)
            if queue is not None:
                queue.append(update)
                continue
            queue = self._queues[update.queue] = deque([update])
            pusher = asyncio.get_running_loop().create_task(self._push_queue(queue, self.hook))
            self.pushers.add(pusher)
            pusher.add_done_callback(self.pushers.discard)

    async def _push_queue(self, queue: deque[Update], hook: Hook) -> None:
        key = queue[0].queue
        async with ClientSession(timeout=_TIMEOUT) as session:
            while queue and self.hook is hook:
                update = queue[0]
                await self._push(session, update, hook)
                if self._inbox.must_repeat(update):
                    await self._push(session, update, hook)
                if self.hook is hook:
                    self._inbox.confirm([update])
                    self._loaded.discard(queue.popleft().id)
        self._queues.pop(key, None)

    async def _push(self, session: ClientSession, update: Update, hook: Hook) -> None:
        """Push until the bot takes the update, it has expired, or the hook is gone."""
        delay = _FIRST_DELAY
        failures = 0
        while self.hook is hook:
            wait = await self._attempt(session, update, hook)
            if wait is None:
                return
            if not wait and failures:
                delay = wait = min(_MOST_DELAY, delay * 2)
            failures += 1
            if self._now() + timedelta(seconds=wait) > update.expires_at:
                return
            await self._pause(wait)

    async def _attempt(self, session: ClientSession, update: Update, hook: Hook) -> int | None:
        """Push once; None when the bot took it, else the seconds it asked to wait, mostly 0."""
        try:
            async with (
                hook.slots,
                session.post(hook.url, data=update.body, headers=hook.headers) as response,
            ):
                body = await response.read()
        except (ClientError, TimeoutError) as failure:
            self._note_error(_named(failure))
            return 0
        if not response.ok:
            return self._refused(response)
        self._gone_since = None
        call = reply_call(response.content_type, body)
        if call is not None:
            await self._execute(*call)
        return None

    def _refused(self, response: ClientResponse) -> int:
        reason = f"{response.status} {response.reason or ''}".rstrip()
        self._note_error(f"Wrong response from the webhook: {reason}")
        if response.status != _GONE:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = self._now()
        elif self._now() > self._gone_since + _GONE_FOR:
            self.hook = None
        return retry_after(response.headers.get("Retry-After", ""))

    def _note_error(self, text: str) -> None:
        self.last_error, self.last_error_at = text, self._now()


def _named(failure: Exception) -> str:
    if isinstance(failure, TimeoutError):
        return "Read timeout expired"
    is_refused = isinstance(failure.__cause__, ConnectionRefusedError)
    return "Connection refused" if is_refused else "Webhook connection closed"
