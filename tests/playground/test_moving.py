"""Groups that become supergroups, and topics inside them."""

import pytest

from bot.playground.acting import CannotDo
from bot.playground.people import Community
from bot.playground.server import Playground
from tests.playground.botside import BotSide


async def test_a_group_that_moved_names_its_new_chat(
    bot: BotSide, playground: Playground, group: Community
) -> None:
    supergroup = playground.migrate(group)

    answer = await bot.answer("sendMessage", chat_id=group.id, text="x")

    assert answer == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": supergroup.id},
    }


async def test_both_chats_say_that_they_moved(
    bot: BotSide, playground: Playground, group: Community
) -> None:
    supergroup = playground.migrate(group)

    old, new = [update["message"] for update in await bot.updates()]
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (group.id, supergroup.id)
    assert (new["chat"]["id"], new["migrate_from_chat_id"]) == (supergroup.id, group.id)


async def test_in_the_new_chat_the_bot_can_write(
    bot: BotSide, playground: Playground, group: Community
) -> None:
    supergroup = playground.migrate(group)

    sent = await bot.ok("sendMessage", chat_id=supergroup.id, text="x")

    assert sent["chat"]["type"] == "supergroup"


async def test_messages_of_the_old_chat_cannot_be_edited(
    bot: BotSide, playground: Playground, group: Community
) -> None:
    sent = await bot.ok("sendMessage", chat_id=group.id, text="x")
    playground.migrate(group)

    refused = await bot.no(
        "editMessageText", chat_id=group.id, message_id=sent["message_id"], text="y"
    )

    assert refused == "Bad Request: message can't be edited"


async def test_nobody_writes_into_the_old_chat(playground: Playground, group: Community) -> None:
    playground.migrate(group)

    with pytest.raises(CannotDo, match="has become a supergroup"):
        await group.say("x")


async def test_a_message_goes_into_its_topic(bot: BotSide, supergroup: Community) -> None:
    topic = supergroup.open_topic("News")

    sent = await bot.ok("sendMessage", chat_id=supergroup.id, text="x", message_thread_id=topic)

    assert sent["message_thread_id"] == topic
    assert sent["chat"]["is_forum"] is True


async def test_a_command_in_a_topic_names_it(bot: BotSide, supergroup: Community) -> None:
    topic = supergroup.open_topic("News")

    await supergroup.say("/settings", thread_id=topic)

    [update] = await bot.updates()
    assert update["message"]["message_thread_id"] == topic


async def test_a_topic_that_is_gone_is_not_found(bot: BotSide, supergroup: Community) -> None:
    topic = supergroup.open_topic("News")
    supergroup.delete_topic(topic)

    refused = await bot.no("sendMessage", chat_id=supergroup.id, text="x", message_thread_id=topic)

    assert refused == "Bad Request: message thread not found"


async def test_the_general_topic_goes_without_a_number(
    bot: BotSide, supergroup: Community
) -> None:
    supergroup.open_topic("News")

    refused = await bot.no("sendMessage", chat_id=supergroup.id, text="x", message_thread_id=1)

    assert refused == "Bad Request: message thread not found"


async def test_nobody_writes_into_a_closed_topic(bot: BotSide, supergroup: Community) -> None:
    topic = supergroup.open_topic("News")
    supergroup.close_topic(topic)

    refused = await bot.no("sendMessage", chat_id=supergroup.id, text="x", message_thread_id=topic)

    assert refused == "Bad Request: TOPIC_CLOSED"


async def test_a_chat_without_topics_ignores_them(bot: BotSide, group: Community) -> None:
    sent = await bot.ok("sendMessage", chat_id=group.id, text="x", message_thread_id=7)

    assert "message_thread_id" not in sent


async def test_only_groups_become_supergroups(playground: Playground, channel: Community) -> None:
    with pytest.raises(CannotDo, match="only a group"):
        playground.migrate(channel)


async def test_only_supergroups_have_topics(group: Community) -> None:
    with pytest.raises(CannotDo, match="only supergroups have topics"):
        group.open_topic("News")
