"""``counterpoint check``: read documents and store nothing."""

import sys
from pathlib import Path
from typing import Annotated

import orjson
import typer

from bot.cli.starting import begin
from bot.ingest.load import list_documents
from bot.ingest.results import BriefRefused, list_report_lines
from bot.runtime.parts import load_lexicon, make_reader
from bot.services.pieces import as_line
from bot.services.taking_in import read_pieces


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="For example: counterpoint check seeds --json")(check)


def check(
    paths: Annotated[
        list[Path], typer.Argument(help="Documents, folders, zips.", metavar="PATH…")
    ],
    as_json: Annotated[
        bool, typer.Option("--json", metavar="", help="A JSON line a brief on standard output.")
    ] = False,
) -> None:
    """Read documents and say what is wrong with them; nothing is stored.

    Exit code 1 if anything was refused.
    """
    settings, folder = begin()
    reader = make_reader(load_lexicon(folder, default_lang=settings.matching.default_lang))
    pieces = read_pieces(list_documents(paths), reader=reader)
    for piece in pieces:
        if as_json:
            sys.stdout.write(orjson.dumps(as_line(piece)).decode() + "\n")
        else:
            for line in list_report_lines(piece.result, file=piece.file, in_batch=piece.in_batch):
                print(line)
    refused = sum(1 for piece in pieces if isinstance(piece.result, BriefRefused))
    if not as_json:
        print(f"{len(pieces) - refused} of {len(pieces)} briefs can be taken in")
    if refused:
        raise typer.Exit(1)
