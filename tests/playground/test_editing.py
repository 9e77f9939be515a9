"""Messages change, go and are pinned."""

from typing import Any

import pytest

from bot.playground.people import Person
from bot.playground.server import Playground
from tests.playground.botside import BotSide, MovableClock

KEYBOARD = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}


async def test_an_edit_changes_the_text(bot: BotSide, reader: Person, clock: MovableClock) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="one")
    clock.advance(minutes=1)

    edited = await bot.ok(
        "editMessageText", chat_id=reader.id, message_id=sent["message_id"], text="two"
    )

    assert (edited["text"], edited["edit_date"]) == ("two", int(clock.now().timestamp()))
    assert [(each.text, each.edited) for each in reader.messages] == [("two", True)]


async def test_an_edit_without_a_keyboard_takes_it_away(bot: BotSide, reader: Person) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=KEYBOARD)

    await bot.ok("editMessageText", chat_id=reader.id, message_id=sent["message_id"], text="x")

    assert reader.messages[-1].labels == []


async def test_another_keyboard_alone_does_not_mark_a_message_as_edited(
    bot: BotSide, reader: Person
) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x")

    edited = await bot.ok(
        "editMessageReplyMarkup",
        chat_id=reader.id,
        message_id=sent["message_id"],
        reply_markup=KEYBOARD,
    )

    assert edited["reply_markup"] == KEYBOARD
    assert not reader.messages[-1].edited


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("editMessageText", {"text": " <b>x</b>", "parse_mode": "HTML"}),
        (
            "editMessageText",
            {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 1}]},
        ),
        ("editMessageReplyMarkup", {}),
    ],
)
async def test_an_edit_that_changes_nothing_is_refused(
    bot: BotSide, reader: Person, method: str, parameters: dict[str, Any]
) -> None:
    sent = await bot.ok(
        "sendMessage", chat_id=reader.id, text="<b>x</b>", parse_mode="HTML", reply_markup=KEYBOARD
    )
    named = {"chat_id": reader.id, "message_id": sent["message_id"], "reply_markup": KEYBOARD}

    refused = await bot.no(method, **named, **parameters)

    assert refused == (
        "Bad Request: message is not modified: specified new message content and reply markup are"
        " exactly the same as a current content and reply markup of the message"
    )


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"message_id": 99}, "Bad Request: message to edit not found"),
        ({"message_id": 1, "text": ""}, "Bad Request: message text is empty"),
        ({"message_id": 1, "text": " "}, "Bad Request: text must be non-empty"),
        ({"message_id": 1, "text": "x" * 4097}, "Bad Request: message is too long"),
        (
            {"message_id": 1, "reply_markup": {"force_reply": True}},
            "Bad Request: inline keyboard expected",
        ),
        ({"chat_id": "", "message_id": ""}, "Bad Request: message identifier is not specified"),
        (
            {"chat_id": "", "message_id": "", "inline_message_id": "abc"},
            "Bad Request: MESSAGE_ID_INVALID",
        ),
        ({"chat_id": 5, "message_id": 1}, "Bad Request: chat not found"),
    ],
)
async def test_a_wrong_edit_is_refused(
    bot: BotSide, reader: Person, parameters: dict[str, Any], description: str
) -> None:
    await bot.ok("sendMessage", chat_id=reader.id, text="x")
    wanted = {"chat_id": reader.id, "text": "y"} | parameters

    assert await bot.no("editMessageText", **wanted) == description


async def test_what_a_person_wrote_cannot_be_edited(bot: BotSide, reader: Person) -> None:
    said = await reader.say("mine")

    refused = await bot.no(
        "editMessageText", chat_id=reader.id, message_id=said["message_id"], text="y"
    )

    assert refused == "Bad Request: message can't be edited"


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(
    bot: BotSide, reader: Person
) -> None:
    markup = {"keyboard": [["a"]]}
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=markup)

    refused = await bot.no(
        "editMessageText", chat_id=reader.id, message_id=sent["message_id"], text="y"
    )

    assert refused == "Bad Request: message can't be edited"


async def test_a_forwarded_message_cannot_be_edited(bot: BotSide, reader: Person) -> None:
    said = await reader.say("mine")
    named = {"chat_id": reader.id, "from_chat_id": reader.id}
    sent = await bot.ok("forwardMessage", **named, message_id=said["message_id"])

    refused = await bot.no(
        "editMessageText", chat_id=reader.id, message_id=sent["message_id"], text="y"
    )

    assert refused == "Bad Request: message can't be edited"


async def test_one_who_blocked_the_bot_sees_no_edits(bot: BotSide, reader: Person) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x")
    await reader.block()

    refused = await bot.no(
        "editMessageText", chat_id=reader.id, message_id=sent["message_id"], text="y"
    )

    assert refused == "Forbidden: bot was blocked by the user"


