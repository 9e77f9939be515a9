"""/uncertain: messages that may have arrived or not, and an owner's word on them."""

from typing import Any

from telegram import Update

from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.orders import owner_of
from bot.chat.replies import answer_with, change, toast
from bot.markup import Button, Html, Message, base36, callback, code, lines
from bot.services import doubting
from bot.texts import Texts
from storage.doubts import Doubt, Word

PAGE = 5
_BUTTONS = {
    Word.ARRIVED: "button-arrived",
    Word.RESEND: "button-resend",
    Word.DROP: "button-drop-message",
}
_LETTERS = {"a": Word.ARRIVED, "r": Word.RESEND, "d": Word.DROP}


async def uncertain(deps: Deps, update: Update, context: Any) -> None:  # noqa: ARG001 - PTB's shape
    """List what is held longest."""
    owner_of(deps, update)
    await answer_with(update, await _page(deps, words_for(update)))


async def settle(deps: Deps, update: Update, letter: str, delivery_id: int) -> None:
    """Do as a button says, and show what is left; 0 means all of them."""
    owner = owner_of(deps, update)
    word = _LETTERS.get(letter)
    if word is None:
        return
    count = await doubting.settle(
        deps.db,
        delivery_id=delivery_id or None,
        word=word,
        who=owner.user_id,
        now=deps.clock.now(),
    )
    if word is Word.RESEND and count:
        deps.wake()
    words = words_for(update)
    await change(update, await _page(deps, words))
    await toast(update, words.plain("uncertain-settled", count=count))


async def _page(deps: Deps, words: Texts) -> Message:
    listed, count = await doubting.list_doubts(deps.db, limit=PAGE)
    if not listed:
        return Message(body=words.html("uncertain-none"))
    said = [words.html("uncertain-head", count=count)]
    said += [_line(one, words) for one in listed]
    rows = [_row(base36(one.id), one.id, words) for one in listed]
    if count > 1:
        rows.append(_row(words.plain("button-all"), 0, words))
    return Message(body=lines(*said), keyboard=tuple(rows))


def _line(one: Doubt, words: Texts) -> Html:
    return words.html(
        "uncertain-line",
        id=code(base36(one.id)),
        kind=one.kind.name.lower(),
        when=words.when(one.due_at, "UTC"),
        why=one.why,
    )


def _row(label: str, delivery_id: int, words: Texts) -> tuple[Button, ...]:
    return tuple(
        Button(f"{label} {words.plain(_BUTTONS[word])}", callback("u", letter, delivery_id))
        for letter, word in _LETTERS.items()
    )
