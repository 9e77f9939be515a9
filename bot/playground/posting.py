"""Messages appear, change and go; pages and waiting tests learn of it, and so does the bot."""

from dataclasses import dataclass

from bot.playground.events import Event, EventKind
from bot.playground.model import Chat, ChatKind, Content, Forward, Markup, Message, User
from bot.playground.shapes import message_json
from bot.playground.world import World

_DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a message comes: with what keyboard, in answer to what, into which topic."""

    markup: Markup | None = None
    reply_to: Message | None = None
    thread_id: int = 0
    is_silent: bool = False
    forward: Forward | None = None


_PLAINLY = Manner()


def post(
    world: World, chat: Chat, sender: User, content: Content, manner: Manner = _PLAINLY
) -> Message:
    """Put a message into a chat; who posts in a channel is not shown."""
    message = Message(
        id=world.next_message_id(chat),
        chat=chat,
        sender=None if chat.kind is ChatKind.CHANNEL else sender,
        is_outgoing=sender is world.bot,
        date=world.date(),
        content=content,
        markup=manner.markup,
        reply_to=manner.reply_to,
        thread_id=manner.thread_id,
        is_silent=manner.is_silent,
        forward=manner.forward,
    )
    chat.messages[message.id] = message
    world.feed.tell(Event(kind=EventKind.MESSAGE, chat_id=chat.id, subject=message))
    return message


def change(world: World, message: Message, content: Content, markup: Markup | None) -> None:
    """Give a message another content and keyboard; only the content makes it an edited one."""
    if content != message.content:
        message.edit_date = world.date()
    message.content = content
    message.markup = markup
    world.feed.tell(Event(kind=EventKind.EDIT, chat_id=message.chat.id, subject=message))


def remove(world: World, message: Message) -> None:
    """Take a message out of its chat."""
    chat = message.chat
    del chat.messages[message.id]
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    world.feed.tell(Event(kind=EventKind.DELETE, chat_id=chat.id, subject=message))


def tell_bot(world: World, message: Message, *, is_edited: bool = False) -> None:
    """Queue the update about a person's message, if the bot is meant to see it."""
    chat = message.chat
    if not _is_visible(world, message):
        return
    kind = "channel_post" if chat.kind is ChatKind.CHANNEL else "message"
    world.inbox.add(
        f"edited_{kind}" if is_edited else kind,
        message_json(message),
        queue=chat.id,
        chat_id=chat.id,
        seconds=_DAY,
    )


def _is_visible(world: World, message: Message) -> bool:
    """Say whether the bot sees a message; in groups its privacy mode is on."""
    chat, bot = message.chat, world.bot
    if chat.kind is ChatKind.PRIVATE:
        return not chat.is_blocked
    status = chat.status_of(bot.id)
    if not status.is_inside:
        return False
    if status.is_admin or chat.kind is ChatKind.CHANNEL or message.content.service is not None:
        return True
    if message.reply_to is not None and message.reply_to.is_outgoing:
        return True
    command = message.content.text.text.split(maxsplit=1)[:1]
    name, _, addressee = command[0].partition("@") if command else ("", "", "")
    return name.startswith("/") and addressee.lower() in {"", bot.username.lower()}
