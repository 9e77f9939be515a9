"""``counterpoint check``: read documents and store nothing."""

import sys
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from bot.cli.starting import begin
from bot.ingest.load import list_documents
from bot.ingest.results import BriefRead, BriefRefused, list_report_lines
from bot.matching.briefs import find_source
from bot.runtime import load_lexicon, make_reader
from bot.services.taking_in import Piece, read_pieces


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(check)


def check(
    paths: Annotated[
        list[Path], typer.Argument(help="Documents, folders, zips.", metavar="PATH…")
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="A JSON line a brief on standard output.")
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


def as_line(piece: Piece) -> dict[str, Any]:
    """Return one brief as ``--json`` prints it; absent values are null."""
    result = piece.result
    place = {"file": piece.file, "brief": result.position}
    if isinstance(result, BriefRefused):
        errors = [_note(fault.line, fault.label, fault.message) for fault in result.faults]
        return {**place, "ok": False, "errors": errors}
    return {**place, "ok": True, "warnings": _warnings(result), **_fields(result)}


def _warnings(result: BriefRead) -> list[dict[str, Any]]:
    return [_note(one.line, one.label, one.message) for one in result.warnings]


def _note(line: int | None, label: str | None, message: str) -> dict[str, Any]:
    return {"line": line, "label": label, "message": message}


def _fields(result: BriefRead) -> dict[str, Any]:
    draft = result.draft
    return {
        "headline": draft.headline,
        "body": draft.body,
        "counter_argument": draft.counter_argument,
        "ai_context": draft.ai_context,
        "source": find_source(draft),
        "topics": draft.topics,
        "entities": draft.entities,
        "impact_score": draft.impact,
        "confidence": draft.confidence,
        "readtimesecs": draft.read_seconds,
        "published_at": draft.published_at.isoformat() if draft.published_at else None,
        "section": draft.section,
        "source_url": draft.source_url,
        "lang": draft.lang,
    }
