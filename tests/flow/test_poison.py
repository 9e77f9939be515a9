"""A brief that Telegram refuses is left out, and the others of its digests arrive."""

from datetime import timedelta

import pytest

from bot.digest.recipe import unpack
from bot.markup import base36
from bot.playground.faults import Fault
from storage.model.delivery import DeliveryState
from storage.model.subscriber import ChatStatus
from tests.factories import make_document
from tests.flow.desk import open_desk, texts
from tests.flow.stage import texts_to
from tests.storage.rows import add_brief, revise

SENT, DEAD, POISONED = DeliveryState.SENT, DeliveryState.DEAD, DeliveryState.POISONED
REFUSED = Fault(
    code=400, description="Bad Request: message is too long", contains="Zzyzx", times=None
)


@pytest.fixture
async def desk(sqlite_db):
    async with open_desk(sqlite_db, in_flight=1) as desk:
        yield desk


async def digests_with(desk, bad, *, readers=range(1001, 1011)):
    """Promise each reader a digest of a brief of their own and the bad one."""
    due = {}
    for chat_id in readers:
        await desk.reader(chat_id)
        own = await add_brief(desk.db, headline=f"The own brief of {chat_id}.")
        due[chat_id] = await desk.promise(chat_id, own, bad)
    return due


async def test_g12_everybody_gets_their_other_briefs(db):
    async with open_desk(db, in_flight=1) as desk:
        desk.playground.faults.add(REFUSED)
        due = await digests_with(desk, await add_brief(db, headline="Zzyzx."))

        for _ in range(3):
            await desk.drain(after=5)

        assert await desk.states(due.values()) == [SENT] * len(due)
        for chat_id, delivery_id in due.items():
            row = await desk.row(delivery_id)
            assert len(unpack(row.recipe).items) == 1, chat_id


async def test_after_three_refusals_a_bad_brief_costs_no_call(desk):
    desk.playground.faults.add(REFUSED)
    await digests_with(desk, await add_brief(desk.db, headline="Zzyzx."))

    await desk.drain()

    refused = [call for call in desk.playground.calls if call.status != 200]
    assert len(refused) == 3 * 2  # formatted, then plain
    assert desk.playground.calls.total == 3 * 2 + 7


async def test_the_log_names_a_bad_brief_once(desk, caplog):
    desk.playground.faults.add(REFUSED)
    bad = await add_brief(desk.db, headline="Zzyzx.")
    await digests_with(desk, bad)

    await desk.drain()

    named = [one for one in caplog.records if getattr(one, "event", "") == "brief.refused"]
    assert [(one.brief_id, one.revision) for one in named] == [(bad, 1)]


async def test_with_many_under_way_no_more_than_these_are_refused(sqlite_db):
    async with open_desk(sqlite_db, in_flight=8) as desk:
        desk.playground.faults.add(REFUSED)
        due = await digests_with(desk, await add_brief(sqlite_db, headline="Zzyzx."))

        for _ in range(3):
            await desk.drain(after=5)

        refused = [call for call in desk.playground.calls if call.status != 200]
        assert len(refused) <= (3 + 8 + 1) * 2
        assert await desk.states(due.values()) == [SENT] * len(due)


async def test_a_lone_reader_gets_the_others_too(desk):
    desk.playground.faults.add(REFUSED)
    reader = await desk.reader()
    first, last = await add_brief(desk.db), await add_brief(desk.db)
    bad = await add_brief(desk.db, headline="Zzyzx.")
    one = await desk.promise(reader.id, first, bad, last)

    for _ in range(4):
        await desk.drain(after=5)

    row = await desk.row(one)
    assert row.state is SENT
    assert [item.brief_id for item in unpack(row.recipe).items] == [first, last]


async def test_a_digest_of_a_bad_brief_alone_is_cancelled_and_gives_it_back(desk):
    desk.playground.faults.add(REFUSED)
    bad = await add_brief(desk.db, headline="Zzyzx.")
    due = []
    for chat_id in range(1001, 1005):
        await desk.reader(chat_id)
        due.append(await desk.promise(chat_id, bad))

    await desk.drain()

    assert await desk.states(due) == [POISONED] * 3 + [DeliveryState.CANCELLED]
    assert await desk.had() == set()


async def test_a_corrected_revision_goes_out(desk):
    desk.playground.faults.add(REFUSED)
    bad = await add_brief(desk.db, headline="Zzyzx.")
    await digests_with(desk, bad, readers=range(1001, 1005))
    await desk.drain()
    await revise(desk.db, bad, headline="The corrected headline.")
    reader = await desk.reader(1005)
    one = await desk.promise(reader.id, bad)

    await desk.drain()

    assert await desk.states([one]) == [SENT]
    assert "The corrected headline." in texts(reader)[0]


