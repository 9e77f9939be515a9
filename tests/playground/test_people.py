"""People as tests play them: saying, tapping, waiting, reading."""

import asyncio

import pytest

from bot.playground.acting import CannotDo
from bot.playground.conversation import NoReply
from bot.playground.people import Person
from bot.playground.server import Playground
from bot.playground.shown import ShownButton
from tests.playground.botside import BotSide

KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}],
        [{"text": "Site", "url": "https://e.org/"}],
    ]
}


async def test_a_persons_id_is_that_of_their_chat(playground: Playground) -> None:
    person = playground.person("Reader One", id=77, username="one", language="ar")

    assert (person.id, person.chat.id, person.name) == (77, 77, "Reader One")


async def test_nobody_has_the_id_of_another(playground: Playground, reader: Person) -> None:
    with pytest.raises(CannotDo, match="there is somebody with the id"):
        playground.person("Reader Two", id=reader.id)


async def test_what_is_said_comes_as_a_message(bot: BotSide, reader: Person) -> None:
    said = await reader.say("/start b_1f3")

    [update] = await bot.updates()
    assert update["message"] == said
    assert said["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]


async def test_a_link_to_the_bot_starts_it_with_its_word(bot: BotSide, reader: Person) -> None:
    await reader.open("https://t.me/CounterpointBot?start=s_9k")

    [update] = await bot.updates()
    assert update["message"]["text"] == "/start s_9k"


@pytest.mark.parametrize(
    "address", ["https://e.org", "https://t.me/OtherBot?start=x", "t.me/CounterpointBot"]
)
async def test_any_other_link_does_not_start_the_bot(reader: Person, address: str) -> None:
    with pytest.raises(CannotDo, match="no link that starts the bot"):
        await reader.open(address)


async def test_an_edit_comes_as_an_edited_message(bot: BotSide, reader: Person) -> None:
    said = await reader.say("one")

    await reader.edit(said["message_id"], "two")

    edited = (await bot.updates())[-1]["edited_message"]
    assert (edited["text"], edited["message_id"]) == ("two", said["message_id"])
    assert "edit_date" in edited


async def test_people_do_not_edit_what_the_bot_wrote(bot: BotSide, reader: Person) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="x")

    with pytest.raises(CannotDo, match="people cannot edit"):
        await reader.edit(sent["message_id"], "y")


async def test_one_waits_for_the_next_thing_the_bot_says(bot: BotSide, reader: Person) -> None:
    await reader.say("/start")
    waiting = asyncio.create_task(reader.next_reply())
    await bot.ok("sendMessage", chat_id=reader.id, text="one")
    await bot.ok("sendMessage", chat_id=reader.id, text="two")

    replies = [(await waiting).text, (await reader.next_reply()).text]

    assert replies == ["one", "two"]


async def test_an_edit_is_something_the_bot_says(bot: BotSide, reader: Person) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="one")
    await reader.say("go on")

    await bot.ok("editMessageText", chat_id=reader.id, message_id=sent["message_id"], text="two")

    assert (await reader.next_reply()).text == "two"


async def test_what_came_before_one_spoke_is_not_the_reply(bot: BotSide, reader: Person) -> None:
    await bot.ok("sendMessage", chat_id=reader.id, text="before")
    await reader.say("hello")
    await bot.ok("sendMessage", chat_id=reader.id, text="after")

    assert (await reader.next_reply()).text == "after"


async def test_silence_is_told_with_the_chat(bot: BotSide, reader: Person) -> None:
    await reader.say("hello?")

    with pytest.raises(NoReply, match=r"(?s)within 0.01 s.*Reader One: hello\?"):
        await reader.next_reply(timeout=0.01)


