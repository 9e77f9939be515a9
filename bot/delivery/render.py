"""From a claimed row of the ledger to the call that fulfils it."""

import logging
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from bot.delivery.breaker import Breaker, keys_of
from bot.delivery.suspects import Key
from bot.delivery.timing import LATE_AFTER
from bot.digest.compose import Shown
from bot.digest.items import Fragments
from bot.digest.recipe import Recipe, Remark, pack, unpack
from bot.digest.views import LIST, briefs_of, compose_view
from bot.markup import Message
from storage import briefs, copies, subjects
from storage.model.brief import Brief, BriefState
from storage.model.copies import Copy, CopyState
from storage.model.delivery import Delivery, Kind
from storage.transactions import ReadTx

log = logging.getLogger(__name__)

_CACHED = 2000
Method = Literal["send", "edit"]
Head = tuple[int, BriefState]
Known = tuple[int, int, BriefState]


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A delivery with all that its message is made of; no slots, to keep what it works out."""

    delivery: Delivery
    recipe: Recipe
    shown: Shown
    copy: Copy | None = None  # of an edit
    is_shortened: bool = False  # without a brief that is, or may be, refused by Telegram

    @cached_property
    def brief_ids(self) -> tuple[int, ...]:
        """The briefs that the message shows."""
        return tuple(item.brief_id for item in self.recipe.items)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """What an answer of Telegram says something of: the briefs listed, none for a card."""
        is_list = self.copy is None or self.copy.view == LIST
        return keys_of(self.recipe) if is_list else ()

    @property
    def may_say_less(self) -> bool:
        """Whether it may come again with fewer or other briefs; in doubt its words are fixed."""
        has_others = self.is_shortened or len(self.recipe.items) > 1
        return has_others and self.copy is None and not self.delivery.doubt


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a group of claimed deliveries comes to."""

    ready: list[Prepared]
    empty: list[Delivery]  # nothing is left to say, or nothing that can be read
    lifted: list[tuple[bytes, int]]  # recipes that changed before the first attempt


class Renderer:
    """Turns claimed rows into messages; what many of them share is made once."""

    def __init__(self, breaker: Breaker | None = None) -> None:
        self._breaker = breaker or Breaker()
        self._fragments = Fragments()
        self._briefs: OrderedDict[Known, Brief] = OrderedDict()
        self._labels: dict[int, str] = {}

    async def prepare(
        self, tx: ReadTx, *, claimed: Sequence[Delivery], now: datetime
    ) -> Preparation:
        """Lift recipes to what is true now and to what Telegram takes; fetch what they need."""
        edited = await self._copies(tx, claimed)
        recipes = _recipes(claimed, edited)
        heads = await briefs.load_heads(tx, brief_ids=_needed(recipes.values(), edited.values()))
        lifted: dict[int, Recipe] = {
            one.id: _lift(recipes[one.id], one, heads, now) for one in claimed if one.id in recipes
        }
        shortened = self._shorten(claimed, lifted)
        lifted |= shortened
        views = {i: briefs_of(edited[i].view) if i in edited else () for i in lifted}
        wanted = {i: _revisions(made, views[i], heads) for i, made in lifted.items()}
        await self._fetch(tx, {key for keys in wanted.values() for key in keys})
        await self._fetch_labels(tx, lifted.values())
        found = Preparation([], [], [])
        for one in claimed:
            made = lifted.get(one.id)
            if made is None or not made.items:
                found.empty.append(one)
                continue
            if made != recipes[one.id] and one.kind is not Kind.EDIT:
                found.lifted.append((pack(made), one.id))
            shown = self._shown(made, wanted[one.id])
            copy = edited.get(one.id)
            found.ready.append(
                Prepared(
                    delivery=one,
                    recipe=made,
                    shown=shown,
                    copy=copy,
                    is_shortened=one.id in shortened,
                )
            )
        return found

    async def view(self, tx: ReadTx, *, recipe: Recipe, view: str, delivery_id: int) -> Message:
        """Return the message that a view of a recipe makes, at the revisions that it states."""
        needed = {item.brief_id for item in recipe.items} | set(briefs_of(view))
        needed |= {item.updates_id for item in recipe.items} - {0}
        heads = await briefs.load_heads(tx, brief_ids=needed)
        known = tuple(item for item in recipe.items if item.brief_id in heads)
        recipe = replace(recipe, items=known)
        keys = _revisions(recipe, briefs_of(view), heads)
        await self._fetch(tx, set(keys))
        await self._fetch_labels(tx, [recipe])
        return compose_view(
            view,
            recipe,
            self._shown(recipe, keys),
            delivery_id=delivery_id,
            fragments=self._fragments,
        )

    def message(self, one: Prepared) -> Message:
        """Return the message that a delivery sends or shows from now on."""
        view = one.copy.view if one.copy is not None else LIST
        delivery_id = one.copy.delivery_id or 0 if one.copy is not None else one.delivery.id
        return compose_view(
            view, one.recipe, one.shown, delivery_id=delivery_id, fragments=self._fragments
        )

    def _shorten(
        self, claimed: Iterable[Delivery], lifted: dict[int, Recipe]
    ) -> dict[int, Recipe]:
        """Return what messages say without the briefs that Telegram refuses, where they have any.

        An edit keeps them: what it leaves out would be out of its copy for ever.
        """
        shortened: dict[int, Recipe] = {}
        for one in claimed:
            made = lifted.get(one.id)
            if made is None or one.doubt or one.kind is Kind.EDIT:
                continue
            keys = keys_of(made)
            out = self._breaker.left_out(keys, one.chat_id)
            if out:
                pairs = zip(made.items, keys, strict=True)
                items = tuple(item for item, key in pairs if key not in out)
                shortened[one.id] = replace(made, items=items)
        return shortened

    async def _copies(self, tx: ReadTx, claimed: Iterable[Delivery]) -> dict[int, Copy]:
        """Return the copies that are to be edited and still can be, by delivery."""
        edits = {one.slot: one.id for one in claimed if one.kind is Kind.EDIT}
        if not edits:
            return {}
        found = await copies.list_copies(tx, copy_ids=edits.keys())
        return {edits[copy.id]: copy for copy in found if copy.state is CopyState.LIVE}

    async def _fetch(self, tx: ReadTx, keys: set[Known]) -> None:
        for key in keys & self._briefs.keys():
            self._briefs.move_to_end(key)  # so that none of these is the one to go
        missing = [(i, n) for i, n, state in keys if (i, n, state) not in self._briefs]
        for brief in await briefs.list_revisions(tx, pairs=missing) if missing else ():
            self._briefs[brief.id, brief.revision, brief.state] = brief
        while len(self._briefs) > max(_CACHED, len(keys)):
            self._briefs.popitem(last=False)

    async def _fetch_labels(self, tx: ReadTx, recipes: Iterable[Recipe]) -> None:
        followed = {item.subject_id for recipe in recipes for item in recipe.items} - {-1}
        missing = followed - self._labels.keys()
        for subject in await subjects.list_subjects(tx, subject_ids=missing) if missing else ():
            self._labels[subject.id] = subject.label

    def _shown(self, recipe: Recipe, keys: Iterable[Known]) -> Shown:
        labels = {item.subject_id: self._labels.get(item.subject_id) for item in recipe.items}
        return Shown(
            briefs={key[0]: self._briefs[key] for key in keys},
            labels={i: label for i, label in labels.items() if label is not None},
        )


