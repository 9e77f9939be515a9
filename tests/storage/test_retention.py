"""Letting go of what is old, and of nothing else; and reports of what a run was like."""

from datetime import timedelta

from storage import reports, retention
from storage.database import Database
from storage.model.brief import BriefState
from storage.model.delivery import DeliveryState, Kind
from storage.reports import RunReport
from storage.tables import copy, copy_brief, delivery, delivery_event
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import add_brief, add_reader, change, look, promise, put_in_state
from tests.storage.test_copies import make_made, note_copies

MOMENT = timedelta(microseconds=1)
STATES = sorted(DeliveryState, key=lambda state: state is DeliveryState.PENDING)
KEPT = {
    DeliveryState.PENDING,
    DeliveryState.LEASED,
    DeliveryState.SENDING,
    DeliveryState.UNCERTAIN,
}


async def test_old_copies_are_forgotten_with_what_they_show(db: Database):
    await note_copies(db, make_made())

    async with db.writing() as tx:
        kept = await retention.drop_copies(tx, made_before=NOON)
        dropped = await retention.drop_copies(tx, made_before=NOON + MOMENT)

    assert (kept, dropped) == (0, 1)
    assert (await look(db, copy), await look(db, copy_brief)) == ([], [])


async def test_deliveries_that_ended_long_ago_are_forgotten(db: Database):
    for chat_id, state in enumerate(STATES, start=1):
        await add_reader(db, chat_id)
        await put_in_state(db, state, chat_id)
    await change(db, delivery, ended_at=NOON)

    async with db.writing() as tx:
        dropped = await retention.drop_deliveries(tx, ended_before=NOON + MOMENT)

    assert {row.state for row in await look(db, delivery)} == KEPT
    assert dropped == len(DeliveryState) - len(KEPT)


async def test_what_happened_to_a_delivery_is_forgotten_with_it(db: Database):
    for chat_id, state in ((1, DeliveryState.UNCERTAIN), (2, DeliveryState.SENT)):
        await add_reader(db, chat_id)
        await put_in_state(db, state, chat_id)

    async with db.writing() as tx:
        await retention.drop_deliveries(tx, ended_before=at(1))

    (kept,) = await look(db, delivery)
    assert {row.delivery_id for row in await look(db, delivery_event)} == {kept.id}


async def test_deliveries_that_ended_lately_are_kept(db: Database):
    await add_reader(db)
    await put_in_state(db, DeliveryState.SENT)

    async with db.writing() as tx:
        assert await retention.drop_deliveries(tx, ended_before=NOON) == 0


async def test_a_report_tells_what_became_of_the_digests_of_a_run(db: Database):
    states = [DeliveryState.SENT, DeliveryState.UNCERTAIN, DeliveryState.DEAD]
    for chat_id, state in enumerate(states, start=1):
        await add_reader(db, chat_id)
        await put_in_state(db, state, chat_id)
    await promise(db, 9)
    await promise(db, 9, kind=Kind.NOW)
    await add_reader(db, 7, columns={"status": "blocked"})
    await add_brief(db, released_at=NOON)

    async with db.reading() as tx:
        report = await reports.read_report(
            tx, since=at(-1), until=NOON, late_after=timedelta(minutes=1)
        )

    assert report == RunReport(
        due=4, sent=1, late=0, waiting=1, uncertain=1, slowest=timedelta(0), left=1, briefs=1
    )
    assert report.unsent == 1


async def test_a_report_tells_how_late_digests_were(db: Database):
    for chat_id, minutes in ((1, 1), (2, 3)):
        await add_reader(db, chat_id)
        ended_at = NOON + timedelta(minutes=minutes)
        await promise(db, chat_id, columns={"state": "sent", "ended_at": ended_at})

    async with db.reading() as tx:
        report = await reports.read_report(
            tx, since=at(-1), until=NOON, late_after=timedelta(minutes=1)
        )

    assert (report.sent, report.late, report.slowest) == (2, 1, timedelta(minutes=3))


async def test_a_report_of_another_time_is_empty(db: Database):
    await promise(db)

    async with db.reading() as tx:
        report = await reports.read_report(
            tx, since=NOON, until=at(1), late_after=timedelta(minutes=1)
        )

    assert (report.due, report.sent, report.slowest) == (0, 0, timedelta(0))


async def test_releases_are_listed_in_their_order(db: Database):
    for hours in (-2, -5, -1):
        await add_brief(db, released_at=at(hours))
    await add_brief(db, state=BriefState.QUEUED)

    async with db.reading() as tx:
        assert await reports.list_releases(tx, since=at(-5)) == [at(-2), at(-1)]
