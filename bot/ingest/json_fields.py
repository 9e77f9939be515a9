"""The keys of one brief in JSON, and which kinds of values fit them."""

import json
from typing import TypeGuard

from bot.ingest import labels, prose
from bot.ingest.findings import Unreadable
from bot.ingest.json_form import JsonValue, NumberText
from bot.ingest.labels import Label, Shape
from bot.ingest.sheet import Number, Sheet, Text

_SHOWN = 40  # digits of a number that a message repeats


def read_object(value: JsonValue, *, sheet: Sheet) -> None:
    """Put all that one brief's object says on the sheet; a null is as good as no key."""
    if not isinstance(value, dict):
        raise Unreadable(f"brief is {_describe(value)}; write an object")
    for key, item in value.items():
        name = sheet.clean_name(key, line=None)
        label = labels.find_label(name or "")
        if name is None or (label and item is None):
            continue
        if sheet.claim(label or name, line=None):
            if label:
                _add_field(label, item, sheet=sheet)
            else:
                sheet.add_extra(name, Text(_as_written(item)))


def _add_field(label: Label, value: JsonValue, *, sheet: Sheet) -> None:
    if label.shape is Shape.NUMBER and isinstance(value, str):
        is_quoted = not isinstance(value, NumberText)
        sheet.numbers[label] = Number(value.strip(), is_quoted=is_quoted)
    elif label.shape is Shape.LIST and isinstance(value, list):
        texts = [Text(item) for item in value if _is_text(item)]
        if len(texts) == len(value):
            sheet.lists[label] = texts
        for other in [item for item in value if not _is_text(item)]:
            what = f"{label} holds {_describe(other)}; {label.ask}"
            sheet.findings.fault(what, label=label)
    elif label.shape in (Shape.TEXT, Shape.LINE) and _is_text(value):
        sheet.texts[label] = Text(value)
    else:
        sheet.findings.fault(f"{label} is {_describe(value)}; {label.ask}", label=label)


def _is_text(value: JsonValue) -> TypeGuard[str]:
    return isinstance(value, str) and not isinstance(value, NumberText)


def _describe(value: JsonValue) -> str:
    """Say in a message what a value is."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    return prose.quote(value) if _is_text(value) else _as_written(value)[:_SHOWN]


def _as_written(value: JsonValue) -> str:
    """Return a text as it is and any other value as JSON, with its numbers as they stood."""
    return value if isinstance(value, str) else _to_json(value)


def _to_json(value: JsonValue) -> str:
    if isinstance(value, NumberText):
        return value
    if isinstance(value, list):
        return "[" + ", ".join(map(_to_json, value)) + "]"
    if isinstance(value, dict):
        pairs = (f"{_to_json(key)}: {_to_json(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    return json.dumps(value, ensure_ascii=False)
