"""Messages that may have arrived: an owner sees them and says what becomes of them."""

import pytest

from bot.playground.faults import Fault, Kind
from storage import doubts
from storage.model.delivery import DeliveryState
from tests.factories import make_document
from tests.flow.stage import Scene
from tests.storage import rows


@pytest.fixture
async def held(scene: Scene) -> int:
    """A digest whose answer was lost twice."""
    scene.expected_events |= {"delivery.uncertain"}
    await scene.joins(scene.reader, follows="battery storage")
    await scene.release(make_document())
    for _ in range(2):
        scene.playground.faults.add(Fault(kind=Kind.RESET, method="sendMessage", accepted=False))
    await scene.promise_without_sending(scene.reader)
    await scene.bot.send()
    await scene.move(minutes=2)
    async with scene.db.reading() as tx:
        (doubt,), count = await doubts.list_doubts(tx, limit=5)
    assert count == 1
    return doubt.id


async def state(scene: Scene, delivery_id: int) -> DeliveryState:
    found: DeliveryState = (await rows.look_at(scene.db, delivery_id)).state
    return found


async def test_an_owner_sees_what_is_held(scene, held):
    listed = await scene.ask(scene.owner, "/uncertain")

    assert listed.text.startswith("1 message is held.")
    assert f"{held} now due" in listed.text


async def test_nothing_held_is_said_plainly(scene):
    listed = await scene.ask(scene.owner, "/uncertain")

    assert listed.text == "Nothing is uncertain: every message has one end."


async def test_an_editor_is_no_owner(scene, held):
    answer = await scene.ask(scene.editor, "/uncertain")

    assert answer.text == "Only owners can do that."


async def test_what_arrived_is_noted_as_sent(scene, held):
    listed = await scene.ask(scene.owner, "/uncertain")

    left = await scene.tap(scene.owner, f"{held} arrived", listed)

    assert await state(scene, held) is DeliveryState.SENT
    assert left.text.startswith("Nothing is uncertain")


async def test_what_is_to_be_sent_again_leaves_at_once(scene, held):
    listed = await scene.ask(scene.owner, "/uncertain")

    await scene.tap(scene.owner, f"{held} resend", listed)

    digest = await scene.reader.next_reply()
    assert "battery park" in digest.text


async def test_the_briefs_of_what_is_dropped_may_come_again(scene, held):
    listed = await scene.ask(scene.owner, "/uncertain")

    await scene.tap(scene.owner, f"{held} drop", listed)
    digest = await scene.ask(scene.reader, "/digest")

    assert await state(scene, held) is DeliveryState.DEAD
    assert "battery park" in digest.text


async def test_a_second_tap_finds_it_settled(scene, held):
    listed = await scene.ask(scene.owner, "/uncertain")
    await scene.tap(scene.owner, f"{held} drop", listed)

    async with scene.db.writing() as tx:
        again = await doubts.settle(
            tx, delivery_ids=[held], word=doubts.Word.RESEND, who="owner", now=scene.clock.now()
        )

    assert again == []
    assert await state(scene, held) is DeliveryState.DEAD
