"""/mute NAME, …: be spared what is on it."""

from typing import Any

from telegram import Update

from bot.chat import follow_replies
from bot.chat.arguments import argument
from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.people import speaker_of
from bot.chat.replies import answer, answer_with
from bot.services import following
from bot.services.preferences import find_reader
from storage.model.subject import FollowMode


async def mute(deps: Deps, update: Update, context: Any) -> None:
    """Mute the names after the command."""
    speaker = speaker_of(update)
    if speaker is None:
        return
    words = words_for(update)
    names = following.split_names(argument(context))
    if not names:
        await answer(update, words.html("mute-usage"))
        return
    await find_reader(deps.db, chat_id=speaker.chat_id)
    for found in await following.follow(
        deps.db,
        chat_id=speaker.chat_id,
        names=names,
        mode=FollowMode.MUTE,
        matcher=deps.matcher,
        now=deps.clock.now(),
    ):
        await answer_with(update, follow_replies.muted(found, words))
