"""Which briefs may go into digests, and which follows and mutes they meet."""

from datetime import timedelta

import pytest

from bot.delivery.windows import MOST_BACK, LoadedWindow, load_window
from storage import matches, subjects
from storage.database import Database
from storage.model.brief import BriefState
from storage.model.subject import Ring
from tests.factories import at
from tests.fakes import NOON
from tests.storage.rows import add_brief, add_match, add_subject, retract, revise

MOMENT = timedelta(microseconds=1)


async def load(db: Database) -> LoadedWindow:
    return await load_window(db, now=NOON)


@pytest.mark.parametrize("state", sorted(set(BriefState) - {BriefState.RELEASED}))
async def test_only_released_briefs_go_into_digests(sqlite_db: Database, state: BriefState):
    await add_brief(sqlite_db, state=state)

    assert (await load(sqlite_db)).briefs == {}


@pytest.mark.parametrize(
    ("released_at", "loaded"),
    [
        pytest.param(NOON - MOST_BACK - MOMENT, False, id="too long ago"),
        pytest.param(NOON - MOST_BACK, True, id="8 days ago"),
        pytest.param(NOON, True, id="now"),
        pytest.param(NOON + MOMENT, False, id="later"),
    ],
)
async def test_briefs_of_the_last_days_go_into_digests(db: Database, released_at, loaded: bool):
    await add_brief(db, released_at=released_at)

    assert bool((await load(db)).briefs) is loaded


async def test_a_brief_goes_into_digests_as_it_stands(db: Database):
    brief_id = await add_brief(db, impact=2.0, confidence=None, read_seconds=90)
    await revise(db, brief_id, impact=9.0, confidence=0.5, read_seconds=120)

    (one,) = (await load(db)).window.briefs

    assert (one.id, one.revision, one.released_at) == (brief_id, 2, at(-1))
    assert (one.impact, one.confidence, one.seconds) == (9.0, 0.5, 120)


async def test_a_brief_without_a_story_tells_its_own(db: Database):
    first, second = await add_brief(db), await add_brief(db)
    third = await add_brief(db)
    async with db.writing() as tx:
        await matches.settle_release(
            tx, brief_id=second, found=[], story_id=first, updates_id=first
        )

    stories = {one.id: one.story_id for one in (await load(db)).window.briefs}

    assert stories == {first: first, second: first, third: third}


async def test_what_was_retracted_is_wanted_by_nobody(db: Database):
    wind = await add_subject(db)
    brief_id = await add_brief(db)
    await add_match(db, wind, brief_id)
    await retract(db, brief_id)

    loaded = await load(db)

    assert (loaded.briefs, loaded.window.wants) == ({}, {})


@pytest.mark.parametrize(
    ("ring", "mutes"),
    [(Ring.NAME, True), (Ring.WORDS, True), (Ring.SECTION, True), (Ring.HEADLINE, False)],
)
async def test_what_a_mute_meets(sqlite_db: Database, ring: Ring, mutes: bool):
    wind = await add_subject(sqlite_db)
    await add_match(sqlite_db, wind, await add_brief(sqlite_db), ring=ring)

    window = (await load(sqlite_db)).window

    assert (wind in window.mutes, wind in window.wants) == (mutes, True)


async def test_merged_subjects_want_the_same(db: Database):
    wind, breeze = await add_subject(db, "wind"), await add_subject(db, "breeze")
    await add_match(db, wind, await add_brief(db))
    async with db.writing() as tx:
        await subjects.merge(tx, subject_id=breeze, into=wind, by="editor")

    window = (await load(db)).window

    assert window.wants[breeze] == window.wants[wind]


async def test_a_window_tells_its_lowest_brief_from_its_highest(db: Database):
    ids = [await add_brief(db, impact=impact) for impact in (5, 9, 1)]

    assert (await load(db)).id_range == (ids[0], ids[-1])


async def test_an_empty_window_has_an_empty_range(db: Database):
    low, high = (await load(db)).id_range

    assert low > high
