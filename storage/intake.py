"""Taking a brief in: is it known already, what came lately, and the rows that it is made of."""

import json
from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple

from storage import search
from storage.drivers import Step, driver_of
from storage.model.brief import BriefDraft, BriefId, BriefState, NameKind
from storage.model.instants import to_microseconds
from storage.transactions import ReadTx, WriteTx

#: What a revision keeps of a document, in columns of these names.
FIELDS = (
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
_KNOWN = "SELECT id FROM brief WHERE fingerprint = {1}"
_LATE = (
    "SELECT id, signature FROM brief WHERE id > {1} AND ingested_at >= {2}"
    " AND signature <> '' ORDER BY id DESC LIMIT {3}"
)
_ADD_REVISION = (
    f"INSERT INTO brief_revision (brief_id, n, extras, made_at, {', '.join(FIELDS)})"  # noqa: S608 - names of ours
    f" VALUES ({', '.join(f'{{{place}}}' for place in range(1, 5 + len(FIELDS)))})"
)
_ADD_NAME = (
    "INSERT INTO brief_name (brief_id, kind, position, written, key)"
    " VALUES ({1}, {2}, {3}, {4}, {5})"
)


class Before(NamedTuple):
    """What the store holds before a document is taken in."""

    known: BriefId | None  # the brief that it is stored as
    late: list[tuple[BriefId, str]]  # (id, signature of likeness) of late briefs, by id


async def look_before(
    tx: ReadTx, *, fingerprint: str, since: datetime, after: int = 0, limit: int = 1000
) -> Before:
    """Look for a document by its fingerprint, and for the briefs it may be a version of.

    These are the ones taken in since then with a higher id than ``after`` and with a signature,
    the latest ``limit`` of them.
    """
    driver = await driver_of(tx)
    known, late = await driver.fetch_each(
        (_KNOWN, [fingerprint]), (_LATE, [after, to_microseconds(since), limit])
    )
    return Before(
        known=BriefId(known[0][0]) if known else None,
        late=[(BriefId(row[0]), row[1]) for row in reversed(late)],
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
    fingerprint: str,
    keys: Sequence[str],
    now: datetime,
    **more: Any,
) -> BriefId:
    """Store a brief at revision 1, queued unless ``more`` says otherwise; return its id.

    ``keys`` are those of the topics, then of the entities. ``more`` are further columns of the
    brief: source, holds, batch_id, file, position, signature, likely_version_of, state.
    Raises ``Conflict`` on ``brief_fingerprint_unique`` when the same document is stored.
    """
    driver = await driver_of(tx)
    (new_id,) = await driver.next_ids("brief", 1)
    brief_id = BriefId(new_id)
    columns: dict[str, Any] = {"state": BriefState.QUEUED, "revision": 1, **more}
    columns |= {"id": brief_id, "fingerprint": fingerprint, "ingested_at": now}
    columns["published_at"] = draft.published_at or now
    await driver.run(
        _adding("brief", columns),
        adding_revision(brief_id, 1, draft, now),
        _adding_names(brief_id, draft, keys),
        search.adding(tx, brief_id=brief_id, draft=draft),
    )
    return brief_id


def adding_revision(brief_id: BriefId, n: int, draft: BriefDraft, now: datetime) -> Step:
    """Return the step that keeps a draft as a revision of a brief."""
    values = {name: _plain(getattr(draft, name)) for name in FIELDS}
    extras = json.dumps(draft.extras, ensure_ascii=False)
    return _ADD_REVISION, [(brief_id, n, extras, to_microseconds(now), *values.values())]


def _adding_names(brief_id: BriefId, draft: BriefDraft, keys: Sequence[str]) -> Step:
    kinds = [NameKind.TOPIC] * len(draft.topics) + [NameKind.ENTITY] * len(draft.entities)
    named = zip(kinds, (*draft.topics, *draft.entities), keys, strict=True)
    return _ADD_NAME, [
        (brief_id, kind.value, n, written, key) for n, (kind, written, key) in enumerate(named)
    ]


def _adding(table: str, columns: dict[str, Any]) -> Step:
    places = ", ".join(f"{{{place}}}" for place in range(1, len(columns) + 1))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - names of ours
    return statement, [tuple(map(_plain, columns.values()))]


def _plain(value: Any) -> Any:
    """Return a value as it is stored."""
    if isinstance(value, datetime):
        return to_microseconds(value)
    return value.value if isinstance(value, Enum) else value
