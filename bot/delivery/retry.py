"""What follows from an outcome: pure, one case each, so that a test can go through them all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.botapi.outcomes import (
    Ambiguous,
    BadMessage,
    Gone,
    Migrated,
    NoThread,
    NotSent,
    Outcome,
    Refused,
    Sent,
    Stop,
    Uneditable,
    Wait,
)
from storage.model.delivery import Delivery, DeliveryState, Kind
from storage.model.subscriber import ChatStatus

#: A lost answer may still arrive as a message: so long nothing else goes to that chat.
DOUBT_SECONDS = 60.0
#: How long an unreachable server is left alone: twice as long each time.
FIRST_PAUSE_SECONDS = 1.0
LONGEST_SECONDS = 60.0
#: After Telegram refused the bot itself.
STOP_SECONDS = 30.0
#: An edit may be repeated as often as one likes, but not for ever.
EDIT_TRIES = 10
#: Seven briefs can each be left out once, and once more.
SHORTER_TRIES = 15

PENDING, SENT, DEAD = DeliveryState.PENDING, DeliveryState.SENT, DeliveryState.DEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is noted about a delivery, and about its chat."""

    state: DeliveryState
    message_id: int | None = None
    wait_seconds: float = 0.0
    attempts: int = 0  # to be added: an attempt that Telegram did not count is taken back
    doubt: int = 0  # to be added
    note: str = ""
    chat_status: ChatStatus | None = None
    chat_wait_seconds: float = 0.0
    migrated_to: int | None = None
    drop_thread: bool = False
    copy_gone: bool = False

    def not_before(self, now: datetime) -> datetime:
        """Return when a delivery that is pending again may leave."""
        return now + timedelta(seconds=self.wait_seconds)


def next_step(  # noqa: C901 - a case each
    outcome: Outcome, delivery: Delivery, *, jitter: float, may_say_less: bool = False
) -> Step:
    """Return what follows from an outcome; ``jitter`` is from 0 to 1.

    ``may_say_less``: without one of its briefs Telegram may take the message.
    """
    match outcome:
        case Sent(message_id):
            return Step(state=SENT, message_id=message_id)
        case Wait(seconds):
            wait = seconds + jitter
            note = "told to wait"
            return Step(
                state=PENDING, wait_seconds=wait, chat_wait_seconds=wait, note=note, attempts=-1
            )
        case NotSent(reason):
            pause = min(FIRST_PAUSE_SECONDS * 2 ** min(delivery.attempts, 10), LONGEST_SECONDS)
            return Step(state=PENDING, wait_seconds=pause * (0.8 + 0.4 * jitter), note=reason)
        case Ambiguous(reason):
            return _in_doubt(delivery, reason)
        case Stop(reason):
            return Step(state=PENDING, wait_seconds=STOP_SECONDS, note=reason, attempts=-1)
        case Migrated(chat_id):
            note = "moved to another chat"
            return Step(state=PENDING, note=note, attempts=-1, migrated_to=chat_id)
        case NoThread(reason) if delivery.kind is Kind.EDIT:
            return Step(state=DEAD, note=reason)  # what can be sent elsewhere is not in doubt
        case NoThread(reason) if delivery.thread_id is not None:
            return Step(state=PENDING, note=reason, attempts=-1, drop_thread=True)
        case NoThread(reason):
            return Step(state=DEAD, note=reason, chat_status=ChatStatus.NO_RIGHTS)
        case Gone(status, reason):
            return Step(state=DEAD, note=reason, chat_status=status)
        case Uneditable(reason):
            return Step(state=DEAD, note=reason, copy_gone=True)
        case Refused(code, reason):
            return Step(state=DEAD, note=f"{code} {reason}")
    bad: BadMessage = outcome  # no other is left
    if may_say_less and delivery.attempts + 1 < SHORTER_TRIES:
        return Step(state=PENDING, wait_seconds=FIRST_PAUSE_SECONDS, note=bad.reason)
    return Step(state=DeliveryState.POISONED, note=bad.reason)


def _in_doubt(delivery: Delivery, reason: str) -> Step:
    """Repeat a message once at most; an edit, being the same twice, as often as it takes."""
    if delivery.kind is Kind.EDIT:
        tries = delivery.attempts + 1  # this one included
        if tries >= EDIT_TRIES:
            return Step(state=DEAD, note=f"gave up after {tries} tries: {reason}")
        pause = FIRST_PAUSE_SECONDS * 2**delivery.attempts
        return Step(state=PENDING, wait_seconds=pause, note=reason)
    if delivery.kind is Kind.BROADCAST or delivery.doubt > 0:
        return Step(state=DeliveryState.UNCERTAIN, note=reason)
    return Step(state=PENDING, wait_seconds=DOUBT_SECONDS, note=reason, doubt=1)
