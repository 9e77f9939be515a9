"""The one writer of what Telegram shows: HTML that escapes by construction, buttons, lengths."""

from bot.markup.buttons import (
    Button,
    Keyboard,
    base36,
    callback,
    parse_callback,
    read_base36,
)
from bot.markup.lengths import LIMIT, cut, join_before, units
from bot.markup.message import Message
from bot.markup.tags import (
    Html,
    bold,
    code,
    italic,
    join,
    lines,
    moment,
    quote,
    spoiler,
    struck,
    text,
)

__all__ = [
    "LIMIT",
    "Button",
    "Html",
    "Keyboard",
    "Message",
    "base36",
    "bold",
    "callback",
    "code",
    "cut",
    "italic",
    "join",
    "join_before",
    "lines",
    "moment",
    "parse_callback",
    "quote",
    "read_base36",
    "spoiler",
    "struck",
    "text",
    "units",
]
