"""/time 07:30 18:00: when digests come."""

from typing import Any

from telegram import Update

from bot.chat.arguments import argument
from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.people import speaker_of
from bot.chat.replies import answer
from bot.services import preferences


async def times(deps: Deps, update: Update, context: Any) -> None:
    """Set the times of day after the command, or say which are set."""
    speaker = speaker_of(update)
    if speaker is None:
        return
    typed = argument(context)
    if not typed:
        reader = await preferences.find_reader(deps.db, chat_id=speaker.chat_id)
        message = "time-usage"
    else:
        reader = await preferences.set_times(
            deps.db,
            chat_id=speaker.chat_id,
            times=preferences.read_times(typed),
            settings=deps.digest,
            now=deps.clock.now(),
        )
        message = "time-done"
    words = words_for(update)
    zone = reader.preferences.zone or deps.digest.default_zone
    clocks = words.listing(f"{m // 60:02}:{m % 60:02}" for m in reader.preferences.times)
    when = words.when(reader.next_due_at, zone) if reader.next_due_at else ""
    await answer(update, words.html(message, times=clocks, zone=zone, when=when))
