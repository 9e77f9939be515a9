"""What years of use leave in a store: briefs, deliveries and copies that nobody asks for again."""

from datetime import datetime, timedelta

from sqlalchemy import text

from storage.database import Database
from storage.model.instants import to_microseconds
from storage.tables import subscriber

#: How long ago all of it was.
AGO = timedelta(days=60)
_NUMBERS = (
    "WITH RECURSIVE one (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one WHERE n < :count)"
    " SELECT {values} FROM one{more}"
)
_BRIEF, _CHAT = "1000000 + n", "7000000 + n"
# (table, {column: value}), and where other rows are needed, those.
_ROWS: tuple[tuple[str, dict[str, str], str], ...] = (
    (
        "brief",
        {
            "id": _BRIEF,
            "fingerprint": "'old' || n",
            "state": "'released'",
            "revision": "1",
            "published_at": ":ago",
            "ingested_at": ":ago + n",
            "released_at": ":ago + n",
            "signature": "'ff'",
        },
        "",
    ),
    (
        "brief_revision",
        {
            "brief_id": _BRIEF,
            "n": "1",
            "headline": "'Old ' || n",
            "headline_stated": "0",
            "body": "'Body'",
            "counter_argument": "'Counter'",
            "impact": "5.0",
            "read_seconds": "60",
            "read_seconds_stated": "0",
            "made_at": ":ago",
        },
        "",
    ),
    (
        "brief_name",
        {
            "brief_id": _BRIEF,
            "kind": "'topic'",
            "position": "0",
            "written": "'Battery storage'",
            "key": "'battery storage'",
        },
        "",
    ),
    (
        "match",
        {"brief_id": _BRIEF, "subject_id": "follow.subject_id", "ring": "'name'", "because": "''"},
        ", follow WHERE follow.chat_id = :like",
    ),
    (
        "search",
        {
            "rowid": _BRIEF,
            "headline": "'Old ' || n",
            "names": "''",
            "body": "'Body'",
            "counter_argument": "'Counter'",
        },
        "",
    ),
    (
        "subscriber",
        {
            "chat_id": _CHAT,
            "next_due_at": "next_due_at + :later",
            "next_slot": "next_slot + 1000",
        }
        | {
            column.name: column.name
            for column in subscriber.c
            if not column.nullable and column is not subscriber.c.chat_id
        },
        ", subscriber WHERE chat_id = :like",
    ),
    (
        "follow",
        {"chat_id": _CHAT, "subject_id": "subject_id"}
        | {name: name for name in ("mode", "origin", "since")},
        ", follow WHERE chat_id = :like",
    ),
    (
        "subject",
        {
            "kind": "'phrase'",
            "key": "'old' || n",
            "label": "'old' || n",
            "origin": "'typed'",
            "made_at": ":ago",
        },
        "",
    ),
    (
        "delivery",
        {
            "id": _BRIEF,
            "kind": "1",
            "chat_id": _CHAT,
            "slot": "n",
            "ref": "0",
            "state": "'sent'",
            "recipe": "x'00'",
            "due_at": ":ago + n",
            "not_before": ":ago + n",
            "message_id": "n",
            "ended_at": ":ago + n",
        },
        "",
    ),
    (
        "delivery_event",
        {
            "delivery_id": _BRIEF,
            "at": ":ago",
            "was": "'sending'",
            "became": "'sent'",
            "who": "'sender'",
        },
        "",
    ),
    (
        "copy",
        {
            "id": _BRIEF,
            "chat_id": _CHAT,
            "message_id": "n",
            "delivery_id": _BRIEF,
            "recipe": "x'00'",
            "made_at": ":ago + n",
        },
        "",
    ),
    ("copy_brief", {"brief_id": _BRIEF, "copy_id": _BRIEF}, ""),
    ("had", {"chat_id": _CHAT, "brief_id": _BRIEF, "delivery_id": _BRIEF}, ""),
    ("audit", {"at": ":ago", "action": "'released'"}, ""),
    ("batch", {"way": "'cli'", "made_at": ":ago"}, ""),
)


async def fill(db: Database, *, count: int, like: int, now: datetime) -> None:
    """Put so many old rows into every table that grows; SQLite only.

    There are as many other readers, who follow what the chat ``like`` follows and are due in
    months, each with what they were sent, and as many briefs and phrases.
    """
    values = {
        "count": count,
        "like": like,
        "ago": to_microseconds(now - AGO),
        "later": AGO // timedelta(microseconds=1),
    }
    async with db.writing() as tx:
        for table, columns, more in _ROWS:
            source = _NUMBERS.format(values=", ".join(columns.values()), more=more)
            statement = f'INSERT INTO "{table}" ({", ".join(columns)}) {source}'
            used = {name: value for name, value in values.items() if f":{name}" in statement}
            await tx.execute(text(statement), used)
