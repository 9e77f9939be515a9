"""/pause DAYS and /resume: take a break, and come back."""

from typing import Any

from telegram import Update

from bot.chat.arguments import argument
from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.people import speaker_of
from bot.chat.replies import answer
from bot.errors import Refused
from bot.markup import Button, callback
from bot.services import signup
from bot.services.preferences import find_reader

MOST_DAYS = 366
DIGITS = 3


async def pause(deps: Deps, update: Update, context: Any) -> None:
    """Pause for the days after the command; without a number, ask for how long."""
    speaker = speaker_of(update)
    if speaker is None:
        return
    words = words_for(update)
    typed = argument(context)
    if typed:
        if len(typed) > DIGITS or not typed.isdecimal() or not 1 <= int(typed) <= MOST_DAYS:
            raise Refused("pause-unknown", typed=typed[:20])
        await pause_for(deps, update, int(typed))
        return
    choices = (("button-pause-day", 1), ("button-pause-week", 7), ("button-pause-open", 0))
    row = tuple(Button(words.plain(label), callback("tp", days)) for label, days in choices)
    await answer(update, words.html("pause-usage"), (row,))


async def pause_for(deps: Deps, update: Update, days: int) -> None:
    """Pause for so many days, 0 for as long as the reader is away."""
    if days > MOST_DAYS:
        raise Refused("menu-old")
    speaker = speaker_of(update)
    if speaker is None:
        return
    await find_reader(deps.db, chat_id=speaker.chat_id)
    words = words_for(update)
    reader = await signup.pause(
        deps.db,
        chat_id=speaker.chat_id,
        days=days or None,
        settings=deps.digest,
        now=deps.clock.now(),
    )
    button = Button(words.plain("button-resume"), callback("tr"), "primary")
    if reader is not None and reader.paused_until is not None and reader.next_due_at is not None:
        zone = reader.preferences.zone or deps.digest.default_zone
        said = words.html("pause-done", when=words.when(reader.next_due_at, zone))
    else:
        said = words.html("pause-done-open")
    await answer(update, said, ((button,),))


async def resume(deps: Deps, update: Update, context: Any = None) -> None:  # noqa: ARG001 - PTB's shape
    """End a pause."""
    speaker = speaker_of(update)
    if speaker is None:
        return
    await find_reader(deps.db, chat_id=speaker.chat_id)
    reader = await signup.resume(
        deps.db, chat_id=speaker.chat_id, settings=deps.digest, now=deps.clock.now()
    )
    if reader is not None and reader.next_due_at is not None:
        words = words_for(update)
        zone = reader.preferences.zone or deps.digest.default_zone
        when = words.when(reader.next_due_at, zone)
        await answer(update, words.html("resume-done", when=when))
