"""A subject: what can be followed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

SubjectId = NewType("SubjectId", int)

#: The subject that stands for the day's top five.
EVERYTHING = SubjectId(0)


class SubjectKind(StrEnum):
    """A follow is a phrase or a section."""

    PHRASE = "phrase"
    SECTION = "section"


class Ring(StrEnum):
    """By which rule a subject found a brief; an earlier ring wins."""

    NAME = "name"
    WORDS = "words"
    HEADLINE = "headline"
    SECTION = "section"


class FollowMode(StrEnum):
    """Whether a chat wants a subject or wants to be spared it."""

    FOLLOW = "follow"
    MUTE = "mute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Something that can be followed, under the key that tells it from others."""

    id: SubjectId
    kind: SubjectKind
    key: str  # for an acronym the capitals as typed
    label: str  # the best spelling seen
    lang: str | None = None
    merged_into: SubjectId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Why a subject wants a brief."""

    subject_id: SubjectId
    ring: Ring
    because: str  # the topic, entity, headline or section as written
