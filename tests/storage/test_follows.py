"""Follows and mutes of a chat, and what a chat had."""

from storage import follows, hads
from storage.database import Database
from storage.model.subject import FollowMode
from storage.tables import follow
from tests.factories import at
from tests.storage.rows import CHAT, add_follow, add_reader, add_subject, look, promise

FOLLOW, MUTE = FollowMode.FOLLOW, FollowMode.MUTE


async def put(db: Database, subject_id, mode: FollowMode, *, hours: float = 0) -> bool:
    async with db.writing() as tx:
        return await follows.put(
            tx, chat_id=CHAT, subject_id=subject_id, mode=mode, origin="offer", now=at(hours)
        )


async def drop(db: Database, subject_id, mode: FollowMode) -> bool:
    async with db.writing() as tx:
        return await follows.drop(tx, chat_id=CHAT, subject_id=subject_id, mode=mode)


async def modes(db: Database, chat_id: int = CHAT) -> dict[int, FollowMode]:
    async with db.reading() as tx:
        return await follows.list_modes(tx, chat_id=chat_id)


async def test_a_follow_begins_once(db: Database):
    await add_reader(db)
    wind = await add_subject(db)

    begun = [await put(db, wind, FOLLOW, hours=hours) for hours in (0, 1)]

    (row,) = await look(db, follow)
    assert begun == [True, False]
    assert (row.mode, row.since, row.origin) == (FOLLOW, at(0), "offer")


async def test_a_mute_replaces_a_follow(db: Database):
    await add_reader(db)
    wind = await add_subject(db)
    await put(db, wind, FOLLOW)

    assert await put(db, wind, MUTE, hours=1)

    (row,) = await look(db, follow)
    assert (row.mode, row.since) == (MUTE, at(1))


async def test_a_follow_ends_once(db: Database):
    await add_reader(db)
    wind = await add_subject(db)
    await put(db, wind, FOLLOW)

    assert [await drop(db, wind, FOLLOW) for _ in range(2)] == [True, False]
    assert await modes(db) == {}


async def test_unfollowing_ends_no_mute(db: Database):
    await add_reader(db)
    wind = await add_subject(db)
    await put(db, wind, MUTE)

    assert not await drop(db, wind, FOLLOW)

    assert await modes(db) == {wind: MUTE}


async def test_what_is_followed_is_listed_by_label(db: Database):
    await add_reader(db)
    sun, wind, air = [await add_subject(db, label) for label in ("Sun", "wind", "Air")]
    coal = await add_subject(db, "Coal")
    for subject_id in (sun, wind, air):
        await put(db, subject_id, FOLLOW)
    await put(db, coal, MUTE)

    async with db.reading() as tx:
        followed = await follows.list_subjects(tx, chat_id=CHAT, mode=FOLLOW)
        muted = await follows.list_subjects(tx, chat_id=CHAT, mode=MUTE)

    assert [one.label for one in followed] == ["Air", "Sun", "wind"]
    assert [one.label for one in muted] == ["Coal"]


async def test_chats_follow_apart_from_each_other(db: Database):
    wind, sun = await add_subject(db, "wind"), await add_subject(db, "sun")
    for chat_id, subject_id in ((1, wind), (2, sun)):
        await add_reader(db, chat_id)
        await add_follow(db, subject_id, chat_id)

    assert (await modes(db, 1), await modes(db, 2)) == ({wind: FOLLOW}, {sun: FOLLOW})


async def test_a_chat_knows_which_briefs_it_had(db: Database):
    await promise(db, briefs=(1, 2, 3))
    await promise(db, 2, briefs=(4,))

    async with db.reading() as tx:
        had = await hads.list_had(tx, chat_id=CHAT, brief_ids=[2, 3, 4])
        counted = await hads.count_had(tx, chat_id=CHAT)

    assert (had, counted) == ({2, 3}, 3)


async def test_a_new_chat_had_nothing(db: Database):
    async with db.reading() as tx:
        assert await hads.list_had(tx, chat_id=CHAT, brief_ids=[1]) == set()
        assert await hads.count_had(tx, chat_id=CHAT) == 0
