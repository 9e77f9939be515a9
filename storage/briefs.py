"""Briefs: take in, find, release, retract."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select, update

from storage import search
from storage.drivers import Step, driver_of
from storage.errors import NotFound
from storage.model.brief import MOVES, Brief, BriefDraft, BriefId, BriefState, NameKind
from storage.model.instants import to_microseconds
from storage.tables import brief, brief_name, brief_revision
from storage.transactions import ReadTx, WriteTx

_FIELDS = (
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


def _current() -> Select[Any]:
    return (
        select(brief, *_revision_columns())
        .join(
            brief_revision,
            (brief_revision.c.brief_id == brief.c.id) & (brief_revision.c.n == brief.c.revision),
        )
        .order_by(brief.c.id)
    )


def _revision_columns() -> list[Any]:
    columns = [brief_revision.c[name].label(f"r_{name}") for name in (*_FIELDS, "extras", "n")]
    return list(columns)


# Put together once: for each call SQLAlchemy would else build them, and their keys, anew.
_ADD = brief.insert().returning(brief.c.id)
_ADD_REVISION = (
    f"INSERT INTO brief_revision (brief_id, n, extras, made_at, {', '.join(_FIELDS)})"  # noqa: S608 - names of ours
    f" VALUES ({', '.join(f'{{{place}}}' for place in range(1, 5 + len(_FIELDS)))})"
)
_ADD_NAME = (
    "INSERT INTO brief_name (brief_id, kind, position, written, key)"
    " VALUES ({1}, {2}, {3}, {4}, {5})"
)
_BY_ID = _current().where(brief.c.id.in_(bindparam("ids", expanding=True)))
_NAMES = (
    select(brief_name.c.brief_id, brief_name.c.kind, brief_name.c.written)
    .where(brief_name.c.brief_id.in_(bindparam("ids", expanding=True)))
    .order_by(brief_name.c.brief_id, brief_name.c.kind, brief_name.c.position)
)


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
    values: dict[str, Any] = {"state": BriefState.QUEUED, "revision": 1, **more}
    values.update(fingerprint=fingerprint, published_at=draft.published_at or now, ingested_at=now)
    added = await tx.execute(_ADD, values)
    brief_id = BriefId(added.scalar_one())
    driver = await driver_of(tx)
    await driver.run(
        _adding_revision(brief_id, 1, draft, now),
        _adding_names(brief_id, draft, keys),
        search.adding(tx, brief_id=brief_id, draft=draft),
    )
    return brief_id


async def find_brief(tx: ReadTx, *, brief_id: int) -> Brief | None:
    """Return the brief at its current revision, or None."""
    found = await list_briefs(tx, brief_ids=[brief_id])
    return found[0] if found else None


async def get_brief(tx: ReadTx, *, brief_id: int) -> Brief:
    """Return the brief at its current revision, or raise ``NotFound``."""
    found = await find_brief(tx, brief_id=brief_id)
    if found is None:
        raise NotFound("brief", brief_id)
    return found


async def list_briefs(tx: ReadTx, *, brief_ids: Collection[int]) -> list[Brief]:
    """Return those of the briefs that exist, at their current revisions, by id."""
    return await _list(tx, _BY_ID, {"ids": list(brief_ids)})


async def list_revisions(tx: ReadTx, *, pairs: Collection[tuple[int, int]]) -> list[Brief]:
    """Return briefs at the stated revisions, by id, then revision."""
    wanted = set(pairs)
    statement = (
        select(brief, *_revision_columns())
        .join(brief_revision, brief_revision.c.brief_id == brief.c.id)
        .where(brief.c.id.in_({brief_id for brief_id, _ in wanted}))
        .order_by(brief.c.id, brief_revision.c.n)
    )
    return [one for one in await _list(tx, statement) if (one.id, one.revision) in wanted]


async def list_released(
    tx: ReadTx, *, since: datetime, until: datetime | None = None
) -> list[Brief]:
    """Return the released briefs of a time at their current revisions, by id."""
    statement = _current().where(
        brief.c.state == BriefState.RELEASED, brief.c.released_at >= since
    )
    if until is not None:
        statement = statement.where(brief.c.released_at <= until)
    return await _list(tx, statement)


async def list_released_ids(tx: ReadTx, *, since: datetime) -> list[BriefId]:
    """Return which briefs released since then are out still, by id."""
    driver = await driver_of(tx)  # some thousand at each release
    found = await driver.fetch(
        "SELECT id FROM brief WHERE state = 'released' AND released_at >= {1} ORDER BY id",
        to_microseconds(since),
    )
    return [row[0] for row in found]


async def list_in_state(
    tx: ReadTx, *, state: BriefState, after: int = 0, limit: int = 100
) -> list[Brief]:
    """Return the briefs in ``state`` with a higher id than ``after``, by id."""
    statement = _current().where(brief.c.state == state, brief.c.id > after)
    return await _list(tx, statement.limit(limit))


async def list_in_batch(tx: ReadTx, *, batch_id: int) -> list[Brief]:
    """Return the briefs of one batch, by id."""
    return await _list(tx, _current().where(brief.c.batch_id == batch_id))


async def list_all(tx: ReadTx, *, after: int = 0, limit: int = 500) -> list[Brief]:
    """Return one page of all briefs, whatever their state, by id."""
    return await _list(tx, _current().where(brief.c.id > after).limit(limit))


async def load_heads(
    tx: ReadTx, *, brief_ids: Collection[int]
) -> dict[int, tuple[int, BriefState]]:
    """Return (current revision, state) of those of the briefs that exist, by id."""
    driver = await driver_of(tx)
    found = await driver.fetch(
        "SELECT id, revision, state FROM brief WHERE id {ids}", list(brief_ids)
    )
    return {i: (revision, BriefState(state)) for i, revision, state in found}


async def find_id(tx: ReadTx, *, fingerprint: str) -> BriefId | None:
    """Return the brief that a document with this fingerprint is stored as, or None."""
    driver = await driver_of(tx)
    found = await driver.fetch("SELECT id FROM brief WHERE fingerprint = {1}", fingerprint)
    return BriefId(found[0][0]) if found else None


async def list_signatures(
    tx: ReadTx, *, since: datetime, after: int = 0
) -> list[tuple[BriefId, str]]:
    """Return (id, signature of likeness) of the briefs taken in since then, by id."""
    driver = await driver_of(tx)
    found = await driver.fetch(
        "SELECT id, signature FROM brief WHERE id > {1} AND ingested_at >= {2}"
        " AND signature <> '' ORDER BY id",
        after,
        to_microseconds(since),
    )
    return [(BriefId(row[0]), row[1]) for row in found]


async def move(
    tx: WriteTx, *, brief_id: BriefId, to: BriefState, at: datetime, **more: Any
) -> bool:
    """Move a brief to another state; return False if it stands where that is no move."""
    sources = [state for state, targets in MOVES.items() if to in targets]
    dated = {BriefState.RELEASED: "released_at", BriefState.RETRACTED: "retracted_at"}
    values = {"state": to, **more}
    if to in dated:
        values[dated[to]] = at
    done = await tx.execute(
        update(brief).where(brief.c.id == brief_id, brief.c.state.in_(sources)).values(values)
    )
    return done.rowcount == 1


async def set_batch(tx: WriteTx, *, brief_id: BriefId, batch_id: int) -> None:
    """Let a brief belong to another batch."""
    await tx.execute(update(brief).where(brief.c.id == brief_id).values(batch_id=batch_id))


async def set_story(
    tx: WriteTx, *, brief_id: BriefId, story_id: BriefId, updates_id: BriefId | None
) -> None:
    """Note which story a brief belongs to, and which earlier brief it updates."""
    driver = await driver_of(tx)
    await driver.change(
        "UPDATE brief SET story_id = {1}, updates_id = {2} WHERE id = {3}",
        story_id,
        updates_id,
        brief_id,
    )


async def _list(
    tx: ReadTx, statement: Select[Any], values: Mapping[str, Any] | None = None
) -> list[Brief]:
    rows = (await tx.execute(statement, values)).all()
    names = await _names(tx, {row.id for row in rows})
    return [_brief(row, names.get(row.id, {})) for row in rows]


async def _names(
    tx: ReadTx, brief_ids: Iterable[int]
) -> dict[int, dict[NameKind, tuple[str, ...]]]:
    found = await tx.execute(_NAMES, {"ids": list(brief_ids)})
    names: dict[int, dict[NameKind, tuple[str, ...]]] = {}
    for brief_id, kind, written in found:
        of_brief = names.setdefault(brief_id, {})
        of_brief[kind] = (*of_brief.get(kind, ()), written)
    return names


def _adding_revision(brief_id: BriefId, n: int, draft: BriefDraft, now: datetime) -> Step:
    values = {name: getattr(draft, name) for name in _FIELDS}
    stated = draft.published_at
    values["published_at"] = None if stated is None else to_microseconds(stated)
    extras = json.dumps(draft.extras, ensure_ascii=False)
    return _ADD_REVISION, [(brief_id, n, extras, to_microseconds(now), *values.values())]


def _adding_names(brief_id: BriefId, draft: BriefDraft, keys: Sequence[str]) -> Step:
    kinds = [NameKind.TOPIC] * len(draft.topics) + [NameKind.ENTITY] * len(draft.entities)
    named = zip(kinds, (*draft.topics, *draft.entities), keys, strict=True)
    return _ADD_NAME, [
        (brief_id, kind.value, n, written, key) for n, (kind, written, key) in enumerate(named)
    ]


def _brief(row: Any, names: dict[NameKind, tuple[str, ...]]) -> Brief:
    fields = {name: getattr(row, f"r_{name}") for name in _FIELDS}
    content = BriefDraft(
        topics=names.get(NameKind.TOPIC, ()),
        entities=names.get(NameKind.ENTITY, ()),
        extras=tuple((label, value) for label, value in json.loads(row.r_extras)),
        **fields,
    )
    return Brief(
        id=BriefId(row.id),
        state=row.state,
        revision=row.r_n,
        content=content,
        published_at=row.published_at,
        ingested_at=row.ingested_at,
        released_at=row.released_at,
        source=row.source,
        story_id=row.story_id,
        updates_id=row.updates_id,
        holds=tuple(row.holds.split()),
        retract_reason=row.retract_reason,
    )
