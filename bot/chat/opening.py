"""One brief as a message of its own."""

from telegram import Update

from bot.chat.deps import Deps
from bot.chat.people import speaker_of
from bot.chat.replies import answer_with
from bot.services import reading
from bot.services.preferences import find_reader


async def show(deps: Deps, update: Update, brief_id: int) -> None:
    """Send a brief to a reader, and note the message so that corrections reach it."""
    speaker = speaker_of(update)
    if speaker is None:
        return
    await find_reader(deps.db, chat_id=speaker.chat_id)
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
