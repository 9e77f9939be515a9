"""/start: value before questions, then what to watch for; links from outside lead on."""

from typing import Any

from telegram import Update

from bot.chat import onboarding, opening
from bot.chat.deps import Deps
from bot.chat.people import speaker_of
from bot.chat.replies import answer_with
from bot.markup import read_base36
from bot.services import signup, welcoming
from bot.services.signup import Newcomer
from bot.texts import texts_in
from storage.model.subscriber import ChatKind


async def start(deps: Deps, update: Update, context: Any) -> None:
    """Sign up, show a real brief, and ask what to watch for."""
    speaker = speaker_of(update)
    if speaker is None:
        return
    now = deps.clock.now()
    who = Newcomer(chat_id=speaker.chat_id, kind=ChatKind.PRIVATE, language=speaker.language)
    reader, is_new = await signup.sign_up(deps.db, who=who, settings=deps.digest, now=now)
    words = texts_in(reader.preferences.language)
    route, _, wanted = (context.args[0] if context.args else "").partition("_")
    if route == "b" and (brief_id := read_base36(wanted)) is not None:
        await opening.show(deps, update, brief_id)
    welcome = await welcoming.prepare(deps.db, chat_id=speaker.chat_id, now=now)
    if is_new:
        await answer_with(update, onboarding.greeting(welcome, words))
    await answer_with(update, onboarding.question(welcome, words, is_new=is_new))
