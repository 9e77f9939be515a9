"""Messages sent on: copied, forwarded."""

from typing import Any

import pytest

from bot.playground.people import Person
from bot.playground.server import Playground
from tests.playground.botside import BotSide


async def test_a_copy_has_no_sender_named(bot: BotSide, reader: Person, editor: Person) -> None:
    said = await editor.say("As it is")

    copied = await bot.ok(
        "copyMessage", chat_id=reader.id, from_chat_id=editor.id, message_id=said["message_id"]
    )

    assert copied == {"message_id": reader.messages[-1].id}
    assert (reader.messages[-1].text, reader.messages[-1].from_bot) == ("As it is", True)


async def test_a_copy_loses_its_keyboard_unless_it_gets_one(
    bot: BotSide, reader: Person, editor: Person
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    sent = await bot.ok("sendMessage", chat_id=editor.id, text="x", reply_markup=keyboard)
    named = {"from_chat_id": editor.id, "message_id": sent["message_id"]}

    await bot.ok("copyMessage", chat_id=reader.id, **named)
    await bot.ok("copyMessage", chat_id=reader.id, **named, reply_markup=keyboard)

    assert [message.labels for message in reader.messages] == [[], ["A"]]


@pytest.mark.parametrize(
    ("method", "parameters", "description"),
    [
        ("copyMessage", {}, 'Bad Request: parameter "from_chat_id" is required'),
        ("copyMessage", {"from_chat_id": 4}, "Bad Request: chat not found"),
        ("copyMessage", {"from_chat_id": 1000001}, "Bad Request: message to copy not found"),
        ("forwardMessage", {"from_chat_id": 1000001}, "Bad Request: message to forward not found"),
    ],
)
async def test_what_is_not_there_is_not_copied(
    bot: BotSide, reader: Person, method: str, parameters: dict[str, Any], description: str
) -> None:
    refused = await bot.no(method, chat_id=reader.id, message_id=77, **parameters)

    assert refused == description


async def test_a_service_message_is_not_copied(bot: BotSide, reader: Person) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x")
    await bot.ok("pinChatMessage", chat_id=reader.id, message_id=sent["message_id"])

    refused = await bot.no(
        "copyMessage",
        chat_id=reader.id,
        from_chat_id=reader.id,
        message_id=sent["message_id"] + 1,
    )

    assert refused == "Bad Request: message can't be copied"


async def test_a_forwarded_message_names_who_wrote_it(
    bot: BotSide, reader: Person, editor: Person
) -> None:
    said = await editor.say("As it is")

    sent = await bot.ok(
        "forwardMessage",
        chat_id=reader.id,
        from_chat_id=editor.id,
        message_id=said["message_id"],
    )

    assert sent["forward_origin"]["sender_user"]["first_name"] == "Editor One"
    assert sent["text"] == "As it is"


async def test_a_forwarded_post_names_its_channel(
    bot: BotSide, playground: Playground, reader: Person, editor: Person
) -> None:
    channel = playground.channel("Daily", [editor])
    post = await channel.say("News")

    sent = await bot.ok(
        "forwardMessage",
        chat_id=reader.id,
        from_chat_id=channel.id,
        message_id=post["message_id"],
    )

    assert sent["forward_origin"]["type"] == "channel"
    assert sent["forward_origin"]["chat"]["title"] == "Daily"
    assert sent["forward_from_message_id"] == post["message_id"]


async def test_a_copy_of_a_file_may_have_another_caption(
    bot: BotSide, reader: Person, editor: Person
) -> None:
    said = await editor.upload("a.txt", b"x", "old")
    named = {"from_chat_id": editor.id, "message_id": said["message_id"]}

    await bot.ok(
        "copyMessage", chat_id=reader.id, caption="<b>new</b>", parse_mode="HTML", **named
    )

    assert reader.messages[-1].html == "<b>new</b>"
