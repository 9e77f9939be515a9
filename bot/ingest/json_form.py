"""A JSON document as the elements that each hold one brief."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from bot.ingest import limits, prose
from bot.ingest.findings import Unreadable

MAX_DEPTH = 20  # lists and objects inside each other


class NumberText(str):
    """A number of a JSON document, as it is written there."""

    __slots__ = ()


JsonValue = None | bool | str | list["JsonValue"] | dict[str, "JsonValue"]  # str: NumberText too


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One brief's part of a document, or why it is none."""

    value: JsonValue = None
    fault: str | None = None


# A string left open reaches to the end, so that every character is looked at once.
_TOKEN = re.compile(r'"(?>(?:[^"\\]|\\.)*)"?|[\[{]|[\]}]', re.DOTALL)


def split_array(text: str) -> Iterator[Element]:
    """Give the briefs of one object or an array; raise `Unreadable` if it is not JSON."""
    try:
        yield from _elements(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Unreadable(f"not JSON: {error.msg} in {where}") from error


def split_lines(text: str) -> Iterator[Element]:
    """Give the briefs of a document with one object a line; a line that is none is a fault."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield _whole(line)
        except json.JSONDecodeError as error:
            where = f"line {number}, column {error.colno}"
            yield Element(fault=f"not JSON: {error.msg} in {where}")
        except Unreadable as error:
            yield Element(fault=str(error))


def _elements(text: str) -> Iterator[Element]:
    at = _skip_blanks(text, 0)
    if text[at : at + 1] != "[":
        yield _whole(text)
        return
    at = _skip_blanks(text, at + 1)
    is_over = text[at : at + 1] == "]"
    while not is_over:
        element, end = _element(text, at, depth=1)
        yield element
        at = _skip_blanks(text, end)
        is_over = text[at : at + 1] == "]"
        if not is_over:
            if text[at : at + 1] != ",":
                raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
            at = _skip_blanks(text, at + 1)
    _expect_end(text, at + 1)


def _whole(text: str) -> Element:
    """Return the one value that the text is."""
    element, end = _element(text, _skip_blanks(text, 0), depth=0)
    _expect_end(text, end)
    return element


def _element(text: str, at: int, *, depth: int) -> tuple[Element, int]:
    """Return the value that begins here and where it ends; it is measured before it is decoded."""
    end = _find_end(text, at, depth=depth)
    if excess := limits.find_excess(text[at:end]):
        return Element(fault=excess), end
    value, end = _DECODER.raw_decode(text, at)
    return Element(value=value), end


def _find_end(text: str, at: int, *, depth: int) -> int:
    """Return where the string, list or object that begins here ends; a number ends at once.

    Raises `Unreadable` where brackets are too deep, before the decoder follows them down.
    """
    if text[at : at + 1] not in ("[", "{", '"'):
        return at
    outside = depth
    for token in _TOKEN.finditer(text, at):
        mark = text[token.start()]
        depth += (mark in "[{") - (mark in "]}")
        if depth > MAX_DEPTH:
            raise Unreadable(f"JSON deeper than {MAX_DEPTH} lists and objects; write it flatter")
        if depth == outside:
            return token.end()
    return len(text)


def _skip_blanks(text: str, at: int) -> int:
    while text[at : at + 1] in (" ", "\t", "\n", "\r"):
        at += 1
    return at


def _expect_end(text: str, at: int) -> None:
    at = _skip_blanks(text, at)
    if at < len(text):
        raise json.JSONDecodeError("Extra data", text, at)


def _pairs(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    found: dict[str, JsonValue] = {}
    for key, value in pairs:
        if key in found:
            raise Unreadable(f"key {prose.quote(key)} stands twice in one object; keep one")
        found[key] = value
    return found


def _constant(name: str) -> NoReturn:
    raise Unreadable(f"not JSON: {name} is no number; write one")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs,
    parse_int=NumberText,
    parse_float=NumberText,
    parse_constant=_constant,
)
