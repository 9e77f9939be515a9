"""``counterpoint export``: write every brief as a document that can be read again."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.opening import store
from bot.cli.starting import run_async
from bot.errors import WrongUse
from bot.ingest.write import write_text
from bot.markup import base36
from storage import briefs

PAGE = 500


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="For example: counterpoint export briefs")(export)


def export(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where to write; made if it is not there.")
    ],
) -> None:
    """Write every brief as ID.txt; reading that gives the same brief."""
    if folder.exists() and not folder.is_dir():
        msg = f"{str(folder)!r} is a file; name a folder"
        raise WrongUse(msg)
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{run_async(_export(folder))} briefs written to {folder}")


async def _export(folder: Path) -> int:
    written, last = 0, 0
    async with store() as parts:
        while True:
            async with parts.db.reading() as tx:
                page = await briefs.list_all(tx, after=last, limit=PAGE)
            if not page:
                return written
            for brief in page:
                path = folder / f"{base36(brief.id)}.txt"
                path.write_text(write_text(brief.content), encoding="utf-8")
            written += len(page)
            last = page[-1].id
