"""The fingerprint that tells briefs apart."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from bot.ingest.fingerprint import fingerprint
from storage.model.brief import BriefDraft
from tests.unit.ingest.documents import SEED, make_text, read_draft

CHANGES: dict[str, Any] = {
    "body": "Another.",
    "counter_argument": "Another.",
    "ai_context": "Another.",
    "topics": ("another",),
    "entities": ("another",),
    "impact": 5.1,
    "confidence": 0.1,
    "published_at": datetime(2026, 11, 22, tzinfo=UTC),
    "section": "Space",
    "source_url": "https://example.org/",
    "lang": "en",
    "extras": (("a", "b"),),
}


def make_draft(**changes: Any) -> BriefDraft:
    return replace(read_draft(make_text()), **changes)


@pytest.mark.parametrize("field", CHANGES)
def test_every_field_counts(field: str) -> None:
    assert fingerprint(make_draft(**{field: CHANGES[field]})) != fingerprint(make_draft())


def test_a_stated_headline_counts() -> None:
    draft = make_draft(headline_stated=True)

    assert fingerprint(draft) != fingerprint(make_draft())


def test_a_stated_reading_time_counts() -> None:
    draft = make_draft(read_seconds_stated=True)

    assert fingerprint(draft) != fingerprint(make_draft())


@pytest.mark.parametrize("derived", [{"headline": "Another."}, {"read_seconds": 99}], ids=str)
def test_what_is_derived_does_not_count(derived: dict[str, Any]) -> None:
    assert fingerprint(make_draft(**derived)) == fingerprint(make_draft())


def test_the_order_of_extras_does_not_count() -> None:
    one, other = ("a", "b"), ("c", "d")

    assert fingerprint(make_draft(extras=(one, other))) == fingerprint(
        make_draft(extras=(other, one))
    )


def test_the_zone_of_an_instant_does_not_count() -> None:
    utc = datetime(2026, 11, 22, 8, tzinfo=UTC)
    local = utc.astimezone(timezone(timedelta(hours=5)))

    assert fingerprint(make_draft(published_at=utc)) == fingerprint(make_draft(published_at=local))


def test_the_fingerprint_of_the_real_document_stays_the_same_for_ever() -> None:
    draft = read_draft(SEED.read_bytes())

    assert fingerprint(draft) == (
        "7d264364e44f024927e7b460b8fe6970f06b44db54add4fb62cc7ffcf59f4d20"
    )
