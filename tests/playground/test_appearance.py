"""The bot's name, texts, commands and menu button."""

from typing import Any

import pytest

from bot.playground.people import Person
from bot.playground.server import Playground
from tests.playground.botside import BotSide

HELP = {"command": "help", "description": "How this works"}
START = {"command": "start", "description": "Begin"}


@pytest.mark.parametrize(
    ("field", "general"),
    [("Name", "Counterpoint"), ("Description", ""), ("ShortDescription", "")],
)
async def test_a_text_is_set_by_language(bot: BotSide, field: str, general: str) -> None:
    name = {"Name": "name", "Description": "description"}.get(field, "short_description")

    await bot.ok(f"setMy{field}", language_code="es", **{name: "Hola"})

    assert await bot.ok(f"getMy{field}", language_code="es") == {name: "Hola"}
    assert await bot.ok(f"getMy{field}", language_code="ru") == {name: general}


async def test_a_language_without_its_own_text_gets_the_general_one(bot: BotSide) -> None:
    await bot.ok("setMyDescription", description="Hello")

    assert await bot.ok("getMyDescription", language_code="ar") == {"description": "Hello"}


async def test_an_empty_text_is_taken_back(bot: BotSide) -> None:
    await bot.ok("setMyName", name="Other")
    await bot.ok("setMyName", name="")

    assert await bot.ok("getMyName") == {"name": "Counterpoint"}


@pytest.mark.parametrize(
    ("method", "parameters", "description"),
    [
        ("setMyName", {"name": "x" * 65}, "Bad Request: BOT_TITLE_INVALID"),
        ("setMyDescription", {"description": "x" * 513}, "Bad Request: BOT_DESCRIPTION_INVALID"),
        (
            "setMyShortDescription",
            {"short_description": "x" * 121},
            "Bad Request: BOT_ABOUT_INVALID",
        ),
        (
            "setMyName",
            {"name": "x", "language_code": "eng"},
            "Bad Request: invalid language code specified",
        ),
        ("getMyCommands", {"language_code": "E"}, "Bad Request: invalid language code specified"),
    ],
)
async def test_a_wrong_text_is_refused(
    bot: BotSide, method: str, parameters: dict[str, Any], description: str
) -> None:
    assert await bot.no(method, **parameters) == description


async def test_commands_are_kept_by_scope_and_language(bot: BotSide) -> None:
    scope = {"type": "all_private_chats"}
    await bot.ok("setMyCommands", commands=[HELP], scope=scope, language_code="es")

    assert await bot.ok("getMyCommands", scope=scope, language_code="es") == [HELP]
    assert await bot.ok("getMyCommands", scope=scope) == []
    assert await bot.ok("getMyCommands", language_code="es") == []


async def test_a_command_loses_its_slash(bot: BotSide) -> None:
    await bot.ok("setMyCommands", commands=[{"command": "/help", "description": " x "}])

    assert await bot.ok("getMyCommands") == [{"command": "help", "description": "x"}]


async def test_deleted_commands_are_gone(bot: BotSide) -> None:
    await bot.ok("setMyCommands", commands=[HELP])

    await bot.ok("deleteMyCommands")

    assert await bot.ok("getMyCommands") == []


@pytest.mark.parametrize(
    ("command", "description"),
    [
        ({"command": "", "description": "x"}, "Bad Request: command must be non-empty"),
        (
            {"command": "a" * 33, "description": "x"},
            "Bad Request: command length must not exceed 32",
        ),
        (
            {"command": "a", "description": " "},
            "Bad Request: command description must be non-empty",
        ),
        (
            {"command": "a", "description": "x" * 257},
            "Bad Request: command description length must not exceed 256",
        ),
        ({"command": "Help", "description": "x"}, "Bad Request: BOT_COMMAND_INVALID"),
        (
            {"command": "help"},
            "Bad Request: can't parse BotCommand: Can't find field \"description\"",
        ),
    ],
)
async def test_a_wrong_command_is_refused(
    bot: BotSide, command: dict[str, str], description: str
) -> None:
    assert await bot.no("setMyCommands", commands=[command]) == description


@pytest.mark.parametrize(
    ("given", "description"),
    [
        ("[", "Bad Request: can't parse commands JSON object"),
        ("5", "Bad Request: expected an Array of BotCommand"),
        ("[5]", "Bad Request: can't parse BotCommand: expected an Object"),
    ],
)
async def test_a_wrong_list_of_commands_is_refused(
    bot: BotSide, given: str, description: str
) -> None:
    assert await bot.no("setMyCommands", commands=given) == description


async def test_more_than_100_commands_are_refused(bot: BotSide) -> None:
    commands = [{"command": f"c{n}", "description": "x"} for n in range(101)]

    assert await bot.no("setMyCommands", commands=commands) == "Bad Request: BOT_COMMANDS_TOO_MUCH"


