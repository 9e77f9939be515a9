"""The window of briefs that digests are chosen from, read from the store."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.digest.items import item_units
from bot.digest.window import Candidate, Window
from bot.texts import texts_in
from storage import briefs, matches, subjects
from storage.database import Database
from storage.model.brief import Brief
from storage.model.subject import Ring
from storage.transactions import ReadTx

#: How far back a digest looks at most, and at least.
MOST_BACK = timedelta(days=8)
LEAST_BACK = timedelta(hours=36)
#: A brief counts from the instant at which its documents began to come in; of a long batch many
#: are kept only after digests were chosen that should have brought them.
OVERLAP = timedelta(hours=1)
#: Mutes go by whole names and topic words; a section is muted as a section.
_MUTING = frozenset({Ring.NAME, Ring.WORDS, Ring.SECTION})


@dataclass(frozen=True, slots=True)
class LoadedWindow:
    """The window and the briefs in it, by id."""

    window: Window
    briefs: dict[int, Brief]

    @property
    def id_range(self) -> tuple[int, int]:
        """The lowest and the highest brief id, (1, 0) for none."""
        return (min(self.briefs), max(self.briefs)) if self.briefs else (1, 0)


async def load_window(db: Database, *, now: datetime) -> LoadedWindow:
    """Return what may go into digests now."""
    async with db.reading() as tx:
        return await read_window(tx, now=now)


async def read_window(tx: ReadTx, *, now: datetime) -> LoadedWindow:
    """Return what may go into digests now, as one transaction sees it."""
    since = now - MOST_BACK
    released = await briefs.list_released(tx, since=since, until=now)
    pairs = await matches.list_pairs(tx, since=since)
    heads = await subjects.load_heads(tx)
    window = Window(
        map(_candidate, released),
        wants=((subject_id, brief_id) for subject_id, brief_id, _ in pairs),
        mutes=((subject_id, brief_id) for subject_id, brief_id, ring in pairs if ring in _MUTING),
        heads=heads,
    )
    return LoadedWindow(window, {brief.id: brief for brief in released})


def since_slot(last_slot_at: datetime | None, now: datetime) -> datetime:
    """Return since when briefs count for a reader: a little before the previous slot."""
    if last_slot_at is None:
        return now - LEAST_BACK
    return max(now - MOST_BACK, min(last_slot_at - OVERLAP, now - LEAST_BACK))


def _candidate(brief: Brief) -> Candidate:
    content = brief.content
    assert brief.released_at is not None
    return Candidate(
        id=brief.id,
        revision=brief.revision,
        impact=content.impact,
        confidence=content.confidence,
        released_at=brief.released_at,
        seconds=content.read_seconds,
        units=item_units(brief, texts_in("en")),
        story_id=brief.story_id or brief.id,
    )
