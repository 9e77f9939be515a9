"""What was read can be written, and reading that gives the same draft."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.ingest.results import BriefRead, DocumentKind
from bot.ingest.write import write_text
from storage.model.brief import BriefDraft
from tests.unit.ingest.documents import BODY, COUNTER, SEED, make_text, read, read_draft, texts

LINES = st.sampled_from(
    [
        "---",
        " ---",
        "```",
        "Topics: [1]",
        "  Topics: x",
        "Counter_argument: y",
        "**lang:** en",
        "## Topics",
        '"quoted"',
        "[",
        "",
        "Plain.",
    ]
)
bodies = texts | st.lists(LINES, max_size=6).map("\n".join)


def read_object(fields: dict[str, Any]) -> BriefDraft | None:
    """Return the draft of an object, or None if it is refused."""
    (result,) = read(json.dumps(fields), kind=DocumentKind.JSON)
    return result.draft if isinstance(result, BriefRead) else None


def test_the_real_document_is_written_as_it_was() -> None:
    assert write_text(read_draft(SEED.read_bytes())).encode() == SEED.read_bytes() + b"\n"


def test_a_document_with_every_label_is_written_as_it_was() -> None:
    document = (
        "headline: Oldport digs\npublished_at: 2026-11-22T07:00:00+00:00\nsection: Space\n"
        f"source_url: https://example.org/\nlang: es-MX\n\n{BODY}\n\nSecond.\n\n"
        f"Counter_argument: {COUNTER}\n\nSecond.\n\nai_context: Made up.\n\n"
        'topics: ["a", "é"] entities: ["b"] impact_score: 8.5 confidence: 1 readtimesecs: 12\n\n'
        'author: "A. Writer"\n"two words": "[1]"\n'
    )

    assert write_text(read_draft(document)) == document


@pytest.mark.parametrize(
    "line", ["Topics: [1]", "headline: x", "---", "## Topics", "```", "  ---", "\ufefflang: x"]
)
@pytest.mark.parametrize("field", ["body", "counter_argument", "ai_context"])
def test_a_line_that_looks_like_structure_stays_text(field: str, line: str) -> None:
    fields = {
        "body": BODY,
        "counter_argument": COUNTER,
        "topics": ["a"],
        "impact_score": 5,
        field: f"First.\n{line}\nLast.",
    }
    draft = read_object(fields)
    assert draft is not None

    written = write_text(draft)

    assert read_draft(written) == draft


@pytest.mark.parametrize("value", ['"quoted"', '"\\"twice\\""', '"a" and "b"', '"open', '"\\x"'])
@pytest.mark.parametrize("field", ["headline", "counter_argument", "ai_context", "note"])
def test_quotes_of_a_value_survive(field: str, value: str) -> None:
    fields = {"body": BODY, "counter_argument": COUNTER, "topics": ["a"], "impact_score": 5}
    draft = read_object(fields | {field: value})
    assert draft is not None

    written = write_text(draft)

    assert read_draft(written) == draft


@given(
    body=bodies,
    counter=bodies,
    context=st.none() | bodies,
    topics=st.lists(texts.map(lambda text: text[:20]), min_size=1, max_size=3),
    headline=st.none() | texts,
    extras=st.dictionaries(texts, texts | st.lists(st.integers() | st.booleans()), max_size=3),
)
def test_reading_what_was_written_gives_the_same_draft(
    body: str,
    counter: str,
    context: str | None,
    topics: list[str],
    headline: str | None,
    extras: dict[str, Any],
) -> None:
    fields = {
        "body": f"x {body}",
        "counter_argument": f"y{counter}",
        "ai_context": context,
        "topics": [f"t{topic}" for topic in topics],
        "headline": headline and f"{headline[:250]}z",
        "impact_score": 5,
    }
    draft = read_object({f"n{key}": value for key, value in extras.items()} | fields)
    assume(draft is not None)
    assert draft is not None

    written = write_text(draft)

    assert read_draft(written) == draft


@given(
    impact=st.floats(0, 10),
    confidence=st.none() | st.floats(0, 1),
    seconds=st.none() | st.integers(1, 7200),
    published_at=st.none()
    | st.datetimes(
        datetime(1000, 1, 2),
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=-5, minutes=-30))]),
    ),
)
def test_numbers_and_instants_survive_exactly(
    impact: float, confidence: float | None, seconds: int | None, published_at: datetime | None
) -> None:
    fields = {
        "body": BODY,
        "counter_argument": COUNTER,
        "entities": ["a"],
        "impact_score": impact,
        "confidence": confidence,
        "readtimesecs": seconds,
        "published_at": published_at and published_at.isoformat(),
    }
    draft = read_object(fields)
    assume(draft is not None)
    assert draft is not None

    written = write_text(draft)

    assert (draft.impact, draft.confidence) == (impact, confidence)
    assert read_draft(written) == draft


def test_several_written_briefs_stand_in_one_file() -> None:
    drafts = [read_draft(make_text(body="One.\n ---\n More.")), read_draft(SEED.read_bytes())]

    results = read("---\n".join(write_text(draft) for draft in drafts))

    assert [result.draft for result in results if isinstance(result, BriefRead)] == drafts
