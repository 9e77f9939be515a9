"""From a recipe and its briefs to the digest that is sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.digest.items import SIZES, Fragments, Size, brought_by, minutes
from bot.digest.lead import bold_part
from bot.digest.recipe import Item, Recipe, Remark
from bot.markup import LIMIT, Button, Html, Keyboard, Message, callback, join, lines, units
from bot.texts import Texts, texts_in
from storage.model.brief import Brief, BriefState


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
    pieces = []
    for place, item in enumerate(recipe.items, start=1):
        brief = shown.briefs[item.brief_id]
        upper, lower = fragments.item(brief, words, style=recipe.style, place=place, size=size)
        is_withdrawn = brief.state is BriefState.RETRACTED
        personal = [] if is_withdrawn else [*_personal(item, brief, recipe, shown), lower]
        pieces.append(lines(upper, *personal))
    return join((*pieces, ending), "\n\n")


def _personal(item: Item, brief: Brief, recipe: Recipe, shown: Shown) -> list[Html]:
    words = texts_in(recipe.language)
    said = []
    label = shown.labels.get(item.subject_id)
    if label is not None and not _is_plain_from_headline(label, brief):
        said.append(brought_by(label, words))
    earlier = shown.briefs.get(item.updates_id)
    if earlier is not None and earlier.released_at is not None:
        said.append(
            words.html("item-updates", day=words.weekday_of(earlier.released_at, recipe.zone))
        )
    if item.more:
        said.append(words.html("item-more", count=str(item.more)))
    return said


def _is_plain_from_headline(label: str, brief: Brief) -> bool:
    head, _ = bold_part(brief.content.headline, lang=brief.content.lang or "en")
    return label.casefold() in head.casefold()


def _ending(recipe: Recipe, shown: Shown, words: Texts) -> Html:
    count = len(recipe.items)
    total = sum(minutes(shown.briefs[item.brief_id].content.read_seconds) for item in recipe.items)
    end = "digest-end-one" if count == 1 else "digest-end"
    day = words.weekday(recipe.day)
    values = {"day": day, "minutes": str(total)}
    said = words.html(end, **values, **({} if count == 1 else {"count": count}))
    return lines(
        words.html("digest-nothing-matched") if Remark.NOTHING_MATCHED in recipe.remarks else None,
        said,
        _late(recipe, words),
        words.html("digest-next", when=words.when(recipe.next_at, recipe.zone))
        if recipe.next_at
        else None,
    )


def _late(recipe: Recipe, words: Texts) -> Html | None:
    if Remark.LATE not in recipe.remarks or recipe.due_at is None:
        return None
    return words.html("digest-late", when=words.when(recipe.due_at, recipe.zone))


def _keyboard(recipe: Recipe, shown: Shown, words: Texts, delivery_id: int) -> Keyboard:
    numbers = tuple(
        Button(str(place), callback("b", item.brief_id, delivery_id, place))
        for place, item in enumerate(recipe.items, start=1)
        if shown.briefs[item.brief_id].state is not BriefState.RETRACTED
    )
    beyond = recipe.below + recipe.over
    if not beyond:
        return (numbers,) if numbers else ()
    more = Button(words.plain("button-more", count=str(beyond)), callback("m", delivery_id))
    return (numbers, (more,)) if numbers else ((more,),)
