"""A message as it is handed to Telegram."""

from dataclasses import dataclass
from typing import Any

from bot.markup.buttons import Keyboard
from bot.markup.tags import Html


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a message says, and its buttons."""

    body: Html
    keyboard: Keyboard = ()

    def as_json(self) -> dict[str, Any]:
        """Return text, parse mode, preview and keyboard as the Bot API takes them."""
        made: dict[str, Any] = {
            "text": self.body.markup,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        if self.keyboard:
            made["reply_markup"] = self.keyboard_json()
        return made

    def as_plain_json(self) -> dict[str, Any]:
        """Return the same words without formatting, for a server that refuses the formatting."""
        return {"text": self.body.shown, "link_preview_options": {"is_disabled": True}}

    def keyboard_json(self) -> dict[str, Any]:
        """Return the keyboard as the Bot API takes it."""
        return {"inline_keyboard": [[button.as_json() for button in row] for row in self.keyboard]}
