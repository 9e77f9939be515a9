"""Matches: which subjects want which briefs, and because of what."""

from datetime import timedelta

from storage import matches
from storage.database import Database
from storage.model.brief import BriefState
from storage.model.subject import Match, Ring, SubjectKind
from storage.tables import match
from tests.factories import at
from tests.storage.rows import add_brief, add_match, add_subject, look

MOMENT = timedelta(microseconds=1)


async def test_a_match_that_is_kept_stays_as_it_is(db: Database):
    wind, brief_id = await add_subject(db), await add_brief(db)
    await add_match(db, wind, brief_id, ring=Ring.NAME)

    await add_match(db, wind, brief_id, ring=Ring.WORDS)

    assert [row.ring for row in await look(db, match)] == [Ring.NAME]


async def test_a_match_that_is_kept_does_not_keep_back_others(db: Database):
    wind = await add_subject(db)
    first, second = await add_brief(db), await add_brief(db)
    await add_match(db, wind, first)

    await add_match(db, wind, first, second)

    assert [row.brief_id for row in await look(db, match)] == [first, second]


async def test_no_matches_are_nothing_to_keep(db: Database):
    async with db.writing() as tx:
        await matches.add_matches(tx, pairs=[])

    assert await look(db, match) == []


async def test_pairs_are_those_of_briefs_that_are_out(db: Database):
    wind, sun = await add_subject(db, "wind"), await add_subject(db, "sun")
    early = await add_brief(db, released_at=at(-5) - MOMENT)
    first, second = [await add_brief(db, released_at=at(-5)) for _ in range(2)]
    queued = await add_brief(db, state=BriefState.QUEUED)
    await add_match(db, sun, second, first, ring=Ring.WORDS)
    await add_match(db, wind, early, queued, second)

    async with db.reading() as tx:
        pairs = await matches.list_pairs(tx, since=at(-5))

    assert pairs == [
        (wind, second, Ring.NAME),
        (sun, first, Ring.WORDS),
        (sun, second, Ring.WORDS),
    ]


async def test_why_a_brief_came_is_told_by_subject(db: Database):
    wind, sun, coal = [await add_subject(db, label) for label in ("wind", "sun", "coal")]
    brief_id, other = await add_brief(db), await add_brief(db)
    for subject_id in (sun, wind, coal):
        await add_match(db, subject_id, brief_id)
    await add_match(db, sun, other)

    async with db.reading() as tx:
        why = await matches.list_why(tx, brief_id=brief_id, subject_ids=[sun, wind])

    assert why == [
        Match(subject_id=subject_id, ring=Ring.NAME, because="offshore wind")
        for subject_id in (wind, sun)
    ]


async def test_a_brief_that_several_subjects_want_counts_once(db: Database):
    wind, sun = await add_subject(db, "wind"), await add_subject(db, "sun")
    both, one = await add_brief(db), await add_brief(db)
    early = await add_brief(db, released_at=at(-5) - MOMENT)
    gone = await add_brief(db, state=BriefState.RETRACTED)
    await add_match(db, wind, both, one, early, gone)
    await add_match(db, sun, both)

    async with db.reading() as tx:
        counted = await matches.count_briefs(tx, subject_ids=[wind, sun], since=at(-5))

    assert counted == 2


async def test_sections_are_counted_apart(db: Database):
    energy = await add_subject(db, "energy", kind=SubjectKind.SECTION)
    space = await add_subject(db, "space", kind=SubjectKind.SECTION)
    wind = await add_subject(db, "wind")
    first, second = await add_brief(db), await add_brief(db)
    early = await add_brief(db, released_at=at(-5) - MOMENT)
    queued = await add_brief(db, state=BriefState.QUEUED)
    await add_match(db, energy, first, second, queued, ring=Ring.SECTION)
    await add_match(db, space, early, ring=Ring.SECTION)
    await add_match(db, wind, first)

    async with db.reading() as tx:
        assert await matches.count_by_section(tx, since=at(-5)) == {energy: 2}


async def test_matching_may_be_locked_more_than_once(db: Database):
    async with db.writing() as tx:
        await matches.lock_matching(tx)
        await matches.lock_matching(tx)

    assert await look(db, match) == []
