"""Subscribers: how a chat wants its digest, and when the next one is due."""

from dataclasses import replace

from storage import subscribers
from storage.database import Database
from storage.model.delivery import OPEN, DeliveryState
from storage.model.instants import EPOCH
from storage.model.subscriber import ChatKind, ChatStatus, Preferences, Style, Subscriber
from storage.tables import delivery, subscriber
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import CHAT, add_reader, look, put_in_state

WISHES = Preferences(
    language="pt-BR",
    zone="America/Sao_Paulo",
    times=(450, 720, 1080),
    days=0b0011111,
    impact_floor=4.5,
    confidence_floor=0.6,
    minutes=None,
    style=Style.HIDDEN,
    alert_impact=9.0,
    alert_confidence=0.8,
    alerts_per_week=1,
    quiet_from=1320,
    quiet_to=420,
)


async def read(db: Database, chat_id: int = CHAT) -> Subscriber | None:
    async with db.reading() as tx:
        return await subscribers.find_subscriber(tx, chat_id=chat_id)


async def row(db: Database):
    (only,) = await look(db, subscriber)
    return only


async def test_a_new_chat_has_the_wishes_it_signed_up_with(db: Database):
    async with db.writing() as tx:
        added = await subscribers.add_subscriber(
            tx,
            chat_id=CHAT,
            kind=ChatKind.SUPERGROUP,
            thread_id=9,
            preferences=WISHES,
            now=NOON,
        )

    assert added
    assert await read(db) == Subscriber(
        chat_id=CHAT,
        kind=ChatKind.SUPERGROUP,
        status=ChatStatus.ACTIVE,
        thread_id=9,
        preferences=WISHES,
        created_at=NOON,
    )


async def test_a_new_chat_need_not_wait(db: Database):
    await add_reader(db)

    assert (await row(db)).not_before == EPOCH


async def test_a_chat_that_is_known_stays_as_it_is(db: Database):
    await add_reader(db, language="es")

    async with db.writing() as tx:
        added = await subscribers.add_subscriber(
            tx, chat_id=CHAT, kind=ChatKind.GROUP, preferences=WISHES, now=at(1)
        )

    known = await read(db)
    assert not added
    assert (known.kind, known.preferences.language) == (ChatKind.PRIVATE, "es")


async def test_a_chat_that_nobody_knows_is_not_found(db: Database):
    assert await read(db) is None


async def test_wishes_can_be_changed(db: Database):
    await add_reader(db)
    await add_reader(db, 2)

    async with db.writing() as tx:
        await subscribers.set_preferences(tx, chat_id=CHAT, preferences=WISHES)

    assert (await read(db)).preferences == WISHES
    assert (await read(db, 2)).preferences == Preferences()


async def test_every_time_of_day_comes_back(db: Database):
    wishes = replace(WISHES, times=(0, 1439))

    await add_reader(db, times=(0, 1439))
    async with db.writing() as tx:
        await subscribers.set_preferences(tx, chat_id=CHAT, preferences=wishes)

    assert (await read(db)).preferences.times == (0, 1439)


async def test_a_slot_can_be_set_or_taken_away(db: Database):
    await add_reader(db)
    slots = []

    for due_at, number in ((at(4), 202611221600), (None, None)):
        async with db.writing() as tx:
            await subscribers.set_slot(tx, chat_id=CHAT, due_at=due_at, number=number)
        one = await read(db)
        slots.append((one.next_due_at, one.next_slot))

    assert slots == [(at(4), 202611221600), (None, None)]


async def test_a_pause_may_have_an_end(db: Database):
    await add_reader(db)
    pauses = []

    for paused, until in ((True, at(24)), (True, None), (False, None)):
        async with db.writing() as tx:
            await subscribers.set_pause(tx, chat_id=CHAT, paused=paused, until=until)
        one = await read(db)
        pauses.append((one.paused, one.paused_until))

    assert pauses == [(True, at(24)), (True, None), (False, None)]


async def test_a_chat_is_held_until_the_latest_instant(db: Database):
    await add_reader(db)
    held = []

    for hours in (2, 1, 3):
        async with db.writing() as tx:
            await subscribers.hold_until(tx, chat_id=CHAT, instant=at(hours))
        held.append((await row(db)).not_before)

    assert held == [at(2), at(2), at(3)]


async def test_without_its_topic_a_forum_is_written_to_in_general(db: Database):
    states = sorted(OPEN | {DeliveryState.SENT}, key=lambda state: state is DeliveryState.PENDING)
    for chat_id, state in enumerate(states, start=1):
        await add_reader(db, chat_id, thread_id=9)
        await put_in_state(db, state, chat_id, thread_id=9)

    async with db.writing() as tx:
        for chat_id, _ in enumerate(states, start=1):
            await subscribers.drop_thread(tx, chat_id=chat_id)

    threads = {row.state: row.thread_id for row in await look(db, delivery)}
    assert threads == dict.fromkeys(OPEN) | {DeliveryState.SENT: 9}
    assert {row.thread_id for row in await look(db, subscriber)} == {None}


async def test_who_uses_the_bot_is_seen(db: Database):
    await add_reader(db)

    async with db.writing() as tx:
        await subscribers.mark_seen(tx, chat_id=CHAT, now=at(5))

    assert (await row(db)).seen_at == at(5)


async def test_the_first_answer_is_noted_once(db: Database):
    await add_reader(db)

    for hours in (1, 2):
        async with db.writing() as tx:
            await subscribers.mark_answered(tx, chat_id=CHAT, now=at(hours))

    assert (await read(db)).first_slot_at == at(1)


async def test_chats_are_counted_by_how_they_stand(db: Database):
    for chat_id, status in enumerate(("active", "blocked", "active"), start=1):
        await add_reader(db, chat_id, columns={"status": ChatStatus(status)})

    async with db.reading() as tx:
        counted = await subscribers.count_by_status(tx)

    assert counted == {ChatStatus.ACTIVE: 2, ChatStatus.BLOCKED: 1}


async def test_the_earliest_slot_of_all_is_found(db: Database):
    for chat_id, hours in ((1, 5), (2, 3), (3, None)):
        due = {} if hours is None else {"next_due_at": at(hours), "next_slot": 1}
        await add_reader(db, chat_id, columns=due)

    async with db.reading() as tx:
        assert await subscribers.find_next_due_at(tx) == at(3)


async def test_without_slots_nothing_is_due(db: Database):
    await add_reader(db)

    async with db.reading() as tx:
        assert await subscribers.find_next_due_at(tx) is None


async def test_a_chat_can_be_removed(db: Database):
    await add_reader(db, 1)
    await add_reader(db, 2)

    async with db.writing() as tx:
        await subscribers.drop_subscriber(tx, chat_id=1)

    assert [row.chat_id for row in await look(db, subscriber)] == [2]
