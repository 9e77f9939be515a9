"""Fill a database with a crowd: ADDRESS SUBSCRIBERS BRIEFS PHRASES EXPONENT."""

import asyncio
import sys
from datetime import timedelta

from bot.config import find_folder
from bot.ingest.load import Document
from bot.ingest.results import DocumentKind
from bot.runtime.parts import load_lexicon, make_reader
from bot.services import subjects
from bot.services.crowd import CrowdShape, add_crowd, documents_of
from bot.services.matcher import Matcher
from bot.services.taking_in import Intake, Run, read_pieces
from storage import migrate
from storage.database import Database
from tests.benchmarks.crowds import AT, NOW


async def main(address: str, subscribers: int, briefs: int, phrases: int, exponent: float) -> None:
    lexicon = load_lexicon(find_folder(), default_lang="en")
    matcher = Matcher(lexicon, window=timedelta(days=30))
    db = Database(address)
    await migrate.upgrade(db)
    async with db.writing() as tx:
        await subjects.sync(tx, matcher=matcher, now=NOW)
    shape = CrowdShape(subscribers=subscribers, phrases=phrases, exponent=exponent, at=AT)
    followed = await add_crowd(db, shape=shape, lexicon=lexicon, now=NOW)
    reader = make_reader(lexicon)
    intake = Intake(db, reader=reader, matcher=matcher)
    documents = [
        Document(file=f"{n}.txt", kind=DocumentKind.TEXT, data=text.encode())
        for n, text in enumerate(documents_of(followed, briefs), start=1)
    ]
    run = Run(publish="all", order="publish")
    for n, piece in enumerate(read_pieces(documents, reader=reader)):
        await intake.take(piece, run=run, now=NOW + timedelta(seconds=n))
    if not db.is_sqlite:  # where PostgreSQL does it by itself, nobody does on SQLite
        async with db.writing() as tx:
            await tx.exec_driver_sql("ANALYZE")
    await db.close()


if __name__ == "__main__":
    address, subscribers, briefs, phrases, exponent = sys.argv[1:]
    asyncio.run(main(address, int(subscribers), int(briefs), int(phrases), float(exponent)))
