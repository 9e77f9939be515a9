"""/help: how it works and what can be said."""

from typing import Any

from telegram import Update

from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.people import speaker_of
from bot.chat.replies import answer
from bot.markup import bold, italic, join


async def help_(deps: Deps, update: Update, context: Any) -> None:  # noqa: ARG001 - PTB's shape
    """Say how the bot works; editors are told of their orders too."""
    words = words_for(update)
    speaker = speaker_of(update)
    is_editor = speaker is not None and deps.is_editor(speaker.user_id)
    label = italic(words.html("help-counterpoint"))
    parts = [
        bold(words.html("help-title")),
        words.html("help-what", counterpoint=label),
        words.html("help-list"),
        words.html("help-corrections"),
    ]
    if is_editor:
        parts.append(words.html("help-orders"))
    await answer(update, join(parts, "\n\n"))
