"""What a typed name stands for: a section, Everything, or a phrase."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.matching.keys import key
from bot.matching.lexicon import Lexicon
from bot.matching.rings import read_phrase
from bot.services.matcher import Matcher
from storage import matches, subjects
from storage.model.brief import BriefId
from storage.model.subject import EVERYTHING, Match, Subject, SubjectId, SubjectKind
from storage.subjects import Origin
from storage.transactions import ReadTx, WriteTx

EVERYTHING_LABEL = "Everything"
#: Longer names are no names; Telegram's buttons could not show them either.
MOST_CHARACTERS = 64
#: A new phrase is matched back so far, and its briefs are counted over so long.
BACK = timedelta(days=30)


async def find(tx: ReadTx, *, typed: str, lexicon: Lexicon) -> Subject | None:
    """Return the subject that a typed name stands for, None if nobody ever followed it."""
    section = lexicon.section_named(typed)
    if section is not None:
        return await subjects.find_subject(tx, kind=SubjectKind.SECTION, key=key(section))
    if key(typed) == key(EVERYTHING_LABEL):
        return await subjects.find_subject(tx, kind=SubjectKind.SECTION, key=key(EVERYTHING_LABEL))
    return await subjects.find_subject(tx, kind=SubjectKind.PHRASE, key=lexicon.phrase_key(typed))


async def find_or_add(
    tx: WriteTx, *, typed: str, origin: Origin, matcher: Matcher, now: datetime
) -> Subject:
    """Return the subject that a typed name stands for; a new phrase is matched back at once."""
    found = await find(tx, typed=typed, lexicon=matcher.lexicon)
    if found is not None:
        return found
    return await _add_phrase(tx, label=typed.strip(), origin=origin, matcher=matcher, now=now)


async def _add_phrase(
    tx: WriteTx, *, label: str, origin: Origin, matcher: Matcher, now: datetime
) -> Subject:
    await matches.lock_matching(tx)
    phrase_key = matcher.lexicon.phrase_key(label)
    subject, is_new = await subjects.add_subject(
        tx, kind=SubjectKind.PHRASE, key=phrase_key, label=label, origin=origin, now=now
    )
    if is_new:
        await matcher.refresh_recent(tx, now=now)
        phrase = read_phrase(label, lexicon=matcher.lexicon)
        found = [
            (BriefId(brief_id), Match(subject_id=subject.id, ring=ring, because=because))
            for brief_id, ring, because in matcher.recent.find(phrase)
        ]
        await matches.add_matches(tx, pairs=found)
    return subject


async def group_of(tx: ReadTx, subject_id: SubjectId) -> set[int]:
    """Return the subjects that mean the same as one, itself included."""
    heads = await subjects.load_heads(tx)
    head = heads.get(subject_id, subject_id)
    return {head, subject_id} | {i for i, other in heads.items() if other == head}


async def count_recent(tx: ReadTx, *, subject_id: SubjectId, now: datetime) -> int:
    """Return how many briefs of the last 30 days a subject wanted, its group included."""
    group = await group_of(tx, subject_id)
    return await matches.count_briefs(tx, subject_ids=group, since=now - BACK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Synced:
    """What the configuration made in the store."""

    sections: int
    merges: int


async def sync(tx: WriteTx, *, matcher: Matcher, now: datetime) -> Synced:
    """Bring the sections and aliases of the configuration into the store; again changes nothing.

    An editor's merge is never overridden.
    """
    lexicon = matcher.lexicon
    await subjects.put_section(
        tx, key=key(EVERYTHING_LABEL), label=EVERYTHING_LABEL, now=now, subject_id=EVERYTHING
    )
    for section in lexicon.sections:
        await subjects.put_section(tx, key=key(section.name), label=section.name, now=now)
    merges = 0
    known = await _known_aliases(tx, lexicon)
    for group in lexicon.aliases:
        head = await _alias(tx, group.name, known, matcher=matcher, now=now)
        for name in group.others:
            other = await _alias(tx, name, known, matcher=matcher, now=now)
            if other.id != head.id and other.merged_into != head.id:
                merges += await subjects.merge(tx, subject_id=other.id, into=head.id, by="config")
    return Synced(sections=len(lexicon.sections), merges=merges)


async def _known_aliases(tx: WriteTx, lexicon: Lexicon) -> dict[str, Subject]:
    keys = {
        lexicon.phrase_key(name)
        for group in lexicon.aliases
        for name in (group.name, *group.others)
    }
    found = await subjects.list_by_keys(tx, kind=SubjectKind.PHRASE, keys=keys)
    return {one.key: one for one in found}


async def _alias(
    tx: WriteTx, name: str, known: dict[str, Subject], *, matcher: Matcher, now: datetime
) -> Subject:
    phrase_key = matcher.lexicon.phrase_key(name)
    if phrase_key not in known:
        known[phrase_key] = await _add_phrase(
            tx, label=name, origin="config", matcher=matcher, now=now
        )
    return known[phrase_key]
