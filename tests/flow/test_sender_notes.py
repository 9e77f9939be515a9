"""One call that cannot be noted holds up no other."""

import pytest
from sqlalchemy import text

from storage.model.delivery import DeliveryState
from tests.flow.desk import open_desk, texts

SENDING, SENT = DeliveryState.SENDING, DeliveryState.SENT


@pytest.fixture
async def desk(db):
    async with open_desk(db) as desk:
        yield desk


async def forbid_copies_for(desk, chat_id):
    """Have the store refuse a chat's copies, as a rule that nobody thought of would."""
    async with desk.db.writing() as tx:
        for statement in (
            f"CREATE UNIQUE INDEX forbidden ON copy (chat_id) WHERE chat_id = {chat_id}",
            "INSERT INTO copy (chat_id, message_id, recipe, view, state, made_at)"
            f" VALUES ({chat_id}, 1, '', 'list', 'live', 0)",
        ):
            await tx.execute(text(statement))


async def test_the_others_are_noted(desk, caplog):
    readers = [await desk.reader(chat_id) for chat_id in range(1001, 1009)]
    due = [await desk.promise_new(reader.id) for reader in readers]
    await forbid_copies_for(desk, 1004)

    await desk.drain()

    states = await desk.states(due)
    assert states == [SENT] * 3 + [SENDING] + [SENT] * 4
    assert [len(texts(reader)) for reader in readers] == [1] * 8
    assert [r.event for r in caplog.records if r.levelname == "ERROR"] == ["delivery.unnoted"]
