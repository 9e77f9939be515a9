"""What the planner reads of those who are due."""

from datetime import timedelta

from storage import planning
from storage.database import Database
from storage.model.delivery import DeliveryState, Kind
from storage.model.instants import to_microseconds
from storage.model.subject import FollowMode
from storage.model.subscriber import ChatStatus, Style
from storage.planning import Page
from storage.tables import delivery
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import (
    CHAT,
    add_follow,
    add_reader,
    add_subject,
    change,
    promise,
    put_in_state,
)

SLOT = 202611221200
DUE = {"next_due_at": NOON, "next_slot": SLOT}
EVERY_BRIEF = (1, 1000)


async def read(
    db: Database,
    *,
    limit: int = 100,
    briefs: tuple[int, int] = EVERY_BRIEF,
    after: tuple[int, int] | None = None,
) -> Page:
    async with db.reading() as tx:
        return await planning.read_page(tx, now=NOON, limit=limit, briefs=briefs, after=after)


async def test_a_page_holds_what_choosing_needs_of_a_reader(db: Database):
    await add_reader(
        db,
        thread_id=9,
        columns=DUE | {"last_slot_at": at(-24), "first_slot_at": at(-48)},
        language="es",
        zone="Europe/Madrid",
        times=(480, 1080),
        days=31,
        impact_floor=4.5,
        confidence_floor=0.5,
        minutes=None,
        style=Style.OPEN,
        quiet_from=1320,
        quiet_to=420,
    )

    (due,) = (await read(db)).due

    assert (due.chat_id, due.thread_id, due.next_slot) == (CHAT, 9, SLOT)
    instants = (due.next_due_at, due.last_slot_at, due.first_slot_at)
    assert instants == tuple(map(to_microseconds, (NOON, at(-24), at(-48))))
    assert (due.language, due.zone, due.times, due.days) == ("es", "Europe/Madrid", "480,1080", 31)
    assert (due.impact_floor, due.confidence_floor, due.minutes) == (4.5, 0.5, None)
    assert (due.style, due.quiet_from, due.quiet_to) == ("open", 1320, 420)


async def test_who_is_due_later_stands_on_no_page(db: Database):
    later = NOON + timedelta(microseconds=1)
    await add_reader(db, columns=DUE | {"next_due_at": later})

    assert (await read(db)).due == []


async def test_who_cannot_be_written_to_stands_on_no_page(db: Database):
    for chat_id, status in enumerate(ChatStatus, start=1):
        await add_reader(db, chat_id, columns=DUE | {"status": status})

    page = await read(db)

    assert [list(ChatStatus)[one.chat_id - 1] for one in page.due] == [ChatStatus.ACTIVE]


async def test_who_is_due_longest_stands_first(db: Database):
    for chat_id, hours in ((4, -1), (3, -2), (2, -2), (1, 0)):
        await add_reader(db, chat_id, columns=DUE | {"next_due_at": at(hours)})

    page = await read(db, limit=3)

    assert [one.chat_id for one in page.due] == [2, 3, 4]


async def test_the_next_page_begins_after_the_last_of_this_one(db: Database):
    for chat_id, hours in ((4, -1), (3, -2), (2, -2), (-1, 0)):
        await add_reader(db, chat_id, columns=DUE | {"next_due_at": at(hours)})

    page = await read(db, limit=2, after=(to_microseconds(at(-2)), 2))

    assert [one.chat_id for one in page.due] == [3, 4]


async def test_follows_stand_apart_from_mutes(db: Database):
    wind, sun, coal = [await add_subject(db, label) for label in ("wind", "sun", "coal")]
    for chat_id in (1, 2):
        await add_reader(db, chat_id, columns=DUE)
    await add_follow(db, wind, 1)
    await add_follow(db, sun, 1)
    await add_follow(db, coal, 1, mode=FollowMode.MUTE)

    page = await read(db)

    some, none = page.due
    assert set(some.follows.split(",")) == {str(wind), str(sun), f"-{coal}"}
    assert none.follows is None


async def test_what_was_had_beyond_the_window_is_left_out(db: Database):
    await add_reader(db, columns=DUE)
    await promise(db, briefs=(3, 4, 5, 6))
    await promise(db, 2, briefs=(4,))

    (due,) = (await read(db, briefs=(4, 5))).due

    assert set(due.had.split(",")) == {"4", "5"}


async def test_a_slot_that_has_a_digest_is_taken_however_it_ended(db: Database):
    for chat_id, state in enumerate((DeliveryState.SENT, DeliveryState.CANCELLED), start=1):
        await add_reader(db, chat_id, columns=DUE)
        await put_in_state(db, state, chat_id, slot=SLOT)

    page = await read(db)

    assert [one.taken for one in page.due] == [str(SLOT), str(SLOT)]


async def test_other_kinds_take_no_slot(db: Database):
    await add_reader(db, columns=DUE)
    for kind in set(Kind) - {Kind.DIGEST}:
        await promise(db, kind=kind, slot=SLOT)

    assert [one.taken for one in (await read(db)).due] == [None]


async def test_digests_that_certainly_did_not_leave_are_waiting(db: Database):
    await add_reader(db, columns=DUE)
    first = await promise(db, due_at=at(-48))
    second = await promise(db, due_at=at(-24))
    await promise(db, kind=Kind.NOW)
    await promise(db, 2)

    page = await read(db)

    waiting = [(first, to_microseconds(at(-48))), (second, to_microseconds(at(-24)))]
    assert [(one.delivery_id, one.due_at) for one in page.waiting] == waiting
    assert {one.chat_id for one in page.waiting} == {CHAT}


async def test_what_waiting_digests_give_is_told_apart(db: Database):
    await add_reader(db, columns=DUE)
    await promise(db, kind=Kind.NOW, briefs=(3,))
    await promise(db, briefs=(4, 5))

    page = await read(db)

    (waiting,) = page.waiting
    assert set(waiting.gives.split(",")) == {"4", "5"}
    assert set(page.due[0].had.split(",")) == {"3", "4", "5"}


async def test_a_digest_that_may_have_left_is_not_waiting(db: Database):
    states = sorted(set(DeliveryState) - {DeliveryState.PENDING})
    for chat_id, state in enumerate(states, start=1):
        await add_reader(db, chat_id, columns=DUE)
        await put_in_state(db, state, chat_id)

    assert (await read(db)).waiting == []


async def test_a_digest_in_doubt_is_not_waiting(db: Database):
    await add_reader(db, columns=DUE)
    await promise(db)
    await change(db, delivery, doubt=1)

    assert (await read(db)).waiting == []


async def test_nobody_due_makes_an_empty_page(db: Database):
    await add_reader(db)

    assert await read(db) == Page([], [])


async def crowded(db: Database, *, more_than: int) -> frozenset[int]:
    async with db.reading() as tx:
        return await planning.list_crowded(tx, now=NOON, more_than=more_than)


async def test_instants_at_which_many_are_due_are_told(db: Database):
    for chat_id in (1, 2, 3):
        await add_reader(db, chat_id, columns=DUE)
    for chat_id in (4, 5):
        await add_reader(db, chat_id, columns=DUE | {"next_due_at": at(-1)})

    assert await crowded(db, more_than=1) == {to_microseconds(NOON), to_microseconds(at(-1))}
    assert await crowded(db, more_than=2) == {to_microseconds(NOON)}
    assert await crowded(db, more_than=3) == frozenset()


async def test_instants_that_are_to_come_are_not_crowded(db: Database):
    await add_reader(db, columns=DUE | {"next_due_at": at(1)})

    assert await crowded(db, more_than=0) == frozenset()
