"""The messages of a language as they are written, and where the code uses them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

from bot.texts import LOCALES

BOT = LOCALES.parent
SAYERS = ("html", "plain", "Refused")
#: Whether a file may say one at all: reading the others takes half a second.
SAYING = re.compile(rf"\b(?:{'|'.join(SAYERS)})\b")


@dataclass(frozen=True)
class Written:
    """A message: its id, the values that it takes, and which of them it chooses by."""

    id: str
    values: frozenset[str]
    selectors: frozenset[str]
    literals: tuple[str, ...]


@dataclass(frozen=True)
class Use:
    """Where the code says a message, and the names of the values that it gives."""

    id: str
    how: str  # html, plain or Refused
    given: frozenset[str]
    is_all: bool  # whether no others are given by ``**``
    place: str


class _Collector(Visitor):
    def __init__(self) -> None:
        self.values: set[str] = set()
        self.selectors: set[str] = set()
        self.literals: list[str] = []

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802 - fluent's
        self.values.add(node.id.name)

    def visit_SelectExpression(self, node: fluent.SelectExpression) -> None:  # noqa: N802 - fluent's
        if isinstance(node.selector, fluent.VariableReference):
            self.selectors.add(node.selector.id.name)
        self.generic_visit(node)

    def visit_TextElement(self, node: fluent.TextElement) -> None:  # noqa: N802 - fluent's
        self.literals.append(node.value)


@cache
def written_in(language: str) -> dict[str, Written]:
    """Return every message of a language by its id."""
    found = {}
    for path in sorted((LOCALES / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, fluent.Junk), f"{path.name}: {entry.content}"
            if isinstance(entry, fluent.Message):
                assert entry.id.name not in found, f"{entry.id.name} is written twice"
                found[entry.id.name] = _written(entry)
    return found


def uses() -> Iterator[Use]:
    """Yield every place of the code that says a message by its id."""
    for path in sorted(BOT.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if path.is_relative_to(BOT / "playground") or not SAYING.search(text):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and _saying(node):
                yield from _uses_of(node, path)


def _written(entry: fluent.Message) -> Written:
    collector = _Collector()
    collector.visit(entry)
    return Written(
        entry.id.name,
        frozenset(collector.values),
        frozenset(collector.selectors),
        tuple(collector.literals),
    )


def _saying(call: ast.Call) -> str | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else None
    if name is None and isinstance(call.func, ast.Name):
        name = call.func.id
    return name if name in SAYERS else None


def _uses_of(call: ast.Call, path: Path) -> Iterator[Use]:
    named = [keyword.arg for keyword in call.keywords]
    if not call.args or isinstance(call.args[0], ast.JoinedStr):
        return  # a command's description: its id is made of the command
    for argument in ast.walk(call.args[0]):
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield Use(
                argument.value,
                str(_saying(call)),
                frozenset(name for name in named if name is not None),
                None not in named and argument is call.args[0],
                f"{path.relative_to(BOT)}:{call.lineno}",
            )
