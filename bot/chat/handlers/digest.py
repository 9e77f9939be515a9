"""/digest: what is new for me, now."""

from typing import Any

from telegram import Update

from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.people import speaker_of
from bot.chat.replies import answer, answer_with
from bot.markup import Button, Html, callback
from bot.services import asking, reading
from bot.services.preferences import find_reader


async def digest(deps: Deps, update: Update, context: Any) -> None:  # noqa: ARG001 - PTB's shape
    """Promise what is new, or say that nothing is and offer the last digest again."""
    speaker = speaker_of(update)
    if speaker is None:
        return
    words = words_for(update)
    asked = await asking.ask_for_digest(
        deps.db,
        chat_id=speaker.chat_id,
        update_id=update.update_id,
        settings=deps.digest,
        now=deps.clock.now(),
    )
    deps.wake()
    if asked.on_its_way:
        await answer(update, words.html("digest-on-its-way"))
    if asked.on_its_way or asked.briefs:
        return
    reader = await find_reader(deps.db, chat_id=speaker.chat_id)
    zone = reader.preferences.zone or deps.digest.default_zone
    when: Html | str = words.when(reader.next_due_at, zone) if reader.next_due_at else ""
    last = await reading.last_digest(deps.db, chat_id=speaker.chat_id, renderer=deps.renderer)
    again = Button(words.plain("digest-again"), callback("da"))
    said = words.html("digest-nothing", count=asked.follows, when=when)
    await answer(update, said, ((again,),) if last is not None else ())


async def digest_again(deps: Deps, update: Update) -> None:
    """Send the last digest once more, as a message that corrections reach too."""
    speaker = speaker_of(update)
    if speaker is None:
        return
    last = await reading.last_digest(deps.db, chat_id=speaker.chat_id, renderer=deps.renderer)
    if last is None:
        return
    sent = await answer_with(update, last.message)
    await reading.note_sent(
        deps.db,
        chat_id=speaker.chat_id,
        message_id=sent.message_id,
        opened=last,
        now=deps.clock.now(),
    )
