"""From a recipe and its briefs to the digest that is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from bot.digest.items import SIZES, Fragments, Size, minutes
from bot.digest.lead import bold_part
from bot.digest.recipe import Item, Recipe, Remark
from bot.markup import LIMIT, Button, Html, Keyboard, Message, callback, italic, lines, units
from bot.texts import Texts, texts_in
from storage.model.brief import Brief, BriefState

#: What is the same for many readers is put into words once.
_CACHED = 4096
_NOTHING = Html("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a recipe needs to become words: its briefs at their revisions, and names of follows."""

    briefs: Mapping[int, Brief]
    labels: Mapping[int, str]


def compose(recipe: Recipe, shown: Shown, *, delivery_id: int, fragments: Fragments) -> Message:
    """Return the digest that a recipe makes; the same recipe and briefs make the same digest.

    What would be too long for a message is shown in shorter items, none is left out.
    """
    words = texts_in(recipe.language)
    ending = _ending(recipe, shown, words)
    bodies = (_body(recipe, shown, ending, fragments, size) for size in SIZES)
    body = next((made for made in bodies if units(made.shown) <= LIMIT), None)
    assert body is not None, "seven items of the least size fit"
    return Message(body=body, keyboard=_keyboard(recipe, shown, words, delivery_id))


def _body(recipe: Recipe, shown: Shown, ending: Html, fragments: Fragments, size: Size) -> Html:
    words = texts_in(recipe.language)
    said: list[Html | None] = []
    for place, item in enumerate(recipe.items, start=1):
        brief = shown.briefs[item.brief_id]
        upper, lower = fragments.item(brief, words, style=recipe.style, place=place, size=size)
        if brief.state is BriefState.RETRACTED:
            said += (upper, _NOTHING)
        else:
            said += (upper, _personal(item, brief, recipe, shown), lower, _NOTHING)
    return lines(*said, ending)


def _personal(item: Item, brief: Brief, recipe: Recipe, shown: Shown) -> Html | None:
    words = texts_in(recipe.language)
    label = shown.labels.get(item.subject_id)
    content = brief.content
    if label is not None and _is_in_bold(label, content.headline, content.lang or "en"):
        label = None  # the headline says it
    earlier = shown.briefs.get(item.updates_id)
    day = None
    if earlier is not None and earlier.released_at is not None:
        day = words.weekday_of(earlier.released_at, recipe.zone)
    return _why(label, day, item.more, words) if label or day or item.more else None


@lru_cache(maxsize=_CACHED)
def _why(label: str | None, updates: str | None, more: int, words: Texts) -> Html:
    """Return which follow brought an item, of which day's brief it is an update, who tells it."""
    return lines(
        words.html("item-for", subject=italic(label)) if label else None,
        words.html("item-updates", day=updates) if updates else None,
        words.html("item-more", count=str(more)) if more else None,
    )


@lru_cache(maxsize=_CACHED)
def _is_in_bold(label: str, headline: str, lang: str) -> bool:
    head, _ = bold_part(headline, lang=lang)
    return label.casefold() in head.casefold()


class _Ending(NamedTuple):
    """What the last lines say: the same for all of a zone whose digests are as long."""

    briefs: int  # how many
    total: int  # minutes of reading
    day: date
    zone: str
    next_at: datetime | None
    late_since: datetime | None
    nothing_matched: bool


def _ending(recipe: Recipe, shown: Shown, words: Texts) -> Html:
    total = sum(minutes(shown.briefs[item.brief_id].content.read_seconds) for item in recipe.items)
    ending = _Ending(
        briefs=len(recipe.items),
        total=total,
        day=recipe.day,
        zone=recipe.zone,
        next_at=recipe.next_at,
        late_since=recipe.due_at if Remark.LATE in recipe.remarks else None,
        nothing_matched=Remark.NOTHING_MATCHED in recipe.remarks,
    )
    return _last_lines(ending, words)


@lru_cache(maxsize=_CACHED)
def _last_lines(one: _Ending, words: Texts) -> Html:
    end = "digest-end-one" if one.briefs == 1 else "digest-end"
    values = {"day": words.weekday(one.day), "minutes": str(one.total)}
    return lines(
        words.html("digest-nothing-matched") if one.nothing_matched else None,
        words.html(end, **values, **({} if one.briefs == 1 else {"count": one.briefs})),
        words.html("digest-late", when=words.when(one.late_since, one.zone))
        if one.late_since
        else None,
        words.html("digest-next", when=words.when(one.next_at, one.zone)) if one.next_at else None,
    )


def _keyboard(recipe: Recipe, shown: Shown, words: Texts, delivery_id: int) -> Keyboard:
    numbers = tuple(
        Button(str(place), callback("b", item.brief_id, delivery_id, place))
        for place, item in enumerate(recipe.items, start=1)
        if shown.briefs[item.brief_id].state is not BriefState.RETRACTED
    )
    beyond = recipe.below + recipe.over
    if not beyond:
        return (numbers,) if numbers else ()
    more = Button(_more_button(beyond, words), callback("m", delivery_id))
    return (numbers, (more,)) if numbers else ((more,),)


@lru_cache(maxsize=_CACHED)
def _more_button(count: int, words: Texts) -> str:
    return words.plain("button-more", count=str(count))
