"""A list of strings in running text: JSON, or nearly so."""

import re
from dataclasses import dataclass, field

from bot.ingest import quoted
from bot.ingest.quoted import QUOTED

# In a string of the loose kinds a quote is the end only if the list goes on behind it, so that
# 'SpaceX's plan' is one string. Atomic groups: a string left open is looked at once. They are
# no possessive quantifiers, which Python before 3.11.5 gets wrong behind a group (gh-106052).
_LOOSE = re.compile(
    r"""
      '     (?P<single> (?> (?: [^'\\\n] | \\. | '(?!\s*[,\]]) )* ) )   '     (?=\s*[,\]])
    | [‘’]  (?P<curly>  (?> (?: [^‘’\n] | [‘’](?!\s*[,\]]) )* ) )       [‘’]  (?=\s*[,\]])
    | [“”„] (?P<double> (?> (?: [^“”\n] | [“”](?!\s*[,\]]) )* ) )       [“”]  (?=\s*[,\]])
    """,
    re.VERBOSE,
)
_ESCAPED = re.compile(r"\\(['\\])")
_BARE = re.compile(r"""[^\s,\[\]{}"'‘’“”„][^,\[\]{}\n]*""")

_LEFT_OPEN = 'is left open; end each string with " and the list with ]'
_NO_COMMA = "lacks a comma between two strings; write one"
_BAD_STRING = 'has a string without its end; put each between " and "'
_BAD_ESCAPE = r"has a string with a backslash that JSON does not know; write \\"
_NESTED = "holds a list or an object; write strings only"
_NO_ITEM = {
    "": _LEFT_OPEN,
    ",": "has a comma with no string before it; remove it",
    "[": _NESTED,
    "{": _NESTED,
}


@dataclass(slots=True, kw_only=True)
class FoundList:
    """A list as it was found, and what is odd about it.

    ``end`` is where reading stopped: behind the list, or, with a fault, where the list made no
    sense any more.
    """

    strings: list[tuple[str, int]] = field(default_factory=list)  # each with its place
    bare: list[tuple[str, int]] = field(default_factory=list)  # what stands without quotes
    has_loose_quotes: bool = False
    has_trailing_comma: bool = False
    fault: str | None = None  # why the list as a whole cannot be read
    end: int

    @property
    def oddities(self) -> tuple[str, ...]:
        """What is not JSON about the list and is read all the same."""
        quotes = ("has other quotes than straight double ones",) if self.has_loose_quotes else ()
        comma = ("has a comma before its end",) if self.has_trailing_comma else ()
        return quotes + comma


def read_list(text: str, start: int) -> FoundList:
    """Return the list whose ``[`` stands at ``start``; the time grows with its length only."""
    found = FoundList(end=_skip_blanks(text, start + 1))
    while text[found.end : found.end + 1] != "]":
        found.fault = _take_item(text, found)
        if found.fault is not None:
            return found
        found.end = _skip_blanks(text, found.end)
        found.has_trailing_comma = text[found.end : found.end + 1] == ","
        if found.has_trailing_comma:
            found.end = _skip_blanks(text, found.end + 1)
        elif text[found.end : found.end + 1] != "]":
            is_string = text[found.end : found.end + 1] in tuple("\"'‘“„")
            found.fault = _NO_COMMA if is_string else _LEFT_OPEN
            return found
    found.end += 1
    return found


def _take_item(text: str, found: FoundList) -> str | None:
    """Move ``found`` behind one item, or return why there is none."""
    at = found.end
    if straight := QUOTED.match(text, at):
        string = quoted.unquote(straight.group())
        if string is None:
            return _BAD_ESCAPE
        found.strings.append((string, at))
        found.end = straight.end()
    elif loose := _LOOSE.match(text, at):
        found.strings.append((_ESCAPED.sub(r"\1", loose[str(loose.lastgroup)]), at))
        found.has_loose_quotes = True
        found.end = loose.end()
    elif bare := _BARE.match(text, at):
        found.bare.append((bare.group().rstrip(), at))
        found.end = bare.end()
    else:
        return _NO_ITEM.get(text[at : at + 1], _BAD_STRING)
    return None


def _skip_blanks(text: str, at: int) -> int:
    while text[at : at + 1].isspace():
        at += 1
    return at
