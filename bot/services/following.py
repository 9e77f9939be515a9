"""Follow and mute: what a reader wants, what it brings, and what is close to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import Refused
from bot.matching.keys import key
from bot.matching.offers import find_offers
from bot.matching.rings import read_phrase
from bot.matching.suggest import suggest
from bot.services import subjects as typed_subjects
from bot.services.matcher import Matcher
from storage import follows, subjects
from storage.database import Database
from storage.model.subject import FollowMode, Subject, SubjectId, SubjectKind
from storage.subjects import Origin
from storage.transactions import WriteTx

#: A chat follows at most so many subjects, and mutes as many.
MOST_FOLLOWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What came of a wish to follow or mute one name."""

    subject: Subject
    is_new: bool
    recent: int  # briefs of the last 30 days
    offers: tuple[Subject, ...] = ()  # what is close to it
    meant: tuple[Subject, ...] = ()  # what is spelled much like it, if it brings nothing


async def follow(
    db: Database,
    *,
    chat_id: int,
    names: Sequence[str],
    mode: FollowMode,
    matcher: Matcher,
    now: datetime,
) -> list[Followed]:
    """Let a chat follow or mute names, all or none; a new phrase is matched back at once."""
    for typed in names:
        refuse_no_name(typed)
    async with db.writing() as tx:
        return [await _follow_one(tx, chat_id, typed, mode, matcher, now) for typed in names]


async def _follow_one(
    tx: WriteTx, chat_id: int, typed: str, mode: FollowMode, matcher: Matcher, now: datetime
) -> Followed:
    subject = await typed_subjects.find_or_add(
        tx, typed=typed, origin="typed", matcher=matcher, now=now
    )
    is_new = await _put(tx, chat_id=chat_id, subject=subject, mode=mode, now=now)
    recent = await typed_subjects.count_recent(tx, subject_id=subject.id, now=now)
    if mode is FollowMode.MUTE or subject.kind is SubjectKind.SECTION:
        return Followed(subject=subject, is_new=is_new, recent=recent)
    await matcher.refresh_recent(tx, now=now)
    meant = [] if recent else suggest(typed, _known_names(matcher))
    offers = await _as_subjects(tx, _offers(typed, matcher, but=meant), matcher, now)
    had = {*await typed_subjects.group_of(tx, subject.id)}
    had |= (await follows.list_modes(tx, chat_id=chat_id)).keys()
    return Followed(
        subject=subject,
        is_new=is_new,
        recent=recent,
        offers=tuple(one for one in offers if one.id not in had),
        meant=await _as_subjects(tx, meant, matcher, now),
    )


async def follow_subject(
    db: Database,
    *,
    chat_id: int,
    subject_id: SubjectId,
    now: datetime,
    instead_of: SubjectId | None = None,
) -> Followed | None:
    """Let a chat follow a subject by its id, maybe instead of another; None if there is none."""
    async with db.writing() as tx:
        found = await subjects.list_subjects(tx, subject_ids=[subject_id])
        if not found:
            return None
        is_new = await _put(tx, chat_id=chat_id, subject=found[0], mode=FollowMode.FOLLOW, now=now)
        if instead_of is not None and instead_of != subject_id:
            await follows.drop(tx, chat_id=chat_id, subject_id=instead_of, mode=FollowMode.FOLLOW)
        recent = await typed_subjects.count_recent(tx, subject_id=subject_id, now=now)
    return Followed(subject=found[0], is_new=is_new, recent=recent)


async def unfollow(
    db: Database, *, chat_id: int, names: Sequence[str], mode: FollowMode, matcher: Matcher
) -> list[tuple[str, bool]]:
    """End follows or mutes by name; return each name as known, and whether there was one."""
    for typed in names:
        refuse_no_name(typed)
    async with db.writing() as tx:
        return [await _unfollow_one(tx, chat_id, typed, mode, matcher) for typed in names]


