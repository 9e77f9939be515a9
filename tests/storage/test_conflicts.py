"""From a driver's error to the name of the constraint: what the databases do not say."""

import sqlite3

import pytest
from sqlalchemy.exc import IntegrityError

from storage.conflicts import broken_constraint


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("UNIQUE constraint failed: had.chat_id, had.brief_id", "had_pk"),
        ("UNIQUE constraint failed: brief.fingerprint", "brief_fingerprint_unique"),
        ("UNIQUE constraint failed: copy.chat_id, copy.message_id", "copy_message_unique"),
        ("CHECK constraint failed: copy_addressed", "copy_addressed"),
        ("FOREIGN KEY constraint failed", "FOREIGN KEY constraint failed"),
        ("UNIQUE constraint failed: elsewhere.id", "UNIQUE constraint failed: elsewhere.id"),
    ],
)
@pytest.mark.parametrize("wrapped", [True, False])
def test_a_constraint_is_named_from_what_sqlite_says(words: str, name: str, wrapped: bool):
    error: Exception = sqlite3.IntegrityError(words)
    if wrapped:
        error = IntegrityError("INSERT …", {}, error)

    assert broken_constraint(error) == name


@pytest.mark.parametrize(
    "error", [ValueError("UNIQUE constraint failed: had.chat_id"), sqlite3.OperationalError("x")]
)
def test_other_errors_break_no_constraint(error: Exception):
    assert broken_constraint(error) is None
