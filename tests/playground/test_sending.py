"""Messages from the bot: what comes, and what is refused."""

from typing import Any

import pytest

from bot.playground.people import Person
from bot.playground.server import Playground
from tests.playground.botside import BotSide, MovableClock


async def test_a_text_comes_with_its_entities(bot: BotSide, reader: Person) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="<b>a</b> b", parse_mode="HTML")

    assert sent == {
        "message_id": 1,
        "from": {
            "id": 123456,
            "is_bot": True,
            "first_name": "Counterpoint",
            "username": "CounterpointBot",
        },
        "chat": {"id": reader.id, "first_name": "Reader One", "type": "private"},
        "date": 1795334400,
        "text": "a b",
        "entities": [{"offset": 0, "length": 1, "type": "bold"}],
    }


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({}, "Bad Request: message text is empty"),
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": " \n"}, "Bad Request: text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "Bad Request: text must be non-empty"),
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"text": "😀" * 2049}, "Bad Request: message is too long"),
        ({"text": "é" * 16385}, "Bad Request: text is too long"),
        ({"text": "x", "parse_mode": "BBCode"}, "Bad Request: unsupported parse_mode"),
        (
            {"text": "<i>x", "parse_mode": "html"},
            "Bad Request: can't parse entities: Can't find end tag corresponding to start tag"
            ' "i"',
        ),
        ({"text": "x", "chat_id": ""}, "Bad Request: chat_id is empty"),
        ({"text": "x", "chat_id": 4}, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "Bad Request: chat not found"),
        ({"text": "x", "message_thread_id": 3}, "Bad Request: message thread not found"),
        ({"text": "x", "reply_to_message_id": 9}, "Bad Request: message to be replied not found"),
        (
            {"text": "x", "reply_parameters": {"message_id": 9}},
            "Bad Request: message to be replied not found",
        ),
        (
            {"text": "x", "reply_parameters": "{"},
            "Bad Request: can't parse reply parameters JSON object",
        ),
        (
            {"text": "x", "reply_parameters": [1]},
            "Bad Request: object expected as reply parameters",
        ),
        (
            {"text": "x", "reply_parameters": {"chat_id": 1}},
            'Bad Request: can\'t find field "message_id"',
        ),
    ],
)
async def test_a_wrong_message_is_refused(
    bot: BotSide, reader: Person, parameters: dict[str, Any], description: str
) -> None:
    assert await bot.no("sendMessage", **{"chat_id": reader.id} | parameters) == description
    assert reader.messages == []


@pytest.mark.parametrize("text", ["x" * 4096, "😀" * 2048, "<b>" + "x" * 4096 + "</b>"])
async def test_4096_units_are_not_too_long(bot: BotSide, reader: Person, text: str) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text=text, parse_mode="HTML")

    assert len(sent["text"].encode("utf-16-le")) == 2 * 4096


async def test_one_who_never_wrote_cannot_be_written_to(
    bot: BotSide, playground: Playground
) -> None:
    stranger = playground.person("Reader Two")

    refused = await bot.no("sendMessage", chat_id=stranger.id, text="x")

    assert refused == "Bad Request: chat not found"


async def test_one_met_in_a_group_must_begin_the_private_chat(
    bot: BotSide, playground: Playground, editor: Person
) -> None:
    stranger = playground.person("Reader Two")
    playground.group("Newsroom", [editor, stranger])

    answer = await bot.answer("sendMessage", chat_id=stranger.id, text="x")

    assert (answer["error_code"], answer["description"]) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )


async def test_one_who_wrote_can_be_written_to(bot: BotSide, playground: Playground) -> None:
    newcomer = playground.person("Reader Two")

    await newcomer.say("/start")

    assert (await bot.ok("sendMessage", chat_id=newcomer.id, text="x"))["text"] == "x"


async def test_one_who_blocked_the_bot_cannot_be_written_to(bot: BotSide, reader: Person) -> None:
    await reader.block()

    answer = await bot.answer("sendMessage", chat_id=reader.id, text="x")

    assert (answer["error_code"], answer["description"]) == (
        403,
        "Forbidden: bot was blocked by the user",
    )


async def test_a_deleted_account_cannot_be_written_to(bot: BotSide, reader: Person) -> None:
    await reader.deactivate()

    answer = await bot.answer("sendMessage", chat_id=reader.id, text="x")

    assert (answer["error_code"], answer["description"]) == (
        403,
        "Forbidden: user is deactivated",
    )


async def test_a_reply_shows_what_it_answers(bot: BotSide, reader: Person) -> None:
    question = await reader.say("Why?")

    sent = await bot.ok(
        "sendMessage",
        chat_id=reader.id,
        text="Because",
        reply_parameters={"message_id": question["message_id"]},
    )

    assert sent["reply_to_message"]["text"] == "Why?"
    assert reader.messages[-1].reply_to == question["message_id"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"reply_parameters": {"message_id": 99, "allow_sending_without_reply": True}},
        {"reply_to_message_id": 99, "allow_sending_without_reply": "true"},
        {"reply_parameters": {}},
    ],
)
async def test_a_reply_may_do_without_its_target(
    bot: BotSide, reader: Person, parameters: dict[str, Any]
) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x", **parameters)

    assert "reply_to_message" not in sent


async def test_a_message_has_the_date_of_the_chats_clock(
    bot: BotSide, reader: Person, clock: MovableClock
) -> None:
    clock.advance(days=2)

    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x")

    assert sent["date"] == int(clock.now().timestamp())
    assert reader.messages[-1].date == clock.now()


async def test_private_chats_count_their_messages_together(
    bot: BotSide, reader: Person, editor: Person
) -> None:
    first = await bot.ok("sendMessage", chat_id=reader.id, text="x")
    second = await bot.ok("sendMessage", chat_id=editor.id, text="x")

    assert second["message_id"] == first["message_id"] + 1


async def test_a_chat_action_is_taken(bot: BotSide, reader: Person) -> None:
    assert await bot.ok("sendChatAction", chat_id=reader.id, action="typing") is True


async def test_an_unknown_chat_action_is_refused(bot: BotSide, reader: Person) -> None:
    refused = await bot.no("sendChatAction", chat_id=reader.id, action="yawning")

    assert refused == "Bad Request: wrong parameter action in request"


@pytest.mark.parametrize(
    ("markup", "entity"),
    [
        ("<a href='e.org'>x</a>", {"type": "text_link", "url": "http://e.org/"}),
        ("<pre>x</pre>", {"type": "pre"}),
        ("<pre><code class='language-py'>x</code></pre>", {"type": "pre", "language": "py"}),
        (
            "<tg-time unix='9' format='r'>x</tg-time>",
            {"type": "date_time", "unix_time": 9, "date_time_format": "r"},
        ),
        ("<tg-emoji emoji-id='7'>x</tg-emoji>", {"type": "custom_emoji", "custom_emoji_id": "7"}),
        (
            "<a href='tg://user?id=5'>x</a>",
            {"type": "text_mention", "user": {"id": 5, "is_bot": False, "first_name": ""}},
        ),
    ],
)
async def test_an_entity_says_what_it_stands_for(
    bot: BotSide, reader: Person, markup: str, entity: dict[str, Any]
) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text=markup, parse_mode="HTML")

    assert sent["entities"] == [{"offset": 0, "length": 1} | entity]


async def test_entities_that_are_no_json_are_none(bot: BotSide, reader: Person) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x", entities="[{")

    assert "entities" not in sent
