"""What a tag of Telegram's HTML means once it is closed."""

import re
from dataclasses import dataclass, replace

from bot.playground.refusals import bad_request
from bot.playground.text.entities import Entity
from bot.playground.text.links import BadLink, checked_link, linked_user

_PLAIN = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "pre": "pre",
    "code": "code",
}
NAMES = frozenset((*_PLAIN, "a", "tg-emoji", "tg-time", "blockquote"))
_PREFIXES = {("code", "class"): "language-", ("span", "class"): "tg-"}
_ARGUMENTS = frozenset(
    {("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "format"), *_PREFIXES}
)
_INTEGER = re.compile(r"-?\d+")
_DATE_PARTS = re.compile(r"[tTdDwW]*")


@dataclass(slots=True)
class Tag:
    """An open tag: where it began, in UTF-16 units and in characters, and what it was told."""

    name: str
    offset: int
    position: int
    argument: str = ""
    date: int = 0

    def take(self, attribute: str, value: str) -> None:
        """Keep an attribute that means something; any other is ignored, as Telegram does."""
        prefix = _PREFIXES.get((self.name, attribute), "")
        if (self.name, attribute) == ("blockquote", "expandable"):
            self.argument = "1"
        elif (self.name, attribute) == ("tg-time", "unix"):
            found = _INTEGER.match(value)
            self.date = int(found[0]) if found else 0
        elif (self.name, attribute) in _ARGUMENTS and value.startswith(prefix):
            self.argument = value.removeprefix(prefix)


def entity_of(tag: Tag, length: int, inside: str) -> Entity | None:
    """Return what a closed tag makes of the text inside it; None for a link that leads nowhere."""
    if tag.name in _PLAIN:
        language = tag.argument if tag.name == "code" else ""
        return Entity(_PLAIN[tag.name], tag.offset, length, language)
    if tag.name == "blockquote":
        kind = "expandable_blockquote" if tag.argument else "blockquote"
        return Entity(kind, tag.offset, length)
    if tag.name == "a":
        return _link(tag, length, tag.argument or inside)
    if tag.name == "tg-emoji":
        return Entity("custom_emoji", tag.offset, length, number=_emoji(tag.argument))
    written = _date_format(tag.argument)
    return Entity("date_time", tag.offset, length, written, tag.date) if tag.date > 0 else None


def with_code_in_pre(entities: list[Entity], new: Entity) -> None:
    """Add an entity; ``pre`` and ``code`` around the same text become one with a language."""
    last = entities[-1] if entities else None
    if last is not None and (last.offset, last.length) == (new.offset, new.length):
        if (last.kind, new.kind) == ("code", "pre") and last.argument:
            entities[-1] = replace(last, kind="pre")
            return
        if (last.kind, new.kind) == ("pre", "code") and new.argument:
            entities[-1] = replace(last, argument=new.argument)
            return
    entities.append(new)


def _link(tag: Tag, length: int, address: str) -> Entity | None:
    user_id = linked_user(address)
    if user_id:
        return Entity("text_mention", tag.offset, length, number=user_id)
    try:
        return Entity("text_link", tag.offset, length, checked_link(address))
    except BadLink:
        return None


def _emoji(written: str) -> int:
    if not _INTEGER.fullmatch(written) or int(written) == 0:
        raise bad_request("Can't parse entities: Invalid custom emoji identifier specified")
    return int(written)


def _date_format(written: str) -> str:
    """Write the parts of a format in Telegram's order, the longer form where both are asked."""
    if written in {"r", "R"}:
        return "r"
    if not _DATE_PARTS.fullmatch(written):
        raise bad_request("Can't parse entities: Invalid date format used")
    weekday = "w" if "w" in written.lower() else ""
    date = "d" if "d" in written else "D" if "D" in written else ""
    time = "t" if "t" in written else "T" if "T" in written else ""
    return weekday + date + time
