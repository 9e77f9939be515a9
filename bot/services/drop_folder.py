"""A folder that is watched: a document that is put there is taken in and moved away.

What was read goes to ``taken/``, what was refused in any part to ``refused/`` with the report
beside it, so the folder itself holds only what is still to be read.
"""

import asyncio
import logging
from datetime import datetime
from pathlib import Path

from bot.config import Publish
from bot.errors import WrongUse
from bot.ingest.load import Document, list_documents
from bot.ingest.results import list_report_lines
from bot.services.taking_in import Intake, Taken

log = logging.getLogger(__name__)

_SUFFIXES = frozenset({".txt", ".json", ".jsonl", ".zip"})
TAKEN, REFUSED = "taken", "refused"


async def take_dropped(
    folder: Path, intake: Intake, *, publish: Publish, now: datetime
) -> list[Taken]:
    """Take in what lies in the folder, a file after the other, and move each file away.

    A file that changed since the last second is still being written and waits. What was taken in
    but not moved, because the bot was stopped, is known by its words the next time.
    """
    found: list[Taken] = []
    for path in await asyncio.to_thread(_list_ready, folder, now):
        taken = await _take(path, intake, publish=publish, now=now)
        found += taken
        await asyncio.to_thread(_move, path, taken)
        log.info(
            "a document was taken in",
            extra={"event": "folder.taken", "file": path.name, "briefs": len(taken)},
        )
    return found


async def _take(path: Path, intake: Intake, *, publish: Publish, now: datetime) -> list[Taken]:
    try:
        documents: list[Document] = await asyncio.to_thread(lambda: list(list_documents([path])))
    except WrongUse:
        return []
    _, taken = await intake.take_batch(documents, way="folder", publish=publish, now=now)
    return taken


def _list_ready(folder: Path, now: datetime) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in _SUFFIXES
        and path.is_file()
        and path.stat().st_mtime < now.timestamp() - 1
    )


def _move(path: Path, taken: list[Taken]) -> None:
    report = [
        line
        for one in taken
        if one.brief_id is None
        for line in list_report_lines(
            one.piece.result, file=one.piece.file, in_batch=one.piece.in_batch
        )
    ]
    is_refused = bool(report) or not taken
    target = path.parent / (REFUSED if is_refused else TAKEN)
    target.mkdir(exist_ok=True)
    place = target / path.name
    number = 1
    while place.exists():
        number += 1
        place = target / f"{path.stem}-{number}{path.suffix}"
    path.rename(place)
    if is_refused:
        said = "\n".join(report) or "there is no document in it"
        place.with_name(place.name + ".report").write_text(said + "\n", encoding="utf-8")
