"""Planning: a digest for everybody who is due, the same however often it is done."""

import asyncio
from datetime import timedelta

import pytest

from bot.crash_points import Point, watched
from bot.delivery.choose import Rules
from bot.delivery.plan import PlanReport, plan_due
from bot.digest.recipe import unpack
from storage.database import Database
from storage.model.delivery import DeliveryState
from storage.model.subject import SubjectId
from storage.model.subscriber import ChatStatus
from storage.tables import delivery, had, subscriber
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import (
    add_brief,
    add_follow,
    add_match,
    add_reader,
    add_subject,
    look,
    look_at,
)

RULES = Rules(default_zone="UTC", keep_seat=False)
TODAY, TOMORROW = 202611221200, 202611231200


async def add_due(db: Database, subject_id: SubjectId, *chats: int, **columns) -> None:
    """Add readers who follow a subject and are due at noon."""
    due = {"next_due_at": NOON, "next_slot": TODAY, "first_slot_at": at(-240)}
    for chat_id in chats:
        await add_reader(db, chat_id, zone="UTC", times=(720,), columns=due | columns)
        await add_follow(db, subject_id, chat_id)


async def add_wind(db: Database) -> SubjectId:
    """Add a subject that one brief is about."""
    subject_id = await add_subject(db)
    await add_match(db, subject_id, await add_brief(db))
    return subject_id


async def slots(db: Database) -> list[tuple[int, int]]:
    return sorted((row.chat_id, row.slot) for row in await look(db, delivery))


async def test_who_is_due_is_promised_a_digest(db: Database):
    await add_due(db, await add_wind(db), 1)

    report = await plan_due(db, now=NOON, rules=RULES)

    (row,) = await look(db, delivery)
    (given,) = await look(db, had)
    assert report == PlanReport(due=1, promised=1)
    assert (row.chat_id, row.slot, row.state) == (1, TODAY, DeliveryState.PENDING)
    assert [item.brief_id for item in unpack(row.recipe).items] == [given.brief_id]


async def test_who_is_planned_for_is_due_at_the_next_slot(db: Database):
    await add_due(db, await add_wind(db), 1)

    await plan_due(db, now=NOON, rules=RULES)

    (row,) = await look(db, subscriber)
    assert (row.next_due_at, row.next_slot, row.last_slot_at) == (at(24), TOMORROW, NOON)


async def test_a_zone_that_nobody_knows_keeps_nobody_s_digest_away(db: Database):
    wind = await add_wind(db)
    await add_due(db, wind, 1, 3)
    await add_due(db, wind, 2)
    async with db.writing() as tx:
        where = subscriber.c.chat_id == 2
        await tx.execute(subscriber.update().where(where).values(zone="Mars/Gale"))

    await plan_due(db, now=NOON, rules=RULES)

    assert await slots(db) == [(1, TODAY), (2, TODAY), (3, TODAY)]


async def test_nobody_is_planned_for_before_their_time(db: Database):
    await add_due(db, await add_wind(db), 1)

    report = await plan_due(db, now=NOON - timedelta(microseconds=1), rules=RULES)

    assert (report, await look(db, delivery)) == (PlanReport(), [])


async def test_without_readers_there_is_nothing_to_plan(db: Database):
    assert await plan_due(db, now=NOON, rules=RULES) == PlanReport()


async def test_who_cannot_be_written_to_is_not_planned_for(db: Database):
    await add_due(db, await add_wind(db), 1, status=ChatStatus.BLOCKED)

    assert await plan_due(db, now=NOON, rules=RULES) == PlanReport()


async def test_without_briefs_the_slots_move_on(db: Database):
    await add_due(db, await add_subject(db), 1)

    report = await plan_due(db, now=NOON, rules=RULES)

    (row,) = await look(db, subscriber)
    assert (report, row.next_slot) == (PlanReport(due=1), TOMORROW)


async def test_planning_again_promises_nothing_more(db: Database):
    await add_due(db, await add_wind(db), 1, 2)
    await plan_due(db, now=NOON, rules=RULES)
    before = await look(db, delivery)

    assert await plan_due(db, now=NOON, rules=RULES) == PlanReport()

    assert await look(db, delivery) == before


async def test_everybody_is_planned_for_in_pages_of_any_size(db: Database):
    await add_due(db, await add_wind(db), *range(1, 6))

    report = await plan_due(db, now=NOON, rules=RULES, page=2)

    assert report == PlanReport(due=5, promised=5)
    assert await slots(db) == [(chat_id, TODAY) for chat_id in range(1, 6)]


async def test_g2_a_slot_is_given_once_even_if_it_comes_due_again(db: Database):
    await add_due(db, await add_wind(db), 1)
    await plan_due(db, now=NOON, rules=RULES)
    async with db.writing() as tx:
        await tx.execute(subscriber.update().values(next_due_at=NOON, next_slot=TODAY))

    report = await plan_due(db, now=NOON, rules=RULES)

    (row,) = await look(db, subscriber)
    assert (report.promised, row.next_slot) == (0, TOMORROW)
    assert await slots(db) == [(1, TODAY)]


