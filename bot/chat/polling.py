"""The loop that asks Telegram for updates, and confirms what has been handled.

An offset confirms everything below it, so it is that of the oldest update that is still being
handled. A slow one does not hold up the others: after a second the next ones are fetched beside
it, and those that are under way are passed over.
"""

import asyncio
import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.chat.intake import ALLOWED_UPDATES, Intake
from bot.clock import Clock

log = logging.getLogger(__name__)

LONG_POLL_SECONDS = 30
BESIDE_SECONDS = 1.0
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
#: After a week without updates Telegram may number them anew, lower than before.
RENUMBERED_AFTER = timedelta(days=6)
#: No more is fetched while so many are being handled; Telegram keeps them.
MOST_OPEN = 100


class Poller:
    """Fetches updates until it is told to stop; no answer of Telegram ends it."""

    def __init__(self, bot: Bot, intake: Intake, clock: Clock) -> None:
        self._bot = bot
        self._intake = intake
        self._clock = clock
        self._open: dict[int, asyncio.Task[None]] = {}
        self._next = 0
        self._asked_from: int | None = None  # the offset of the last poll, if it was not refused
        self._stop = asyncio.Event()
        self._pause = FIRST_PAUSE_SECONDS
        self._last_update_at: datetime | None = None
        self.last_answer_at: datetime | None = None
        self.problem: str | None = None

    async def run(self) -> None:
        """Fetch and handle updates until ``stop``; then let what is being handled end."""
        stopped = asyncio.ensure_future(self._stop.wait())
        try:
            while not self._stop.is_set():
                fetching = asyncio.ensure_future(self._fetch())
                await asyncio.wait({fetching, stopped}, return_when=asyncio.FIRST_COMPLETED)
                if not fetching.done():
                    fetching.cancel()
                    await asyncio.wait({fetching})
                    break
                self._begin(fetching.result())
                await self._settle(stopped)
        finally:
            stopped.cancel()
            if self._open:
                await asyncio.wait(self._open.values())
        await self._confirm()

    def stop(self) -> None:
        """Let ``run`` come to an end."""
        self._stop.set()

    def _begin(self, updates: list[dict[str, Any]]) -> None:
        if updates:
            self._last_update_at = self._clock.now()
        for raw in updates:
            update_id = raw["update_id"]
            if update_id < self._next or update_id in self._open:
                continue
            self._next = update_id + 1
            self._open[update_id] = task = self._intake.start(raw)
            task.add_done_callback(partial(self._close, update_id))

    def _close(self, update_id: int, _done: "asyncio.Task[None]") -> None:
        self._open.pop(update_id, None)

    async def _settle(self, stopped: "asyncio.Future[Any]") -> None:
        """Wait until everything is handled, or a second, or as long as there is no room."""
        loop = asyncio.get_running_loop()
        goes_on_at = loop.time() + BESIDE_SECONDS
        while self._open and not stopped.done():
            has_room = len(self._open) < MOST_OPEN
            if has_room and loop.time() >= goes_on_at:
                return
            await asyncio.wait(
                {*self._open.values(), stopped},
                timeout=goes_on_at - loop.time() if has_room else None,
                return_when=asyncio.FIRST_COMPLETED,
            )

    async def _fetch(self) -> list[dict[str, Any]]:
        """Return the updates from the oldest open one on; on a refusal nothing, after a pause."""
        self._asked_from = self._offset()
        try:
            found = await self._ask(
                offset=self._asked_from,
                timeout=0 if self._open else LONG_POLL_SECONDS,
            )
        except TelegramError as error:
            self._asked_from = None
            await self._refused(error)
            return []
        if self.problem is not None:
            log.warning("updates come again", extra={"event": "poll.resumed"})
        self.problem = None
        self._pause = FIRST_PAUSE_SECONDS
        self.last_answer_at = self._clock.now()
        return found

    def _offset(self) -> int:
        last = self._last_update_at
        if not self._open and last and self._clock.now() - last > RENUMBERED_AFTER:
            self._next = 0  # from the oldest there is; what was handled is known by its id
        return min(self._open, default=self._next)

    async def _ask(self, *, offset: int, timeout: int, limit: int = 100) -> list[dict[str, Any]]:
        # The underscore keeps python-telegram-bot from pointing to its own method, which decodes
        # a batch as a whole: one update that it does not know would stop them all.
        try:
            answer = await self._bot.do_api_request(
                "get_Updates",
                api_kwargs={
                    "offset": offset,
                    "timeout": timeout,
                    "limit": limit,
                    "allowed_updates": list(ALLOWED_UPDATES),
                },
                read_timeout=timeout + 10,
            )
            return [{**update, "update_id": int(update["update_id"])} for update in answer]
        except (KeyError, TypeError, ValueError) as error:  # what came is not what is agreed
            log.exception("an answer could not be read", extra={"event": "poll.unread"})
            msg = "the answer holds no updates"
            raise TelegramError(msg) from error

    async def _confirm(self) -> None:
        """Tell Telegram what has been handled, so that it does not come again.

        The last poll told it mostly; who asks for the same again at once is made to wait.
        """
        if self._asked_from == self._next:
            return
        try:
            await self._ask(offset=self._next, timeout=0, limit=1)
        except TelegramError as error:
            log.info(
                "the last updates could not be confirmed",
                extra={"event": "poll.unconfirmed", "error": type(error).__name__},
            )

    async def _refused(self, error: TelegramError) -> None:
        """Say once what is wrong, wait, and go on: a bot that stops asking is dead unseen."""
        problem = _problem(error)
        if problem != self.problem:
            log.error(problem, extra={"event": "poll.refused", "error": type(error).__name__})
        self.problem = problem
        pause = self._pause
        if isinstance(error, RetryAfter):
            waits = error._retry_after.total_seconds()  # noqa: SLF001 - int or timedelta by a setting
            pause = max(pause, waits)
        self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        await self._clock.wait(pause)


def _problem(error: TelegramError) -> str:
    if isinstance(error, Conflict):
        return (
            "another program asks for the updates of this bot (409); stop it: one bot, one program"
        )
    if isinstance(error, InvalidToken) or type(error).__name__ == "EndPointNotFound":
        return "Telegram does not know this token; check COUNTERPOINT_TELEGRAM__TOKEN"
    return "Telegram cannot be reached"
