"""The schema. Private to this package: rows never leave it.

Constraints have names, since an error is told apart by the name of the constraint it broke.
Hot tables (delivery, delivery_event, had, copy_brief, match) carry no foreign keys: they are
written by the hundred thousand, and PostgreSQL may look each key up in a whole table that was
small when it last looked. ``storage.retention`` removes by hand what belongs together.
"""

from storage.tables.briefs import brief, brief_name, brief_revision, match, subject, verdict
from storage.tables.desk import audit, batch, broadcast, feedback, marker, report
from storage.tables.inbox import pending, seen_update, set_aside
from storage.tables.ledger import copy, copy_brief, delivery, delivery_event
from storage.tables.names import metadata
from storage.tables.readers import alert_hold, follow, had, saved, subscriber

__all__ = [
    "alert_hold",
    "audit",
    "batch",
    "brief",
    "brief_name",
    "brief_revision",
    "broadcast",
    "copy",
    "copy_brief",
    "delivery",
    "delivery_event",
    "feedback",
    "follow",
    "had",
    "marker",
    "match",
    "metadata",
    "pending",
    "report",
    "saved",
    "seen_update",
    "set_aside",
    "subject",
    "subscriber",
    "verdict",
]
