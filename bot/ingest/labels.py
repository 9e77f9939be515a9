"""The labels of the format: their names, what each asks for, and how one is found in text."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from enum import Enum, StrEnum


class Shape(Enum):
    """How far a label's value reaches in a text document."""

    TEXT = "over paragraphs, to the next label"
    LINE = "to the end of its line"
    LIST = "a JSON array of strings, on one line or on several"
    NUMBER = "one number"


class Label(StrEnum):
    """The fields of a brief under the names that a document gives them."""

    BODY = "body"
    COUNTER_ARGUMENT = "counter_argument"
    AI_CONTEXT = "ai_context"
    HEADLINE = "headline"
    PUBLISHED_AT = "published_at"
    SECTION = "section"
    SOURCE_URL = "source_url"
    LANG = "lang"
    TOPICS = "topics"
    ENTITIES = "entities"
    IMPACT_SCORE = "impact_score"
    CONFIDENCE = "confidence"
    READTIMESECS = "readtimesecs"

    @property
    def shape(self) -> Shape:
        """Say how far the value reaches."""
        return _SHAPES.get(self, Shape.TEXT)

    @property
    def ask(self) -> str:
        """Say what to write, in words that end a message to an operator."""
        return _ASKS[self]


_SHAPES = {
    Label.HEADLINE: Shape.LINE,
    Label.PUBLISHED_AT: Shape.LINE,
    Label.SECTION: Shape.LINE,
    Label.SOURCE_URL: Shape.LINE,
    Label.LANG: Shape.LINE,
    Label.TOPICS: Shape.LIST,
    Label.ENTITIES: Shape.LIST,
    Label.IMPACT_SCORE: Shape.NUMBER,
    Label.CONFIDENCE: Shape.NUMBER,
    Label.READTIMESECS: Shape.NUMBER,
}

_LIST = 'write a list of strings: ["…", "…"]'
_ASKS = {
    Label.BODY: "write the text of the news",
    Label.COUNTER_ARGUMENT: "write the case against the brief",
    Label.AI_CONTEXT: "write how the brief was made, or leave the label out",
    Label.HEADLINE: "write 1 to 300 characters, or leave the label out",
    Label.PUBLISHED_AT: "write an instant with its offset, such as 2026-11-22T08:00:00+01:00",
    Label.SECTION: "write the name of a section, or leave the label out",
    Label.SOURCE_URL: "write an http or https address that names no user",
    Label.LANG: "write a language tag, such as en or es-MX",
    Label.TOPICS: _LIST,
    Label.ENTITIES: _LIST,
    Label.IMPACT_SCORE: "write a number from 0 to 10",
    Label.CONFIDENCE: "write a number from 0 to 1, or leave the label out",
    Label.READTIMESECS: "write a whole number of seconds from 1 to 7200, or leave the label out",
}

_NEAR = 0.7  # how alike two names must be, by difflib's ratio
_BETWEEN = "[ \u00a0_-]*"


def squeeze(name: str) -> str:
    """Return what tells a label's name from another's: no case, no ``_``, ``-`` or blanks."""
    return "".join(name.split()).replace("_", "").replace("-", "").casefold()


SQUEEZED = {label: squeeze(label) for label in Label}
_BY_NAME = {name: label for label, name in SQUEEZED.items()}


def find_label(name: str) -> Label | None:
    """Return the label of that name, however it is written, or None."""
    return _BY_NAME.get(squeeze(name))


def find_near_label(name: str) -> Label | None:
    """Return the label that an unknown name is likely a slip of the pen for, or None."""
    near = get_close_matches(squeeze(name), _BY_NAME, n=1, cutoff=_NEAR)
    return _BY_NAME[near[0]] if near else None


def _pattern(labels: Sequence[Label]) -> str:
    """Match any of the names with anything of `_BETWEEN` between any two letters."""
    return "(?ai:" + "|".join(_BETWEEN.join(squeeze(label)) for label in labels) + ")" + _BETWEEN


_IN_TEXT = [label for label in Label if label is not Label.BODY]
_NAME = _pattern(_IN_TEXT)
_LONG_NAME = _pattern([label for label in _IN_TEXT if label.shape is not Shape.LINE])

# Every repetition is of one class of characters that what follows cannot begin with, so a match
# that fails has looked at each character a fixed number of times.
LABEL = re.compile(
    rf"""
      (?: ^\#{{1,6}}[ ]+ )? (?<![\w*-])
      (?: (?P<under>_{{1,3}})? (?P<plain>{_NAME}) : (?(under)_{{0,3}})
        | \*{{1,3}} (?P<starred>{_NAME}) (?: \*{{1,3}}{_BETWEEN}: | :[ ]*\*{{1,3}} ) )
    | ^\#{{1,6}}[ ]+ \*{{0,3}} (?P<bare>{_LONG_NAME}) \*{{0,3}}[ ]*$
    """,
    re.VERBOSE | re.MULTILINE,
)


def label_of(match: re.Match[str]) -> Label:
    """Return the label that a match of `LABEL` stands for."""
    return _BY_NAME[squeeze(match["plain"] or match["starred"] or match["bare"])]


def is_marked_up(match: re.Match[str]) -> bool:
    """Tell whether a match of `LABEL` is bold or a heading."""
    return match["plain"] is None or match.group()[0] in "#_"


SEPARATOR = re.compile(r"^-{3,}[ ]*$", re.MULTILINE)
FENCE = re.compile(r"^(?:`{3,}|~{3,})[\w-]*[ ]*$", re.MULTILINE)


def is_structure(line: str) -> bool:
    """Tell whether a line would be more than text if nothing stood before it."""
    return any(pattern.match(line) for pattern in (LABEL, SEPARATOR, FENCE))
