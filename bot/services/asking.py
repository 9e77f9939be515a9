"""A digest now: what is new for one reader, promised at once, counted as had."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import zone_of
from bot.config import DigestSettings
from bot.delivery.windows import LoadedWindow, read_window, since_slot
from bot.digest.rank import Selection, Wishes, items_of, select
from bot.digest.recipe import Recipe, Remark, pack
from bot.errors import Refused
from storage import deliveries, follows, hads, subscribers
from storage.database import Database
from storage.deliveries import Promise
from storage.model.delivery import Kind
from storage.model.subject import FollowMode
from storage.model.subscriber import Subscriber
from storage.transactions import ReadTx


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came of asking for a digest now."""

    briefs: int = 0  # promised
    on_its_way: bool = False  # one was promised before and is not sent yet
    follows: int = 0


async def ask_for_digest(
    db: Database, *, chat_id: int, update_id: int, settings: DigestSettings, now: datetime
) -> Asked:
    """Promise a digest of what is new; one that waits to be sent is brought forward instead."""
    async with db.writing() as tx:
        reader = await subscribers.find_subscriber(tx, chat_id=chat_id)
        if reader is None:
            raise Refused("start-first")
        if await deliveries.bring_forward(tx, chat_id=chat_id, now=now):
            return Asked(on_its_way=True)
        wanted = await _follows(tx, chat_id)
        loaded = await read_window(tx, now=now)
        selection = await _select(tx, reader, wanted, loaded, now)
        if not selection.picked:
            return Asked(follows=len(wanted.follows))
        zone = reader.preferences.zone or settings.default_zone
        recipe = Recipe(
            items=items_of(selection, loaded.window),
            language=reader.preferences.language,
            style=reader.preferences.style,
            zone=zone,
            day=now.astimezone(zone_of(zone)).date(),
            next_at=reader.next_due_at,
            below=selection.below,
            over=selection.over,
            remarks=Remark.ASKED,
        )
        given = tuple(loaded.window.briefs[place].id for place in selection.told)
        one = Promise(
            kind=Kind.NOW,
            chat_id=chat_id,
            thread_id=reader.thread_id,
            slot=0,
            ref=update_id,
            recipe=pack(recipe),
            due_at=now,
            briefs=given,
        )
        await deliveries.promise(tx, one=one)
        await subscribers.mark_answered(tx, chat_id=chat_id, now=now)
    return Asked(briefs=len(selection.picked), follows=len(wanted.follows))


@dataclass(frozen=True, slots=True)
class _Wanted:
    follows: list[int]
    mutes: list[int]


async def _follows(tx: ReadTx, chat_id: int) -> _Wanted:
    modes = sorted((await follows.list_modes(tx, chat_id=chat_id)).items())
    return _Wanted(
        [i for i, mode in modes if mode is FollowMode.FOLLOW],
        [i for i, mode in modes if mode is FollowMode.MUTE],
    )


async def _select(
    tx: ReadTx, reader: Subscriber, wanted: _Wanted, loaded: LoadedWindow, now: datetime
) -> Selection:
    had = await hads.list_had(tx, chat_id=reader.chat_id, brief_ids=list(loaded.briefs))
    preferences = reader.preferences
    wishes = Wishes(
        follows=wanted.follows,
        mutes=wanted.mutes,
        impact_floor=preferences.impact_floor,
        confidence_floor=preferences.confidence_floor,
        seconds=None if preferences.minutes is None else preferences.minutes * 60,
    )
    window = loaded.window
    since = window.since(since_slot(reader.last_slot_at, now))
    return select(window, wishes, since=since, had=window.mask(had))
