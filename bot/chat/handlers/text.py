"""Anything typed that is no command: a name to follow, or a brief that an editor pasted."""

import re
from typing import Any

from telegram import Update

from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.handlers import documents, subscribe
from bot.chat.people import can_order, speaker_of
from bot.chat.replies import answer
from bot.markup import code
from bot.services import following
from bot.services.subjects import MOST_CHARACTERS

_LABEL = re.compile(r"^[*#\s]*counter[ _-]?argument\W*:", re.IGNORECASE | re.MULTILINE)


async def text(deps: Deps, update: Update, context: Any) -> None:  # noqa: ARG001 - PTB's shape
    """Take in what an editor pasted; follow what anybody else typed."""
    speaker = speaker_of(update)
    message = update.message
    if speaker is None or message is None or message.text is None:
        return
    if _LABEL.search(message.text) and deps.is_editor(speaker.user_id) and can_order(message):
        await documents.pasted(deps, update, message.text)
        return
    names = following.split_names(message.text)
    if "\n" in message.text or not names or any(len(n) > MOST_CHARACTERS for n in names):
        words = words_for(update)
        await answer(update, words.html("unknown-text", example=code("satellites")))
        return
    await subscribe.follow(deps, update, names)


async def unknown_command(deps: Deps, update: Update, context: Any) -> None:  # noqa: ARG001 - PTB's shape
    """Say that there is no such command."""
    if speaker_of(update) is not None:
        await answer(update, words_for(update).html("unknown-command"))
