"""Orders: nobody but an editor or an owner makes one act, by no shape of update (G8)."""

from typing import Any

import pytest

from bot.playground.people import Community, Person
from bot.playground.shapes import message_json, user_json
from storage import audits, briefs
from storage.model.brief import BriefState
from tests.conftest import DATABASES
from tests.factories import make_document
from tests.flow.orders import MAY, ORDERS, REFUSED, ROLES
from tests.flow.stage import Scene, texts_to

NOBODY = [role for role in ROLES if role not in MAY]


async def person(scene: Scene, role: str) -> Person:
    """Return somebody in a role; a reader has signed up, a stranger has not."""
    if role in MAY:
        found: Person = getattr(scene, role)
        return found
    if role == "reader":
        await scene.joins(scene.reader)
    return scene.reader


async def waits(scene: Scene) -> int:
    """Have a brief wait for an editor, and return its id."""
    await scene.upload(scene.second_editor, "one.txt", make_document())
    return 1


async def state_of(scene: Scene, brief_id: int) -> BriefState:
    async with scene.db.reading() as tx:
        return (await briefs.get_brief(tx, brief_id=brief_id)).state


async def actions(scene: Scene) -> list[str]:
    """Return what stands in the audit besides the upload."""
    async with scene.db.reading() as tx:
        lines = await audits.list_lines(tx, limit=100)
    return [line.action for line in lines if line.action != "take in"]


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
@pytest.mark.parametrize("role", sorted(MAY))
async def test_g8_orders_are_done_for_who_may_give_them(scene: Scene, role: str):
    brief_id = await waits(scene)
    giver = await person(scene, role)

    said = await scene.answers(giver, [order.typed.format(id=brief_id) for order in ORDERS])

    wanted = [order.done.format(id=brief_id) for order in ORDERS]
    assert [answer[: len(w)] for answer, w in zip(said, wanted, strict=True)] == wanted


@pytest.mark.parametrize("role", NOBODY)
async def test_g8_orders_of_anybody_else_are_refused_in_words(scene: Scene, role: str):
    brief_id = await waits(scene)
    giver = await person(scene, role)

    said = await scene.answers(giver, [order.typed.format(id=brief_id) for order in ORDERS])

    assert said == [REFUSED] * len(ORDERS)


@pytest.mark.parametrize("role", NOBODY)
async def test_g8_refused_orders_have_no_effect(scene: Scene, role: str):
    brief_id = await waits(scene)
    giver = await person(scene, role)

    await scene.answers(giver, [order.typed.format(id=brief_id) for order in ORDERS])

    assert await state_of(scene, brief_id) is BriefState.QUEUED
    assert await actions(scene) == []


@pytest.mark.parametrize("place", ["group", "supergroup", "channel"])
async def test_g8_no_order_is_taken_outside_of_a_private_chat(scene: Scene, place: str):
    brief_id = await waits(scene)
    givers = (scene.reader, scene.editor, scene.owner)
    chat: Community = getattr(scene.playground, place)("Newsroom", givers)

    for giver in givers:
        for order in ORDERS:
            await chat.say(order.typed.format(id=brief_id), by=giver)
    await scene.handled()

    assert texts_to(chat) == []
    assert await state_of(scene, brief_id) is BriefState.QUEUED


def _forwarded(message: dict[str, Any], scene: Scene) -> dict[str, Any]:
    origin = {"type": "user", "date": 1, "sender_user": user_json(scene.reader.user)}
    return {"message": message | {"forward_origin": origin}}


def _by_a_bot(message: dict[str, Any], scene: Scene) -> dict[str, Any]:
    bot = {"id": 77, "is_bot": True, "first_name": "Via", "username": "via_bot"}
    return {"message": message | {"via_bot": bot}}


def _in_the_name_of_a_chat(message: dict[str, Any], scene: Scene) -> dict[str, Any]:
    return {"message": message | {"sender_chat": {"id": -100123, "type": "channel"}}}


def _from_a_bot(message: dict[str, Any], scene: Scene) -> dict[str, Any]:
    return {"message": message | {"from": message["from"] | {"is_bot": True}}}


def _edited(message: dict[str, Any], scene: Scene) -> dict[str, Any]:
    return {"message": message | {"edit_date": message["date"]}}


def _an_edit(message: dict[str, Any], scene: Scene) -> dict[str, Any]:
    return {"edited_message": message | {"edit_date": message["date"]}}


