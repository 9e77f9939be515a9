"""/subscriptions: what a chat follows and mutes."""

from typing import Any

from telegram import Update

from bot.chat import lists
from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.people import speaker_of
from bot.chat.replies import answer_with
from bot.services import following


async def subscriptions(deps: Deps, update: Update, context: Any) -> None:  # noqa: ARG001 - PTB's shape
    """List what the chat follows, on buttons that stop and go on."""
    speaker = speaker_of(update)
    if speaker is None:
        return
    follows, mutes = await following.list_followed(deps.db, chat_id=speaker.chat_id)
    await answer_with(update, lists.subscriptions(follows, mutes, words_for(update)))
