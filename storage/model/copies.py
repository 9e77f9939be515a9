"""A copy: one message of ours that shows briefs, and what it shows now."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

CopyId = NewType("CopyId", int)


class CopyState(StrEnum):
    """Whether the message can still be edited."""

    LIVE = "live"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One message in a chat (or shared inline) that shows one or more briefs."""

    id: CopyId
    chat_id: int | None
    message_id: int | None
    inline_id: str | None
    delivery_id: int | None
    recipe: bytes  # what it can show: the briefs with the revisions that it shows
    view: str  # which view of the recipe it shows now
    state: CopyState