def _recipes(claimed: Iterable[Delivery], edited: dict[int, Copy]) -> dict[int, Recipe]:
    """Return what there is to say, by delivery; one that cannot be read stops no other."""
    found: dict[int, Recipe] = {}
    for one in claimed:
        if one.kind is Kind.EDIT and one.id not in edited:
            continue
        kept = edited[one.id].recipe if one.id in edited else one.recipe
        try:
            found[one.id] = unpack(kept)
        except (ValueError, TypeError, OverflowError):
            log.exception(
                "the recipe of a delivery cannot be read",
                extra={"event": "delivery.unreadable", "delivery_id": one.id},
            )
    return found


def _needed(recipes: Iterable[Recipe], edited: Iterable[Copy]) -> set[int]:
    """Return every brief that recipes and views of copies name."""
    found = {i for copy in edited for i in briefs_of(copy.view)}
    for recipe in recipes:
        found.update(i for item in recipe.items for i in (item.brief_id, item.updates_id))
    return found - {0}


def _revisions(recipe: Recipe, besides: Iterable[int], heads: dict[int, Head]) -> list[Known]:
    """List the briefs that a message shows, each at its revision and in its state."""
    others = (*besides, *(item.updates_id for item in recipe.items))
    pairs = {i: heads[i][0] for i in others if i in heads}
    pairs |= {item.brief_id: item.revision for item in recipe.items}
    return [(i, n, heads[i][1]) for i, n in pairs.items() if i in heads]


def parameters_of(one: Prepared, message: Message, *, plain: bool = False) -> dict[str, Any]:
    """Return the parameters of the call that fulfils a delivery."""
    made = message.as_plain_json() if plain else message.as_json()
    if one.copy is not None:
        return {"chat_id": one.copy.chat_id, "message_id": one.copy.message_id, **made}
    made["chat_id"] = one.delivery.chat_id
    if one.delivery.thread_id is not None:
        made["message_thread_id"] = one.delivery.thread_id
    if Remark.SILENT in one.recipe.remarks:
        made["disable_notification"] = True
    return made


def _lift(recipe: Recipe, one: Delivery, heads: dict[int, Head], now: datetime) -> Recipe:
    """Return what a recipe says now: an edit as things are, a message without the retracted.

    Once a message may have arrived its recipe is fixed, so that a repeat says the same words.
    """
    known = [item for item in recipe.items if item.brief_id in heads]
    if one.kind is Kind.EDIT:
        items = [item._replace(revision=heads[item.brief_id][0]) for item in known]
        return replace(recipe, items=tuple(items))
    if one.doubt:
        return replace(recipe, items=tuple(known))
    lifted = recipe
    if any(heads.get(i.brief_id) != (i.revision, BriefState.RELEASED) for i in recipe.items):
        items = [
            item._replace(revision=heads[item.brief_id][0])
            for item in known
            if heads[item.brief_id][1] is BriefState.RELEASED
        ]
        lifted = replace(recipe, items=tuple(items))
    if one.kind is Kind.DIGEST and now - one.due_at > LATE_AFTER and lifted.due_at is None:
        return replace(lifted, remarks=lifted.remarks | Remark.LATE, due_at=one.due_at)
    return lifted
