"""A delivery: one promised message, or one promised edit of a message, to one chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import NewType

DeliveryId = NewType("DeliveryId", int)


class Kind(IntEnum):
    """What is promised. The lower number is sent first when both are due."""

    NOW = 1  # a digest asked for by /digest
    ALERT = 2
    DIGEST = 3
    EDIT = 4  # a correction or retraction of a copy
    NOTICE = 5
    BROADCAST = 6


class DeliveryState(StrEnum):
    """Where a delivery stands. Every one ends in exactly one of ``ENDED``, or is listed."""

    PENDING = "pending"  # waits for its time and its turn
    LEASED = "leased"  # claimed by a sender; certainly not sent
    SENDING = "sending"  # about to be on the wire, or on it
    SENT = "sent"
    UNCERTAIN = "uncertain"  # may have arrived; held for an owner's word
    DEAD = "dead"  # cannot be delivered; ``last_error`` says why
    CANCELLED = "cancelled"  # no longer wanted: left, banned, retracted, merged
    EXPIRED = "expired"  # its time has passed
    POISONED = "poisoned"  # Telegram refuses its content


OPEN = frozenset({DeliveryState.PENDING, DeliveryState.LEASED, DeliveryState.SENDING})
ENDED = frozenset(
    {
        DeliveryState.SENT,
        DeliveryState.DEAD,
        DeliveryState.CANCELLED,
        DeliveryState.EXPIRED,
        DeliveryState.POISONED,
    }
)

#: From each state, where a delivery may go next. The statements of ``storage.deliveries``
#: are guarded by the state they start from, so no other move can happen.
MOVES: Mapping[DeliveryState, frozenset[DeliveryState]] = MappingProxyType(
    {
        DeliveryState.PENDING: frozenset(
            {
                DeliveryState.LEASED,
                DeliveryState.DEAD,
                DeliveryState.CANCELLED,
                DeliveryState.EXPIRED,
                DeliveryState.POISONED,
                DeliveryState.UNCERTAIN,  # by a restore only
            }
        ),
        DeliveryState.LEASED: frozenset(
            {
                DeliveryState.SENDING,
                DeliveryState.PENDING,
                DeliveryState.CANCELLED,
                DeliveryState.UNCERTAIN,  # by a restore only
            }
        ),
        DeliveryState.SENDING: frozenset(
            {
                DeliveryState.SENT,
                DeliveryState.PENDING,
                DeliveryState.UNCERTAIN,
                DeliveryState.DEAD,
                DeliveryState.POISONED,
            }
        ),
        DeliveryState.UNCERTAIN: frozenset(
            {DeliveryState.PENDING, DeliveryState.SENT, DeliveryState.DEAD}
        ),
        **{state: frozenset() for state in ENDED},
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One row of the ledger, as its sender holds it.

    ``slot`` and ``ref`` make the key with kind and chat: for a digest the local date and time
    as ``yyyymmddhhmm`` and 0; ``storage.deliveries.Promise`` has the others.
    ``doubt`` counts how often it ended without an answer; ``fence`` grows with every claim.
    """

    id: DeliveryId
    kind: Kind
    chat_id: int
    thread_id: int | None
    slot: int
    ref: int
    state: DeliveryState
    recipe: bytes
    attempts: int
    doubt: int
    fence: int
    due_at: datetime
    not_before: datetime
