"""What people do: write, upload, tap, open links. The bot learns of it as from Telegram."""

import asyncio
import re
from dataclasses import dataclass

from bot.playground.model import Button, Chat, Content, Message, User
from bot.playground.posting import Manner, change, post, tell_bot
from bot.playground.shapes import message_json, user_json
from bot.playground.world import CallbackAnswer, World

_QUERY_SECONDS = 150
# Telegram keeps taps apart from messages, each in an order of their own.
_TAPS = 3 << 33
_DEEP_LINK = re.compile(
    r"(?:https?://)?(?:t\.me|telegram\.me)/(?P<name>\w+)\?start=(?P<start>[\w-]{1,64})"
)


class CannotDo(Exception):
    """A person cannot do this now; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a chat something is said."""

    reply_to: Message | None = None
    thread_id: int = 0


_ANYWHERE = Place()


def say(world: World, chat: Chat, user: User, text: str, place: Place = _ANYWHERE) -> Message:
    """Have somebody write a message."""
    return _put(world, chat, user, Content(text=world.texts.plain(text)), place)


def upload(
    world: World, chat: Chat, user: User, content: tuple[str, bytes], caption: str
) -> Message:
    """Have somebody send a file, given as its name and its bytes."""
    document = world.files.add(*content)
    said = Content(text=world.texts.plain(caption), document=document)
    return _put(world, chat, user, said, _ANYWHERE)


def rewrite(world: World, message: Message, text: str) -> None:
    """Have somebody edit what they wrote."""
    if message.is_outgoing:
        raise CannotDo("people cannot edit what the bot wrote")
    formatted = world.texts.plain(text)
    change(world, message, Content(text=formatted, document=message.content.document), None)
    tell_bot(world, message, is_edited=True)


def tap(
    world: World, message: Message, user: User, data: str, seconds: float
) -> asyncio.Future[CallbackAnswer]:
    """Have somebody tap an inline button; the answer comes or, after so long, is cancelled."""
    loop = asyncio.get_running_loop()
    query_id = str(next(world.query_numbers))
    answer = world.queries[query_id] = loop.create_future()
    timer = loop.call_later(seconds, _expire, world, query_id)
    answer.add_done_callback(lambda _: timer.cancel())
    payload = {
        "id": query_id,
        "from": user_json(user),
        "message": message_json(message),
        "chat_instance": str(abs(message.chat.id) * 7919),
        "data": data,
    }
    world.inbox.add(
        "callback_query",
        payload,
        queue=user.id + _TAPS,
        chat_id=message.chat.id,
        seconds=_QUERY_SECONDS,
    )
    return answer


def deep_link_command(world: World, address: str) -> str:
    """Return the command that a link to the bot sends; empty for any other address."""
    found = _DEEP_LINK.fullmatch(address)
    if found is None or found["name"].lower() != world.bot.username.lower():
        return ""
    return f"/start {found['start']}"


def find_button(message: Message, label: str, data: str) -> Button | None:
    """Return the button of a message with this label, or with this data."""
    if message.markup is None:
        return None
    for row in message.markup.rows:
        for button in row:
            if (data and button.get("callback_data") == data) or (
                not data and button["text"] == label
            ):
                return button
    return None


def _put(world: World, chat: Chat, user: User, content: Content, place: Place) -> Message:
    if user.is_deactivated:
        raise CannotDo(f"{user.first_name} is deactivated")
    if chat.is_blocked:
        raise CannotDo(f"{user.first_name} has blocked the bot; unblock it first")
    if chat.migrated_to:
        raise CannotDo("the group has become a supergroup; write there")
    if chat.person is not None:
        chat.is_started = True
    manner = Manner(reply_to=place.reply_to, thread_id=place.thread_id)
    message = post(world, chat, user, content, manner)
    tell_bot(world, message)
    return message


def _expire(world: World, query_id: str) -> None:
    answer = world.queries.pop(query_id, None)
    if answer is not None:
        answer.cancel()
