"""A document that says nearly what another said is noticed, however many came meanwhile."""

from datetime import timedelta

import pytest

from bot.ingest.load import document_of
from bot.runtime.parts import make_reader
from bot.services.matcher import Matcher
from bot.services.taking_in import AT_ONCE, Intake, Run
from storage.database import Database
from tests.factories import make_document, make_lexicon
from tests.fakes import NOON
from tests.storage.rows import add_brief

BODY = " ".join(f"Turbine {n} was connected to the grid of county {n}." for n in range(40))


async def take(db: Database, body: str):
    """Take a document in, as a process that has just started."""
    lexicon = make_lexicon()
    matcher = Matcher(lexicon, window=timedelta(days=30))
    intake = Intake(db, reader=make_reader(lexicon), matcher=matcher)
    (piece,) = intake.read([document_of("brief.txt", make_document(body=body))])
    return await intake.take(piece, run=Run(publish="clean"), now=NOON)


@pytest.mark.parametrize("others", [0, AT_ONCE + 1])
async def test_a_new_process_notices_a_version_of_what_is_stored(sqlite_db: Database, others: int):
    first = await take(sqlite_db, BODY)
    for n in range(others):
        await add_brief(sqlite_db, columns={"signature": f"{1 << n:x}"})

    second = await take(sqlite_db, BODY.replace("Turbine 7 ", "Turbine 70 "))

    assert second.likely_version_of == first.brief_id


async def test_another_story_is_no_version(sqlite_db: Database):
    await take(sqlite_db, BODY)

    assert (await take(sqlite_db, "A strait was closed to ships.")).likely_version_of is None
