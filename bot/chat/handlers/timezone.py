"""/timezone CITY-or-ZONE: where times are meant."""

import asyncio
from typing import Any

from telegram import Update

from bot.chat.arguments import argument
from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.people import speaker_of
from bot.chat.replies import answer
from bot.clock import zone_of
from bot.markup import Button, bold, callback, lines
from bot.services import preferences, zones
from bot.services.zones import Place


async def timezone(deps: Deps, update: Update, context: Any) -> None:
    """Set the zone of the place after the command, or say which is set."""
    speaker = speaker_of(update)
    if speaker is None:
        return
    words = words_for(update)
    typed = argument(context)
    if not typed:
        reader = await preferences.find_reader(deps.db, chat_id=speaker.chat_id)
        zone = reader.preferences.zone or deps.digest.default_zone
        known = "zone-usage" if reader.preferences.zone else "zone-unset"
        await answer(update, words.html(known, zone=zone, clock=_clock(deps, zone)))
        return
    place = await asyncio.to_thread(zones.find_place, typed)
    if place is not None:
        await set_place(deps, update, place)
        return
    near = await asyncio.to_thread(zones.suggest_places, typed)
    buttons = tuple((Button(one.name, callback("z", one.zone)),) for one in near)
    message = "zone-near" if near else "zone-unknown"
    await answer(update, words.html(message, typed=bold(typed[:64])), buttons)


async def set_place(deps: Deps, update: Update, place: Place) -> None:
    """Set the zone of a place, and show the clock there so that a mistake is seen."""
    speaker = speaker_of(update)
    if speaker is None:
        return
    words = words_for(update)
    reader = await preferences.set_zone(
        deps.db,
        chat_id=speaker.chat_id,
        zone=place.zone,
        settings=deps.digest,
        now=deps.clock.now(),
    )
    when = words.when(reader.next_due_at, place.zone) if reader.next_due_at else ""
    clock = _clock(deps, place.zone)
    said = words.html("zone-done", place=bold(place.name), clock=clock, when=when)
    await answer(update, lines(said, words.html("zone-wrong")))


def _clock(deps: Deps, zone: str) -> str:
    return f"{deps.clock.now().astimezone(zone_of(zone)):%H:%M}"
