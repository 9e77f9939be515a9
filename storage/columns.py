"""Column types and constraints that mean the same on SQLite and on PostgreSQL."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Dialect, Integer, String, TypeDecorator

from storage.model.instants import from_microseconds, to_microseconds

#: 64 bits on both; on SQLite only INTEGER can count itself up.
BigId = BigInteger().with_variant(Integer, "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, microseconds since 1970 in the database.

    Whole numbers sort and compare alike on both databases; SQLite's own date type would
    drop the zone and give back another instant.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - the interface is SQLAlchemy's
        """Refuse a naive datetime; store the rest."""
        return None if value is None else to_microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the interface is SQLAlchemy's
        """Give an aware datetime in UTC."""
        return None if value is None else from_microseconds(value)


class Word(TypeDecorator[StrEnum]):
    """A member of a ``StrEnum``, stored as its word."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__(max(map(len, kind)))
        self.kind = kind

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the interface is SQLAlchemy's
        """Refuse a word that is not of the kind."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002 - the interface is SQLAlchemy's
        """Give the member."""
        return None if value is None else self.kind(value)


def one_of(column: str, words: Iterable[str]) -> CheckConstraint:
    """Return the constraint that ``column`` holds one of ``words``."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def between(column: str, low: float, high: float) -> CheckConstraint:
    """Return the constraint that ``column`` is null or from ``low`` to ``high``."""
    return CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=f"{column}_range")
