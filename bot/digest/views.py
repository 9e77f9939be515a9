"""The views of one message: the list of a digest, one of its briefs whole, or what is below.

A view is kept as a short text beside the recipe, so that a correction can make again what the
reader is looking at:

    list                      the digest
    card.<place>.<page>       the brief at that place, from 1
    below.<brief>.<brief>…    what matched besides, by brief ids in base 36
    other.<brief>.<page>      one of those, whole
"""

from dataclasses import dataclass

from bot.digest.card import card_pages
from bot.digest.compose import Shown, compose
from bot.digest.items import Fragments
from bot.digest.recipe import Recipe
from bot.markup import (
    Button,
    Html,
    Keyboard,
    Message,
    base36,
    callback,
    cut,
    join,
    lines,
    read_base36,
)
from bot.texts import Texts, texts_in
from storage.model.brief import BriefState

LIST = "list"
#: In lists of headlines each is cut at a word near this length.
SHORT_UNITS = 140


@dataclass(frozen=True, slots=True)
class View:
    """What a message shows: which view, and its numbers."""

    name: str
    numbers: tuple[int, ...] = ()


def card_view(place: int, page: int = 1) -> str:
    """Return the view of the brief at a place of the digest."""
    return f"card.{place}.{page}"


def below_view(brief_ids: list[int]) -> str:
    """Return the view of what matched besides."""
    return ".".join(("below", *map(base36, brief_ids)))


def other_view(brief_id: int, page: int = 1) -> str:
    """Return the view of a brief that is not in the digest itself."""
    return f"other.{base36(brief_id)}.{page}"


def read_view(kept: str) -> View:
    """Return a view from the text that is kept of it."""
    name, *parts = kept.split(".")
    if name == "below":
        found = (read_base36(part) for part in parts)
        return View(name, tuple(number for number in found if number is not None))
    if name == "other":
        return View(name, (read_base36(parts[0]) or 0, int(parts[1])))
    return View(name, tuple(map(int, parts)))


def briefs_of(kept: str) -> tuple[int, ...]:
    """Return the briefs that a view needs besides those of the recipe."""
    view = read_view(kept)
    if view.name == "below":
        return view.numbers
    return view.numbers[:1] if view.name == "other" else ()


def compose_view(
    kept: str, recipe: Recipe, shown: Shown, *, delivery_id: int, fragments: Fragments
) -> Message:
    """Return the message that a view of a recipe makes."""
    view = read_view(kept)
    words = texts_in(recipe.language)
    if view.name == "card" and 1 <= view.numbers[0] <= len(recipe.items):
        place, page = view.numbers
        brief_id = recipe.items[place - 1].brief_id
        return _card(_Card(brief_id, place, page), recipe, shown, words, delivery_id)
    if view.name == "other" and view.numbers[0] in shown.briefs:
        brief_id, page = view.numbers
        return _card(_Card(brief_id, 0, page), recipe, shown, words, delivery_id)
    if view.name == "below":
        return _below(view.numbers, shown, words, delivery_id)
    return compose(recipe, shown, delivery_id=delivery_id, fragments=fragments)


@dataclass(frozen=True, slots=True)
class _Card:
    brief_id: int
    place: int  # 0: not in the digest
    page: int


def _card(card: _Card, recipe: Recipe, shown: Shown, words: Texts, delivery_id: int) -> Message:
    pages = card_pages(shown.briefs[card.brief_id], words, zone=recipe.zone)
    page = min(max(card.page, 1), len(pages))
    rows = (
        _turning(card, page, len(pages), words, delivery_id),
        _ways(card, recipe, words, delivery_id),
    )
    return Message(body=pages[page - 1], keyboard=tuple(row for row in rows if row))


def _turning(
    card: _Card, page: int, pages: int, words: Texts, delivery_id: int
) -> tuple[Button, ...]:
    turns = (("button-page-back", page - 1), ("button-page-next", page + 1))
    return tuple(
        Button(words.plain(label), callback("b", card.brief_id, delivery_id, card.place, to))
        for label, to in turns
        if 1 <= to <= pages
    )


def _ways(card: _Card, recipe: Recipe, words: Texts, delivery_id: int) -> tuple[Button, ...]:
    if not delivery_id:
        return ()
    ways = [Button(words.plain("button-digest"), callback("d", delivery_id))]
    for label, place in (("button-previous", card.place - 1), ("button-next", card.place + 1)):
        if card.place and 1 <= place <= len(recipe.items):
            brief_id = recipe.items[place - 1].brief_id
            said = words.plain(label, position=str(place))
            ways.append(Button(said, callback("b", brief_id, delivery_id, place)))
    return tuple(ways)


def _below(brief_ids: tuple[int, ...], shown: Shown, words: Texts, delivery_id: int) -> Message:
    listed = [
        shown.briefs[brief_id]
        for brief_id in brief_ids
        if brief_id in shown.briefs and shown.briefs[brief_id].state is BriefState.RELEASED
    ]
    said: list[Html] = []
    for place, brief in enumerate(listed, start=1):
        head, rest = cut(brief.content.headline, SHORT_UNITS)
        impact = words.number(brief.content.impact)
        said.append(join((f"{place}. {head}{'…' if rest else ''}", impact), " · "))
    body = lines(words.html("digest-below-head"), "", *said, "", words.html("digest-below-end"))
    numbers = tuple(
        Button(str(place), callback("b", brief.id, delivery_id, 0))
        for place, brief in enumerate(listed, start=1)
    )
    back = (Button(words.plain("button-digest"), callback("d", delivery_id)),)
    keyboard: Keyboard = (numbers, back) if numbers else (back,)
    return Message(body=body, keyboard=keyboard)
