"""A subscriber: one chat, and how it wants its digest."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class ChatKind(StrEnum):
    """What Telegram calls the type of a chat."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class ChatStatus(StrEnum):
    """Whether a chat can be written to, and why not."""

    ACTIVE = "active"
    BLOCKED = "blocked"  # the reader blocked the bot; revived by unblocking or /start
    GONE = "gone"  # the account or group is deleted
    NOT_STARTED = "not_started"  # the reader never pressed start
    KICKED = "kicked"
    LEFT = "left"
    NO_RIGHTS = "no_rights"  # may not write there
    PAID_ONLY = "paid_only"
    NOT_FOUND = "not_found"
    INVALID = "invalid"
    MIGRATED = "migrated"  # became a supergroup under another id
    BANNED = "banned"  # by an owner


class Style(StrEnum):
    """How the counter-argument is shown after the first item."""

    FOLDED = "folded"
    OPEN = "open"
    HIDDEN = "hidden"


EVERY_DAY = 0b1111111  # bit 0 is Monday


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How a subscriber wants the digest; times are minutes after local midnight."""

    language: str = "en"
    zone: str | None = None  # IANA name; None until known, then the default zone counts
    times: tuple[int, ...] = (480,)
    days: int = EVERY_DAY
    impact_floor: float = 0.0
    confidence_floor: float = 0.0
    minutes: int | None = 10  # reading budget; None has no limit
    style: Style = Style.FOLDED
    alert_impact: float | None = None  # None: no alerts
    alert_confidence: float = 0.0
    alerts_per_week: int = 3
    quiet_from: int | None = None
    quiet_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A chat that the bot knows."""

    chat_id: int
    kind: ChatKind
    status: ChatStatus
    thread_id: int | None = None
    preferences: Preferences = field(default_factory=Preferences)
    created_at: datetime
    next_due_at: datetime | None = None
    next_slot: int | None = None  # yyyymmddhhmm of next_due_at, as set
    last_slot_at: datetime | None = None
    first_slot_at: datetime | None = None  # when the first digest slot was answered
    paused_until: datetime | None = None
    paused: bool = False  # with paused_until None: until the reader is back
