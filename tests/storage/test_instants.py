"""Instants as they are stored: the same on both databases, and never without a zone."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from storage.database import Database
from storage.model.instants import EPOCH, from_microseconds, to_microseconds
from storage.tables import subscriber
from tests.fakes import NOON
from tests.storage.rows import add_reader, look

HALF_PAST = timezone(timedelta(hours=5, minutes=30))


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_comes_back_to_the_microsecond(instant: datetime):
    assert from_microseconds(to_microseconds(instant)) == instant


def test_instants_before_1970_are_negative():
    assert to_microseconds(EPOCH - timedelta(microseconds=1)) == -1


def test_an_instant_without_a_zone_is_refused():
    naive = datetime(2026, 11, 22, 8)

    with pytest.raises(ValueError, match="has no time zone"):
        to_microseconds(naive)


async def test_the_database_gives_instants_in_utc(db: Database):
    local = datetime(2026, 11, 22, 17, 30, 0, 1, tzinfo=HALF_PAST)

    await add_reader(db, columns={"last_slot_at": local})

    (row,) = await look(db, subscriber)
    assert row.last_slot_at == datetime(2026, 11, 22, 12, 0, 0, 1, tzinfo=UTC)
    assert row.last_slot_at.tzinfo is UTC


async def test_the_database_keeps_an_absent_instant_absent(db: Database):
    await add_reader(db, columns={"last_slot_at": None})

    (row,) = await look(db, subscriber)
    assert row.last_slot_at is None


async def test_the_database_is_not_given_an_instant_without_a_zone(db: Database):
    naive = NOON.replace(tzinfo=None)

    with pytest.raises(StatementError, match="has no time zone"):
        await add_reader(db, columns={"last_slot_at": naive})


async def test_the_database_is_not_given_a_word_it_does_not_know(db: Database):
    with pytest.raises(StatementError, match="'asleep' is not a valid ChatStatus"):
        await add_reader(db, columns={"status": "asleep"})


async def test_a_chat_id_may_need_all_of_64_bits(db: Database):
    longest = -(2**63)

    await add_reader(db, longest)

    (row,) = await look(db, subscriber)
    assert row.chat_id == longest