@pytest.mark.parametrize(
    ("scope", "description"),
    [
        ("{", "Bad Request: can't parse BotCommandScope JSON object"),
        (
            [],
            "Bad Request: can't parse BotCommandScope: BotCommandScope must be an Object",
        ),
        (
            {"type": "x"},
            "Bad Request: can't parse BotCommandScope: Unsupported type specified",
        ),
        (
            {"type": "chat"},
            "Bad Request: can't parse BotCommandScope: Empty chat_id specified",
        ),
        (
            {"type": "chat_member", "chat_id": 1},
            "Bad Request: can't parse BotCommandScope: Invalid user_id specified",
        ),
        ({"type": "chat", "chat_id": 99}, "Bad Request: chat not found"),
        (
            {"type": "chat_administrators", "chat_id": 1000001},
            "Bad Request: can't use specified scope in private chats",
        ),
    ],
)
async def test_a_wrong_scope_is_refused(
    bot: BotSide, reader: Person, scope: dict[str, Any], description: str
) -> None:
    assert await bot.no("setMyCommands", commands=[HELP], scope=scope) == description


async def test_a_channel_has_no_commands(
    bot: BotSide, playground: Playground, editor: Person
) -> None:
    channel = playground.channel("Daily", [editor])

    refused = await bot.no(
        "setMyCommands", commands=[HELP], scope={"type": "chat", "chat_id": channel.id}
    )

    assert refused == "Bad Request: can't change commands in channel chats"


@pytest.mark.parametrize(
    "scopes",
    [
        [{}],
        [{}, {"type": "all_private_chats"}],
        [{}, {"type": "all_private_chats"}, {"type": "chat", "chat_id": 1000001}],
    ],
)
async def test_a_person_sees_the_narrowest_menu(
    bot: BotSide, reader: Person, scopes: list[dict[str, Any]]
) -> None:
    for scope in scopes[:-1]:
        await bot.ok("setMyCommands", commands=[HELP], scope=scope or "")

    await bot.ok("setMyCommands", commands=[START], scope=scopes[-1] or "")

    assert list(reader.commands) == [START]


async def test_a_person_sees_the_menu_of_their_language(
    bot: BotSide, playground: Playground
) -> None:
    await bot.ok("setMyCommands", commands=[HELP])
    await bot.ok("setMyCommands", commands=[START], language_code="ar")

    menus = [
        list(playground.person("Reader", language=code, started=True).commands)
        for code in ("ar", "en")
    ]

    assert menus == [[START], [HELP]]


async def test_the_menu_button_is_set_for_one_chat(bot: BotSide, reader: Person) -> None:
    button = {"type": "web_app", "text": "Open", "web_app": {"url": "https://e.org"}}

    await bot.ok("setChatMenuButton", chat_id=reader.id, menu_button=button)

    assert await bot.ok("getChatMenuButton", chat_id=reader.id) == button
    assert await bot.ok("getChatMenuButton") == {"type": "commands"}


async def test_a_default_menu_button_is_the_general_one(bot: BotSide, reader: Person) -> None:
    await bot.ok("setChatMenuButton", chat_id=reader.id)

    assert await bot.ok("getChatMenuButton", chat_id=reader.id) == {"type": "commands"}


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"menu_button": "{"}, "Bad Request: can't parse menu button JSON object"),
        (
            {"menu_button": {"type": "x"}},
            "Bad Request: can't parse menu button: MenuButton has unsupported type",
        ),
        (
            {"menu_button": "5"},
            "Bad Request: can't parse menu button: MenuButton must be an Object",
        ),
        ({"chat_id": -1}, "Bad Request: invalid chat_id specified"),
        ({"chat_id": 4}, "Bad Request: user not found"),
    ],
)
async def test_a_wrong_menu_button_is_refused(
    bot: BotSide, parameters: dict[str, Any], description: str
) -> None:
    assert await bot.no("setChatMenuButton", **parameters) == description


@pytest.mark.parametrize(
    ("scope", "seen_by"),
    [
        ({"type": "all_group_chats"}, ["Editor One", "Reader One"]),
        ({"type": "all_chat_administrators"}, ["Editor One"]),
        ({"type": "chat_administrators", "chat_id": -5000001}, ["Editor One"]),
        ({"type": "chat", "chat_id": -5000001}, ["Editor One", "Reader One"]),
        ({"type": "chat_member", "chat_id": -5000001, "user_id": 1000001}, ["Reader One"]),
    ],
)
async def test_in_a_group_the_menu_depends_on_who_looks(
    bot: BotSide,
    playground: Playground,
    reader: Person,
    editor: Person,
    scope: dict[str, Any],
    seen_by: list[str],
) -> None:
    group = playground.group("Newsroom", [editor, reader])

    await bot.ok("setMyCommands", commands=[START], scope=scope)

    seen = [person.name for person in (editor, reader) if group.commands_for(person)]
    assert seen == seen_by
