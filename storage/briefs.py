"""Briefs: find, release, retract; how they come in stands in ``storage.intake``."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select, update

from storage.drivers import Question, driver_of
from storage.errors import NotFound
from storage.model.brief import (
    DRAFT_FIELDS,
    MOVES,
    Brief,
    BriefDraft,
    BriefId,
    BriefState,
    NameKind,
)
from storage.model.instants import to_microseconds
from storage.tables import brief, brief_name, brief_revision
from storage.transactions import ReadTx, WriteTx


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
    columns = [
        brief_revision.c[name].label(f"r_{name}") for name in (*DRAFT_FIELDS, "extras", "n")
    ]
    return list(columns)


# Put together once: for each call SQLAlchemy would else build them, and their keys, anew.
_BY_ID = _current().where(brief.c.id.in_(bindparam("ids", expanding=True)))
_NAMES = (
    select(brief_name.c.brief_id, brief_name.c.kind, brief_name.c.written)
    .where(brief_name.c.brief_id.in_(bindparam("ids", expanding=True)))
    .order_by(brief_name.c.brief_id, brief_name.c.kind, brief_name.c.position)
)


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
    """Return which briefs released since then are out still, the oldest first."""
    driver = await driver_of(tx)  # some thousand, at each new phrase
    statement, values = asking_released(since)
    found = await driver.fetch(statement, *values)
    return [BriefId(row[0]) for row in found]


def asking_released(since: datetime) -> Question:
    """Return how the briefs are asked for that were released since then and are out still."""
    statement = "SELECT id FROM brief WHERE state = 'released' AND released_at >= {1}"
    return f"{statement} ORDER BY released_at, id", [to_microseconds(since)]


async def list_in_state(
    tx: ReadTx, *, state: BriefState, after: int = 0, limit: int = 100
) -> list[Brief]:
    """Return the briefs in ``state`` with a higher id than ``after``, by id."""
    # Apart, so that the index of states finds it, however many briefs stand elsewhere.
    page = (
        select(brief.c.id)
        .where(brief.c.state == state, brief.c.id > after)
        .order_by(brief.c.id)
        .limit(limit)
    )
    return await _list(tx, _current().where(brief.c.id.in_(page)))


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


def _brief(row: Any, names: dict[NameKind, tuple[str, ...]]) -> Brief:
    fields = {name: getattr(row, f"r_{name}") for name in DRAFT_FIELDS}
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