async def test_a_message_is_shown_with_all_that_one_sees(bot: BotSide, reader: Person) -> None:
    await bot.ok(
        "sendMessage",
        chat_id=reader.id,
        text="<b>a</b>",
        parse_mode="HTML",
        reply_markup=KEYBOARD,
        disable_notification=True,
    )

    [shown] = reader.messages
    assert (shown.from_bot, shown.sender, shown.html) == (True, "Counterpoint", "<b>a</b>")
    assert (shown.silent, shown.edited, shown.document) == (True, False, None)
    assert shown.buttons == (
        (ShownButton("Yes", "y"), ShownButton("No", "n")),
        (ShownButton("Site", "https://e.org/"),),
    )


async def test_a_chat_reads_as_text(bot: BotSide, reader: Person) -> None:
    said = await reader.say("/start")
    sent = await bot.ok(
        "sendMessage",
        chat_id=reader.id,
        text="<b>Hi</b>\n<blockquote expandable>Because\nof that</blockquote>",
        parse_mode="HTML",
        reply_markup=KEYBOARD,
    )
    await reader.upload("briefs.txt", b"12345")
    await bot.ok("pinChatMessage", chat_id=reader.id, message_id=sent["message_id"])
    await reader.edit(said["message_id"], "/start again")
    await bot.ok(
        "sendMessage",
        chat_id=reader.id,
        text="Which?",
        disable_notification=True,
        reply_markup={"force_reply": True},
    )

    assert reader.transcript() == (
        "Reader One (edited): /start again\n"
        "Counterpoint:\n"
        "    *Hi*\n"
        "    >> Because\n"
        "    >> of that\n"
        "    [Yes] [No]\n"
        "    [Site]\n"
        "Reader One: [file briefs.txt, 5 bytes]\n"
        "(a message was pinned)\n"
        "Counterpoint (silent):\n"
        "    Which?\n"
        "    (asks for a reply)\n"
    )


async def test_an_empty_chat_reads_so(reader: Person) -> None:
    assert reader.transcript() == "(nothing yet)\n"


async def test_blocking_is_told_to_the_bot(bot: BotSide, reader: Person) -> None:
    await reader.block()
    await reader.block()

    [update] = await bot.updates()
    change = update["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == (
        "member",
        "kicked",
    )


async def test_one_who_takes_the_block_back_hears_the_bot_again(
    bot: BotSide, reader: Person
) -> None:
    await reader.block()
    await reader.unblock()

    assert (await bot.ok("sendMessage", chat_id=reader.id, text="x"))["text"] == "x"


@pytest.mark.parametrize(
    ("act", "why"), [("block", "has blocked the bot"), ("deactivate", "is deactivated")]
)
async def test_one_who_is_away_says_nothing(reader: Person, act: str, why: str) -> None:
    await getattr(reader, act)()

    with pytest.raises(CannotDo, match=why):
        await reader.say("hello")


async def test_a_group_is_read_with_who_came(bot: BotSide, playground: Playground) -> None:
    editor = playground.person("Editor One")
    reader = playground.person("Reader One")
    group = playground.group("Newsroom", [editor])

    await group.add(reader)
    await group.say("hello", by=reader)
    await group.remove(reader)

    assert group.transcript() == ("(Reader One joined)\nReader One: hello\n(Reader One left)\n")


async def test_administrators_come_and_go(
    bot: BotSide, playground: Playground, editor: Person, reader: Person
) -> None:
    group = playground.group("Newsroom", [editor, reader])

    await group.promote(reader)
    promoted = await bot.ok("getChatMember", chat_id=group.id, user_id=reader.id)
    await group.demote(reader)
    demoted = await bot.ok("getChatMember", chat_id=group.id, user_id=reader.id)

    assert (promoted["status"], demoted["status"]) == ("administrator", "member")
    assert promoted["can_pin_messages"] is True


async def test_a_person_answers_a_message(bot: BotSide, reader: Person) -> None:
    sent = await bot.ok("sendMessage", chat_id=reader.id, text="Why?")

    said = await reader.say("Because", reply_to=sent["message_id"])

    assert said["reply_to_message"]["text"] == "Why?"
