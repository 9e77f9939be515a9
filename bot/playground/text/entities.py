"""A text with its entities, counted in UTF-16 units as Telegram counts."""

from collections.abc import Iterable
from dataclasses import dataclass

STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
# Nothing else may stand inside these, and they stand in nothing but quotes.
CLOSED = frozenset({"code", "pre", "date_time"})

# What encloses comes before what is enclosed where both cover the same stretch.
_ORDER = (
    *("quote", "pre", "code", "date_time", "text_link", "text_mention", "found"),
    *("bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji"),
)
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)} | dict.fromkeys(QUOTES, 0)


@dataclass(frozen=True, slots=True)
class Entity:
    """What a stretch of a text is; ``argument`` is its address, language or format of date.

    ``number`` is the user, the instant or the custom emoji it stands for.
    """

    kind: str
    offset: int
    length: int
    argument: str = ""
    number: int = 0

    @property
    def end(self) -> int:
        """The unit after the last one."""
        return self.offset + self.length


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text and what its stretches are, in the order in which Telegram lists them."""

    text: str
    entities: tuple[Entity, ...] = ()


EMPTY = FormattedText("")


def utf16_length(text: str) -> int:
    """Count the UTF-16 units, the measure of every limit and offset."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """Return the part of a text that an entity covers."""
    if text.isascii():
        return text[offset : offset + length]
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "surrogatepass")


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Sort: earlier first, then longer, then what encloses before what is enclosed."""
    return tuple(
        sorted(entities, key=lambda e: (e.offset, -e.length, _RANK.get(e.kind, _RANK["found"])))
    )


def entity_json(entity: Entity) -> dict[str, object]:
    """Return a ``MessageEntity`` as the Bot API writes it."""
    written: dict[str, object] = {
        "offset": entity.offset,
        "length": entity.length,
        "type": entity.kind,
    }
    match entity.kind:
        case "text_link":
            written["url"] = entity.argument
        case "pre" if entity.argument:
            written["language"] = entity.argument
        case "text_mention":
            written["user"] = {"id": entity.number, "is_bot": False, "first_name": ""}
        case "custom_emoji":
            written["custom_emoji_id"] = str(entity.number)
        case "date_time":
            written["unix_time"] = entity.number
            written["date_time_format"] = entity.argument
    return written