async def _unfollow_one(
    tx: WriteTx, chat_id: int, typed: str, mode: FollowMode, matcher: Matcher
) -> tuple[str, bool]:
    subject = await typed_subjects.find(tx, typed=typed, lexicon=matcher.lexicon)
    if subject is None:
        return typed.strip(), False
    for subject_id in sorted(await typed_subjects.group_of(tx, subject.id)):
        # Whoever follows USSF and says "unfollow Space Force" means the same thing.
        if await follows.drop(tx, chat_id=chat_id, subject_id=SubjectId(subject_id), mode=mode):
            return subject.label, True
    return subject.label, False


async def unfollow_subject(
    db: Database, *, chat_id: int, subject_id: SubjectId, mode: FollowMode
) -> str | None:
    """End a follow or a mute by its id; return the name, None if there is no such subject."""
    async with db.writing() as tx:
        found = await subjects.list_subjects(tx, subject_ids=[subject_id])
        await follows.drop(tx, chat_id=chat_id, subject_id=subject_id, mode=mode)
    return found[0].label if found else None


async def set_follow(
    db: Database, *, chat_id: int, subject_id: SubjectId, wanted: bool, now: datetime
) -> Subject | None:
    """Let a chat follow a subject or not; return the subject, None if there is none."""
    async with db.writing() as tx:
        found = await subjects.list_subjects(tx, subject_ids=[subject_id])
        if not found:
            return None
        if wanted:
            await _put(tx, chat_id=chat_id, subject=found[0], mode=FollowMode.FOLLOW, now=now)
        else:
            await follows.drop(tx, chat_id=chat_id, subject_id=subject_id, mode=FollowMode.FOLLOW)
    return found[0]


async def list_followed(db: Database, *, chat_id: int) -> tuple[list[Subject], list[Subject]]:
    """Return what a chat follows and what it mutes, each by label."""
    async with db.reading() as tx:
        return (
            await follows.list_subjects(tx, chat_id=chat_id, mode=FollowMode.FOLLOW),
            await follows.list_subjects(tx, chat_id=chat_id, mode=FollowMode.MUTE),
        )


def split_names(typed: str) -> list[str]:
    """Return the names in a line, parted by commas; doubles once, in their order."""
    found = (name.strip() for name in typed.split(","))
    return list(dict.fromkeys(name for name in found if name))


def refuse_no_name(typed: str) -> None:
    """Raise ``Refused`` unless this can be the name of a subject."""
    if len(typed.strip()) > typed_subjects.MOST_CHARACTERS:
        raise Refused("follow-too-long", most=typed_subjects.MOST_CHARACTERS)
    if not any(char.isalnum() for char in typed):
        raise Refused("follow-no-name")


async def _put(
    tx: WriteTx, *, chat_id: int, subject: Subject, mode: FollowMode, now: datetime
) -> bool:
    has = await follows.list_modes(tx, chat_id=chat_id)
    if subject.id not in has and list(has.values()).count(mode) >= MOST_FOLLOWS:
        raise Refused("follow-too-many", most=MOST_FOLLOWS)
    return await follows.put(
        tx, chat_id=chat_id, subject_id=subject.id, mode=mode, origin="typed", now=now
    )


async def _as_subjects(
    tx: WriteTx, names: Sequence[str], matcher: Matcher, now: datetime
) -> tuple[Subject, ...]:
    origin: Origin = "offer"
    return tuple(
        [
            await typed_subjects.find_or_add(
                tx, typed=name, origin=origin, matcher=matcher, now=now
            )
            for name in names
        ]
    )


def _offers(typed: str, matcher: Matcher, *, but: Sequence[str]) -> list[str]:
    phrase = read_phrase(typed, lexicon=matcher.lexicon)
    found = find_offers(
        phrase, matcher.recent, lexicon=matcher.lexicon, but=[key(name) for name in but]
    )
    return [name for name in found if len(name) <= typed_subjects.MOST_CHARACTERS]


def _known_names(matcher: Matcher) -> list[str]:
    """Return every name that may have been meant: sections, aliases, names in recent briefs."""
    lexicon = matcher.lexicon
    known = [name for section in lexicon.sections for name in (section.name, *section.other_names)]
    known += [name for group in lexicon.aliases for name in (group.name, *group.others)]
    known += [name for name, _ in matcher.recent.list_names()]
    return [name for name in known if len(name) <= typed_subjects.MOST_CHARACTERS]
