"""Instants as they are stored: whole microseconds since 1970, in UTC."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def to_microseconds(instant: datetime) -> int:
    """Return an aware instant as whole microseconds since 1970."""
    if instant.tzinfo is None:
        msg = f"{instant!r} has no time zone; instants are aware"
        raise ValueError(msg)
    return (instant - EPOCH) // MICROSECOND


def from_microseconds(count: int) -> datetime:
    """Return the instant that ``to_microseconds`` was given, in UTC."""
    return EPOCH + timedelta(microseconds=count)
