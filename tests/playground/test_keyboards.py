"""Keyboards: which are shown, which are refused."""

from typing import Any

import pytest

from bot.playground.people import Person
from bot.playground.server import Playground
from tests.playground.botside import BotSide

UNALLOWED = (
    "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline"
    " keyboard"
)


def inline(*buttons: object) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


async def test_an_inline_keyboard_comes_back_with_the_message(
    bot: BotSide, reader: Person
) -> None:
    rows = [
        [{"text": "1", "callback_data": "b.1", "style": "primary"}],
        [{"text": "Site", "url": "https://e.org/"}, {"text": "Copy", "copy_text": {"text": "x"}}],
    ]

    sent = await bot.ok(
        "sendMessage", chat_id=reader.id, text="x", reply_markup={"inline_keyboard": rows}
    )

    assert sent["reply_markup"] == {"inline_keyboard": rows}


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"text": "x"}, UNALLOWED),
        ({"text": "x", "callback_data": ""}, UNALLOWED),
        ({"text": "x", "callback_data": "a", "url": "https://e.org"}, UNALLOWED),
        (
            {"callback_data": "a"},
            "Bad Request: can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"text": ["x"], "callback_data": "a"},
            'Bad Request: can\'t parse inline keyboard button: Field "text" must be of type'
            " String",
        ),
        (
            {"text": "x", "callback_data": "a", "style": "loud"},
            "Bad Request: can't parse inline keyboard button: invalid button style specified",
        ),
        (
            "x",
            "Bad Request: can't parse inline keyboard button: InlineKeyboardButton must be an"
            " Object",
        ),
        (
            {"text": "", "callback_data": "a"},
            "Bad Request: inline keyboard button text must be non-empty",
        ),
        ({"text": "x", "callback_data": "a" * 65}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "ü" * 33}, "Bad Request: BUTTON_DATA_INVALID"),
        (
            {"text": "x", "url": "localhost"},
            "Bad Request: inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "url": "ftp://e.org"},
            "Bad Request: inline keyboard button URL 'ftp://e.org' is invalid: Unsupported URL"
            " protocol",
        ),
        ({"text": "x", "copy_text": {"text": ""}}, "Bad Request: BUTTON_COPY_TEXT_INVALID"),
    ],
)
async def test_a_wrong_button_is_refused(
    bot: BotSide, reader: Person, button: dict[str, Any], description: str
) -> None:
    refused = await bot.no("sendMessage", chat_id=reader.id, text="x", reply_markup=inline(button))

    assert refused == description


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        ("{", "Bad Request: can't parse reply keyboard markup JSON object"),
        ([], "Bad Request: object expected as reply markup"),
        ({"inline_keyboard": 1}, 'Bad Request: field "inline_keyboard" must be of type Array'),
        (
            {"inline_keyboard": [1]},
            'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of'
            " Arrays",
        ),
        (
            {"keyboard": [1]},
            'Bad Request: field "keyboard" must be an Array of Arrays',
        ),
        (
            {"keyboard": [[1]]},
            "Bad Request: can't parse keyboard button: KeyboardButton must be a String or an"
            " Object",
        ),
        (
            inline(*({"text": str(n), "callback_data": "a"} for n in range(9))),
            "Bad Request: reply markup is too long",
        ),
        (
            {"inline_keyboard": [[{"text": str(n), "callback_data": "a"}] for n in range(101)]},
            "Bad Request: reply markup is too long",
        ),
    ],
)
async def test_a_wrong_keyboard_is_refused(
    bot: BotSide, reader: Person, markup: str, description: str
) -> None:
    refused = await bot.no("sendMessage", chat_id=reader.id, text="x", reply_markup=markup)

    assert refused == description


@pytest.mark.parametrize(
    "button",
    [
        {"text": "x", "callback_data": "a" * 64},
        {"text": "x", "url": "tg://user?id=5"},
        {"text": "x", "switch_inline_query": ""},
        {"text": "x", "url": "spacex.com"},
    ],
)
async def test_a_right_button_is_shown(
    bot: BotSide, reader: Person, button: dict[str, Any]
) -> None:
    await bot.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=inline(button))

    assert reader.messages[-1].labels == ["x"]


async def test_a_reply_keyboard_is_shown_to_the_person_only(bot: BotSide, reader: Person) -> None:
    markup = {"keyboard": [["Yes", {"text": "Where", "request_location": True}]]}

    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=markup)

    assert "reply_markup" not in sent
    assert reader.messages[-1].labels == ["Yes", "Where"]


@pytest.mark.parametrize(
    "markup", [{}, {"inline_keyboard": []}, {"inline_keyboard": [[]]}, {"keyboard": []}]
)
async def test_an_empty_keyboard_is_none(bot: BotSide, reader: Person, markup: str) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=markup)

    assert "reply_markup" not in sent


async def test_a_channel_takes_only_inline_keyboards(
    bot: BotSide, playground: Playground, editor: Person
) -> None:
    channel = playground.channel("Daily", [editor])

    refused = await bot.no(
        "sendMessage", chat_id=channel.id, text="x", reply_markup={"keyboard": [["a"]]}
    )

    assert refused == "Bad Request: inline keyboard expected"


async def test_a_channel_takes_no_button_that_needs_the_bots_name(
    bot: BotSide, playground: Playground, editor: Person
) -> None:
    channel = playground.channel("Daily", [editor])
    button = {"text": "x", "switch_inline_query": "a"}

    refused = await bot.no(
        "sendMessage", chat_id=channel.id, text="x", reply_markup=inline(button)
    )

    assert refused.startswith("Bad Request: can't use switch_inline_query button in a channel")
