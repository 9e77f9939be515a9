"""Groups, supergroups and channels: who is in, what the bot sees, what it may do."""

import pytest

from bot.playground.acting import CannotDo
from bot.playground.model import Status
from bot.playground.people import Community, Person
from bot.playground.server import Playground
from tests.playground.botside import BotSide


async def test_a_group_is_written_to(bot: BotSide, group: Community) -> None:
    sent = await bot.ok("sendMessage", chat_id=group.id, text="x")

    assert sent["chat"] == {"id": group.id, "title": "Newsroom", "type": "group"}
    assert group.id < 0


async def test_a_supergroup_counts_its_messages_alone(
    bot: BotSide, supergroup: Community, reader: Person
) -> None:
    await bot.ok("sendMessage", chat_id=reader.id, text="x")

    sent = await bot.ok("sendMessage", chat_id=supergroup.id, text="x")

    assert sent["message_id"] == 1
    assert supergroup.id < -1_000_000_000_000


async def test_a_post_in_a_channel_has_no_sender(bot: BotSide, channel: Community) -> None:
    sent = await bot.ok("sendMessage", chat_id=channel.id, text="x")

    assert "from" not in sent
    assert sent["sender_chat"]["type"] == "channel"


async def test_a_public_chat_goes_by_its_name(bot: BotSide, channel: Community) -> None:
    channel.chat.username = "CounterpointDaily"

    sent = await bot.ok("sendMessage", chat_id="@counterpointdaily", text="x")

    assert sent["chat"]["id"] == channel.id


@pytest.mark.parametrize(
    ("text", "is_seen"),
    [
        ("/digest", True),
        ("/digest@CounterpointBot now", True),
        ("/digest@OtherBot", False),
        ("just talking", False),
    ],
)
async def test_in_a_group_the_bot_sees_only_commands(
    bot: BotSide, group: Community, text: str, is_seen: bool
) -> None:
    await group.say(text)

    assert bool(await bot.updates()) is is_seen


async def test_in_a_group_the_bot_sees_answers_to_it(
    bot: BotSide, group: Community, reader: Person
) -> None:
    sent = await bot.ok("sendMessage", chat_id=group.id, text="x")

    await group.say("why?", by=reader, reply_to=sent["message_id"])

    [update] = await bot.updates()
    assert update["message"]["from"]["first_name"] == "Reader One"


async def test_an_administrator_sees_everything(bot: BotSide, group: Community) -> None:
    await group.promote_bot()

    await group.say("just talking")

    assert (await bot.updates())[-1]["message"]["text"] == "just talking"


async def test_a_post_of_people_is_a_channel_post(bot: BotSide, channel: Community) -> None:
    await channel.say("News")

    [update] = await bot.updates()
    assert update["channel_post"]["text"] == "News"


@pytest.mark.parametrize(
    ("status", "description"),
    [
        (Status.KICKED, "Forbidden: bot was kicked from the {} chat"),
        (Status.LEFT, "Forbidden: bot is not a member of the {} chat"),
    ],
)
@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_outside_a_chat_the_bot_cannot_write(
    bot: BotSide,
    playground: Playground,
    editor: Person,
    kind: str,
    status: Status,
    description: str,
) -> None:
    chat: Community = getattr(playground, kind)("Place", [editor])
    chat.chat.members[playground.world.bot.id] = status

    answer = await bot.answer("sendMessage", chat_id=chat.id, text="x")

    assert (answer["error_code"], answer["description"]) == (403, description.format(kind))


async def test_being_kicked_is_told_as_an_update(bot: BotSide, group: Community) -> None:
    await group.kick_bot()

    [update] = await bot.updates()
    change = update["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == (
        "member",
        "kicked",
    )


async def test_being_added_is_told_with_a_service_message(
    bot: BotSide, playground: Playground, editor: Person
) -> None:
    group = playground.group("Newsroom", [editor], with_bot=False)

    await group.add_bot()

    kinds = [
        next(kind for kind in update if kind != "update_id") for update in await bot.updates()
    ]
    assert kinds == ["my_chat_member", "message"]


async def test_what_members_do_is_told_to_administrators_on_request(
    bot: BotSide, group: Community, reader: Person
) -> None:
    await bot.updates(allowed_updates=["chat_member"])
    await group.promote_bot()

    await group.remove(reader, by=reader)

    [update] = await bot.updates()
    assert update["chat_member"]["new_chat_member"]["status"] == "left"


