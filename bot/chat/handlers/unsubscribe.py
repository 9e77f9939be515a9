"""/unsubscribe NAME and /unmute NAME: stop a follow or a mute; without a name, choose it."""

from dataclasses import dataclass
from typing import Any

from telegram import Update

from bot.chat import lists
from bot.chat.arguments import argument
from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.people import speaker_of
from bot.chat.replies import answer, answer_with
from bot.markup import bold
from bot.services import following
from storage.model.subject import FollowMode


@dataclass(frozen=True, slots=True)
class _Sayings:
    mode: FollowMode
    ended: str
    none: str


_FOLLOW = _Sayings(FollowMode.FOLLOW, "follow-ended", "follow-none")
_MUTE = _Sayings(FollowMode.MUTE, "mute-ended", "mute-none")


async def unsubscribe(deps: Deps, update: Update, context: Any) -> None:
    """Stop following the names after the command."""
    await _stop(deps, update, argument(context), _FOLLOW)


async def unmute(deps: Deps, update: Update, context: Any) -> None:
    """Stop muting the names after the command."""
    await _stop(deps, update, argument(context), _MUTE)


async def _stop(deps: Deps, update: Update, typed: str, sayings: _Sayings) -> None:
    speaker = speaker_of(update)
    if speaker is None:
        return
    words = words_for(update)
    names = following.split_names(typed)
    if not names:
        follows, mutes = await following.list_followed(deps.db, chat_id=speaker.chat_id)
        mine = follows if sayings.mode is FollowMode.FOLLOW else mutes
        await answer_with(update, lists.choose_end(mine, sayings.mode, words))
        return
    for label, was in await following.unfollow(
        deps.db,
        chat_id=speaker.chat_id,
        names=names,
        mode=sayings.mode,
        matcher=deps.matcher,
    ):
        said = sayings.ended if was else sayings.none
        await answer(update, words.html(said, subject=bold(label)))
