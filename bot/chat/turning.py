"""Taps that turn a message over: a brief in its place, the list again, what is below."""

from telegram import CallbackQuery, MaybeInaccessibleMessage, Update

from bot.chat import opening
from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.people import speaker_of
from bot.chat.replies import change, toast
from bot.digest.views import LIST, card_view, other_view
from bot.services import reading
from bot.services.reading import Tap


async def open_brief(deps: Deps, update: Update, numbers: list[int]) -> None:
    """Show a brief whole: in the message's place, or as a reply where the setting says so."""
    brief_id, delivery_id, place, page = [*numbers, 0, 0, 0, 0][:4]
    if deps.reading.open == "reply" and not page:
        await opening.show(deps, update, brief_id)
        await toast(update)
        return
    view = card_view(place, page or 1) if place else other_view(brief_id, page or 1)
    await _turn(deps, update, view, delivery_id)


async def back_to_list(deps: Deps, update: Update, numbers: list[int]) -> None:
    """Show the digest again."""
    await _turn(deps, update, LIST, numbers[0] if numbers else 0)


async def show_below(deps: Deps, update: Update, numbers: list[int]) -> None:
    """Show what matched besides."""
    await _turn(deps, update, None, numbers[0] if numbers else 0)


async def _turn(deps: Deps, update: Update, view: str | None, delivery_id: int) -> None:
    speaker = speaker_of(update)
    message = _tapped(update)
    if speaker is None or message is None:
        return
    tap = Tap(
        chat_id=speaker.chat_id,
        message_id=message.message_id,
        delivery_id=delivery_id,
        view=view,
    )
    shown = await reading.turn(deps.db, tap=tap, renderer=deps.renderer, now=deps.clock.now())
    if shown is None:
        await toast(update, words_for(update).plain("message-old"), alert=True)
        return
    await toast(update)
    await change(update, shown)


def _tapped(update: Update) -> MaybeInaccessibleMessage | None:
    query: CallbackQuery | None = update.callback_query
    return None if query is None else query.message
