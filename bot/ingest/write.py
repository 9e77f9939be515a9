"""Drafts back into documents: what was read can be written, and reading that gives the same."""

import json
import re
from collections.abc import Iterator
from datetime import UTC

from bot.ingest import labels, quoted
from bot.ingest.labels import Label
from storage.model.brief import BriefDraft

_PLAIN_NAME = re.compile(r"[^\W\d_]\w*")


def write_text(draft: BriefDraft) -> str:
    """Return the text document of a draft; `parse_document` reads the same draft from it.

    The text form carries every draft that was read, from JSON too. A line of text that would be
    a label, a separator or a fence gets a blank before it, which reading takes away again.
    """
    blocks = [
        "\n".join(_list_lines(draft)),
        _escape(draft.body),
        "Counter_argument: " + _after_label(draft.counter_argument),
        "" if draft.ai_context is None else "ai_context: " + _after_label(draft.ai_context),
        " ".join(_list_scores(draft)),
        "\n".join(f"{_name(name)}: {_string(value)}" for name, value in draft.extras),
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _list_lines(draft: BriefDraft) -> Iterator[str]:
    """Give the one-line values; before the body they have their line for themselves."""
    published_at = None
    if draft.published_at is not None:
        published_at = draft.published_at.astimezone(UTC).isoformat()
    values = (
        (Label.HEADLINE, draft.headline if draft.headline_stated else None),
        (Label.PUBLISHED_AT, published_at),
        (Label.SECTION, draft.section),
        (Label.SOURCE_URL, draft.source_url),
        (Label.LANG, draft.lang),
    )
    return (f"{label}: {_unambiguous(value)}" for label, value in values if value is not None)


def _list_scores(draft: BriefDraft) -> Iterator[str]:
    if draft.topics:
        yield f"{Label.TOPICS}: {_string(draft.topics)}"
    if draft.entities:
        yield f"{Label.ENTITIES}: {_string(draft.entities)}"
    yield f"{Label.IMPACT_SCORE}: {_number(draft.impact)}"
    if draft.confidence is not None:
        yield f"{Label.CONFIDENCE}: {_number(draft.confidence)}"
    if draft.read_seconds_stated:
        yield f"{Label.READTIMESECS}: {draft.read_seconds}"


def _escape(text: str) -> str:
    return "\n".join(
        f" {line}" if labels.is_structure(line.lstrip(" ")) else line for line in text.split("\n")
    )


def _after_label(text: str) -> str:
    first, line_end, rest = text.partition("\n")
    return _unambiguous(first + line_end + _escape(rest))


def _unambiguous(value: str) -> str:
    """Put a value in quotes that is in quotes itself: reading takes one pair away."""
    return value if quoted.unquote(value) is None else _string(value)


def _name(name: str) -> str:
    return name if _PLAIN_NAME.fullmatch(name) else _string(name)


def _string(value: str | tuple[str, ...]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _number(value: float) -> str:
    return repr(value).removesuffix(".0")