def _a_post(message: dict[str, Any], scene: Scene) -> dict[str, Any]:
    return {"channel_post": {k: v for k, v in message.items() if k != "from"}}


def _an_edited_post(message: dict[str, Any], scene: Scene) -> dict[str, Any]:
    return {"edited_channel_post": {k: v for k, v in message.items() if k != "from"}}


def _business(message: dict[str, Any], scene: Scene) -> dict[str, Any]:
    return {"business_message": message | {"business_connection_id": "b"}}


def _somebody_else_s_chat(message: dict[str, Any], scene: Scene) -> dict[str, Any]:
    return {"message": message | {"chat": {"id": scene.reader.id, "type": "private"}}}


def _a_caption(message: dict[str, Any], scene: Scene) -> dict[str, Any]:
    return {"message": {k: v for k, v in message.items() if k != "text"} | {"caption": "x"}}


SHAPES = (
    *(_forwarded, _by_a_bot, _in_the_name_of_a_chat, _from_a_bot, _edited, _an_edit),
    *(_a_post, _an_edited_post, _business, _somebody_else_s_chat, _a_caption),
)


async def test_g8_an_editor_s_orders_in_another_shape_have_no_effect(scene: Scene):
    brief_id = await waits(scene)
    await scene.joins(scene.reader)
    orders = [
        scene.message_of(scene.editor, order.typed.format(id=brief_id)) for order in ORDERS[1:]
    ]

    acted = []
    for shape in SHAPES:
        for message in orders:
            await scene.receive(shape(message, scene))
        if await actions(scene) or await state_of(scene, brief_id) is not BriefState.QUEUED:
            acted.append(shape.__name__)

    assert acted == []


@pytest.mark.parametrize("role", NOBODY)
async def test_g8_a_forged_publish_button_of_anybody_else_is_refused(scene: Scene, role: str):
    brief_id = await waits(scene)
    giver = await person(scene, role)
    said = await scene.ask(giver, "/help")
    scene.forge(said, "1ai.1.p")

    answer = await giver.tap("forged", message=said)

    assert answer is not None
    assert answer.text == REFUSED
    assert await state_of(scene, brief_id) is BriefState.QUEUED


async def test_g8_a_publish_button_in_a_group_has_no_effect(scene: Scene):
    brief_id = await waits(scene)
    scene.refusals.add("query is too old")
    group = scene.playground.group("Newsroom", [scene.editor])
    report = list(scene.second_editor.chat.messages.values())[-1]

    await scene.receive(
        {
            "callback_query": {
                "id": "1",
                "from": user_json(scene.editor.user),
                "chat_instance": "1",
                "data": "1ai.1.p",
                "message": message_json(report)
                | {"chat": {"id": group.id, "type": "group", "title": "x"}},
            }
        }
    )

    assert await state_of(scene, brief_id) is BriefState.QUEUED


@pytest.mark.parametrize("role", NOBODY)
async def test_g8_a_document_of_anybody_else_is_refused_in_words(scene: Scene, role: str):
    giver = await person(scene, role)
    await giver.say("/help")
    await giver.next_reply()

    answer = await scene.upload(giver, "one.txt", make_document())

    assert answer.text == REFUSED


@pytest.mark.parametrize("role", NOBODY)
async def test_g8_a_document_of_anybody_else_is_not_stored(scene: Scene, role: str):
    giver = await person(scene, role)

    await scene.upload(giver, "one.txt", make_document())

    async with scene.db.reading() as tx:
        assert await briefs.list_in_state(tx, state=BriefState.QUEUED, limit=9) == []


async def test_g8_a_forwarded_document_of_an_editor_is_not_stored(scene: Scene):
    document = {"file_id": "f", "file_unique_id": "u", "file_name": "one.txt", "file_size": 9}
    message = scene.message_of(scene.editor, "") | {"document": document}
    del message["text"]

    await scene.receive(_forwarded(message, scene))

    async with scene.db.reading() as tx:
        assert await briefs.list_in_state(tx, state=BriefState.QUEUED, limit=9) == []


async def test_g8_a_pasted_brief_of_a_reader_is_no_brief(scene: Scene):
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, make_document().decode())

    assert answer.text.startswith("To follow something, send its name")


async def test_g8_no_order_stands_in_a_menu_of_others(scene: Scene):
    names = {command["command"] for command in scene.reader.commands}

    assert names.isdisjoint({order.typed.split()[0][1:] for order in ORDERS})
