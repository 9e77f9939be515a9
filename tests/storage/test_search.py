"""Search over briefs: the same finds on both databases, whatever is typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import search
from storage.database import Database
from tests.storage.rows import add_brief

#: What a search takes for syntax somewhere, and what breaks a parser.
HOSTILE = [
    "wind OR",
    "AND wind",
    "NOT wind",
    "wind NEAR(storage)",
    'wind "',
    '"wind" "',
    "wind*",
    "^wind",
    "headline:wind",
    "{headline body}: wind",
    "wind -storage",
    "wind) OR (1=1",
    "wind'; DROP TABLE search; --",
    "wind & | ! <-> storage",
    "wind:*",
    "wind\\",
    "wind %",
    "wind _",
    "wind\x00",
    "wind\ud800",
    "wind 😀",
    "wind ½ ²",
]


async def find(db: Database, words: str, *, limit: int = 10) -> list[int]:
    async with db.reading() as tx:
        return await search.find(tx, words=words, limit=limit)


async def add(db: Database, **changed) -> int:
    """Add a brief about nothing, but for what is stated."""
    values = {
        "headline": "A headline.",
        "body": "A body.",
        "counter_argument": "A reply.",
        "topics": (),
        "entities": (),
    }
    return await add_brief(db, **(values | changed))


@pytest.mark.parametrize(
    "where",
    [
        {"headline": "Wind parks."},
        {"body": "About wind parks."},
        {"counter_argument": "No wind at all."},
        {"topics": ("offshore wind",)},
        {"entities": ("Wind Europe",)},
    ],
    ids=lambda where: next(iter(where)),
)
async def test_a_brief_is_found_by_a_word_in(db: Database, where: dict):
    brief_id = await add(db, **where)
    await add(db)

    assert await find(db, "wind") == [brief_id]


async def test_case_does_not_matter(db: Database):
    brief_id = await add(db, body="The GRID operator.")

    assert await find(db, "gRiD Operator") == [brief_id]


async def test_every_word_must_be_there(db: Database):
    brief_id = await add(db, body="wind in spring", topics=("storage",))
    await add(db, body="wind")

    assert await find(db, "wind storage") == [brief_id]


async def test_a_part_of_a_word_is_not_the_word(db: Database):
    await add(db, body="windless")

    assert await find(db, "wind") == []


@pytest.mark.parametrize("words", ["", "   ", '"', "-- !! …", '"" ""'])
async def test_no_words_find_nothing(db: Database, words: str):
    await add(db)

    assert await find(db, words) == []


async def test_quotes_do_not_matter(db: Database):
    brief_id = await add(db, body="wind and storage")

    assert await find(db, '"storage wind"') == [brief_id]


async def test_no_more_are_found_than_asked_for(db: Database):
    ids = [await add(db, body="wind") for _ in range(3)]

    assert await find(db, "wind", limit=2) == ids[:2]


async def test_a_word_that_stands_often_comes_before_one_that_stands_once(db: Database):
    await add(db, body="wind " + "other " * 20)
    often = await add(db, body="wind " * 10)

    assert (await find(db, "wind"))[0] == often


async def test_a_brief_is_found_by_letters_of_any_script(db: Database):
    brief_id = await add(db, body="Ветер и море. Größe.")

    assert await find(db, "ветер größe") == [brief_id]


@pytest.mark.parametrize("words", HOSTILE)
async def test_nothing_typed_is_read_as_an_operator(sqlite_db: Database, words: str):
    await add(sqlite_db, body="storage")

    assert await find(sqlite_db, words) == []


async def test_nothing_typed_breaks_the_search(db: Database):
    brief_id = await add(db, body="wind")

    found = [await find(db, words) for words in HOSTILE]

    assert all(set(ids) <= {brief_id} for ids in found)


async def test_a_very_long_search_is_read_from_its_beginning(db: Database):
    brief_id = await add(db, body="wind")

    assert await find(db, "wind " * 20 + "storm " * 5000) == [brief_id]


async def test_any_text_can_be_searched_for(db: Database):
    await add(db, body="wind")
    searched = []

    @settings(max_examples=30, deadline=None, derandomize=True)
    @given(st.text(min_size=1))
    def collect(words: str) -> None:
        searched.append(words)

    collect()
    found = [await find(db, words) for words in searched]

    assert len(found) == len(searched)
