"""/subscribe NAME, …: follow topics and names; without a name, ask for one."""

from typing import Any

from telegram import Update

from bot.chat import follow_replies
from bot.chat.arguments import argument
from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.people import speaker_of
from bot.chat.replies import answer, answer_with
from bot.markup import code
from bot.services import following
from bot.services.preferences import find_reader
from storage.model.subject import FollowMode


async def subscribe(deps: Deps, update: Update, context: Any) -> None:
    """Follow the names after the command."""
    names = following.split_names(argument(context))
    if not names:
        words = words_for(update)
        await answer(update, words.html("follow-usage", example=code("/subscribe satellites")))
        return
    await follow(deps, update, names)


async def follow(deps: Deps, update: Update, names: list[str]) -> None:
    """Follow names, and say of each what it brings."""
    speaker = speaker_of(update)
    if speaker is None:
        return
    await find_reader(deps.db, chat_id=speaker.chat_id)
    for found in await following.follow(
        deps.db,
        chat_id=speaker.chat_id,
        names=names,
        mode=FollowMode.FOLLOW,
        matcher=deps.matcher,
        now=deps.clock.now(),
    ):
        await answer_with(update, follow_replies.followed(found, words_for(update)))
