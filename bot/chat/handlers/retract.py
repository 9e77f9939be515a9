"""/retract ID REASON: withdraw a brief, from what is to be sent and from every copy."""

from typing import Any

from telegram import Update

from bot.chat.arguments import argument
from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.orders import editor_of
from bot.chat.replies import answer
from bot.chat.take_replies import headline_of
from bot.errors import Refused
from bot.markup import base36, code, lines, read_base36
from bot.services import retracting


async def retract(deps: Deps, update: Update, context: Any) -> None:
    """Retract the brief with the id after the command, for the reason after the id."""
    editor = editor_of(deps, update)
    typed, _, reason = argument(context).partition(" ")
    brief_id = read_base36(typed)
    if brief_id is None:
        raise Refused("retract-usage")
    done = await retracting.retract(
        deps.db,
        brief_id=brief_id,
        reason=reason,
        who=editor.user_id,
        matcher=deps.matcher,
        now=deps.clock.now(),
    )
    deps.wake()
    words = words_for(update)
    headline = headline_of(done.brief.content.headline)
    said = words.html("retract-done", id=code(base36(brief_id)), headline=headline)
    await answer(update, lines(said, words.html("retract-copies", count=done.copies)))