async def test_g6_the_next_digest_brings_nothing_that_was_had(db: Database):
    await add_due(db, await add_wind(db), 1)
    await plan_due(db, now=NOON, rules=RULES)
    async with db.writing() as tx:
        await tx.execute(delivery.update().values(state=DeliveryState.SENT))

    report = await plan_due(db, now=at(24), rules=RULES)

    assert report == PlanReport(due=1)


async def test_g10_unsent_digests_become_one_late_digest(db: Database):
    wind = await add_wind(db)
    await add_due(db, wind, 1)
    await plan_due(db, now=NOON, rules=RULES)
    (old,) = await look(db, delivery)

    report = await plan_due(db, now=at(24), rules=RULES)

    new = (await look(db, delivery))[-1]
    assert report == PlanReport(due=1, promised=1, merged=1)
    assert (await look_at(db, old.id)).state is DeliveryState.DEAD
    assert unpack(new.recipe).items == unpack(old.recipe).items
    assert unpack(new.recipe).due_at == NOON
    assert {row.delivery_id for row in await look(db, had)} == {new.id}


@pytest.mark.parametrize("days", [(2,), (1, 2, 3), (2, 5)])
async def test_g10_a_digest_that_waits_for_days_loses_no_brief(db: Database, days):
    wind = await add_wind(db)
    await add_due(db, wind, 1)
    await plan_due(db, now=NOON, rules=RULES)

    for day in days:
        await add_match(db, wind, await add_brief(db, released_at=at(24 * day - 15)))
        await plan_due(db, now=at(24 * day), rules=RULES)

    *_, last = await look(db, delivery)
    shown = {item.brief_id for item in unpack(last.recipe).items}
    assert len(shown) == 1 + len(days)
    assert {row.delivery_id for row in await look(db, had)} == {last.id}


async def test_what_was_kept_just_after_its_digest_was_chosen_comes_with_the_next(db: Database):
    wind = await add_wind(db)
    await add_due(db, wind, 1, days=0b1000000)  # Sundays
    await plan_due(db, now=NOON, rules=RULES)
    slow = await add_brief(db, released_at=at(-0.5))
    await add_match(db, wind, slow)

    await plan_due(db, now=at(days=7), rules=RULES)

    *_, last = await look(db, delivery)
    assert slow in {item.brief_id for item in unpack(last.recipe).items}


async def test_g10_three_slots_a_day_make_one_digest_after_a_week(db: Database):
    wind = await add_wind(db)
    due = {"next_due_at": at(-4), "next_slot": 202611220800}
    had_before = {"first_slot_at": at(-240), "last_slot_at": at(-18)}
    await add_reader(db, 1, zone="UTC", times=(480, 720, 1080), columns=due | had_before)
    await add_follow(db, wind, 1)

    report = await plan_due(db, now=at(days=7), rules=RULES)

    assert report == PlanReport(due=1, promised=1)
    assert await slots(db) == [(1, 202611291200)]


async def test_g2_two_planners_at_once_make_one_digest_each(db: Database, other_db: Database):
    readers = range(1, 21)
    await add_due(db, await add_wind(db), *readers)

    reports = await asyncio.gather(
        plan_due(db, now=NOON, rules=RULES, page=3),
        plan_due(other_db, now=NOON, rules=RULES, page=3),
    )

    assert sum(report.promised for report in reports) == len(readers)
    assert await slots(db) == [(chat_id, TODAY) for chat_id in readers]


@pytest.mark.parametrize("pages", [1, 2])
async def test_g9_a_planner_that_stops_between_pages_is_gone_on_with(db: Database, pages: int):
    await add_due(db, await add_wind(db), *range(1, 6))
    await stop_after(db, pages)

    rest = await plan_due(db, now=NOON, rules=RULES, page=2)

    assert rest.promised == 5 - 2 * pages
    assert await slots(db) == [(chat_id, TODAY) for chat_id in range(1, 6)]


@pytest.mark.parametrize("pages", [1, 2, 3])
async def test_g9_a_planner_that_stops_while_it_reads_ahead_leaves_nothing_behind(
    db: Database, pages: int
):
    await add_due(db, await add_wind(db), *range(1, 8))
    others = asyncio.all_tasks()

    await stop_after(db, pages, point=Point.PLAN_READ)

    assert asyncio.all_tasks() == others
    await plan_due(db, now=NOON, rules=RULES, page=2)
    assert await slots(db) == [(chat_id, TODAY) for chat_id in range(1, 8)]


async def stop_after(db: Database, pages: int, *, point: Point = Point.PLAN_WRITTEN) -> None:
    """Let a planner be stopped as it commits a page, or reaches another point with one."""
    reached = 0

    def stop(at_point: Point) -> None:
        nonlocal reached
        reached += at_point is point
        if reached == pages:
            task.cancel()

    task = asyncio.create_task(plan_due(db, now=NOON, rules=RULES, page=2))
    with watched(stop), pytest.raises(asyncio.CancelledError):
        await task
