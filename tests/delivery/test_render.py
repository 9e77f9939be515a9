"""From claimed rows to what is said: lifted, fetched, made into a call."""

from datetime import timedelta

import pytest

from bot.delivery.render import Renderer
from bot.digest.recipe import Item, Remark, pack, unpack
from bot.digest.views import card_view, other_view
from storage import copies
from storage.copies import Made
from storage.model.brief import BriefState
from storage.model.delivery import Kind
from tests.factories import make_delivery
from tests.fakes import NOON
from tests.flow.desk import make_recipe
from tests.storage.rows import add_brief, add_subject, retract, revise


async def prepare(db, *claimed, renderer=None, now=NOON):
    async with db.reading() as tx:
        return await (renderer or Renderer()).prepare(tx, claimed=claimed, now=now)


def claimed(*brief_ids, kind=Kind.DIGEST, items=None, **more):
    recipe = make_recipe(*brief_ids) if items is None else make_recipe(items=items)
    return make_delivery(kind=kind, **{"recipe": pack(recipe)} | more)


async def copy_of(db, *brief_ids, view="list"):
    made = Made(1001, 7, None, pack(make_recipe(*brief_ids)), view, brief_ids)
    async with db.writing() as tx:
        return (await copies.add_copies(tx, made=[made], now=NOON))[0]


async def test_a_first_attempt_says_what_is_true_now(sqlite_db):
    brief = await add_brief(sqlite_db)
    await revise(sqlite_db, brief, headline="Other words.")
    one = claimed(brief)

    found = await prepare(sqlite_db, one)

    ((kept, delivery_id),) = found.lifted
    assert (unpack(kept).items[0].revision, delivery_id) == (2, one.id)
    assert found.ready[0].shown.briefs[brief].content.headline == "Other words."


async def test_what_did_not_change_is_not_written_again(sqlite_db):
    found = await prepare(sqlite_db, claimed(await add_brief(sqlite_db)))

    assert found.lifted == []


@pytest.mark.parametrize("tried", [{"doubt": 1}, {"attempts": 2, "doubt": 1}])
async def test_what_may_have_arrived_keeps_its_words(sqlite_db, tried):
    brief = await add_brief(sqlite_db, headline="The first words.")
    await revise(sqlite_db, brief, headline="Other words.")

    found = await prepare(sqlite_db, claimed(brief, **tried))

    assert found.ready[0].shown.briefs[brief].content.headline == "The first words."
    assert found.lifted == []


async def test_what_certainly_did_not_arrive_says_what_is_true_now(sqlite_db):
    brief = await add_brief(sqlite_db, headline="The first words.")
    await revise(sqlite_db, brief, headline="Other words.")

    found = await prepare(sqlite_db, claimed(brief, attempts=1))

    assert found.ready[0].shown.briefs[brief].content.headline == "Other words."


async def test_where_it_may_have_arrived_a_retracted_brief_stands_as_withdrawn(sqlite_db):
    brief = await add_brief(sqlite_db)
    await retract(sqlite_db, brief)

    found = await prepare(sqlite_db, claimed(brief, attempts=1, doubt=1))

    assert found.ready[0].shown.briefs[brief].state is BriefState.RETRACTED


async def test_what_says_nothing_any_more_is_apart(sqlite_db):
    goes, stays = await add_brief(sqlite_db), await add_brief(sqlite_db)
    await retract(sqlite_db, goes)
    empty, full = claimed(goes), claimed(goes, stays)

    found = await prepare(sqlite_db, empty, full)

    assert found.empty == [empty]
    assert [one.brief_ids for one in found.ready] == [(stays,)]


async def test_a_brief_that_is_not_stored_is_left_out(sqlite_db):
    brief = await add_brief(sqlite_db)

    found = await prepare(sqlite_db, claimed(brief, 99_999))

    assert found.ready[0].brief_ids == (brief,)


@pytest.mark.parametrize("recipe", [b"", b"[1", b"{}", b"[[],[],[]]", b"null", b"\xff"])
async def test_what_cannot_be_read_is_apart(sqlite_db, recipe):
    unreadable, fine = claimed(recipe=recipe), claimed(await add_brief(sqlite_db))

    found = await prepare(sqlite_db, unreadable, fine)

    assert found.empty == [unreadable]
    assert [one.delivery for one in found.ready] == [fine]


@pytest.mark.parametrize(
    ("kind", "late_by", "is_late"),
    [
        (Kind.DIGEST, timedelta(minutes=15), False),
        (Kind.DIGEST, timedelta(minutes=15, seconds=1), True),
        (Kind.NOW, timedelta(hours=5), False),
        (Kind.ALERT, timedelta(hours=5), False),
    ],
)
async def test_only_a_digest_says_that_it_is_late(sqlite_db, kind, late_by, is_late):
    one = claimed(await add_brief(sqlite_db), kind=kind)

    found = await prepare(sqlite_db, one, now=NOON + late_by)

    recipe = found.ready[0].recipe
    assert (Remark.LATE in recipe.remarks) is is_late
    assert recipe.due_at == (NOON if is_late else None)


