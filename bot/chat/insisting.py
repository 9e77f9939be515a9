"""Calls that the bot cannot begin without, made until Telegram answers."""

import logging
import math
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock

log = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0

T = TypeVar("T")


async def insist(
    call: Callable[[], Awaitable[T]],
    clock: Clock,
    *,
    patience_seconds: float = math.inf,
    for_good: tuple[type[TelegramError], ...] = (BadRequest, Forbidden, InvalidToken),
) -> T:
    """Return what a call returns, however long it takes to get an answer.

    Telegram may be out of reach for a moment, or ask for a wait: of two bots that start in one
    second it refuses the second one's webhook. What it refuses ``for_good`` is raised, and so is
    ``RetryAfter`` where it asks for more patience than that.
    """
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            return await call()
        except for_good:
            raise
        except RetryAfter as error:
            reason = "RetryAfter"
            said, seconds = "asks for patience", error._retry_after.total_seconds()  # noqa: SLF001 - int or timedelta by a setting
            if seconds > patience_seconds:
                raise
        except TelegramError as error:
            said, seconds = "cannot be reached", pause
            reason = type(error).__name__
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        event = {"event": "start.waiting", "error": reason}
        log.warning("Telegram %s; trying again", said, extra=event)
        await clock.wait(seconds)
