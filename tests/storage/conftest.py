"""What tests of the store share."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database


@pytest.fixture
async def other_db(db: Database, database_url: str) -> AsyncIterator[Database]:
    """The same database once more, as another process has it open."""
    other = Database(database_url)
    yield other
    await other.close()
