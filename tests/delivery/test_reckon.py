"""Coming slots when the rules of their zones change: each stays at its hour."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.crash_points import Point, watched
from bot.delivery.reckon import reckon_anew
from storage import markers, slots, subscribers
from storage.database import Database
from storage.model.brief import BriefState
from storage.model.delivery import Kind
from storage.tables import brief, delivery, marker, subscriber
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import add_brief, add_reader, look, promise

EIGHT_ON_MONDAY = 202611230800
SEVEN_IN_UTC = datetime(2026, 11, 23, 7, tzinfo=UTC)


async def add(db: Database, chat_id: int, due_at: datetime, number: int, zone: str | None) -> None:
    await add_reader(db, chat_id, zone=zone, columns={"next_due_at": due_at, "next_slot": number})


class Died(Exception):
    """The end of a process."""


def die(_point: Point) -> None:
    raise Died


async def change(db: Database, chat_id: int, **columns: str) -> None:
    async with db.writing() as tx:
        where = subscriber.c.chat_id == chat_id
        await tx.execute(subscriber.update().where(where).values(**columns))


async def coming(db: Database) -> list[tuple[datetime, int]]:
    async with db.reading() as tx:
        return [(s.due_at, s.number) for s in await slots.list_slots(tx, after=None, limit=100)]


async def test_a_slot_reckoned_by_old_rules_comes_at_its_hour(db: Database):
    await add(db, 1, at(18), EIGHT_ON_MONDAY, "Europe/Berlin")

    assert await reckon_anew(db, default_zone="UTC", now=NOON) == 1

    assert await coming(db) == [(SEVEN_IN_UTC, EIGHT_ON_MONDAY)]


async def test_while_the_rules_are_the_same_nothing_is_reckoned(db: Database):
    await reckon_anew(db, default_zone="UTC", now=NOON)
    await add(db, 1, at(18), EIGHT_ON_MONDAY, "Europe/Berlin")

    assert await reckon_anew(db, default_zone="UTC", now=NOON) == 0

    assert await coming(db) == [(at(18), EIGHT_ON_MONDAY)]


async def test_another_default_zone_is_for_those_who_set_none(db: Database):
    await reckon_anew(db, default_zone="UTC", now=NOON)
    for chat_id, zone in enumerate((None, "UTC"), start=1):
        await add(db, chat_id, at(20), EIGHT_ON_MONDAY, zone)

    assert await reckon_anew(db, default_zone="Europe/Berlin", now=NOON) == 1

    assert await coming(db) == [(SEVEN_IN_UTC, EIGHT_ON_MONDAY), (at(20), EIGHT_ON_MONDAY)]


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (at(19.5), (SEVEN_IN_UTC, EIGHT_ON_MONDAY)),  # it comes late
        (at(23), (at(19 + 24), EIGHT_ON_MONDAY + 10**4)),
    ],
    ids=["a little", "by far"],
)
async def test_a_slot_that_new_rules_put_into_the_past(db: Database, now: datetime, slot):
    await add(db, 1, at(23.5), EIGHT_ON_MONDAY, "Europe/Berlin")

    await reckon_anew(db, default_zone="UTC", now=now)

    assert await coming(db) == [slot]


async def test_a_slot_that_was_due_too_early_waits_for_its_hour(db: Database):
    await add(db, 1, at(18), EIGHT_ON_MONDAY, "Europe/Berlin")

    await reckon_anew(db, default_zone="UTC", now=at(18.5))

    assert await coming(db) == [(SEVEN_IN_UTC, EIGHT_ON_MONDAY)]


async def test_of_a_day_that_does_not_exist_any_more_the_next_slot_is_taken(db: Database):
    never = 201112300800
    await add(db, 1, at(5), never, "Pacific/Apia")

    await reckon_anew(db, default_zone="UTC", now=NOON)

    assert await coming(db) == [(at(7), EIGHT_ON_MONDAY)]


NEXT_YEAR = (at(20 + 24 * 365), EIGHT_ON_MONDAY + 10**8)


async def test_where_the_clock_was_ahead_the_next_slot_is_the_next_one(db: Database):
    await add(db, 1, *NEXT_YEAR, "UTC")
    await reckon_anew(db, default_zone="UTC", now=at(24 * 365))
    assert await coming(db) == [NEXT_YEAR]

    assert await reckon_anew(db, default_zone="UTC", now=NOON) == 1

    assert await coming(db) == [(at(20), EIGHT_ON_MONDAY)]


async def test_who_dies_before_all_slots_are_reckoned_leaves_the_rest_to_the_next(db: Database):
    await reckon_anew(db, default_zone="UTC", now=NOON)
    for chat_id in (1, 2):
        await add(db, chat_id, *NEXT_YEAR, "UTC")
    with watched(die), pytest.raises(Died):
        await reckon_anew(db, default_zone="UTC", now=NOON, was_set_back=True, page_size=1)
    assert await coming(db) == [(at(20), EIGHT_ON_MONDAY), NEXT_YEAR]

    await reckon_anew(db, default_zone="UTC", now=NOON)

    assert await coming(db) == [(at(20), EIGHT_ON_MONDAY)] * 2


async def test_a_slot_that_cannot_be_reckoned_stops_no_other(db: Database, caplog):
    for chat_id in (1, 2, 3):
        await add(db, chat_id, *NEXT_YEAR, "UTC")
    await change(db, 2, times="no time")

    assert await reckon_anew(db, default_zone="UTC", now=NOON) == 2

    nearest = (at(20), EIGHT_ON_MONDAY)
    assert await coming(db) == [nearest, NEXT_YEAR, nearest]
    assert "slots.unreadable" in [record.event for record in caplog.records]


async def test_who_saw_the_clock_set_back_can_say_so(db: Database):
    await reckon_anew(db, default_zone="UTC", now=NOON)
    await add(db, 1, at(20 + 24), EIGHT_ON_MONDAY + 10**4, "UTC")

    assert await reckon_anew(db, default_zone="UTC", now=NOON, was_set_back=True) == 1

    assert await coming(db) == [(at(20), EIGHT_ON_MONDAY)]


async def test_what_waits_for_what_was_never_near_waits_no_longer(db: Database):
    year = at(24 * 365)
    await add_reader(db, 1, columns={"not_before": year})
    await add_reader(db, 2, columns={"not_before": at(9)})
    waits = {Kind.DIGEST: year, Kind.EDIT: year, Kind.NOW: at(9), Kind.BROADCAST: year}
    for kind, until in waits.items():
        await promise(db, 1, kind=kind, columns={"not_before": until})
    await reckon_anew(db, default_zone="UTC", now=NOON)
    assert [row.not_before for row in await look(db, delivery)] == [*waits.values()]

    await reckon_anew(db, default_zone="UTC", now=NOON, was_set_back=True)

    assert [row.not_before for row in await look(db, delivery)] == [NOON, NOON, at(9), year]
    assert [row.not_before for row in await look(db, subscriber)] == [NOON, at(9)]


async def test_a_brief_that_was_let_out_in_the_future_is_let_out_now(db: Database):
    for hours in (-5, 0.01, 3, 24 * 365):
        await add_brief(db, released_at=at(hours))
    await add_brief(db, state=BriefState.RETRACTED, released_at=at(3))

    await reckon_anew(db, default_zone="UTC", now=NOON, was_set_back=True)

    released = [row.released_at for row in await look(db, brief)]
    assert released == [at(-5), at(0.01), NOON, NOON, at(3)]


async def test_what_was_told_in_the_future_is_forgotten(db: Database):
    async with db.writing() as tx:
        for name, hours in (("report", 50), ("silence", -3), ("backup", 3)):
            await markers.put(tx, name=name, now=at(hours))

    await reckon_anew(db, default_zone="UTC", now=NOON)

    assert [row.name for row in await look(db, marker)] == ["silence", "zones"]


async def test_the_slot_after_a_pause_stays_where_it_is(db: Database):
    await add(db, 1, *NEXT_YEAR, "UTC")
    await add_reader(db, 2)
    async with db.writing() as tx:
        until = NEXT_YEAR[0] - timedelta(hours=1)
        await subscribers.set_pause(tx, chat_id=1, paused=True, until=until)

    assert await reckon_anew(db, default_zone="UTC", now=NOON) == 0

    assert await coming(db) == [NEXT_YEAR]


async def test_all_pages_are_reckoned(db: Database):
    for chat_id in (-5, -1, 3, 4, 9):
        await add(db, chat_id, at(18), EIGHT_ON_MONDAY, "Europe/Berlin")
    await add_reader(db, 10)

    assert await reckon_anew(db, default_zone="UTC", now=NOON, page_size=2) == 5

    assert await coming(db) == [(SEVEN_IN_UTC, EIGHT_ON_MONDAY)] * 5
