"""Updates from Telegram to handlers: in order for each chat, confirmed after the commit.

Telegram keeps updates for a day until they are confirmed by asking for later ones, so Telegram
is the inbox: an update is confirmed when its handler has committed. One that fails three times,
or cannot be decoded, is set aside and the rest go on.
"""

import asyncio
import logging
from typing import Any

import orjson
from telegram import Update

from bot.chat.application import AnyApplication
from bot.chat.failures import Handling, handling
from bot.clock import Clock
from bot.crash_points import Point, reach
from storage import inbox
from storage.database import Database

log = logging.getLogger(__name__)

TRIES = 3
#: So many updates are handled at once, over all chats.
AT_ONCE = 32
TRY_PAUSE_SECONDS = 0.5
#: Between tries when the store cannot be reached at all.
STORE_PAUSE_SECONDS = 2.0

ALLOWED_UPDATES = (
    "message",
    "callback_query",
    "my_chat_member",
)


class Intake:
    """Handles updates, whichever way they come."""

    def __init__(self, application: AnyApplication, db: Database, clock: Clock) -> None:
        self._application = application
        self._db = db
        self._clock = clock
        self._room = asyncio.Semaphore(AT_ONCE)
        self._last_of_chat: dict[int, asyncio.Task[None]] = {}

    def start(self, raw: dict[str, Any]) -> "asyncio.Task[None]":
        """Begin to handle an update after the earlier ones of its chat; give the task of it."""
        chat = chat_of(raw)
        earlier = self._last_of_chat.get(chat)
        task = asyncio.create_task(self._in_turn(raw, earlier))
        self._last_of_chat[chat] = task
        task.add_done_callback(lambda done: self._forget(chat, done))
        return task

    def _forget(self, chat: int, done: "asyncio.Task[None]") -> None:
        if self._last_of_chat.get(chat) is done:
            del self._last_of_chat[chat]

    async def _in_turn(self, raw: dict[str, Any], earlier: "asyncio.Task[None] | None") -> None:
        if earlier is not None:
            await asyncio.wait({earlier})
        async with self._room:
            await self.handle(raw)

    async def handle(self, raw: dict[str, Any]) -> None:
        """Handle an update until its effect is kept, or it is set aside."""
        update_id = raw["update_id"]
        problem = "cannot be decoded"
        for attempt in range(1, TRIES + 1):
            try:
                update = Update.de_json(raw, self._application.bot)
            except Exception as error:  # noqa: BLE001 - the edge: whatever decoding raises
                problem = f"cannot be decoded: {error!r}"
                break
            handled = Handling(is_last_try=attempt == TRIES)
            if await self._try(update, handled):
                reach(Point.UPDATE_HANDLED)
                return
            problem = repr(handled.error)
        await self._set_aside(update_id, raw, problem)

    async def _try(self, update: Update, handled: Handling) -> bool:
        token = handling.set(handled)
        try:
            if not await self._is_seen(update.update_id):
                await self._application.process_update(update)
        except Exception as error:
            # What handlers raise is noted by ``serve``; here it is the store that is gone.
            log.exception("the store cannot be reached", extra={"event": "store.gone"})
            handled.error = error
        finally:
            handling.reset(token)
        if handled.error is not None and not handled.is_last_try:
            await self._clock.wait(TRY_PAUSE_SECONDS)
        return handled.error is None

    async def _is_seen(self, update_id: int) -> bool:
        async with self._db.reading() as tx:
            return await inbox.is_seen(tx, update_id=update_id)

    async def _set_aside(self, update_id: int, raw: dict[str, Any], problem: str) -> None:
        log.error(
            "an update is set aside", extra={"event": "update.set_aside", "update_id": update_id}
        )
        while True:
            try:
                async with self._db.writing() as tx:
                    await inbox.add_set_aside(
                        tx,
                        update_id=update_id,
                        update=orjson.dumps(raw).decode(),
                        error=problem,
                        now=self._clock.now(),
                    )
            except Exception:
                # Nothing may be confirmed that is kept nowhere: wait for the store.
                log.exception("the store cannot be reached", extra={"event": "store.gone"})
                await self._clock.wait(STORE_PAUSE_SECONDS)
            else:
                return


def chat_of(raw: dict[str, Any]) -> int:
    """Return what updates must stay in order for: the chat, else the user, else nothing."""
    for part in raw.values():
        if not isinstance(part, dict):
            continue
        message = part.get("message")
        for place in (part, message if isinstance(message, dict) else {}):
            chat = place.get("chat")
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return int(chat["id"])
        user = part.get("from")
        if isinstance(user, dict) and isinstance(user.get("id"), int):
            return int(user["id"])
    return 0
