"""Taking one brief in, with 100 000 phrases followed: read, stored, searchable, matched.

The floor keeps the same briefs, durable and searchable, by the driver alone: nothing is read
from a document, compared or matched.
"""

import asyncio
import time
from datetime import timedelta
from pathlib import Path

from bot.config import find_folder
from bot.ingest.load import Document
from bot.ingest.results import DocumentKind
from bot.runtime.memory import settle
from bot.runtime.parts import load_lexicon, make_reader
from bot.services.crowd import documents_of, phrases_of
from bot.services.matcher import Matcher
from bot.services.taking_in import Intake, Run, read_pieces
from storage.database import Database
from tests.benchmarks.crowds import NOW
from tests.benchmarks.ingest_floor import drafts_of, keep_in_postgres, keep_in_sqlite
from tests.benchmarks.lines import Line, median, spread
from tests.benchmarks.stores import addresses, fill

PHRASES, BRIEFS = 100_000, 300
GOAL = {"SQLite": 3.0, "PostgreSQL": 4.0}
#: The goal was set where keeping a brief by the driver alone took so many milliseconds.
FLOOR_THERE = {"SQLite": 0.57, "PostgreSQL": 1.19}


def measure(folder: Path, rounds: int) -> list[Line]:
    lines = []
    with addresses(folder) as stores:
        for kind, address in stores.items():
            fill(address, "10", "300", str(PHRASES), "1.0")
            lines.append(asyncio.run(_measure(kind, address, rounds)))
    return lines


async def _measure(kind: str, address: str, rounds: int) -> Line:
    lexicon = load_lexicon(find_folder(), default_lang="en")
    matcher = Matcher(lexicon, window=timedelta(days=30))
    reader = make_reader(lexicon)
    db = Database(address)
    async with db.reading() as tx:
        await matcher.refresh(tx, now=NOW)
    settle()
    intake = Intake(db, reader=reader, matcher=matcher)
    followed = phrases_of(lexicon, PHRASES)
    run = Run(publish="all", order="publish")
    whole, alone, floors = [], [], []
    for n in range(rounds + 1):
        documents = [
            Document(file=f"{i}.txt", kind=DocumentKind.TEXT, data=text.encode())
            for i, text in enumerate(documents_of(followed, BRIEFS, seed=100 + n))
        ]
        start = time.perf_counter()
        pieces = read_pieces(documents, reader=reader)
        read = time.perf_counter() - start
        for i, piece in enumerate(pieces):
            # A brief every five minutes, which is more than anybody publishes.
            now = NOW + timedelta(minutes=5 * (BRIEFS * n + i))
            taken = await intake.take(piece, run=run, now=now)
            assert taken.is_new
        whole.append((time.perf_counter() - start) / BRIEFS * 1000)
        alone.append(read / BRIEFS * 1000)
        drafts = drafts_of(pieces)
        floors.append(
            keep_in_sqlite(db.path.with_name("plain.db"), drafts)
            if db.path
            else await keep_in_postgres(address, drafts)
        )
    whole, alone, floors = whole[1:], alone[1:], floors[1:]  # the first round fills caches
    most = GOAL[kind] / FLOOR_THERE[kind]
    await db.close()
    return Line(
        what=f"taking in and matching one brief, {kind}",
        unit="ms",
        ours=median(whole),
        spread=spread(whole),
        peers={"floor": median(floors), "reading it alone": median(alone)},
        goal=f"{GOAL[kind]:g} ms where the floor takes {FLOOR_THERE[kind]} ms: {most:.1f} × floor",
        met=median(whole) <= max(GOAL[kind], most * median(floors)),
        note=f"durable, searchable, {PHRASES:,} phrases followed",
    )
