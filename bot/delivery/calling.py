"""One call: from a prepared message to what became of it."""

import logging
import random
from dataclasses import dataclass, replace

from bot.botapi.outcomes import BadMessage, Outcome, Refused, Sent, Stop, Wait
from bot.botapi.pace import Pace
from bot.botapi.sender import SenderApi
from bot.clock import Clock
from bot.crash_points import Point, reach
from bot.delivery.breaker import Breaker
from bot.delivery.record import Finished
from bot.delivery.render import Prepared, Renderer, parameters_of
from bot.delivery.retry import Step, next_step
from bot.logs import chat_tag
from bot.markup import Message
from storage.database import Database
from storage.model.delivery import Kind
from storage.model.subscriber import ChatStatus

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderParts:
    """What the sender works with."""

    db: Database
    api: SenderApi
    clock: Clock
    pace: Pace


class Caller:
    """Makes the calls of a sender, and knows whom and what Telegram refuses."""

    def __init__(self, parts: SenderParts) -> None:
        self._parts = parts
        self._breaker = Breaker(on_bad=self._found_bad)
        self.renderer = Renderer(self._breaker)
        self.refused_by_telegram = False
        #: Briefs (id, revision) that are left out, in the order in which that was found.
        self.bad_briefs: list[tuple[int, int]] = []

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
            self._breaker.refused(one.keys, one.delivery.chat_id, plain=True)
        reach(Point.CALL_ANSWERED)
        if isinstance(outcome, Wait):
            self._parts.pace.refused(outcome.seconds, one.delivery.chat_id)
        if isinstance(outcome, Stop):
            self.refused_by_telegram = True
            log.error(
                "Telegram refuses the bot; nothing is sent until it knows it again",
                extra={"event": "sender.stopped", "reason": outcome.reason},
            )
        return Finished(prepared=one, outcome=outcome, step=self._step(one, outcome))

    def _step(self, one: Prepared, outcome: Outcome) -> Step:
        step = next_step(
            outcome,
            one.delivery,
            jitter=random.random(),  # noqa: S311 - spreads load
            may_say_less=one.may_say_less,
        )
        if not isinstance(outcome, Refused) or one.delivery.kind is Kind.EDIT:
            return step
        chat_id, reason = one.delivery.chat_id, f"{outcome.code} {outcome.reason}"
        if not self._breaker.refused_strangely(one.keys, chat_id, reason):
            return step
        log.warning(
            "a chat refuses everything for a reason that is not known; it gets nothing more",
            extra={"event": "chat.suspended", "chat": chat_tag(chat_id), "reason": reason},
        )
        return replace(step, chat_status=ChatStatus.INVALID)

    async def _call(self, one: Prepared, leave_before: float) -> Outcome:
        message = self.renderer.message(one)
        if not self._breaker.is_plain(one.keys):
            outcome = await self._try(one, message, leave_before, plain=False)
            if not isinstance(outcome, BadMessage):
                return outcome
            # Refused for its formatting, so certainly not sent: the words alone may pass.
            log.warning(
                "Telegram refused a message; its words are sent without formatting",
                extra={"event": "delivery.plain", "delivery_id": one.delivery.id}
                | {"reason": outcome.reason},
            )
            reach(Point.CALL_REFUSED)
        return await self._try(one, message, leave_before, plain=True)

    async def _try(
        self, one: Prepared, message: Message, leave_before: float, *, plain: bool
    ) -> Outcome:
        api, chat_id = self._parts.api, one.delivery.chat_id
        call = api.send if one.copy is None else api.edit
        parameters = parameters_of(one, message, plain=plain)
        outcome = await call(parameters, chat_id=chat_id, leave_before=leave_before)
        if isinstance(outcome, BadMessage):
            self._breaker.refused(one.keys, chat_id, plain=plain)
        elif isinstance(outcome, Sent) and outcome.message_id is not None:
            self._breaker.accepted(one.keys, chat_id, plain=plain)
        return outcome

    def _found_bad(self, brief_id: int, revision: int) -> None:
        self.bad_briefs.append((brief_id, revision))
        log.warning(
            "Telegram refuses a brief; it is left out",
            extra={"event": "brief.refused", "brief_id": brief_id, "revision": revision},
        )
