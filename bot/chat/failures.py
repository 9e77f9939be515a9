"""What a handler raised: a refusal in plain words, a repeat in silence, the rest to the log."""

import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from telegram import Update
from telegram.error import TelegramError

from bot.chat.deps import Deps
from bot.chat.people import known_language
from bot.chat.replies import answer, toast
from bot.errors import Refused
from bot.texts import Texts, texts_in
from storage.errors import AlreadyDone

log = logging.getLogger(__name__)

Handler = Callable[[Deps, Update, Any], Awaitable[None]]


@dataclass(slots=True)
class Handling:
    """The handling of one update: whether it is the last try, and what went wrong."""

    is_last_try: bool = True
    error: Exception | None = None


#: Set by the intake for each update; python-telegram-bot would swallow what fails.
handling: ContextVar[Handling | None] = ContextVar("handling", default=None)


def serve(deps: Deps, handler: Handler) -> Callable[[Update, Any], Coroutine[Any, Any, None]]:
    """Return a handler as python-telegram-bot calls it, with its failures seen to.

    Its database is bound to the update, so that a repeated update has no second effect.
    """

    async def run(update: Update, context: Any) -> None:
        now = deps.clock.now()
        bound = replace(deps, db=deps.db.for_update(update.update_id, now=now))
        try:
            await handler(bound, update, context)
        except AlreadyDone:
            log.info("a repeated update", extra={"event": "update.repeated"})
        except Refused as refusal:
            await _say(update, refusal.reason, refusal.values)
        except TelegramError as error:
            # What was to be done is done and kept; only the answer did not arrive.
            log.warning(
                "an answer could not be sent",
                extra={"event": "answer.failed", "error": type(error).__name__},
            )
        except Exception as error:  # noqa: BLE001 - the edge: it is logged, noted and tried again
            await _failed(update, error)

    return run


async def _failed(update: Update, error: Exception) -> None:
    log.exception("an update could not be handled", extra={"event": "update.failed"})
    now = handling.get()
    if now is not None:
        now.error = error
    if now is None or now.is_last_try:
        await _say(update, "failure", {})


async def _say(update: Update, reason: str, values: dict[str, Any]) -> None:
    words = words_for(update)
    try:
        if update.callback_query is not None:
            await toast(update, words.plain(reason, **values), alert=True)
        elif update.effective_chat is not None:
            await answer(update, words.html(reason, **values))
    except TelegramError as error:
        log.warning(
            "an answer could not be sent",
            extra={"event": "answer.failed", "error": type(error).__name__},
        )


def words_for(update: Update) -> Texts:
    """Return the words in the language of whoever speaks."""
    user = update.effective_user
    return texts_in(known_language(user.language_code if user else None))
