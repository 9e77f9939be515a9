"""/brief ID: one brief whole, as a message of its own."""

from typing import Any

from telegram import Update

from bot.chat.arguments import argument
from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.people import speaker_of
from bot.chat.replies import answer, answer_with
from bot.errors import Refused
from bot.markup import read_base36
from bot.services import reading


async def brief(deps: Deps, update: Update, context: Any) -> None:
    """Show the brief with the id after the command; ids are in base 36, case does not matter."""
    if not argument(context):
        await answer(update, words_for(update).html("brief-usage"))
        return
    brief_id = read_base36(argument(context))
    if brief_id is None:
        raise Refused("brief-unknown")
    await show(deps, update, brief_id)


async def show(deps: Deps, update: Update, brief_id: int) -> None:
    """Send a brief, and note the message so that corrections reach it."""
    speaker = speaker_of(update)
    if speaker is None:
        return
    now = deps.clock.now()
    opened = await reading.open_brief(
        deps.db,
        chat_id=speaker.chat_id,
        brief_id=brief_id,
        renderer=deps.renderer,
        settings=deps.digest,
        now=now,
    )
    sent = await answer_with(update, opened.message)
    await reading.note_sent(
        deps.db, chat_id=speaker.chat_id, message_id=sent.message_id, opened=opened, now=now
    )
