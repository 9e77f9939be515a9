"""The digest as it would be: for a chat, or for follows that nobody has yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import zone_of
from bot.config import DigestSettings
from bot.delivery.windows import LoadedWindow, read_window, since_slot
from bot.digest.compose import Shown, compose
from bot.digest.due import next_slot
from bot.digest.items import Fragments
from bot.digest.rank import Wishes, items_of, seat_of, select
from bot.digest.recipe import Recipe
from bot.digest.window import Window
from bot.errors import WrongUse
from bot.markup import Message
from bot.matching.briefs import read_names
from bot.matching.follow import read_follow, why_follow
from bot.matching.keys import key
from bot.matching.lexicon import Lexicon
from bot.services.subjects import EVERYTHING_LABEL
from storage import follows, hads, subjects, subscribers
from storage.database import Database
from storage.model.subject import EVERYTHING, FollowMode
from storage.model.subscriber import Preferences


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Who the preview is for."""

    preferences: Preferences
    follows: list[int]
    mutes: list[int]
    labels: dict[int, str]
    had: int
    seat_chat: int | None
    last_slot_at: datetime | None


async def preview(
    db: Database,
    *,
    phrases: Sequence[str],
    chat_id: int | None,
    lexicon: Lexicon,
    settings: DigestSettings,
    at: datetime,
) -> Message | None:
    """Return the digest as it would be at an instant, None if nothing would come."""
    async with db.reading() as tx:
        loaded = await read_window(tx, now=at)
    if chat_id is None:
        reader, loaded = _imagined(phrases, loaded, lexicon, settings)
    else:
        reader = await _known(db, chat_id, loaded)
    return _compose(reader, loaded, settings, at)


def _imagined(
    phrases: Sequence[str], loaded: LoadedWindow, lexicon: Lexicon, settings: DigestSettings
) -> tuple[_Reader, LoadedWindow]:
    """Return a reader who follows the phrases, in a window that knows what they want."""
    wants: list[tuple[int, int]] = []
    labels: dict[int, str] = {}
    for number, phrase in enumerate(phrases, start=1):
        if key(phrase) == key(EVERYTHING_LABEL):
            labels[EVERYTHING] = EVERYTHING_LABEL
            continue
        labels[number] = phrase
        follow = read_follow(phrase, lexicon=lexicon)
        for brief in loaded.briefs.values():
            names = read_names(brief.content, source=brief.source, lexicon=lexicon)
            if why_follow(follow, names, lexicon=lexicon) is not None:
                wants.append((number, brief.id))
    window = Window(loaded.window.briefs, wants=wants, mutes=(), heads={})
    at = settings.default_time
    reader = _Reader(
        preferences=Preferences(times=(at.hour * 60 + at.minute,)),
        follows=sorted(labels),
        mutes=[],
        labels=labels,
        had=0,
        seat_chat=None,
        last_slot_at=None,
    )
    return reader, LoadedWindow(window, loaded.briefs)


async def _known(db: Database, chat_id: int, loaded: LoadedWindow) -> _Reader:
    async with db.reading() as tx:
        found = await subscribers.find_subscriber(tx, chat_id=chat_id)
        if found is None:
            msg = f"there is no chat {chat_id}"
            raise WrongUse(msg)
        modes = await follows.list_modes(tx, chat_id=chat_id)
        had = await hads.list_had(tx, chat_id=chat_id, brief_ids=list(loaded.briefs))
        named = await subjects.list_subjects(tx, subject_ids=list(modes))
    return _Reader(
        preferences=found.preferences,
        follows=sorted(i for i, mode in modes.items() if mode is FollowMode.FOLLOW),
        mutes=sorted(i for i, mode in modes.items() if mode is FollowMode.MUTE),
        labels={one.id: one.label for one in named},
        had=loaded.window.mask(had),
        seat_chat=chat_id,
        last_slot_at=found.last_slot_at,
    )


def _compose(
    reader: _Reader, loaded: LoadedWindow, settings: DigestSettings, at: datetime
) -> Message | None:
    preferences = reader.preferences
    zone = preferences.zone or settings.default_zone
    day = at.astimezone(zone_of(zone)).date()
    seat = None
    if settings.keep_seat and reader.seat_chat is not None:
        seat = seat_of(reader.seat_chat, day.toordinal())
    window = loaded.window
    wishes = Wishes(
        follows=reader.follows,
        mutes=reader.mutes,
        impact_floor=preferences.impact_floor,
        confidence_floor=preferences.confidence_floor,
        seconds=None if preferences.minutes is None else preferences.minutes * 60,
    )
    since = window.since(since_slot(reader.last_slot_at, at))
    chosen = select(window, wishes, since=since, had=reader.had, seat=seat)
    if not chosen.picked:
        return None
    slot = next_slot(zone=zone, times=preferences.times, days=preferences.days, after=at)
    recipe = Recipe(
        items=items_of(chosen, window),
        language=preferences.language,
        style=preferences.style,
        zone=zone,
        day=day,
        next_at=slot.due_at,
        below=chosen.below,
        over=chosen.over,
    )
    shown = Shown(briefs=loaded.briefs, labels=reader.labels)
    return compose(recipe, shown, delivery_id=0, fragments=Fragments())
