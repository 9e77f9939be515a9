"""The ``entities`` parameter of a call, for bots that format without markup."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from bot.playground.refusals import Refused, bad_request
from bot.playground.text.entities import CLOSED, QUOTES, STYLES, Entity

_SETTABLE = STYLES | QUOTES | CLOSED | {"text_link", "text_mention", "custom_emoji"}
_FOUND_ANYWAY = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
    | {"bank_card_number"}
)
Value = TypeVar("Value")
_DATE_LETTERS = frozenset("tTdDwW")


def read_entities(given: object) -> Iterator[Entity]:
    """Yield the entities of a ``MessageEntity`` array; what is no array has none."""
    for entity in given if isinstance(given, list) else ():
        if not isinstance(entity, dict):
            raise _refused("expected an Object")
        kind = _field(entity, "type", str, "String")
        if kind in _FOUND_ANYWAY:
            continue
        if kind not in _SETTABLE:
            raise _refused("Unsupported type specified" if kind else "Type is not specified")
        offset = _field(entity, "offset", int, "a Number")
        length = _field(entity, "length", int, "a Number")
        yield Entity(kind, offset, length, _argument(entity, kind), _number(entity, kind))


def _argument(entity: Mapping[str, object], kind: str) -> str:
    if kind == "text_link":
        return _field(entity, "url", str, "String")
    if kind == "pre":
        return str(entity.get("language", ""))
    if kind == "date_time":
        return _date_format(str(entity.get("date_time_format", "")))
    return ""


def _date_format(written: str) -> str:
    if written in {"r", "R"}:
        return "r"
    if set(written) - _DATE_LETTERS:
        raise _refused("Invalid date-time format specified")
    return written


def _number(entity: Mapping[str, object], kind: str) -> int:
    if kind == "date_time":
        return _field(entity, "unix_time", int, "a Number")
    if kind == "custom_emoji":
        return int(_field(entity, "custom_emoji_id", str, "String") or 0)
    if kind == "text_mention":
        return _field(_field(entity, "user", dict, "Object"), "id", int, "a Number")
    return 0


def _field(entity: Mapping[str, object], name: str, kind: type[Value], called: str) -> Value:
    if name not in entity:
        raise _refused(f'Can\'t find field "{name}"')
    value = entity[name]
    if not isinstance(value, kind):
        raise _refused(
            f'Field "{name}" must be {called if " " in called else f"of type {called}"}'
        )
    return value


def _refused(text: str) -> Refused:
    return bad_request(f"Can't parse MessageEntity: {text}")
