"""The fingerprint by which a brief that comes again is known."""

import hashlib
import json
from datetime import UTC

from storage.model.brief import BriefDraft


def fingerprint(draft: BriefDraft) -> str:
    """Return 64 hexadecimal digits over everything that the document states.

    What was derived from it, a headline or a counted reading time, is left out: the next version
    may derive it better, and the stored fingerprints must still hold. The form of the document,
    the order of its labels and the zone of ``published_at`` make no difference.
    """
    published_at = draft.published_at and draft.published_at.astimezone(UTC).isoformat()
    stated = {
        "version": 1,
        "headline": draft.headline if draft.headline_stated else None,
        "body": draft.body,
        "counter_argument": draft.counter_argument,
        "ai_context": draft.ai_context,
        "topics": draft.topics,
        "entities": draft.entities,
        "impact_score": float(draft.impact),
        "confidence": None if draft.confidence is None else float(draft.confidence),
        "readtimesecs": draft.read_seconds if draft.read_seconds_stated else None,
        "published_at": published_at,
        "section": draft.section,
        "source_url": draft.source_url,
        "lang": draft.lang,
        "extras": sorted(draft.extras),
    }
    written = json.dumps(stated, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(written.encode("ascii")).hexdigest()
