"""Taking a brief in: is it known already, what came lately, and the rows that it is made of."""

import json
from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple

from storage import matches, search
from storage.drivers import Row, Rows, Step, driver_of
from storage.matches import News, Wanted
from storage.model.brief import DRAFT_FIELDS, BriefDraft, BriefId, BriefState, NameKind
from storage.model.instants import to_microseconds
from storage.model.subject import Match
from storage.transactions import ReadTx, WriteTx

_REVISION = ("brief_id", "n", "extras", "made_at", *DRAFT_FIELDS)
_NAME = ("brief_id", "kind", "position", "written", "key")
_KNOWN = "SELECT id FROM brief WHERE fingerprint = {1}"
_LATE = (
    "SELECT id, signature FROM brief WHERE id > {1} AND ingested_at >= {2}"
    " AND signature <> '' ORDER BY id DESC LIMIT {3}"
)
#: The id that a brief will have; on PostgreSQL none for one that is known, since ids are used up.
_FREE_ID = {
    "sqlite": "SELECT seq + 1 AS id FROM sqlite_sequence WHERE name = 'brief' AND {1} <> ''",
    "postgresql": "SELECT nextval(sequence) AS id FROM (SELECT CAST(pg_get_serial_sequence("
    "'brief', 'id') AS regclass) AS sequence WHERE NOT EXISTS (SELECT 1 FROM brief"
    " WHERE fingerprint = {1}) OFFSET 0) named",
}


class Before(NamedTuple):
    """What the store holds before a document is taken in."""

    known: BriefId | None  # the brief that it is stored as
    free_id: BriefId  # the id that it may get otherwise, within this transaction
    late: list[tuple[BriefId, str]]  # (id, signature of likeness) of late briefs, by id
    news: News | None  # for whoever matches


async def look_before(
    tx: WriteTx,
    *,
    fingerprint: str,
    since: datetime,
    after: int = 0,
    limit: int = 1000,
    wanted: Wanted | None = None,
) -> Before:
    """Look for a document by its fingerprint, and for the briefs it may be a version of.

    These are the ones taken in since then with a higher id than ``after`` and with a signature,
    the latest ``limit`` of them. All is asked at once, the ``wanted`` news too.
    """
    driver = await driver_of(tx)
    known, free, late, *news = await driver.fetch_each(
        (_KNOWN, [fingerprint]),
        (_FREE_ID[tx.dialect.name], [fingerprint]),
        (_LATE, [after, to_microseconds(since), limit]),
        *(() if wanted is None else matches.asking_news(wanted)),
    )
    return Before(
        known=BriefId(known[0][0]) if known else None,
        free_id=BriefId(free[0][0] if free else 1),
        late=[(BriefId(row[0]), row[1]) for row in reversed(late)],
        news=None if wanted is None else matches.as_news(wanted, news),
    )


async def find_id(tx: ReadTx, *, fingerprint: str) -> BriefId | None:
    """Return the brief that a document with this fingerprint is stored as, or None."""
    driver = await driver_of(tx)
    found = await driver.fetch(_KNOWN, fingerprint)
    return BriefId(found[0][0]) if found else None


async def add_brief(
    tx: WriteTx,
    *,
    draft: BriefDraft,
    keys: Sequence[str],
    now: datetime,
    brief_id: BriefId | None = None,
    found: Sequence[Match] = (),
    **more: Any,
) -> BriefId:
    """Store a brief at revision 1, queued unless ``more`` says otherwise; return its id.

    ``brief_id`` is the free id of ``look_before``. ``keys`` are those of the topics, then of the
    entities; ``found`` is what wants a brief that goes out. ``more`` are further columns of the
    brief: fingerprint, source, holds, batch_id, file, position, signature, likely_version_of,
    state, story_id, updates_id.
    Raises ``Conflict`` on ``brief_fingerprint_unique`` when the same document is stored.
    """
    driver = await driver_of(tx)
    if brief_id is None:
        (free_id,) = await driver.next_ids("brief", 1)
        brief_id = BriefId(free_id)
    columns: dict[str, Any] = {"state": BriefState.QUEUED, "revision": 1, **more}
    columns |= {"id": brief_id, "ingested_at": now}
    columns["published_at"] = draft.published_at or now
    await driver.run(
        Rows("brief", tuple(columns), [tuple(map(_plain, columns.values()))]),
        adding_revision(brief_id, 1, draft, now),
        Rows("brief_name", _NAME, _names(brief_id, draft, keys)),
        search.adding(tx, brief_id=brief_id, draft=draft),
        matches.adding(brief_id, found),
    )
    return brief_id


def adding_revision(brief_id: BriefId, n: int, draft: BriefDraft, now: datetime) -> Step:
    """Return the step that keeps a draft as a revision of a brief."""
    extras = json.dumps(draft.extras, ensure_ascii=False)
    kept = (_plain(getattr(draft, name)) for name in DRAFT_FIELDS)
    return Rows("brief_revision", _REVISION, [(brief_id, n, extras, to_microseconds(now), *kept)])


def _names(brief_id: BriefId, draft: BriefDraft, keys: Sequence[str]) -> list[Row]:
    kinds = [NameKind.TOPIC] * len(draft.topics) + [NameKind.ENTITY] * len(draft.entities)
    named = zip(kinds, (*draft.topics, *draft.entities), keys, strict=True)
    return [
        (brief_id, kind.value, n, written, key) for n, (kind, written, key) in enumerate(named)
    ]


def _plain(value: Any) -> Any:
    """Return a value as it is stored."""
    if isinstance(value, datetime):
        return to_microseconds(value)
    return value.value if isinstance(value, Enum) else value
