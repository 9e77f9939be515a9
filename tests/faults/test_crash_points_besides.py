"""Deaths of the planner, between pages of edits, and between an update and its confirmation."""

from collections import Counter

import pytest

from bot.chat.intake import Intake
from bot.crash_points import Point, watched
from bot.delivery.choose import Rules
from bot.delivery.correct import promise_edits
from bot.delivery.plan import plan_due
from storage.database import Database
from storage.model.delivery import Kind
from tests.delivery.test_plan import add_due, add_wind
from tests.fakes import NOON
from tests.faults.lives import Death, Fate, add_changes, add_promises, add_readers
from tests.faults.test_crash_points import ON_THE_WAY, TAKING_OVER
from tests.flow.stage import open_scene
from tests.storage.rows import add_brief

RULES = Rules(default_zone="UTC", keep_seat=False)
READERS = range(1001, 1008)
PAGE = 3
PLANNING = [Point.PLAN_READ, Point.PLAN_WRITTEN, Point.PLAN_COMMITTED]
EDITING = [Point.EDITS_WRITTEN, Point.EDITS_COMMITTED]
TIMES = pytest.mark.parametrize("nth", [1, 2], ids=["first time", "second time"])
ONLY_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def db(ground):
    database = Database(ground.url)
    yield database
    await database.close()


async def plan(life):
    await plan_due(life.db, now=NOON, rules=RULES, page=PAGE)
    await life.send_all()


async def correct(life):
    await promise_edits(life.db, now=life.clock.now(), page=PAGE)
    await life.send_all()


@pytest.mark.parametrize("point", PLANNING)
@TIMES
async def test_g2_who_dies_while_planning_promises_each_digest_once(ground, db, point, nth):
    for chat_id in READERS:
        ground.playground.person(f"Reader {chat_id}", id=chat_id, started=True)
    await add_due(db, await add_wind(db), *READERS)

    survived = await ground.live(plan, Fate(point, nth))
    await ground.live(plan)

    assert not survived
    assert await ground.faults() == []
    assert Counter(one.chat_id for one in ground.playground.accepted) == dict.fromkeys(READERS, 1)


@pytest.mark.parametrize("point", EDITING)
@TIMES
async def test_g7_who_dies_between_pages_of_edits_forgets_no_copy(ground, db, point, nth):
    await add_readers(ground, db, READERS)
    brief_id = await add_brief(db)
    await add_promises(db, Kind.DIGEST, READERS, [brief_id])
    await ground.send_all()
    await add_changes(db, brief_id, 1)

    survived = await ground.live(correct, Fate(point, nth))
    await ground.live(correct)

    assert not survived
    assert await ground.faults() == []
    edited = Counter(one.chat_id for one in ground.playground.accepted if "edit" in one.method)
    assert edited == dict.fromkeys(READERS, 1)


@ONLY_SQLITE
async def test_g1_who_dies_before_an_update_is_confirmed_handles_it_once(database_url):
    fate = Fate(Point.UPDATE_HANDLED)
    async with open_scene(database_url) as scene:
        await scene.joins(scene.reader)
        update = {"message": scene.message_of(scene.reader, "/subscribe satellites")}
        raw = {"update_id": 700_000_001} | update

        with watched(fate), pytest.raises(Death):
            await Intake(scene.bot._application, scene.db, scene.clock).handle(raw)
        await scene.reader.next_reply()
        await scene.restart()
        await Intake(scene.bot._application, scene.db, scene.clock).handle(raw)

        said = await scene.said_until_help(scene.reader)
    assert fate.struck.is_set()
    assert said == []


def test_every_point_has_its_deaths():
    """Each of these is taken by a test that fails if it is not reached."""
    besides = {Point.UPDATE_HANDLED, Point.SLOTS_COMMITTED}  # the latter in tests/delivery
    taken = {*ON_THE_WAY, *TAKING_OVER, *PLANNING, *EDITING, *besides}

    assert set(Point) - taken == set()
