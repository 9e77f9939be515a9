"""Subjects: what can be followed, under one key each, and what means the same."""

import pytest

from storage import matches, subjects
from storage.database import Database
from storage.matches import Wanted
from storage.model.subject import EVERYTHING, Subject, SubjectId, SubjectKind
from storage.tables import subject
from tests.fakes import NOON
from tests.storage.rows import add_subject, look

PHRASE, SECTION = SubjectKind.PHRASE, SubjectKind.SECTION


async def add(db: Database, key: str, *, label: str = "Wind", kind: SubjectKind = PHRASE):
    async with db.writing() as tx:
        return await subjects.add_subject(
            tx, kind=kind, key=key, label=label, origin="typed", now=NOON
        )


async def put_section(db: Database, key: str, label: str, **more) -> Subject:
    async with db.writing() as tx:
        return await subjects.put_section(tx, key=key, label=label, now=NOON, **more)


async def merge(db: Database, subject_id: int, into: int, by: str = "editor") -> bool:
    async with db.writing() as tx:
        return await subjects.merge(
            tx, subject_id=SubjectId(subject_id), into=SubjectId(into), by=by
        )


async def heads(db: Database) -> dict[int, int]:
    async with db.reading() as tx:
        return dict(await subjects.load_heads(tx))


async def test_a_subject_is_new_once(db: Database):
    first, is_new = await add(db, "wind", label="Wind")
    second, is_new_again = await add(db, "wind", label="WIND")

    assert (is_new, is_new_again) == (True, False)
    assert second == first
    assert first.label == "Wind"


async def test_keys_differ_by_case(db: Database):
    first, _ = await add(db, "who", label="who")
    second, is_new = await add(db, "WHO", label="WHO")

    assert is_new
    assert first.id != second.id


async def test_a_phrase_may_have_the_key_of_a_section(db: Database):
    await put_section(db, "energy", "Energy")

    _, is_new = await add(db, "energy")

    assert is_new


async def test_a_subject_is_found_by_its_kind_with_its_key(db: Database):
    wind, _ = await add(db, "wind")

    async with db.reading() as tx:
        found = await subjects.find_subject(tx, kind=PHRASE, key="wind")
        other = await subjects.find_subject(tx, kind=SECTION, key="wind")

    assert (found, other) == (wind, None)


async def test_subjects_are_listed_by_id(db: Database):
    first, second, third = [await add_subject(db, label) for label in ("c", "b", "a")]

    async with db.reading() as tx:
        found = await subjects.list_subjects(tx, subject_ids=[third, 99, first])

    assert second not in {one.id for one in found}
    assert [one.id for one in found] == [first, third]


async def test_phrases_are_listed_from_an_id_on(db: Database):
    first, second = await add_subject(db, "c"), await add_subject(db, "a")
    await put_section(db, "energy", "Energy")

    async with db.reading() as tx:
        every = await matches.load_news(tx, wanted=Wanted(0, NOON))
        later = await matches.load_news(tx, wanted=Wanted(first, NOON))

    assert every.phrases == [(first, "c"), (second, "a")]
    assert later.phrases == [(second, "a")]


async def test_sections_are_listed_with_everything_first(db: Database):
    energy = await put_section(db, "energy", "Energy")
    everything = await put_section(db, "everything", "Everything", subject_id=EVERYTHING)
    await add_subject(db)

    async with db.reading() as tx:
        assert await subjects.list_sections(tx) == [everything, energy]


async def test_a_section_that_is_put_again_takes_its_new_label(db: Database):
    first = await put_section(db, "energy", "Energy")
    second = await put_section(db, "energy", "Power")

    assert (second.id, second.label) == (first.id, "Power")


async def test_everything_has_the_number_zero(db: Database):
    everything = await put_section(db, "everything", "Everything", subject_id=EVERYTHING)
    after = await put_section(db, "energy", "Energy")

    assert everything.id == 0
    assert after.id > 0


async def test_a_merged_subject_goes_by_its_head(db: Database):
    wind, breeze = await add_subject(db, "wind"), await add_subject(db, "breeze")

    assert await merge(db, breeze, wind)

    assert await heads(db) == {breeze: wind}


async def test_merges_of_merged_subjects_go_by_one_head(db: Database):
    first, second, third = [await add_subject(db, label) for label in "abc"]
    await merge(db, first, second)
    await merge(db, second, third)

    assert await heads(db) == {first: third, second: third}


async def test_subjects_merged_into_each_other_have_heads_all_the_same(db: Database):
    first, second = await add_subject(db, "a"), await add_subject(db, "b")
    await merge(db, first, second)
    await merge(db, second, first)

    assert set(await heads(db)) == {first, second}


@pytest.mark.parametrize(
    ("earlier", "later", "done"),
    [
        (None, "config", True),
        ("config", "config", True),
        ("editor", "config", False),
        ("config", "editor", True),
        ("editor", "editor", True),
    ],
)
async def test_configuration_never_overrides_an_editor(
    db: Database, earlier: str | None, later: str, done: bool
):
    first, second, third = [await add_subject(db, label) for label in "abc"]
    if earlier is not None:
        await merge(db, first, second, earlier)

    assert await merge(db, first, third, later) is done

    (head,) = (await heads(db)).values()
    assert head == (third if done else second)


async def test_a_subject_that_is_not_there_is_not_merged(db: Database):
    assert not await merge(db, 98, await add_subject(db))


async def test_a_merge_rewrites_nothing_else(db: Database):
    wind, breeze = await add_subject(db, "wind"), await add_subject(db, "breeze")

    await merge(db, breeze, wind)

    rows = {row.id: (row.key, row.label, row.merged_into) for row in await look(db, subject)}
    assert rows == {wind: ("wind", "wind", None), breeze: ("breeze", "breeze", wind)}


async def test_subjects_are_listed_by_their_keys(db: Database):
    first, _ = await add(db, "wind")
    second, _ = await add(db, "sun")
    await put_section(db, "coal", "Coal")

    async with db.reading() as tx:
        found = await subjects.list_by_keys(tx, kind=PHRASE, keys=["sun", "coal", "wind"])

    assert found == [first, second]
