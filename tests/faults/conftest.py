"""Ground for senders that die: a database that outlives them, and a server."""

import pytest

from tests.faults.lives import open_ground


@pytest.fixture
async def ground(database_url):
    async with open_ground(database_url) as ground:
        yield ground
