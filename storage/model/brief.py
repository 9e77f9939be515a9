"""A brief: one news item with the case against it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

BriefId = NewType("BriefId", int)


class BriefState(StrEnum):
    """Where a brief stands on its way to readers."""

    QUEUED = "queued"  # stored, and waits for an editor
    SCHEDULED = "scheduled"  # will be released at a stated instant
    RELEASED = "released"  # goes into digests
    RETRACTED = "retracted"  # withdrawn; the text stays for editors
    ARCHIVED = "archived"  # searchable, never delivered


MOVES: Mapping[BriefState, frozenset[BriefState]] = MappingProxyType(
    {
        BriefState.QUEUED: frozenset(
            {
                BriefState.SCHEDULED,
                BriefState.RELEASED,
                BriefState.ARCHIVED,
                BriefState.RETRACTED,
            }
        ),
        BriefState.SCHEDULED: frozenset(
            {BriefState.QUEUED, BriefState.RELEASED, BriefState.RETRACTED}
        ),
        BriefState.RELEASED: frozenset({BriefState.RETRACTED}),
        BriefState.RETRACTED: frozenset(),
        BriefState.ARCHIVED: frozenset({BriefState.RELEASED, BriefState.RETRACTED}),
    }
)


class NameKind(StrEnum):
    """The two kinds of names that a document lists."""

    TOPIC = "topic"
    ENTITY = "entity"


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefDraft:
    """What one document says, as it was read: nothing added but what the format derives."""

    headline: str
    headline_stated: bool = False  # else it is the first sentence of the body, maybe cut with …
    body: str  # paragraphs parted by one blank line
    counter_argument: str
    ai_context: str | None = None
    topics: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    impact: float  # 0 to 10
    confidence: float | None = None  # 0 to 1
    read_seconds: int
    read_seconds_stated: bool = True  # else counted from the words
    published_at: datetime | None = None  # only where the document states it
    section: str | None = None
    source_url: str | None = None
    lang: str | None = None  # BCP 47
    extras: tuple[tuple[str, str], ...] = ()  # labels nobody knows, as written


#: What a revision keeps of a draft, in columns of these names; extras it keeps as JSON.
DRAFT_FIELDS = (
    "headline",
    "headline_stated",
    "body",
    "counter_argument",
    "ai_context",
    "impact",
    "confidence",
    "read_seconds",
    "read_seconds_stated",
    "published_at",
    "section",
    "source_url",
    "lang",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A stored brief at one revision."""

    id: BriefId
    state: BriefState
    revision: int  # from 1
    content: BriefDraft
    published_at: datetime  # shown: the document's, else the instant of ingestion
    ingested_at: datetime
    released_at: datetime | None = None  # when this bot let it out: selection, and "newest"
    source: str | None = None  # the entity that is its publisher
    story_id: BriefId | None = None  # the first brief of the same story; its own id if it is first
    updates_id: BriefId | None = None  # the earlier brief of the story that this one updates
    holds: tuple[str, ...] = field(default=())  # why it waits for an editor
    retract_reason: str | None = None
