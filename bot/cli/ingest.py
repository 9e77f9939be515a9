"""``counterpoint ingest``: store and release documents, beside a running bot if there is one."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli.opening import store
from bot.cli.progress import bar
from bot.cli.starting import run_async
from bot.errors import WrongUse
from bot.ingest.load import list_documents
from bot.ingest.results import BriefRefused, list_report_lines
from bot.markup import base36
from bot.services.taking_in import Run, Taken, count_undated
from storage import batches

Order = Literal["archive", "publish"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="For example: counterpoint ingest briefs/ night.zip")(ingest)


def ingest(
    paths: Annotated[
        list[Path], typer.Argument(help="Documents, folders, zips.", metavar="PATH…")
    ],
    archive: Annotated[
        bool, typer.Option("--archive", metavar="", help="Searchable, never delivered.")
    ] = False,
    publish: Annotated[
        bool,
        typer.Option("--publish", metavar="", help="Out now, over every hold and archive rule."),
    ] = False,
) -> None:
    """Store and release documents; each brief's id and state is reported.

    Exit code 1 if any was refused. Safe beside a running bot; doing it again changes nothing.
    """
    if archive and publish:
        msg = "--archive and --publish exclude each other"
        raise WrongUse(msg)
    order: Order | None = "archive" if archive else "publish" if publish else None
    taken = run_async(_ingest(paths, order))
    for one in taken:
        for line in report_lines(one):
            print(line)
    print(summary(taken))
    if any(one.brief_id is None for one in taken):
        raise typer.Exit(1)


async def _ingest(paths: list[Path], order: Order | None) -> list[Taken]:
    documents = list(list_documents(paths))
    async with store() as parts:
        pieces = parts.intake.read(documents)
        async with parts.db.writing() as tx:
            batch_id = await batches.add_batch(tx, way="cli", now=parts.clock.now())
        run = Run(
            publish=parts.settings.ingest.publishes("cli"),
            order=order,
            batch_id=batch_id,
            undated=count_undated(pieces),
        )
        taken = []
        with bar() as progress:
            for piece in progress.track(pieces, description="Taking in"):
                taken.append(await parts.intake.take(piece, run=run, now=parts.clock.now()))
        return taken


def report_lines(one: Taken) -> list[str]:
    """Return what is said of one brief: its id and state, then its faults and warnings."""
    result = one.piece.result
    told = list(list_report_lines(result, file=one.piece.file, in_batch=one.piece.in_batch))
    if isinstance(result, BriefRefused) or one.brief_id is None:
        return told
    where = f"{one.piece.file} brief {result.position}" if one.piece.in_batch else one.piece.file
    state = f"{one.state}" if one.is_new else f"already stored, {one.state}"
    return [f"{where}: {base36(one.brief_id)} {state}: {result.draft.headline}", *told]


def summary(taken: list[Taken]) -> str:
    """Return one line with how many ended how."""
    counted = Counter(
        "refused" if one.brief_id is None else str(one.state) if one.is_new else "already stored"
        for one in taken
    )
    said = ", ".join(f"{count} {state}" for state, count in sorted(counted.items()))
    return f"{len(taken)} briefs: {said}" if taken else "no briefs"