async def test_what_a_digest_went_without_may_still_come(desk):
    desk.playground.faults.add(REFUSED)
    reader = await desk.reader()
    good, bad = await add_brief(desk.db), await add_brief(desk.db, headline="Zzyzx.")
    one = await desk.promise(reader.id, good, bad)

    for _ in range(4):
        await desk.drain(after=5)

    assert await desk.states([one]) == [SENT]
    assert await desk.had() == {(reader.id, good)}


async def test_what_waits_to_be_tried_again_says_the_corrected_revision(desk):
    desk.playground.faults.add(REFUSED)
    bad = await add_brief(desk.db, headline="Zzyzx.")
    reader = await desk.reader()
    one = await desk.promise(reader.id, await add_brief(desk.db), bad)
    await desk.drain()
    await revise(desk.db, bad, headline="The corrected headline.")

    await desk.drain(after=5)

    assert await desk.states([one]) == [SENT]
    assert "The corrected headline." in texts(reader)[0]


async def test_what_was_left_out_on_trial_is_back_for_the_next_try(desk):
    desk.playground.faults.add(REFUSED)
    reader = await desk.reader()
    good, bad = await add_brief(desk.db), await add_brief(desk.db, headline="Zzyzx.")
    one = await desk.promise(reader.id, good, bad)
    await desk.drain()
    await desk.drain(after=5)  # without the good one

    row = await desk.row(one)

    assert (row.state, row.attempts) == (DeliveryState.PENDING, 2)
    assert [item.brief_id for item in unpack(row.recipe).items] == [good, bad]


async def test_refused_formatting_is_tried_on_three_readers_only(desk):
    desk.playground.faults.add(
        Fault(
            code=400,
            description="Bad Request: can't parse entities",
            contains="<b>1 · Zzyzx",
            times=None,
        )
    )
    bad = await add_brief(desk.db, headline="Zzyzx.")
    due = []
    for chat_id in range(1001, 1006):
        await desk.reader(chat_id)
        due.append(await desk.promise(chat_id, bad))

    await desk.drain()

    assert await desk.states(due) == [SENT] * 5
    assert desk.playground.calls.total == 3 * 2 + 2


async def strange_digests(desk, *, others_read):
    """Let a chat refuse three digests for an unknown reason, one after the other."""
    strange = Fault(code=400, description="Bad Request: SOMETHING_NEW", chat_id=1001, times=None)
    desk.playground.faults.add(strange)
    await desk.reader(1001)
    await desk.reader(1002)
    for _ in range(3):
        await desk.promise_new(1001)
        if others_read:
            await desk.promise_new(1002)
        await desk.drain()


async def test_a_chat_that_refuses_everything_for_an_unknown_reason_is_left_alone(desk, caplog):
    await strange_digests(desk, others_read=True)

    assert (await desk.chat(1001)).status is ChatStatus.INVALID
    events = [getattr(record, "event", "") for record in caplog.records]
    assert events.count("chat.suspended") == 1


async def test_no_chat_is_left_alone_while_nobody_can_be_written_to(desk):
    await strange_digests(desk, others_read=False)

    assert (await desk.chat(1001)).status is ChatStatus.ACTIVE


class TestOwners:
    async def refuse_one_of_two(self, scene, fault, **document):
        """Have a reader's digest refused for one of its briefs; return that brief's id."""
        await scene.joins(scene.reader, follows="battery storage")
        scene.playground.faults.add(fault)
        (bad, _) = await scene.release(
            make_document(impact_score="9.0", **document),
            make_document(body="Another brief says that something else happened."),
        )
        morning = (scene.clock.now() + timedelta(days=1)).replace(hour=8, minute=0)
        await scene.move_to(morning)
        for _ in range(3):
            await scene.move(seconds=5)
        return base36(bad)

    async def told_of(self, scene):
        before = len(texts_to(scene.owner))
        await scene.bot._watch.run()
        return [said for said in texts_to(scene.owner)[before:] if "Telegram refuses" in said]

    async def test_owners_are_told_which_brief_is_refused(self, scene):
        brief = await self.refuse_one_of_two(
            scene, REFUSED, body="The dam holds.", counter_argument="Zzyzx leaks, critics say."
        )

        (said,) = await self.told_of(scene)

        assert said.startswith(f"Telegram refuses the brief {brief} (The dam holds.)")
        assert f"/retract {brief}" in said
        assert "Another brief says" in "".join(texts_to(scene.reader))

    async def test_owners_are_told_by_its_id_of_a_brief_whose_headline_is_refused(self, scene):
        brief = await self.refuse_one_of_two(scene, REFUSED, body="The Zzyzx dam holds.")

        (said,) = await self.told_of(scene)

        assert said.startswith(f"Telegram refuses the brief {brief}, its headline included.")

    async def test_owners_are_told_once(self, scene):
        await self.refuse_one_of_two(scene, REFUSED, body="The Zzyzx dam holds.")
        await self.told_of(scene)

        assert await self.told_of(scene) == []
