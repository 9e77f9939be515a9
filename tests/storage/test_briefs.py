"""Briefs: what is taken in comes back as it was, and lists stand in their order."""

from datetime import timedelta

import pytest

from storage import briefs, intake, matches
from storage.database import Database
from storage.errors import Conflict, NotFound
from storage.matches import News, Wanted
from storage.model.brief import BriefState
from storage.tables import brief_name, brief_revision
from storage.transactions import WriteTx
from tests.factories import at, make_draft
from tests.fakes import NOON
from tests.storage.rows import add_brief, add_subject, look, retract, revise

QUEUED, RELEASED = BriefState.QUEUED, BriefState.RELEASED


async def read(db: Database, brief_id: int):
    async with db.reading() as tx:
        return await briefs.get_brief(tx, brief_id=brief_id)


async def look_before(tx: WriteTx, **how) -> intake.Before:
    return await intake.look_before(tx, **{"fingerprint": "new", "since": at(-2)} | how)


async def ids(db: Database, list_some, **how) -> list[int]:
    async with db.reading() as tx:
        return [one.id for one in await list_some(tx, **how)]


async def test_a_brief_comes_back_as_it_was_read(db: Database):
    draft = make_draft(
        headline="Größe 😀",
        headline_stated=True,
        confidence=None,
        read_seconds_stated=False,
        published_at=at(-50),
        section="Energy",
        source_url="https://example.org/a?b=c",
        lang="de",
        extras=(("author", "Ann"), ("author", 'Bo "B"')),
    )

    async with db.writing() as tx:
        brief_id = await intake.add_brief(
            tx, draft=draft, fingerprint="f", keys=["k"] * 4, now=NOON, source="Grid Weekly"
        )

    one = await read(db, brief_id)
    assert one.content == draft
    assert (one.id, one.state, one.revision, one.source) == (brief_id, QUEUED, 1, "Grid Weekly")
    assert (one.published_at, one.ingested_at, one.released_at) == (at(-50), NOON, None)


async def test_an_undated_brief_is_dated_when_it_comes_in(db: Database):
    async with db.writing() as tx:
        brief_id = await intake.add_brief(
            tx, draft=make_draft(), fingerprint="f", keys=["k"] * 4, now=NOON
        )

    one = await read(db, brief_id)
    assert (one.published_at, one.content.published_at) == (NOON, None)


async def test_a_brief_may_name_nothing(db: Database):
    brief_id = await add_brief(db, topics=(), entities=())

    content = (await read(db, brief_id)).content
    assert (content.topics, content.entities) == ((), ())


async def test_names_stand_in_the_order_of_the_document(db: Database):
    topics, entities = ("wind", "Azores", "coal"), ("Zeta", "Alpha")

    brief_id = await add_brief(db, topics=topics, entities=entities)

    content = (await read(db, brief_id)).content
    assert (content.topics, content.entities) == (topics, entities)


async def test_names_are_kept_with_their_keys(db: Database):
    await add_brief(db, topics=("Wind",), entities=("Grid",))

    rows = {(row.kind.value, row.written, row.key) for row in await look(db, brief_name)}
    assert rows == {("topic", "Wind", "wind"), ("entity", "Grid", "grid")}


async def test_every_name_needs_a_key(sqlite_db: Database):
    async with sqlite_db.writing() as tx:
        with pytest.raises(ValueError, match="zip"):
            await intake.add_brief(tx, draft=make_draft(), fingerprint="f", keys=["k"], now=NOON)


async def test_a_document_is_stored_once(db: Database):
    await add_brief(db, columns={"fingerprint": "same"})

    with pytest.raises(Conflict) as refused:
        await add_brief(db, columns={"fingerprint": "same"})

    assert refused.value.constraint == "brief_fingerprint_unique"
    assert len(await look(db, brief_revision)) == 1


async def test_why_a_brief_waits_is_kept(db: Database):
    brief_id = await add_brief(db, columns={"holds": "placeholder short"})

    assert (await read(db, brief_id)).holds == ("placeholder", "short")


async def test_a_brief_that_is_not_there_is_not_found(db: Database):
    async with db.reading() as tx:
        assert await briefs.find_brief(tx, brief_id=1) is None
        with pytest.raises(NotFound, match="no brief 1"):
            await briefs.get_brief(tx, brief_id=1)


async def test_a_brief_is_read_at_its_current_revision(db: Database):
    brief_id = await add_brief(db, headline="First.")
    await revise(db, brief_id, headline="Second.")

    one = await read(db, brief_id)

    assert (one.revision, one.content.headline) == (2, "Second.")


async def test_revisions_are_read_as_they_were(db: Database):
    first, second = await add_brief(db, headline="A1"), await add_brief(db, headline="B1")
    for brief_id, headline in ((first, "A2"), (second, "B2")):
        await revise(db, brief_id, headline=headline)

    async with db.reading() as tx:
        found = await briefs.list_revisions(tx, pairs=[(second, 2), (first, 1), (first, 9)])

    told = [(one.id, one.revision, one.content.headline) for one in found]
    assert told == [(first, 1, "A1"), (second, 2, "B2")]


