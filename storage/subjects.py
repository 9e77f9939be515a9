"""Subjects: what can be followed, and which of them mean the same."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select, update

from storage.drivers import Question, Row
from storage.model.subject import Subject, SubjectId, SubjectKind
from storage.tables import subject
from storage.transactions import ReadTx, WriteTx
from storage.upsert import insert

Origin = Literal["typed", "offer", "config"]


async def add_subject(
    tx: WriteTx,
    *,
    kind: SubjectKind,
    key: str,
    label: str,
    origin: Origin,
    now: datetime,
) -> tuple[Subject, bool]:
    """Return the subject under that key, and whether it is new; an old one keeps its label."""
    added = await tx.execute(
        insert(tx, subject)
        .values(kind=kind, key=key, label=label, origin=origin, made_at=now)
        .on_conflict_do_nothing(index_elements=["kind", "key"])
        .returning(*subject.c)
    )
    row = added.first()
    if row is not None:
        return as_subject(row), True
    found = await find_subject(tx, kind=kind, key=key)
    assert found is not None
    return found, False


async def find_subject(tx: ReadTx, *, kind: SubjectKind, key: str) -> Subject | None:
    """Return the subject of that kind under that key, or None."""
    found = await tx.execute(select(subject).where(subject.c.kind == kind, subject.c.key == key))
    row = found.first()
    return as_subject(row) if row else None


async def list_by_keys(tx: ReadTx, *, kind: SubjectKind, keys: Collection[str]) -> list[Subject]:
    """Return those subjects of a kind that exist under the keys, by id."""
    found = await tx.execute(
        select(subject)
        .where(subject.c.kind == kind, subject.c.key.in_(keys))
        .order_by(subject.c.id)
    )
    return [as_subject(row) for row in found]


async def list_subjects(tx: ReadTx, *, subject_ids: Collection[int]) -> list[Subject]:
    """Return those of the subjects that exist, by id."""
    found = await tx.execute(
        select(subject).where(subject.c.id.in_(subject_ids)).order_by(subject.c.id)
    )
    return [as_subject(row) for row in found]


def asking_phrases(after: int) -> Question:
    """Return how the subjects with a higher id are asked for, by id."""
    return "SELECT id, label, kind FROM subject WHERE id > {1} ORDER BY id", [after]


def as_phrases(rows: Sequence[Row]) -> list[tuple[int, str]]:
    """Return (id, label) of those that are phrases."""
    # Picked out here, since there is an index of kinds, by which all phrases would be read.
    return [(i, label) for i, label, kind in rows if kind == SubjectKind.PHRASE]


async def list_sections(tx: ReadTx) -> list[Subject]:
    """Return the sections, Everything included, by id."""
    found = await tx.execute(
        select(subject).where(subject.c.kind == SubjectKind.SECTION).order_by(subject.c.id)
    )
    return [as_subject(row) for row in found]


async def put_section(
    tx: WriteTx, *, key: str, label: str, now: datetime, subject_id: SubjectId | None = None
) -> Subject:
    """Return the section under that key with that label, made if it is new."""
    values: dict[str, Any] = {"kind": SubjectKind.SECTION, "key": key, "label": label}
    if subject_id is not None:
        values["id"] = subject_id
    statement = insert(tx, subject).values(origin="config", made_at=now, **values)
    put = await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["kind", "key"], set_={"label": statement.excluded.label}
        ).returning(*subject.c)
    )
    return as_subject(put.one())


async def merge(
    tx: WriteTx, *, subject_id: SubjectId, into: SubjectId, by: Literal["config", "editor"]
) -> bool:
    """Let one subject mean the same as another; configuration never overrides an editor."""
    statement = update(subject).where(subject.c.id == subject_id)
    if by == "config":
        statement = statement.where(
            subject.c.merged_by.is_(None) | (subject.c.merged_by == "config")
        )
    done = await tx.execute(statement.values(merged_into=into, merged_by=by))
    return done.rowcount == 1


async def load_heads(tx: ReadTx) -> Mapping[int, int]:
    """Return, for every merged subject, the one that its group goes by."""
    found = await tx.execute(
        select(subject.c.id, subject.c.merged_into)
        .where(subject.c.merged_into.is_not(None))
        .order_by(subject.c.merged_into, subject.c.id)  # by id alone it would read all subjects
    )
    into: dict[int, int] = {row.id: row.merged_into for row in found}
    return {subject_id: _head(subject_id, into) for subject_id in into}


def _head(subject_id: int, into: Mapping[int, int]) -> int:
    seen = {subject_id}
    while (after := into.get(subject_id)) is not None and after not in seen:
        seen.add(after)
        subject_id = after
    return subject_id


def as_subject(row: Any) -> Subject:
    """Return a row of the subject table as a value; for the modules of this package."""
    return Subject(
        id=SubjectId(row.id),
        kind=row.kind,
        key=row.key,
        label=row.label,
        lang=row.lang,
        merged_into=row.merged_into,
    )
