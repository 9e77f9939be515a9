"""Methods that put a message into a chat."""

from dataclasses import replace

from bot.playground import refusals
from bot.playground.access import (
    Access,
    check_may_post,
    check_reachable,
    find_reply,
    get_chat,
    get_message,
    get_thread,
)
from bot.playground.arguments import Arguments
from bot.playground.events import Event, EventKind
from bot.playground.keyboards import check_markup, read_markup
from bot.playground.methods.contents import (
    check_caption,
    check_text,
    read_caption,
    read_document,
    read_text,
)
from bot.playground.model import Chat, Content, Forward, Message
from bot.playground.posting import Manner, post
from bot.playground.refusals import bad_request
from bot.playground.shapes import Json, message_json
from bot.playground.world import World

_ACTIONS = frozenset(
    {"cancel", "typing", "record_video", "upload_video", "record_audio", "record_voice"}
    | {"upload_audio", "upload_voice", "upload_photo", "upload_document", "choose_sticker"}
    | {"pick_up_location", "find_location", "record_video_note", "upload_video_note"}
)


def send_message(world: World, arguments: Arguments) -> Json:
    """Send a text."""
    text = read_text(world.texts, arguments)
    chat, manner = _destination(world, arguments, refusals.NO_RIGHT_TO_TEXT)
    return message_json(_send(world, chat, Content(text=check_text(text)), manner))


def send_document(world: World, arguments: Arguments) -> Json:
    """Send a file."""
    document = read_document(world.files, arguments)
    caption = read_caption(world.texts, arguments)
    chat, manner = _destination(world, arguments, refusals.NO_RIGHT_TO_DOCUMENTS)
    content = Content(text=check_caption(caption), document=document)
    return message_json(_send(world, chat, content, manner))


def copy_message(world: World, arguments: Arguments) -> Json:
    """Send what another message says as the bot's own; a keyboard comes only if one is given."""
    original = _original(world, arguments, "message to copy", refusals.CANNOT_COPY)
    content = original.content
    if content.document is not None and arguments.has("caption"):
        caption = read_caption(world.texts, arguments)
        content = replace(content, text=check_caption(caption))
    chat, manner = _destination(world, arguments, refusals.NO_RIGHT_TO_TEXT)
    return {"message_id": _send(world, chat, content, manner).id}


def forward_message(world: World, arguments: Arguments) -> Json:
    """Send another message on, with the name of who wrote it."""
    original = _original(world, arguments, "message to forward", refusals.CANNOT_FORWARD)
    chat, manner = _destination(world, arguments, refusals.NO_RIGHT_TO_TEXT)
    origin = original.forward or Forward(
        sender=original.sender,
        chat=original.chat,
        message_id=original.id,
        date=original.date,
    )
    manner = replace(manner, forward=origin, markup=None)
    return message_json(_send(world, chat, original.content, manner))


def send_chat_action(world: World, arguments: Arguments) -> bool:
    """Show that the bot is busy, until its next message or for a few seconds."""
    action = arguments.text("action").lower()
    if action not in _ACTIONS:
        raise bad_request(refusals.ACTION_UNKNOWN)
    chat = get_chat(world, arguments, Access.WRITE)
    check_reachable(chat)
    world.feed.tell(Event(kind=EventKind.ACTION, chat_id=chat.id, subject=action))
    return True


def _destination(world: World, arguments: Arguments, right: str) -> tuple[Chat, Manner]:
    markup = read_markup(arguments)
    chat = get_chat(world, arguments, Access.WRITE)
    thread_id = get_thread(chat, arguments)
    reply_to = find_reply(chat, arguments)
    check_may_post(world, chat, right)
    manner = Manner(
        markup=check_markup(markup, chat),
        reply_to=reply_to,
        thread_id=thread_id,
        is_silent=arguments.flag("disable_notification"),
    )
    return chat, manner


def _send(world: World, chat: Chat, content: Content, manner: Manner) -> Message:
    check_reachable(chat)
    return post(world, chat, world.bot, content, manner)


def _original(world: World, arguments: Arguments, called: str, complaint: str) -> Message:
    if not arguments.text("from_chat_id"):
        raise bad_request('Parameter "from_chat_id" is required')
    chat = get_chat(world, arguments, Access.READ, name="from_chat_id")
    message = get_message(chat, arguments.integer("message_id"), called)
    if message.content.service is not None:
        raise bad_request(complaint)
    return message
