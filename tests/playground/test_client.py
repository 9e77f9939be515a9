"""python-telegram-bot reads whatever the playground answers."""

from collections.abc import AsyncIterator

import pytest
import telegram
from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    ChatMemberAdministrator,
    ChatMemberBanned,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter
from telegram.request import HTTPXRequest

from bot.playground.faults import Fault
from bot.playground.people import Person
from bot.playground.presets import PRESETS
from bot.playground.server import Playground
from tests.playground.botside import TOKEN


@pytest.fixture
async def client(playground: Playground) -> AsyncIterator[telegram.Bot]:
    url = playground.url
    # The line is plain HTTP, so no certificates need to be loaded for each test.
    request, polling = (HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2))
    async with telegram.Bot(
        TOKEN,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=request,
        get_updates_request=polling,
    ) as bot:
        yield bot


async def test_messages_are_read(client: telegram.Bot, reader: Person) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data="a")]])
    said = await reader.say("Why?")

    sent = await client.send_message(
        reader.id,
        '<b>x</b> <tg-time unix="1795503600" format="wt">Tue</tg-time>',
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(said["message_id"]),
    )
    edited = await client.edit_message_text("y", reader.id, sent.message_id)

    assert isinstance(edited, telegram.Message)
    assert [entity.type for entity in sent.entities] == ["bold", "date_time"]
    assert (edited.text, sent.reply_markup) == ("y", keyboard)


async def test_updates_are_read(client: telegram.Bot, reader: Person) -> None:
    await reader.say("/start x")
    await reader.upload("a.txt", b"abc", "look")
    await reader.block()

    updates = await client.get_updates()

    assert updates[0].message is not None
    assert updates[0].message.text == "/start x"
    assert updates[1].message is not None
    assert updates[1].message.document is not None
    assert updates[2].my_chat_member is not None
    assert isinstance(updates[2].my_chat_member.new_chat_member, ChatMemberBanned)


async def test_a_file_goes_there_and_back(client: telegram.Bot, reader: Person) -> None:
    sent = await client.send_document(reader.id, b"abc", filename="größe.txt", caption="look")

    assert sent.document is not None
    file = await sent.document.get_file()

    assert bytes(await file.download_as_bytearray()) == b"abc"
    assert sent.document.file_name == "größe.txt"


async def test_chats_are_read(
    client: telegram.Bot, playground: Playground, editor: Person, reader: Person
) -> None:
    group = playground.group("Newsroom", [editor, reader])
    await group.promote_bot()

    chat = await client.get_chat(group.id)
    admins = await client.get_chat_administrators(group.id)
    private = await client.get_chat(reader.id)

    assert (chat.title, private.first_name) == ("Newsroom", "Reader One")
    assert isinstance(admins[1], ChatMemberAdministrator)


async def test_the_profile_is_read(client: telegram.Bot, reader: Person) -> None:
    commands = [BotCommand("help", "How this works")]
    scope = BotCommandScopeAllPrivateChats()
    await client.set_my_commands(commands, scope=scope, language_code="en")
    await client.set_my_description("Hello")
    await client.send_chat_action(reader.id, ChatAction.TYPING)

    assert list(await client.get_my_commands(scope=scope, language_code="en")) == commands
    assert (await client.get_my_description()).description == "Hello"
    assert (await client.get_chat_menu_button(reader.id)).type == "commands"
    assert (await client.get_webhook_info()).url == ""


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (PRESETS["flood"], RetryAfter),
        (PRESETS["token refused"], InvalidToken),
        (Fault(code=409, description="Conflict: x"), Conflict),
        (Fault(code=403, description="Forbidden: x"), Forbidden),
        (Fault(code=400, description="Bad Request: x", migrate_to_chat_id=-5), ChatMigrated),
        (Fault(code=400, description="Bad Request: x"), BadRequest),
    ],
)
async def test_refusals_are_told_apart(
    client: telegram.Bot,
    playground: Playground,
    reader: Person,
    fault: Fault,
    error: type[telegram.error.TelegramError],
) -> None:
    playground.faults.add(fault)

    with pytest.raises(error):
        await client.send_message(reader.id, "x")
