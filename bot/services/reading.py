"""Read: one brief whole, and the views of a message that a tap asks for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import zone_of
from bot.config import DigestSettings
from bot.delivery.render import Renderer
from bot.delivery.windows import read_window, since_slot
from bot.digest.rank import places
from bot.digest.recipe import Item, Recipe, pack, unpack
from bot.digest.views import LIST, below_view, briefs_of, card_view
from bot.errors import Refused
from bot.markup import Message
from storage import briefs, copies, deliveries, follows, hads, subscribers
from storage.copies import Made
from storage.database import Database
from storage.model.brief import Brief, BriefState
from storage.model.copies import Copy, CopyState
from storage.model.subject import FollowMode
from storage.model.subscriber import Style
from storage.transactions import ReadTx, WriteTx

#: What is listed of what matched besides.
MOST_BELOW = 7
_READABLE = frozenset({BriefState.RELEASED, BriefState.RETRACTED, BriefState.ARCHIVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A message to be sent, and what it is made of."""

    message: Message
    recipe: bytes
    view: str
    brief_ids: tuple[int, ...]


async def open_brief(
    db: Database,
    *,
    chat_id: int,
    brief_id: int,
    renderer: Renderer,
    settings: DigestSettings,
    now: datetime,
) -> Opened:
    """Return a brief as a message of its own; raise ``Refused`` if readers may not see it."""
    async with db.reading() as tx:
        brief = await briefs.find_brief(tx, brief_id=brief_id)
        if brief is None or brief.state not in _READABLE:
            raise Refused("brief-unknown")
        recipe = await _recipe_of_one(tx, chat_id, brief, settings, now)
        view = card_view(1)
        message = await renderer.view(tx, recipe=recipe, view=view, delivery_id=0)
    return Opened(message=message, recipe=pack(recipe), view=view, brief_ids=(brief.id,))


async def note_sent(
    db: Database, *, chat_id: int, message_id: int, opened: Opened, now: datetime
) -> None:
    """Note a message that shows a brief, so that corrections reach it."""
    made = Made(chat_id, message_id, None, opened.recipe, opened.view, opened.brief_ids)
    async with db.writing() as tx:
        await copies.add_copies(tx, made=[made], now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """A tap on a button of a message that shows briefs."""

    chat_id: int
    message_id: int
    delivery_id: int
    view: str | None  # None: what matched besides


async def turn(db: Database, *, tap: Tap, renderer: Renderer, now: datetime) -> Message | None:
    """Note which view a message shows from now on and return it; None for a message of nobody's.

    The view is kept before the message is edited, so that a correction never undoes a tap.
    """
    async with db.writing() as tx:
        copy = await _copy_of(tx, tap, now)
        if copy is None:
            return None
        recipe = unpack(copy.recipe)
        view = tap.view
        if view is None:
            view = below_view(await _list_below(tx, tap.chat_id, recipe, now))
        shows = briefs_of(view)
        if not await _may_show(tx, shows):
            return None
        await copies.set_view(tx, copy_id=copy.id, view=view, now=now, shows=shows)
        return await renderer.view(tx, recipe=recipe, view=view, delivery_id=copy.delivery_id or 0)


async def last_digest(db: Database, *, chat_id: int, renderer: Renderer) -> Opened | None:
    """Return the latest digest that a chat was sent, to be sent again; None if there is none."""
    async with db.reading() as tx:
        copy = await copies.find_last(tx, chat_id=chat_id)
        if copy is None:
            return None
        recipe = unpack(copy.recipe)
        message = await renderer.view(
            tx, recipe=recipe, view=LIST, delivery_id=copy.delivery_id or 0
        )
    ids = tuple(item.brief_id for item in recipe.items)
    return Opened(message=message, recipe=copy.recipe, view=LIST, brief_ids=ids)


async def _copy_of(tx: WriteTx, tap: Tap, now: datetime) -> Copy | None:
    """Return the copy that was tapped.

    A tap on a message that is not listed, with the number of a delivery to that chat, proves
    that the delivery arrived: its answer was lost, so the message is listed now.
    """
    copy = await copies.find_copy(tx, chat_id=tap.chat_id, message_id=tap.message_id)
    if copy is not None or not tap.delivery_id:
        return copy if copy is None or copy.state is CopyState.LIVE else None
    recipe = await deliveries.find_recipe(tx, delivery_id=tap.delivery_id, chat_id=tap.chat_id)
    if not recipe:
        return None
    ids = tuple(item.brief_id for item in unpack(recipe).items)
    made = Made(tap.chat_id, tap.message_id, tap.delivery_id, recipe, LIST, ids)
    await copies.add_copies(tx, made=[made], now=now)
    return await copies.find_copy(tx, chat_id=tap.chat_id, message_id=tap.message_id)


async def _may_show(tx: ReadTx, brief_ids: tuple[int, ...]) -> bool:
    """Tell whether readers may see briefs whose ids a button's data named."""
    heads = await briefs.load_heads(tx, brief_ids=brief_ids)
    return all(i in heads and heads[i][1] in _READABLE for i in brief_ids)


async def _list_below(tx: ReadTx, chat_id: int, recipe: Recipe, now: datetime) -> list[int]:
    """List what matches a reader and was not given, most consequential first."""
    reader = await subscribers.find_subscriber(tx, chat_id=chat_id)
    if reader is None:
        return []
    window = (await read_window(tx, now=now)).window
    modes = await follows.list_modes(tx, chat_id=chat_id)
    since = window.since(since_slot(reader.last_slot_at, now - timedelta(hours=36)))
    wanted = 0
    for subject_id, mode in modes.items():
        if mode is FollowMode.FOLLOW:
            wanted |= window.wants.get(subject_id, 0)
    for subject_id, mode in modes.items():
        if mode is FollowMode.MUTE:
            wanted &= ~window.mutes.get(subject_id, 0)
    had = await hads.list_had(tx, chat_id=chat_id, brief_ids=[b.id for b in window.briefs])
    left = wanted & since & ~window.mask(had | {item.brief_id for item in recipe.items})
    return [window.briefs[place].id for place in places(left)][:MOST_BELOW]


async def _recipe_of_one(
    tx: ReadTx, chat_id: int, brief: Brief, settings: DigestSettings, now: datetime
) -> Recipe:
    reader = await subscribers.find_subscriber(tx, chat_id=chat_id)
    zone = (reader.preferences.zone if reader else None) or settings.default_zone
    preferences = reader.preferences if reader else None
    return Recipe(
        items=(Item(brief.id, brief.revision),),
        language=preferences.language if preferences else "en",
        style=preferences.style if preferences else Style.FOLDED,
        zone=zone,
        day=now.astimezone(zone_of(zone)).date(),
    )