async def test_a_channel_wants_an_administrator(
    bot: BotSide, playground: Playground, editor: Person
) -> None:
    channel = playground.channel("Daily", [editor], bot=Status.MEMBER)

    refused = await bot.no("sendMessage", chat_id=channel.id, text="x")

    assert refused == "Bad Request: need administrator rights in the channel chat"


async def test_where_members_may_not_write_the_bot_may_not_either(
    bot: BotSide, group: Community
) -> None:
    group.silence_members()

    refused = await bot.no("sendMessage", chat_id=group.id, text="x")

    assert refused == "Bad Request: not enough rights to send text messages to the chat"


async def test_all_about_a_chat(bot: BotSide, channel: Community) -> None:
    chat = await bot.ok("getChat", chat_id=channel.id)

    assert (chat["title"], chat["type"]) == ("Counterpoint Daily", "channel")


async def test_who_runs_a_chat(bot: BotSide, group: Community, editor: Person) -> None:
    await group.promote_bot()

    found = await bot.ok("getChatAdministrators", chat_id=group.id)

    assert [(each["user"]["first_name"], each["status"]) for each in found] == [
        ("Editor One", "creator"),
        ("Counterpoint", "administrator"),
    ]


async def test_nobody_runs_a_private_chat(bot: BotSide, reader: Person) -> None:
    refused = await bot.no("getChatAdministrators", chat_id=reader.id)

    assert refused == "Bad Request: there are no administrators in the private chat"


async def test_how_many_are_in_a_chat(bot: BotSide, group: Community, reader: Person) -> None:
    await group.remove(reader)

    assert await bot.ok("getChatMemberCount", chat_id=group.id) == 2
    assert await bot.ok("getChatMemberCount", chat_id=reader.id) == 2


async def test_what_somebody_is_in_a_chat(
    bot: BotSide, playground: Playground, group: Community, reader: Person, editor: Person
) -> None:
    outsider = playground.person("Reader Two")

    found = [
        (await bot.ok("getChatMember", chat_id=group.id, user_id=person.id))["status"]
        for person in (editor, reader, outsider)
    ]

    assert found == ["creator", "member", "left"]


async def test_one_put_out_is_kicked(
    bot: BotSide, group: Community, reader: Person, editor: Person
) -> None:
    await group.remove(reader, by=editor)

    member = await bot.ok("getChatMember", chat_id=group.id, user_id=reader.id)

    assert (member["status"], member["until_date"]) == ("kicked", 0)


async def test_in_a_private_chat_there_are_two(
    bot: BotSide, reader: Person, editor: Person
) -> None:
    member = await bot.ok("getChatMember", chat_id=reader.id, user_id=reader.id)

    assert member["status"] == "member"
    refused = await bot.no("getChatMember", chat_id=reader.id, user_id=editor.id)
    assert refused == "Bad Request: member not found"


@pytest.mark.parametrize(
    ("kind", "user_id", "description"),
    [
        ("group", 0, "Bad Request: invalid user_id specified"),
        ("group", 77, "Bad Request: member not found"),
        ("supergroup", 77, "Bad Request: PARTICIPANT_ID_INVALID"),
    ],
)
async def test_a_stranger_is_no_member(
    bot: BotSide, playground: Playground, editor: Person, kind: str, user_id: int, description: str
) -> None:
    chat: Community = getattr(playground, kind)("Place", [editor])

    assert await bot.no("getChatMember", chat_id=chat.id, user_id=user_id) == description


async def test_a_chat_that_was_left_is_closed_to_the_bot(
    bot: BotSide, supergroup: Community
) -> None:
    await bot.ok("leaveChat", chat_id=supergroup.id)

    answer = await bot.answer("getChat", chat_id=supergroup.id)

    assert answer["description"] == "Forbidden: bot is not a member of the supergroup chat"


async def test_a_private_chat_cannot_be_left(bot: BotSide, reader: Person) -> None:
    refused = await bot.no("leaveChat", chat_id=reader.id)

    assert refused == "Bad Request: can't leave private chats"


async def test_a_group_that_was_left_can_still_be_looked_at(
    bot: BotSide, group: Community
) -> None:
    await bot.ok("leaveChat", chat_id=group.id)

    assert (await bot.ok("getChat", chat_id=group.id))["title"] == "Newsroom"


async def test_a_community_needs_somebody(playground: Playground) -> None:
    with pytest.raises(CannotDo, match="needs somebody to run it"):
        playground.group("Empty", [])


async def test_a_demoted_bot_sees_only_commands_again(bot: BotSide, group: Community) -> None:
    await group.promote_bot()
    await group.demote_bot()
    await bot.updates()

    await group.say("just talking")

    assert await bot.updates() == []
