"""Taps on buttons: the route in the data chooses what is done; who may is checked again there."""

from typing import Any

from telegram import Update

from bot.chat import choosing, turning
from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.handlers import digest, pause, publish, timezone, uncertain
from bot.chat.orders import editor_of
from bot.chat.replies import toast
from bot.markup import parse_callback, read_base36
from bot.services import newsroom, zones
from bot.services.zones import Place

_TURNS = {"b": turning.open_brief, "d": turning.back_to_list, "m": turning.show_below}
_CHOICES = {
    "o": choosing.welcome_choice,
    "ok": choosing.welcome_done,
    "s": choosing.follow,
    "x": choosing.unmute,
    "l": choosing.listed,
    "lp": choosing.list_page,
}


async def tap(deps: Deps, update: Update, context: Any) -> None:
    """Do what a button says; a button that says nothing known is an old one."""
    query = update.callback_query
    assert query is not None
    parsed = parse_callback(query.data or "")
    route, arguments = parsed if parsed is not None else ("", ())
    numbers = [read_base36(part) or 0 for part in arguments]
    if route in _TURNS:
        await _TURNS[route](deps, update, numbers)
    elif route in _CHOICES:
        await _CHOICES[route](deps, update, list(arguments))
    elif route == "u" and len(arguments) == 2:
        await uncertain.settle(deps, update, arguments[0], numbers[1])
    elif not await _other(deps, update, route, arguments, context):
        await toast(update, words_for(update).plain("menu-old"), alert=True)


async def _other(
    deps: Deps, update: Update, route: str, arguments: tuple[str, ...], context: Any
) -> bool:
    """Do what needs no view and no choice; return False for a route that nobody knows."""
    number = read_base36(arguments[0]) or 0 if arguments else 0
    if route == "z" and arguments and zones.is_zone(arguments[0]):
        await timezone.set_place(deps, update, Place(arguments[0], arguments[0]))
    elif route == "ai" and arguments:
        editor = editor_of(deps, update)
        now = deps.clock.now()
        out = await newsroom.publish_batch(
            deps.db, batch_id=number, matcher=deps.matcher, who=editor.user_id, now=now
        )
        await publish.say_published(update, out)
    elif route == "dn":
        await digest.digest(deps, update, context)
    elif route == "da":
        await digest.digest_again(deps, update)
    elif route == "tp":
        await pause.pause_for(deps, update, number)
    elif route == "tr":
        await pause.resume(deps, update)
    else:
        return False
    await toast(update)  # last, since a tap is answered once and a refusal is an answer
    return True
