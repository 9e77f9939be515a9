"""The sender dies at every point where its death means something else, and starts again."""

from collections import Counter

import pytest

from bot.crash_points import Point
from bot.playground.faults import Fault
from storage.database import Database
from storage.model.delivery import Kind
from tests.faults.lives import Fate, Life, add_changes, add_promises, add_readers
from tests.storage.rows import add_brief

READERS = range(1001, 1006)
#: To them a message is refused for its formatting, and its words are sent plain.
REFUSED = (1002, 1003)
BAD_FORMAT = "Bad Request: can't parse entities: unsupported start tag"
ON_THE_WAY = [
    Point.MARK_WRITTEN,
    Point.MARK_COMMITTED,
    Point.CALL_BEGUN,
    Point.CALL_REFUSED,
    Point.CALL_ANSWERED,
    Point.NOTE_WRITTEN,
    Point.NOTE_COMMITTED,
]
TAKING_OVER = [Point.RESCUE_WRITTEN, Point.RESCUE_COMMITTED]
REPEATED = [Kind.NOW, Kind.ALERT, Kind.DIGEST, Kind.NOTICE]
TIMES = pytest.mark.parametrize("nth", [1, 2], ids=["first time", "second time"])


def kinds(*chosen):
    return pytest.mark.parametrize("kind", chosen, ids=lambda kind: kind.name.lower())


@pytest.fixture
async def db(ground):
    """The database as somebody else has it open, with five readers in it."""
    database = Database(ground.url)
    await add_readers(ground, database, READERS)
    yield database
    await database.close()


def refuse_formatting(ground):
    for chat_id in REFUSED:
        ground.playground.faults.add(
            Fault(code=400, description=BAD_FORMAT, chat_id=chat_id, contains="<b>", times=None)
        )


async def die_at(ground, point, nth):
    """Let a sender work until it dies at a point."""
    survived = await ground.live(Life.send_all, Fate(point, nth))
    assert not survived, f"{point.name} was not reached {nth} times"


def times_by_words(ground):
    """Return how often each chat got each message."""
    sent = [one for one in ground.playground.accepted if one.method == "sendMessage"]
    return Counter((one.chat_id, one.fingerprint) for one in sent)


async def states(db, kind):
    async with db.reading() as tx:
        found = await tx.exec_driver_sql(
            f"SELECT state, count(*) FROM delivery WHERE kind = {int(kind)} GROUP BY state"
        )
        return dict(tuple(row) for row in found)


@kinds(*REPEATED)
@TIMES
async def test_g4_deaths_on_the_way_repeat_only_what_is_listed_in_doubt(ground, db, kind, nth):
    refuse_formatting(ground)

    for point in ON_THE_WAY:
        brief_id = await add_brief(db, headline=f"Tides at {point.name} power an island.")
        await add_promises(db, kind, READERS, [brief_id])
        await die_at(ground, point, nth)
    await ground.send_all()

    assert await ground.faults() == []
    assert set(await states(db, kind)) <= {"sent", "uncertain"}


@TIMES
async def test_g4_deaths_on_the_way_never_repeat_a_broadcast(ground, db, nth):
    refuse_formatting(ground)

    for point in ON_THE_WAY:
        brief_id = await add_brief(db, headline=f"Tides at {point.name} power an island.")
        await add_promises(db, Kind.BROADCAST, READERS, [brief_id])
        await die_at(ground, point, nth)
    await ground.send_all()

    assert await ground.faults() == []
    assert max(times_by_words(ground).values()) == 1
    assert set(await states(db, Kind.BROADCAST)) == {"sent", "uncertain"}


@TIMES
async def test_g7_deaths_on_the_way_leave_no_copy_uncorrected(ground, db, nth):
    brief_id = await add_brief(db, headline="Tides power an island.")
    await add_promises(db, Kind.DIGEST, READERS, [brief_id])
    await ground.send_all()
    refuse_formatting(ground)

    for change, point in enumerate(ON_THE_WAY, start=1):
        await add_changes(db, brief_id, change)
        await die_at(ground, point, nth)
    await ground.send_all()

    assert await ground.faults() == []
    assert await states(db, Kind.EDIT) == {"sent": len(ON_THE_WAY) * len(READERS)}
    assert set(headlines(ground)) == {f"Correction {len(ON_THE_WAY)}."}


def headlines(ground):
    """Return what stands in the first line of the last message of each chat."""
    world = ground.playground.world
    for chat_id in READERS:
        *_, last = world.chats[chat_id].messages.values()
        yield last.content.text.text.partition("\n")[0].removeprefix("1 · ")


@pytest.mark.parametrize("point", TAKING_OVER)
async def test_g9_who_dies_while_taking_over_is_taken_over_too(ground, db, point):
    brief_id = await add_brief(db)
    await add_promises(db, Kind.DIGEST, READERS, [brief_id])
    await die_at(ground, Point.CALL_ANSWERED, 1)

    await die_at(ground, point, 1)
    await ground.send_all()

    assert await ground.faults() == []
    assert max(times_by_words(ground).values()) <= 2


async def test_g3_whoever_always_dies_is_not_repeated_for_ever(ground, db):
    brief_id = await add_brief(db)
    await add_promises(db, Kind.DIGEST, READERS, [brief_id])

    for _ in range(4 * len(READERS)):
        await ground.live(Life.send_all, Fate(Point.CALL_ANSWERED))

    assert await ground.faults() == []
    assert max(times_by_words(ground).values()) <= 2
    assert await states(db, Kind.DIGEST) == {"uncertain": len(READERS)}
