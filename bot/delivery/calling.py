"""One call: from a prepared message to what became of it."""

import logging
import random
from dataclasses import dataclass

from bot.botapi.outcomes import BadMessage, Outcome, Stop, Wait
from bot.botapi.pace import Pace
from bot.botapi.sender import SenderApi
from bot.clock import Clock
from bot.crash_points import Point, reach
from bot.delivery.record import Finished
from bot.delivery.render import Prepared, Renderer, parameters_of
from bot.delivery.retry import next_step
from storage.database import Database

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderParts:
    """What the sender works with."""

    db: Database
    api: SenderApi
    clock: Clock
    pace: Pace


class Caller:
    """Makes the calls of a sender, and knows whether Telegram knows the bot."""

    def __init__(self, parts: SenderParts) -> None:
        self._parts = parts
        self.renderer = Renderer()
        self.refused_by_telegram = False

    async def is_known(self) -> bool:
        """Tell whether Telegram knows the bot, asking it again after it did not."""
        if self.refused_by_telegram and await self._parts.api.is_known():
            self.refused_by_telegram = False
            log.warning("Telegram knows the bot again", extra={"event": "sender.resumed"})
        return not self.refused_by_telegram

    async def deliver(self, one: Prepared, leave_before: float) -> Finished:
        """Send or edit what was prepared, and return what became of it and what follows.

        It must leave before ``leave_before``, on the clock that runs on, or it is not sent.
        """
        reach(Point.CALL_BEGUN)
        try:
            outcome = await self._call(one, leave_before)
        except Exception:
            # A row that is being sent must end; what cannot be made is bad for everybody.
            log.exception(
                "a message could not be made",
                extra={"event": "delivery.unmade", "delivery_id": one.delivery.id},
            )
            outcome = BadMessage("it could not be made")
        reach(Point.CALL_ANSWERED)
        if isinstance(outcome, Wait):
            self._parts.pace.refused(outcome.seconds, one.delivery.chat_id)
        if isinstance(outcome, Stop):
            self.refused_by_telegram = True
            log.error(
                "Telegram refuses the bot; nothing is sent until it knows it again",
                extra={"event": "sender.stopped", "reason": outcome.reason},
            )
        step = next_step(outcome, one.delivery, jitter=random.random())  # noqa: S311 - spreads load
        return Finished(prepared=one, outcome=outcome, step=step)

    async def _call(self, one: Prepared, leave_before: float) -> Outcome:
        message = self.renderer.message(one)
        api, clock = self._parts.api, self._parts.clock
        call = api.send if one.copy is None else api.edit
        chat_id = one.delivery.chat_id
        seconds = leave_before - clock.monotonic()
        outcome = await call(parameters_of(one, message), chat_id=chat_id, seconds=seconds)
        if isinstance(outcome, BadMessage):
            # Refused for its formatting, so certainly not sent: the words alone may pass.
            log.warning(
                "Telegram refused a message; its words are sent without formatting",
                extra={"event": "delivery.plain", "delivery_id": one.delivery.id}
                | {"reason": outcome.reason},
            )
            reach(Point.CALL_REFUSED)
            plain = parameters_of(one, message, plain=True)
            seconds = leave_before - clock.monotonic()
            outcome = await call(plain, chat_id=chat_id, seconds=seconds)
        return outcome
