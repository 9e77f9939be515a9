"""What can be asked of people, chats, clock and faults by ``POST /play/<action>``."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.playground import asked
from bot.playground.acting import CannotDo
from bot.playground.cast import Cast
from bot.playground.events import Event, EventKind
from bot.playground.faults import Faults
from bot.playground.model import ChatKind, Status, User
from bot.playground.people import Community, Person
from bot.playground.shapes import Json
from bot.playground.views import chat_view, faults_view
from bot.playground.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What the actions act on."""

    world: World
    cast: Cast
    faults: Faults


async def add_person(stage: Stage, wanted: asked.AddPerson) -> Json:
    """Bring somebody in and return their chat."""
    user = User(
        id=wanted.id or stage.world.draw_person_id(),
        first_name=wanted.name,
        username=wanted.username,
        language_code=wanted.language,
    )
    person = stage.cast.add_person(user, is_started=wanted.started)
    stage.world.feed.tell(Event(kind=EventKind.CHAT, chat_id=person.id, subject=person.chat))
    return chat_view(stage.world, person)


async def add_group(stage: Stage, wanted: asked.AddCommunity) -> Json:
    """Found a group and return it."""
    return _found(stage, wanted, ChatKind.GROUP, Status.MEMBER)


async def add_channel(stage: Stage, wanted: asked.AddCommunity) -> Json:
    """Found a channel, which the bot runs too, and return it."""
    return _found(stage, wanted, ChatKind.CHANNEL, Status.ADMINISTRATOR)


async def say(stage: Stage, wanted: asked.Say) -> Json:
    """Write a message and return it."""
    chat = stage.cast.get(wanted.chat_id)
    if isinstance(chat, Person):
        return await chat.say(wanted.text, reply_to=wanted.reply_to)
    community = stage.cast.get_community(wanted.chat_id)
    return await community.say(
        wanted.text,
        by=_person(stage, wanted.person_id),
        reply_to=wanted.reply_to,
        thread_id=wanted.thread_id,
    )


async def tap(stage: Stage, wanted: asked.Tap) -> Json:
    """Tap a button and return the bot's answer, empty where it gives none in time."""
    chat = stage.cast.get(wanted.chat_id)
    user = chat.user if isinstance(chat, Person) else None
    person = _person(stage, wanted.person_id)
    if user is None:
        community = stage.cast.get_community(wanted.chat_id)
        user = (person or community.founder).user
    answer = await chat.tap_as(
        user,
        wanted.label,
        data=wanted.data,
        message=wanted.message_id,
        timeout=chat.callback_seconds,
    )
    if answer is None:
        return {}
    return {"text": answer.text, "show_alert": answer.show_alert, "url": answer.url}


async def edit(stage: Stage, wanted: asked.Edit) -> Json:
    """Rewrite a message of a person's own."""
    person = stage.cast.get_person(wanted.chat_id)
    if wanted.message_id not in person.chat.messages:
        raise CannotDo(f"there is no message {wanted.message_id}")
    await person.edit(wanted.message_id, wanted.text)
    return {}


async def open_link(stage: Stage, wanted: asked.Open) -> Json:
    """Follow a link to the bot and return what it says."""
    return await stage.cast.get_person(wanted.chat_id).open(wanted.address)


async def block(stage: Stage, wanted: asked.InChat) -> Json:
    """Block the bot."""
    await stage.cast.get_person(wanted.chat_id).block()
    return {}


async def unblock(stage: Stage, wanted: asked.InChat) -> Json:
    """Take the block back."""
    await stage.cast.get_person(wanted.chat_id).unblock()
    return {}


async def deactivate(stage: Stage, wanted: asked.InChat) -> Json:
    """Delete a person's account."""
    await stage.cast.get_person(wanted.chat_id).deactivate()
    return {}


async def add_bot(stage: Stage, wanted: asked.InChat) -> Json:
    """Bring the bot into a group or channel."""
    await stage.cast.get_community(wanted.chat_id).add_bot()
    return {}


async def kick_bot(stage: Stage, wanted: asked.InChat) -> Json:
    """Put the bot out of a group or channel."""
    await stage.cast.get_community(wanted.chat_id).kick_bot()
    return {}


async def promote_bot(stage: Stage, wanted: asked.InChat) -> Json:
    """Make the bot an administrator."""
    await stage.cast.get_community(wanted.chat_id).promote_bot()
    return {}


async def migrate(stage: Stage, wanted: asked.InChat) -> Json:
    """Turn a group into a supergroup and return that."""
    group = stage.cast.get_community(wanted.chat_id)
    return chat_view(stage.world, stage.cast.migrate(group))


async def add_fault(stage: Stage, wanted: asked.AddFault) -> Json:
    """Add a fault and return the script."""
    stage.faults.add(wanted.fault())
    stage.world.feed.tell(Event(kind=EventKind.FAULTS, subject=faults_view(stage.faults)))
    return {"faults": faults_view(stage.faults)}


async def clear_faults(stage: Stage, _wanted: asked.Asked) -> Json:
    """Forget all faults."""
    stage.faults.clear()
    stage.world.feed.tell(Event(kind=EventKind.FAULTS, subject=[]))
    return {"faults": []}


@dataclass(frozen=True, slots=True)
class Action:
    """What is asked for, and what does it."""

    asked: type[asked.Asked]
    act: Callable[[Stage, Any], Awaitable[Json]]


ACTIONS = {
    "person": Action(asked.AddPerson, add_person),
    "group": Action(asked.AddCommunity, add_group),
    "channel": Action(asked.AddCommunity, add_channel),
    "say": Action(asked.Say, say),
    "tap": Action(asked.Tap, tap),
    "edit": Action(asked.Edit, edit),
    "open": Action(asked.Open, open_link),
    "block": Action(asked.InChat, block),
    "unblock": Action(asked.InChat, unblock),
    "deactivate": Action(asked.InChat, deactivate),
    "add_bot": Action(asked.InChat, add_bot),
    "kick_bot": Action(asked.InChat, kick_bot),
    "promote_bot": Action(asked.InChat, promote_bot),
    "migrate": Action(asked.InChat, migrate),
    "fault": Action(asked.AddFault, add_fault),
    "clear_faults": Action(asked.Asked, clear_faults),
}


def _found(stage: Stage, wanted: asked.AddCommunity, kind: ChatKind, bot: Status) -> Json:
    people = [stage.cast.get_person(person_id) for person_id in wanted.member_ids]
    status = bot if wanted.with_bot else Status.LEFT
    community: Community = stage.cast.add_community(kind, wanted.title, people, status)
    feed = stage.world.feed
    feed.tell(Event(kind=EventKind.CHAT, chat_id=community.id, subject=community.chat))
    return chat_view(stage.world, community)


def _person(stage: Stage, person_id: int | None) -> Person | None:
    return None if person_id is None else stage.cast.get_person(person_id)
