"""The power goes: what was acknowledged is there, and what left was marked before."""

import random
from datetime import timedelta

import pytest

from bot.crash_points import Point
from bot.ingest.load import document_of
from bot.runtime.parts import make_reader
from bot.services.matcher import Matcher
from bot.services.taking_in import Intake, Run
from storage.database import Database
from storage.model.delivery import Kind
from tests.factories import make_document, make_lexicon
from tests.fakes import NOON
from tests.faults.lives import Fate, Life, add_promises, add_readers, open_ground
from tests.faults.power import Power, can_watch, put_back, watched_power
from tests.storage.rows import add_brief

READERS = range(1001, 1009)
#: Pages of the write-ahead log after which SQLite moves them into the database: much is moved.
OFTEN = 40
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
#: What chance leaves of each cut; the others with `make soak`.
SEEDS = pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 8))]
)


@pytest.fixture
def power():
    if not can_watch():
        pytest.skip(
            "this Python has SQLite built in, so nobody can stand between it and its files"
        )
    with watched_power() as power:
        yield power


class Blackout(Fate):
    """The power goes when a point is reached for the nth time, and the life ends there."""

    def __init__(self, power: Power, chance: random.Random, point: Point, nth: int) -> None:
        super().__init__(point, nth)
        self._power, self._chance = power, chance
        self.left = {}

    def __call__(self, point: Point) -> None:
        try:
            super().__call__(point)
        finally:
            if self.struck.is_set() and not self.left:
                self.left = self._power.cut(self._chance)


async def take_in(db: Database, body: str) -> None:
    """Take a document in; when this returns, it is acknowledged."""
    lexicon = make_lexicon()
    matcher = Matcher(lexicon, window=timedelta(days=30))
    intake = Intake(db, reader=make_reader(lexicon), matcher=matcher)
    (piece,) = intake.read([document_of("brief.txt", make_document(body=body))])
    assert (await intake.take(piece, run=Run(publish="all", order="publish"), now=NOON)).is_new


async def list_bodies(db: Database) -> set[str]:
    """Return what is stored in a sound database."""
    async with db.reading() as tx:
        assert (await tx.exec_driver_sql("PRAGMA integrity_check")).scalar_one() == "ok"
        return set((await tx.exec_driver_sql("SELECT body FROM brief_revision")).scalars())


@SQLITE
@SEEDS
async def test_g1_a_brief_that_was_acknowledged_outlives_a_power_cut(database_url, power, seed):
    chance, cuts, acknowledged = random.Random(seed), [], set()
    power.before_sync = lambda: cuts.append((power.cut(chance), acknowledged.copy()))
    db = Database(database_url)
    async with db.writing() as tx:
        await tx.exec_driver_sql(f"PRAGMA wal_autocheckpoint={OFTEN}")
    for n in range(8):
        await take_in(db, body := f"Site {n} was approved.")
        acknowledged.add(body)
        cuts.append((power.cut(chance), acknowledged.copy()))
    power.before_sync = lambda: None
    await db.close()

    assert len(cuts) > 2 * len(acknowledged)
    for files, expected in cuts:
        put_back(files, db.path)
        again = Database(database_url)
        assert await list_bodies(again) >= expected
        await again.close()


@SQLITE
@SEEDS
@pytest.mark.parametrize(
    "point",
    [Point.MARK_WRITTEN, Point.MARK_COMMITTED, Point.CALL_ANSWERED, Point.NOTE_WRITTEN],
    ids=lambda point: point.name.lower(),
)
async def test_g4_what_left_before_a_power_cut_was_marked(database_url, power, point, seed):
    async with open_ground(database_url) as ground:
        db = Database(database_url)
        await add_readers(ground, db, READERS)
        brief_ids = [await add_brief(db, headline=f"Site {n} was approved.") for n in range(3)]
        await add_promises(db, Kind.DIGEST, READERS, brief_ids)
        path = db.path
        await db.close()

        blackout = Blackout(power, random.Random(seed), point, nth=3)
        assert not await ground.live(Life.send_all, blackout)
        put_back(blackout.left, path)

        assert await ground.send_all()
        assert await ground.faults() == []