async def test_the_bot_may_edit_however_old_its_message_is(
    bot: BotSide, reader: Person, clock: MovableClock
) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x")
    clock.advance(days=400)

    edited = await bot.ok(
        "editMessageText", chat_id=reader.id, message_id=sent["message_id"], text="y"
    )

    assert edited["text"] == "y"


async def test_a_deleted_message_is_gone(bot: BotSide, reader: Person) -> None:
    said = await reader.say("mine")

    await bot.ok("deleteMessage", chat_id=reader.id, message_id=said["message_id"])

    assert reader.messages == []


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"message_id": 99}, "Bad Request: message to delete not found"),
        ({"chat_id": ""}, "Bad Request: chat identifier is not specified"),
        ({}, "Bad Request: message identifier is not specified"),
    ],
)
async def test_a_wrong_deletion_is_refused(
    bot: BotSide, reader: Person, parameters: dict[str, Any], description: str
) -> None:
    assert await bot.no("deleteMessage", **{"chat_id": reader.id} | parameters) == description


async def test_after_48_hours_a_message_cannot_be_deleted(
    bot: BotSide, reader: Person, clock: MovableClock
) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x")
    clock.advance(hours=48, seconds=1)

    refused = await bot.no("deleteMessage", chat_id=reader.id, message_id=sent["message_id"])

    assert refused == "Bad Request: message can't be deleted for everyone"


async def test_up_to_48_hours_a_message_can_be_deleted(
    bot: BotSide, reader: Person, clock: MovableClock
) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x")
    clock.advance(hours=48)

    assert await bot.ok("deleteMessage", chat_id=reader.id, message_id=sent["message_id"]) is True


async def test_in_a_supergroup_a_plain_member_deletes_only_its_own(
    bot: BotSide, playground: Playground, reader: Person
) -> None:
    supergroup = playground.supergroup("Newsroom", [reader])
    said = await supergroup.say("mine")

    refused = await bot.no("deleteMessage", chat_id=supergroup.id, message_id=said["message_id"])

    assert refused == "Bad Request: message can't be deleted"


async def test_several_messages_go_at_once(bot: BotSide, reader: Person) -> None:
    ids = [(await reader.say(text))["message_id"] for text in "abc"]

    await bot.ok("deleteMessages", chat_id=reader.id, message_ids=[*ids[:2], 99])

    assert [message.text for message in reader.messages] == ["c"]


@pytest.mark.parametrize(
    ("given", "description"),
    [
        ("[", "Bad Request: can't parse message_ids JSON object"),
        ("[]", "Bad Request: message identifiers are not specified"),
        (str(list(range(101))), "Bad Request: too many message identifiers specified"),
    ],
)
async def test_a_wrong_list_of_messages_is_refused(
    bot: BotSide, reader: Person, given: str, description: str
) -> None:
    assert await bot.no("deleteMessages", chat_id=reader.id, message_ids=given) == description


async def test_a_pinned_message_is_named_in_the_chat(bot: BotSide, reader: Person) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x")

    await bot.ok("pinChatMessage", chat_id=reader.id, message_id=sent["message_id"])

    chat = await bot.ok("getChat", chat_id=reader.id)
    assert chat["pinned_message"]["text"] == "x"
    assert reader.messages[-1].note == "a message was pinned"


async def test_an_unpinned_message_is_not_named(bot: BotSide, reader: Person) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x")
    await bot.ok("pinChatMessage", chat_id=reader.id, message_id=sent["message_id"])

    await bot.ok("unpinChatMessage", chat_id=reader.id)

    assert "pinned_message" not in await bot.ok("getChat", chat_id=reader.id)


@pytest.mark.parametrize(
    ("method", "description"),
    [
        ("pinChatMessage", "Bad Request: message to pin not found"),
        ("unpinChatMessage", "Bad Request: message to unpin not found"),
    ],
)
async def test_what_is_not_there_is_not_pinned(
    bot: BotSide, reader: Person, method: str, description: str
) -> None:
    assert await bot.no(method, chat_id=reader.id, message_id=9) == description


async def test_a_service_message_is_not_pinned(
    bot: BotSide, playground: Playground, reader: Person
) -> None:
    group = playground.group("Newsroom", [reader], with_bot=False)
    await group.add_bot()
    await group.promote_bot()

    refused = await bot.no("pinChatMessage", chat_id=group.id, message_id=group.messages[-1].id)

    assert refused == "Bad Request: service messages can't be pinned"


async def test_pinning_in_a_group_needs_the_right(
    bot: BotSide, playground: Playground, reader: Person
) -> None:
    group = playground.group("Newsroom", [reader])
    sent = await bot.ok("sendMessage", chat_id=group.id, text="x")

    refused = await bot.no("pinChatMessage", chat_id=group.id, message_id=sent["message_id"])

    assert refused == "Bad Request: not enough rights to manage pinned messages in the chat"
