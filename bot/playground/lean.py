"""The sending path without people: for load from another process, as fast as Python can."""

import itertools

from bot.playground import refusals
from bot.playground.arguments import Arguments
from bot.playground.methods.table import METHODS, Method
from bot.playground.refusals import bad_request
from bot.playground.shapes import Json
from bot.playground.world import World

_numbers = itertools.count(1)


def _send_message(world: World, arguments: Arguments) -> Json:
    """Accept a text for any chat, unread and unkept."""
    text = arguments.values.get("text")
    if not text:
        raise bad_request(refusals.TEXT_MISSING)
    chat_id = arguments.integer("chat_id")
    return {
        "message_id": next(_numbers),
        "chat": {"id": chat_id, "type": "private" if chat_id > 0 else "supergroup"},
        "date": world.date(),
        "text": text,
    }


def _edit_message_text(world: World, arguments: Arguments) -> Json:
    """Accept another text for any message."""
    edited = _send_message(world, arguments)
    edited["message_id"] = arguments.integer("message_id")
    return edited


LEAN_METHODS: dict[str, Method] = METHODS | {
    "sendMessage": _send_message,
    "editMessageText": _edit_message_text,
}
