"""The crowd that planning is measured on: everybody at one minute."""

from datetime import UTC, datetime, timedelta

#: When the crowd is made, the minute after midnight at which all are due, and that instant.
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
AT = 480
DUE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
THEN = DUE + timedelta(seconds=5)
