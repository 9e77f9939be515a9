"""Values for tests: a test names what matters to it, the rest is a sensible default."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from bot.matching.lexicon import Lexicon, read_lexicon
from storage.model.brief import Brief, BriefDraft, BriefId, BriefState
from storage.model.delivery import Delivery, DeliveryId, DeliveryState, Kind
from tests.fakes import NOON

_ids = count(1)


def make_draft(**changed: Any) -> BriefDraft:
    """Return a draft about a battery park."""
    values: dict[str, Any] = {
        "headline": "The grid operator approved a battery park beside its largest landing point.",
        "body": "The grid operator approved a battery park beside its largest landing point. "
        "It is to store wind power for windless evenings.\n\nWork begins in spring.",
        "counter_argument": "Opponents say that the money would cut outages more if it were spent "
        "on lines, and that four-hour batteries do little in a windless week.",
        "ai_context": "This brief is based solely on the provided Grid Weekly article.",
        "topics": ("battery storage", "offshore wind"),
        "entities": ("Northland Grid", "Grid Weekly"),
        "impact": 6.8,
        "confidence": 0.81,
        "read_seconds": 90,
    }
    return BriefDraft(**(values | changed))


def make_brief(**changed: Any) -> Brief:
    """Return a released brief; fields of the draft and of the brief may be mixed."""
    fields = BriefDraft.__dataclass_fields__
    content = make_draft(
        **{k: v for k, v in changed.items() if k in fields and k != "published_at"}
    )
    values: dict[str, Any] = {
        "id": BriefId(next(_ids)),
        "state": BriefState.RELEASED,
        "revision": 1,
        "content": content,
        "published_at": NOON - timedelta(hours=3),
        "ingested_at": NOON - timedelta(hours=2),
        "released_at": NOON - timedelta(hours=1),
    }
    return Brief(
        **(values | {k: v for k, v in changed.items() if k in Brief.__dataclass_fields__})
    )


def make_delivery(**changed: Any) -> Delivery:
    """Return a claimed digest on its first attempt."""
    values: dict[str, Any] = {
        "id": DeliveryId(next(_ids)),
        "kind": Kind.DIGEST,
        "chat_id": 1001,
        "thread_id": None,
        "slot": 202611220800,
        "ref": 0,
        "state": DeliveryState.LEASED,
        "recipe": b"",
        "attempts": 0,
        "doubt": 0,
        "fence": 1,
        "due_at": NOON,
        "not_before": NOON,
    }
    return Delivery(**(values | changed))


def make_lexicon(**changed: Any) -> Lexicon:
    """Return a lexicon with a few words; the shipped one is ``shipped_lexicon`` in conftest."""
    values: dict[str, Any] = {
        "stop_words": {"en": ["the", "of", "and", "who", "in", "for"], "es": ["de", "la", "el"]},
        "sections": [
            {
                "name": "Space",
                "also": ["spaceflight"],
                "words": {"en": ["space", "NASA"], "es": ["espacial"]},
                "topics": {"en": ["satellite"]},
                "but": {"en": ["office space"]},
            },
            {"name": "Energy", "also": ["power"], "words": {"en": ["energy"]}},
        ],
        "aliases": [
            {"name": "U.S. Space Force", "also": ["USSF"]},
            {"name": "Federal Reserve", "cased": ["Fed"]},
        ],
    }
    return read_lexicon(**(values | changed))


def make_document(**changed: Any) -> bytes:
    """Return a text document; values are written as they are, None leaves the label out."""
    values: dict[str, Any] = {
        "body": make_draft().body,
        "counter_argument": make_draft().counter_argument,
        "ai_context": make_draft().ai_context,
        "topics": '["battery storage", "offshore wind"]',
        "entities": '["Northland Grid", "Grid Weekly"]',
        "impact_score": "6.8",
        "confidence": "0.81",
        "readtimesecs": "45",
    }
    values |= changed
    last = " ".join(
        f"{label}: {values[label]}"
        for label in ("topics", "entities", "impact_score", "confidence", "readtimesecs")
        if values[label] is not None
    )
    parts = [
        values["body"],
        f"Counter_argument: {values['counter_argument']}",
        f"ai_context: {values['ai_context']}" if values["ai_context"] is not None else None,
        last,
    ]
    return "\n\n".join(part for part in parts if part is not None).encode()


def at(hours: float = 0.0, *, days: float = 0.0) -> datetime:
    """Return the instant so long after noon of the tests' day."""
    return NOON + timedelta(hours=hours, days=days)