async def test_briefs_are_listed_by_id(db: Database):
    first, _, third = [await add_brief(db) for _ in range(3)]

    assert await ids(db, briefs.list_briefs, brief_ids=[third, 99, first]) == [first, third]


async def test_no_briefs_are_asked_for_in_vain(db: Database):
    assert await ids(db, briefs.list_briefs, brief_ids=[]) == []


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        pytest.param(at(-1), None, True, id="from then on"),
        pytest.param(at(-1) + timedelta(microseconds=1), None, False, id="after it"),
        pytest.param(at(-2), at(-1), True, id="until then"),
        pytest.param(at(-2), at(-1) - timedelta(microseconds=1), False, id="before it"),
    ],
)
async def test_released_briefs_are_listed_by_their_time(db: Database, since, until, found: bool):
    brief_id = await add_brief(db, released_at=at(-1))
    await add_brief(db, state=BriefState.RETRACTED, released_at=at(-1))

    listed = await ids(db, briefs.list_released, since=since, until=until)

    assert listed == ([brief_id] if found else [])


async def test_ids_of_what_is_out_still_are_listed(db: Database):
    first, second, third = [await add_brief(db, released_at=at(-n)) for n in (1, 2, 50)]
    gone = await add_brief(db)
    await retract(db, gone)

    async with db.reading() as tx:
        assert await briefs.list_released_ids(tx, since=at(-48)) == [second, first]
        assert third in await briefs.list_released_ids(tx, since=at(-50))


async def test_briefs_in_a_state_come_in_pages(db: Database):
    queued = [await add_brief(db, state=QUEUED) for _ in range(3)]
    await add_brief(db)

    first = await ids(db, briefs.list_in_state, state=QUEUED, limit=2)
    second = await ids(db, briefs.list_in_state, state=QUEUED, after=first[-1], limit=2)

    assert (first, second) == (queued[:2], queued[2:])


async def test_all_briefs_come_in_pages(db: Database):
    added = [await add_brief(db, state=state) for state in BriefState]

    first = await ids(db, briefs.list_all, limit=3)
    second = await ids(db, briefs.list_all, after=first[-1], limit=3)

    assert first + second == added


async def test_heads_tell_the_revision_with_the_state(db: Database):
    first, second = await add_brief(db), await add_brief(db, state=QUEUED)
    await revise(db, first, revision=4)

    async with db.reading() as tx:
        heads = await briefs.load_heads(tx, brief_ids=[first, second, 99])

    assert heads == {first: (4, RELEASED), second: (1, QUEUED)}


async def test_documents_are_known_by_their_fingerprints(db: Database):
    brief_id = await add_brief(db, columns={"fingerprint": "known"})

    async with db.writing() as tx:
        found = [await intake.find_id(tx, fingerprint=mark) for mark in ("known", "new")]
        before = [await look_before(tx, fingerprint=mark) for mark in ("known", "new")]

    assert found == [one.known for one in before] == [brief_id, None]


async def test_the_free_id_is_the_next_and_a_known_document_uses_none_up(db: Database):
    async with db.writing() as tx:
        assert (await look_before(tx, fingerprint="first")).free_id == 1
    last = await add_brief(db, columns={"fingerprint": "known"})

    async with db.writing() as tx:
        for _ in range(3):
            await look_before(tx, fingerprint="known")
        free_id = (await look_before(tx, fingerprint="new")).free_id
        added = await intake.add_brief(
            tx, brief_id=free_id, draft=make_draft(), fingerprint="f", keys=["k"] * 4, now=NOON
        )

    assert free_id == added == last + 1


async def test_signatures_are_those_of_late_briefs_that_have_one(db: Database):
    early = await add_brief(db, columns={"signature": "a"})
    await add_brief(db)
    late = await add_brief(db, columns={"signature": "b"})

    async with db.writing() as tx:
        every = await look_before(tx)
        later = await look_before(tx, after=early)
        none = await look_before(tx, since=at(-1))
        last = await look_before(tx, limit=1)

    assert every.late == [(early, "a"), (late, "b")]
    assert later.late == last.late == [(late, "b")]
    assert none.late == []


async def test_news_are_asked_for_with_what_was_before(db: Database):
    wind = await add_subject(db, "Wind")
    early, late = await add_brief(db, released_at=at(-2)), await add_brief(db)

    async with db.writing() as tx:
        none = await look_before(tx)
        every = await look_before(tx, wanted=Wanted(0, at(-2)))
        later = await look_before(tx, wanted=Wanted(wind, at(-1)))

    assert none.news is None
    assert every.news == News(at(-2), [(wind, "Wind")], [early, late])
    assert later.news == News(at(-1), [], [late])


async def test_a_brief_may_belong_to_a_story(db: Database):
    first, second = await add_brief(db), await add_brief(db)

    async with db.writing() as tx:
        await matches.settle_release(
            tx, brief_id=second, found=[], story_id=first, updates_id=first
        )

    one = await read(db, second)
    assert (one.story_id, one.updates_id) == (first, first)
    assert (await read(db, first)).story_id is None
