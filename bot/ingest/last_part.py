"""The last part of a text document: lists, numbers and one-line values, wherever they stand."""

import re

from bot.ingest import labels, lists, prose
from bot.ingest.cursor import Cursor
from bot.ingest.labels import Label, Shape
from bot.ingest.results import WarningCode
from bot.ingest.sheet import Number, Sheet, Text

_BLANKS = re.compile(r"[^\S\n]*+")
_NUMBER = re.compile(r"[-+.]?[0-9][0-9.,eE+-]*+(?:[ ]?/[ ]?[0-9.]++|[ ]?%)?(?=\s|\Z)")
_QUOTED_NUMBER = re.compile(r"""["'“”‘’]([^"'“”‘’\n]{0,40})["'“”‘’](?=\s|\Z)""")


def read_last_part(text: str, *, first_line: int, sheet: Sheet) -> None:
    """Put every label of the last part on the sheet, with its value.

    Text that belongs to no label is a fault, with its line.
    """
    cursor = Cursor(text, first_line=first_line)
    while cursor.skip_blanks():
        line = cursor.line_at(cursor.at)
        if found := cursor.take_label():
            if sheet.claim_found(found, line=line):
                _read_value(cursor, sheet=sheet, label=labels.label_of(found), line=line)
            else:
                cursor.take_block()
        elif (written := cursor.take_name()) is not None:
            name = sheet.clean_name(written, line=line)
            _read_named(cursor, sheet=sheet, name=name or "", line=line)
        else:
            what = f"{prose.quote(cursor.take_line())} belongs to no label"
            sheet.findings.fault(f"{what}; move or remove it", line=line)


def _read_named(cursor: Cursor, *, sheet: Sheet, name: str, line: int) -> None:
    """Read the value of a label whose name is unknown or in quotes."""
    label = labels.find_label(name)
    if label is Label.BODY:
        what = "body takes no label in a text document; write it before the first one"
        sheet.findings.fault(what, label=label, line=line)
        cursor.take_line()
    elif not sheet.claim(label or name, line=line):
        cursor.take_block()
    elif label is None:
        sheet.add_extra(name, Text(_any_value(cursor), line))
    else:
        sheet.warn_quoted(label, line=line)
        _read_value(cursor, sheet=sheet, label=label, line=line)


def _read_value(cursor: Cursor, *, sheet: Sheet, label: Label, line: int) -> None:
    """Read the value of one of our labels."""
    if label.shape is Shape.LIST:
        items = _list(cursor, sheet=sheet, label=label, line=line)
        if items is not None:
            sheet.lists[label] = items
    elif label.shape is Shape.NUMBER:
        sheet.numbers[label] = _number(cursor, line=line)
    else:
        sheet.texts[label] = Text(_text(cursor, sheet=sheet, label=label, line=line), line)


def _list(cursor: Cursor, *, sheet: Sheet, label: Label, line: int) -> list[Text] | None:
    if cursor.skip_blanks() != "[":
        instead = cursor.take_line()
        what = f"is {prose.quote(instead)}" if instead else "is empty"
        sheet.findings.fault(f"{label} {what}; {label.ask}", label=label, line=line)
        return None
    start = cursor.at
    found = lists.read_list(cursor.text, start)
    if found.fault:
        sheet.findings.fault(f"{label} {found.fault}", label=label, line=line)
        # A string left open may have swallowed labels: look for them from the bracket on. Each
        # label is read once, so a hostile line is not read again and again.
        cursor.at = cursor.next_label(start)
        return None
    cursor.at = found.end
    if found.bare:
        first, at = found.bare[0]
        more = f" and {len(found.bare) - 1} more" if len(found.bare) > 1 else ""
        what = f"{label} holds {prose.quote(first)}{more} without quotes"
        sheet.findings.fault(f"{what}; {label.ask}", label=label, line=cursor.line_at(at))
        return None
    for oddity in found.oddities:
        message = f"{label} {oddity}; read all the same"
        sheet.findings.warn(WarningCode.LIST_STYLE, message, label=label, line=line)
    return [Text(string, cursor.line_at(at)) for string, at in found.strings]


def _number(cursor: Cursor, *, line: int) -> Number:
    cursor.skip_blanks()
    if quoted := cursor.take(_QUOTED_NUMBER):
        return Number(quoted[1].strip(), line, is_quoted=True)
    plain = cursor.take(_NUMBER)
    return Number(plain.group() if plain else cursor.take_line(), line)


def _text(cursor: Cursor, *, sheet: Sheet, label: Label, line: int) -> str:
    is_block = label.shape is Shape.TEXT
    inner = cursor.take_quoted(over_lines=is_block)
    if inner is None:
        return cursor.take_block() if is_block else cursor.take_line()
    sheet.warn_quoted(label, line=line)
    return inner


def _any_value(cursor: Cursor) -> str:
    """Read the value of an unknown label: what stands in quotes, else as it is written."""
    inner = cursor.take_quoted(over_lines=False)
    if inner is not None:
        return inner
    cursor.take(_BLANKS)
    start = cursor.at
    if cursor.text[start : start + 1] == "[":
        found = lists.read_list(cursor.text, start)
        if not found.fault:
            cursor.at = found.end
            return cursor.text[start : found.end]
    number = cursor.take(_NUMBER)
    return number.group() if number else cursor.take_line()
