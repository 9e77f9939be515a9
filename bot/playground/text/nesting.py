"""Which entities may stand in which: what Telegram drops, cuts and joins."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from bot.playground.text.entities import CLOSED, QUOTES, STYLES, Entity, in_order


def nested(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return the entities that Telegram keeps of these.

    Quotes do not stand in quotes, links not in links; nothing but a quote stands around code or
    a date, and nothing inside; touching stretches of one style are one.
    """
    given = in_order(entity for entity in entities if entity.length > 0)
    quotes = _apart(entity for entity in given if entity.kind in QUOTES)
    solid = _apart(
        entity for entity in given if entity.kind not in QUOTES and entity.kind not in STYLES
    )
    solid = [entity for entity in solid if not _crosses_any(entity, quotes)]
    styles = [entity for entity in given if entity.kind in STYLES]
    return in_order([*quotes, *solid, *_cut(joined(styles), [*quotes, *solid])])


def with_detected(entities: tuple[Entity, ...], found: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Return the entities together with the detected ones that stand free of them."""
    quotes = [entity for entity in entities if entity.kind in QUOTES]
    solid = [e for e in entities if e.kind not in QUOTES and e.kind not in STYLES]
    new = [
        entity
        for entity in found
        if not _crosses_any(entity, quotes) and not any(_overlap(entity, old) for old in solid)
    ]
    if not new:
        return entities
    styles = [entity for entity in entities if entity.kind in STYLES]
    return in_order([*quotes, *solid, *new, *_cut(styles, [*quotes, *solid, *new])])


def _overlap(one: Entity, other: Entity) -> bool:
    return one.offset < other.end and other.offset < one.end


def _apart(entities: Iterable[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _crosses_any(entity: Entity, quotes: list[Entity]) -> bool:
    return any(
        _overlap(entity, quote) and (entity.offset < quote.offset or entity.end > quote.end)
        for quote in quotes
    )


def joined(styles: Iterable[Entity]) -> list[Entity]:
    """Return stretches of style, those of one kind that touch made one."""
    last: dict[str, Entity] = {}
    kept: list[Entity] = []
    for entity in styles:
        before = last.get(entity.kind)
        if before is not None and entity.offset <= before.end:
            kept.remove(before)
            length = max(before.end, entity.end) - before.offset
            entity = replace(before, length=length)
        kept.append(entity)
        last[entity.kind] = entity
    return kept


def _cut(styles: Iterable[Entity], solid: list[Entity]) -> Iterable[Entity]:
    """Cut styles at the borders of what they cross or enclose; drop what falls inside code."""
    for style in styles:
        borders = {style.offset, style.end}
        for entity in solid:
            borders |= {at for at in (entity.offset, entity.end) if style.offset < at < style.end}
        points = sorted(borders)
        for start, end in pairwise(points):
            piece = replace(style, offset=start, length=end - start)
            if not any(entity.kind in CLOSED and _overlap(piece, entity) for entity in solid):
                yield piece
