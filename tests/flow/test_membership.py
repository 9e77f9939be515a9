"""Blocked and back, groups put out and moved: what becomes of a chat's digests."""

import pytest

from bot.playground.people import Community
from bot.services import following, signup
from bot.services.signup import Newcomer
from storage import subscribers
from storage.model.subject import FollowMode
from storage.model.subscriber import ChatKind, ChatStatus
from tests.conftest import DATABASES
from tests.flow.stage import Scene, texts_to
from tests.flow.test_asking_now import about_storage

BOTH = pytest.mark.parametrize("database_url", DATABASES, indirect=True)


async def status(scene: Scene, chat_id: int) -> ChatStatus:
    async with scene.db.reading() as tx:
        found = await subscribers.find_subscriber(tx, chat_id=chat_id)
    assert found is not None
    return found.status


async def subscribes(scene: Scene, group: Community, thread_id: int | None = None) -> None:
    """Sign a group up as its settings will, following battery storage."""
    now = scene.clock.now()
    settings = scene.parts.settings.digest
    kind = ChatKind(group.chat.kind.value)
    who = Newcomer(chat_id=group.id, kind=kind, language="en", thread_id=thread_id)
    await signup.sign_up(scene.db, who=who, settings=settings, now=now)
    await following.follow(
        scene.db,
        chat_id=group.id,
        names=["battery storage"],
        mode=FollowMode.FOLLOW,
        matcher=scene.parts.matcher,
        now=now,
    )


async def test_who_blocks_the_bot_is_sent_nothing(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    calls = scene.playground.accepted.total
    await scene.reader.block()
    await scene.handled()

    await scene.move(hours=20)

    assert scene.playground.accepted.total == calls
    assert await status(scene, scene.reader.id) is ChatStatus.BLOCKED


@BOTH
async def test_who_comes_back_gets_the_next_digest(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    await scene.reader.block()
    await scene.reader.unblock()
    await scene.handled()

    await scene.move(hours=20)

    assert texts_to(scene.reader)[-1].startswith("1 · Site 1 was approved.")


async def test_who_comes_back_finds_what_they_followed(scene: Scene):
    await scene.joins(scene.reader, follows="cork")
    await scene.reader.block()
    await scene.reader.unblock()

    answer = await scene.ask(scene.reader, "/start")

    assert answer.text.startswith("Welcome back. You follow 1 subject.")


async def test_a_block_that_the_sender_finds_out_suspends_the_chat(scene: Scene):
    scene.refusals.add("bot was blocked by the user")
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    scene.reader.chat.is_blocked = True

    await scene.move(hours=20)

    assert await status(scene, scene.reader.id) is ChatStatus.BLOCKED


async def test_a_deleted_account_is_suspended(scene: Scene):
    scene.refusals.add("user is deactivated")
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    await scene.reader.deactivate()

    await scene.move(hours=20)

    assert await status(scene, scene.reader.id) is ChatStatus.GONE


async def test_one_who_blocked_does_not_keep_the_others_from_theirs(scene: Scene):
    scene.refusals.add("bot was blocked by the user")
    await scene.release(about_storage(1))
    for person in (scene.reader, scene.other):
        await scene.joins(person, follows="battery storage")
    scene.reader.chat.is_blocked = True

    await scene.move(hours=20)

    assert texts_to(scene.other)[-1].startswith("1 · Site 1 was approved.")


async def test_a_group_that_was_signed_up_gets_its_digest(scene: Scene):
    await scene.release(about_storage(1))
    group = scene.playground.group("Friends", [scene.reader])
    await subscribes(scene, group)

    await scene.move(hours=20)

    assert texts_to(group)[-1].startswith("1 · Site 1 was approved.")


async def test_a_digest_goes_to_the_topic_that_was_chosen(scene: Scene):
    await scene.release(about_storage(1))
    forum = scene.playground.supergroup("Forum", [scene.reader])
    topic = forum.open_topic("News")
    await subscribes(scene, forum, thread_id=topic)

    await scene.move(hours=20)

    assert forum.messages[-1].thread_id == topic


async def test_a_digest_whose_topic_is_gone_comes_into_the_group(scene: Scene):
    scene.refusals.add("message thread not found")
    await scene.release(about_storage(1))
    forum = scene.playground.supergroup("Forum", [scene.reader])
    topic = forum.open_topic("News")
    await subscribes(scene, forum, thread_id=topic)
    forum.delete_topic(topic)

    await scene.move(hours=20)
    await scene.move(minutes=5)

    assert texts_to(forum)[-1].startswith("1 · Site 1 was approved.")


@BOTH
async def test_a_group_that_becomes_a_supergroup_goes_on_there(scene: Scene):
    await scene.release(about_storage(1))
    group = scene.playground.group("Friends", [scene.reader])
    await subscribes(scene, group)
    supergroup = scene.playground.migrate(group)
    await scene.handled()

    await scene.move(hours=20)

    assert texts_to(supergroup)[-1].startswith("1 · Site 1 was approved.")
    assert texts_to(group) == []


async def test_a_move_that_the_sender_finds_out_is_followed(scene: Scene):
    scene.refusals.add("group chat was upgraded to a supergroup chat")
    await scene.release(about_storage(1))
    group = scene.playground.group("Friends", [scene.reader])
    await subscribes(scene, group)
    scene.playground.inbox.allow(["callback_query"])
    supergroup = scene.playground.migrate(group)

    await scene.move(hours=20)
    await scene.move(minutes=5)

    assert texts_to(supergroup)[-1].startswith("1 · Site 1 was approved.")


async def test_a_group_that_puts_the_bot_out_is_sent_nothing(scene: Scene):
    await scene.release(about_storage(1))
    group = scene.playground.group("Friends", [scene.reader])
    await subscribes(scene, group)
    await group.kick_bot()
    await scene.handled()

    await scene.move(hours=20)

    assert texts_to(group) == []
    assert await status(scene, group.id) is ChatStatus.KICKED


async def test_in_a_group_nobody_s_words_change_what_they_follow(scene: Scene):
    await scene.joins(scene.reader)
    group = scene.playground.group("Friends", [scene.reader])

    for said in ("/start", "/digest", "/subscribe cork", "/help", "/follow@CounterpointBot tin"):
        await group.say(said)
    await scene.handled()

    assert (await scene.ask(scene.reader, "/subscriptions")).text.startswith("You follow nothing")
    assert not any("1 · " in text for text in texts_to(group))
