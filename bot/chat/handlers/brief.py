"""/brief ID: one brief whole, as a message of its own."""

from typing import Any

from telegram import Update

from bot.chat import opening
from bot.chat.arguments import argument
from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.replies import answer
from bot.errors import Refused
from bot.markup import read_base36


async def brief(deps: Deps, update: Update, context: Any) -> None:
    """Show the brief with the id after the command; ids are in base 36, case does not matter."""
    if not argument(context):
        await answer(update, words_for(update).html("brief-usage"))
        return
    brief_id = read_base36(argument(context))
    if brief_id is None:
        raise Refused("brief-unknown")
    await opening.show(deps, update, brief_id)