async def test_a_digest_that_was_late_when_it_was_promised_keeps_that_instant(sqlite_db):
    promised_for = NOON - timedelta(days=1)
    recipe = make_recipe(await add_brief(sqlite_db), remarks=Remark.LATE, due_at=promised_for)

    found = await prepare(
        sqlite_db, make_delivery(recipe=pack(recipe)), now=NOON + timedelta(hours=1)
    )

    assert found.ready[0].recipe.due_at == promised_for


async def test_an_edit_shows_every_brief_as_it_is_now(sqlite_db):
    first, second = await add_brief(sqlite_db), await add_brief(sqlite_db)
    copy_id = await copy_of(sqlite_db, first, second)
    await revise(sqlite_db, first, headline="Other words.")
    await retract(sqlite_db, second)

    found = await prepare(sqlite_db, make_delivery(kind=Kind.EDIT, slot=copy_id, attempts=3))

    (one,) = found.ready
    assert [item.revision for item in one.recipe.items] == [2, 1]
    assert one.shown.briefs[second].state is BriefState.RETRACTED
    assert found.lifted == []


async def test_an_edit_keeps_the_view_that_the_reader_looks_at(sqlite_db):
    first, second = await add_brief(sqlite_db), await add_brief(sqlite_db, body="The second body.")
    copy_id = await copy_of(sqlite_db, first, second, view=card_view(2))
    renderer = Renderer()

    found = await prepare(
        sqlite_db, make_delivery(kind=Kind.EDIT, slot=copy_id), renderer=renderer
    )

    assert "The second body." in renderer.message(found.ready[0]).body.shown


async def test_an_edit_fetches_a_brief_that_only_its_view_shows(sqlite_db):
    first, other = await add_brief(sqlite_db), await add_brief(sqlite_db, body="The other body.")
    copy_id = await copy_of(sqlite_db, first, view=other_view(other))
    renderer = Renderer()

    found = await prepare(
        sqlite_db, make_delivery(kind=Kind.EDIT, slot=copy_id), renderer=renderer
    )

    assert "The other body." in renderer.message(found.ready[0]).body.shown


@pytest.mark.parametrize("slot", ["gone", "never"])
async def test_an_edit_of_a_copy_that_is_not_there_says_nothing(sqlite_db, slot):
    copy_id = await copy_of(sqlite_db, await add_brief(sqlite_db))
    async with sqlite_db.writing() as tx:
        await copies.mark_gone(tx, copy_id=copy_id)
    edit = make_delivery(kind=Kind.EDIT, slot=copy_id if slot == "gone" else 99_999)

    found = await prepare(sqlite_db, edit)

    assert found.empty == [edit]


async def test_what_brought_an_item_is_named(sqlite_db):
    brief = await add_brief(sqlite_db)
    subject = await add_subject(sqlite_db, "Lithium")
    renderer = Renderer()

    found = await prepare(
        sqlite_db, claimed(items=(Item(brief, 1, subject_id=subject),)), renderer=renderer
    )

    assert "for Lithium" in renderer.message(found.ready[0]).body.shown


async def test_what_an_item_updates_is_named(sqlite_db):
    earlier, brief = await add_brief(sqlite_db), await add_brief(sqlite_db)
    renderer = Renderer()

    found = await prepare(
        sqlite_db, claimed(items=(Item(brief, 1, updates_id=earlier),)), renderer=renderer
    )

    assert set(found.ready[0].shown.briefs) == {earlier, brief}
    assert "Sunday" in renderer.message(found.ready[0]).body.shown


async def test_a_retraction_is_seen_by_a_renderer_that_showed_the_brief_before(sqlite_db):
    brief, renderer = await add_brief(sqlite_db), Renderer()
    before = await prepare(sqlite_db, claimed(brief), renderer=renderer)
    renderer.message(before.ready[0])
    await retract(sqlite_db, brief)

    after = await prepare(sqlite_db, claimed(brief, doubt=1), renderer=renderer)

    assert "We withdrew" in renderer.message(after.ready[0]).body.shown


async def test_a_view_leaves_out_what_is_not_stored(sqlite_db):
    brief = await add_brief(sqlite_db, headline="Here it is.")
    recipe = make_recipe(brief, 99_999)

    async with sqlite_db.reading() as tx:
        message = await Renderer().view(tx, recipe=recipe, view="list", delivery_id=1)

    assert message.body.shown.startswith("1 · Here it is.")
    assert "99" not in message.body.shown
