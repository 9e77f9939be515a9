"""One brief of a document as a line of JSON, for commands and programs that send documents."""

from typing import Any

from bot.ingest.results import BriefRead, BriefRefused
from bot.matching.briefs import find_source
from bot.services.taking_in import Piece


def as_line(piece: Piece) -> dict[str, Any]:
    """Return one brief as plain values; absent values are null."""
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
