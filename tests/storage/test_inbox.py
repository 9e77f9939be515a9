"""What came in: updates set aside, questions asked; and the desk's markers and audit."""

from datetime import timedelta

from storage import audits, inbox, markers
from storage.audits import AuditLine
from storage.database import Database
from storage.inbox import Pending
from storage.markers import Marker
from storage.tables import pending, set_aside
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import CHAT, look


async def ask(db: Database, question: str = "zone", *, about: str = "", hours: float = 1) -> None:
    async with db.writing() as tx:
        await inbox.ask(tx, chat_id=CHAT, question=question, about=about, expires_at=at(hours))


async def asked(db: Database, now=NOON, chat_id: int = CHAT) -> Pending | None:
    async with db.reading() as tx:
        return await inbox.find_pending(tx, chat_id=chat_id, now=now)


async def see(db: Database, *updates: int, now=NOON) -> None:
    async with db.writing() as tx:
        for update_id in updates:
            await inbox.mark_seen(tx, update_id=update_id, now=now)


async def seen(db: Database, *updates: int) -> list[bool]:
    async with db.reading() as tx:
        return [await inbox.is_seen(tx, update_id=update_id) for update_id in updates]


async def test_an_update_is_seen_once_it_had_its_effect(db: Database):
    await see(db, 7)

    assert await seen(db, 7, 8) == [True, False]


async def test_updates_seen_long_ago_are_forgotten(db: Database):
    await see(db, 1, 2, now=at(-2))
    await see(db, 3, now=at(-1))

    async with db.writing() as tx:
        forgotten = await inbox.drop_seen_before(tx, before=at(-1))

    assert forgotten == 2
    assert await seen(db, 1, 2, 3) == [False, False, True]


async def test_an_update_is_set_aside_once(db: Database):
    for error in ("first", "second"):
        async with db.writing() as tx:
            await inbox.add_set_aside(tx, update_id=7, update="{}", error=error, now=NOON)

    assert [tuple(row) for row in await look(db, set_aside)] == [(7, "{}", "first", NOON)]


async def test_a_long_error_is_cut(db: Database):
    async with db.writing() as tx:
        await inbox.add_set_aside(tx, update_id=7, update="{}", error="é" * 300, now=NOON)

    (row,) = await look(db, set_aside)
    assert row.error == "é" * 200


async def test_a_question_is_open_until_it_expires(db: Database):
    await ask(db, about="12", hours=1)

    answers = [await asked(db, now) for now in (at(1) - timedelta(microseconds=1), at(1))]

    assert answers == [Pending(question="zone", about="12"), None]


async def test_a_new_question_replaces_an_old_one(db: Database):
    await ask(db, "zone", about="12", hours=1)
    await ask(db, "time", hours=3)

    assert await asked(db, at(2)) == Pending(question="time", about="")
    assert len(await look(db, pending)) == 1


async def test_a_question_is_asked_of_one_chat(db: Database):
    await ask(db)

    assert await asked(db, chat_id=CHAT + 1) is None


async def test_a_question_that_is_answered_is_open_no_more(db: Database):
    await ask(db)

    async with db.writing() as tx:
        await inbox.drop_pending(tx, chat_id=CHAT)

    assert await asked(db) is None


async def test_markers_count_up_under_their_names(db: Database):
    for name, value, hours in (("pulse", "a", 0), ("panic", "", 1), ("pulse", "b", 2)):
        async with db.writing() as tx:
            await markers.put(tx, name=name, value=value, now=at(hours))

    async with db.reading() as tx:
        loaded = await markers.load(tx)

    assert loaded == {
        "pulse": Marker(value="b", at=at(2), times=2),
        "panic": Marker(value="", at=at(1), times=1),
    }


async def test_the_audit_shows_the_latest_lines_first(db: Database):
    async with db.writing() as tx:
        for number, who in enumerate((5, None, 6)):
            await audits.add_line(tx, now=at(number), who=who, action="publish", about=str(number))

        lines = await audits.list_lines(tx, limit=2)

    assert lines == [
        AuditLine(at=at(2), who=6, action="publish", about="2", note=""),
        AuditLine(at=at(1), who=None, action="publish", about="1", note=""),
    ]


async def test_the_audit_counts_its_lines(db: Database):
    async with db.writing() as tx:
        numbers = [
            await audits.add_line(tx, now=NOON, who=5, action="ban", note="why") for _ in range(3)
        ]

    assert numbers == sorted(set(numbers))
