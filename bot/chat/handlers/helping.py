"""/help: how it works and what can be said."""

from typing import Any

from telegram import Update

from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.replies import answer
from bot.markup import bold, italic, join


async def help_(deps: Deps, update: Update, context: Any) -> None:  # noqa: ARG001 - PTB's shape
    """Say how the bot works."""
    words = words_for(update)
    label = italic(words.html("help-counterpoint"))
    parts = (
        bold(words.html("help-title")),
        words.html("help-what", counterpoint=label),
        words.html("help-list"),
        words.html("help-corrections"),
    )
    await answer(update, join(parts, "\n\n"))
