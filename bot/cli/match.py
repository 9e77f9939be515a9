"""``counterpoint match``: which of these follows would bring which of these briefs."""

import sys
from pathlib import Path
from typing import Annotated

import orjson
import typer

from bot.cli.starting import begin
from bot.ingest.load import list_documents
from bot.ingest.results import BriefRead, BriefRefused, list_report_lines
from bot.matching.briefs import find_source, read_names
from bot.matching.follow import read_follow, why_follow
from bot.matching.lexicon import Lexicon
from bot.runtime.parts import load_lexicon, make_reader
from bot.services.taking_in import Piece, read_pieces


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="For example: counterpoint match seeds --follow satellites")(match)


def match(
    paths: Annotated[
        list[Path], typer.Argument(help="Documents, folders, zips.", metavar="PATH…")
    ],
    follow: Annotated[
        list[str],
        typer.Option("--follow", metavar="PHRASE", help="A phrase or section; once for each."),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", metavar="", help="A JSON line a match on standard output.")
    ] = False,
) -> None:
    """Say which follows would bring which briefs, by which ring and why.

    No match prints no line. Exit code 1 if a document was refused.
    """
    settings, folder = begin()
    lexicon = load_lexicon(folder, default_lang=settings.matching.default_lang)
    pieces = read_pieces(list_documents(paths), reader=make_reader(lexicon))
    for piece in pieces:
        if isinstance(piece.result, BriefRead):
            _print_matches(piece, piece.result, follow, lexicon, as_json=as_json)
        else:
            for line in list_report_lines(piece.result, file=piece.file, in_batch=piece.in_batch):
                print(line, file=sys.stderr)
    if any(isinstance(piece.result, BriefRefused) for piece in pieces):
        raise typer.Exit(1)


def _print_matches(
    piece: Piece, read: BriefRead, follows: list[str], lexicon: Lexicon, *, as_json: bool
) -> None:
    names = read_names(read.draft, source=find_source(read.draft), lexicon=lexicon)
    for phrase in follows:
        found = why_follow(read_follow(phrase, lexicon=lexicon), names, lexicon=lexicon)
        if found is None:
            continue
        ring, because = found
        if as_json:
            line = {
                "file": piece.file,
                "brief": read.position,
                "follow": phrase,
                "ring": ring.value,
                "because": because,
            }
            sys.stdout.write(orjson.dumps(line).decode() + "\n")
        else:
            where = f"{piece.file} brief {read.position}" if piece.in_batch else piece.file
            print(f"{where}: {phrase!r} by {ring}, because of {because!r}")
