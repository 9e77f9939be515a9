"""Documents made to be slow: what reading them costs grows with their length and no faster."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

from bot.ingest.results import DocumentKind
from tests.unit.ingest.documents import BODY, COUNTER, NAMES, SCORES, make_text, read

NET_SECONDS = 10  # each takes some hundredths of a second; with a square in it, very many

TEXT = f"{BODY}\n\nCounter_argument: {COUNTER}\n\n"
LAST = f"{NAMES} {SCORES}\n"

# Each repeats something as often as it takes to fill n characters; these keep one pattern busy,
LINES = {
    "brackets": lambda n: "[" * n,
    "a list of brackets": lambda n: f"{TEXT}topics: {'[' * n}",
    "strings left open": lambda n: TEXT + 'topics: ["' + '"a ' * (n // 3),
    "lists left open by quotes": lambda n: TEXT + "topics: ['" * (n // 10),
    "quotes that end nothing": lambda n: TEXT + "topics: ['" + "' " * (n // 2),
    "escaped quotes": lambda n: f'{TEXT}headline: "' + '\\"' * (n // 2),
    "labels on one line": lambda n: TEXT + "confidence: " * (n // 12),
    "unknown labels on one line": lambda n: TEXT + LAST + "b: 1 " * (n // 5),
    "colons": lambda n: TEXT + LAST + ":" * n,
    "a label's letters far apart": lambda n: TEXT + LAST + "i" + "-" * n + "mpact_score",
    "words without a label": lambda n: TEXT + LAST + "a_a " * (n // 4),
    "stars": lambda n: TEXT + LAST + "*" * n,
    "heading marks": lambda n: "#" * n + "\n" + TEXT + LAST,
    "backticks": lambda n: "`" * n + "\n" + TEXT + LAST,
    "hyphens": lambda n: TEXT + LAST + "-" * n + "x",
    "blanks": lambda n: "x" + " " * n + "\n" + TEXT + LAST,
    "stops": lambda n: "." * n + "\n\n" + TEXT + LAST,
    "stops with quotes": lambda n: '."' * (n // 2) + "\n\n" + TEXT + LAST,
    "digits": lambda n: f"{TEXT}topics: ['a'] impact_score: " + "9" * n,
    "figures with stops": lambda n: f"{TEXT}topics: ['a'] impact_score: " + "1." * (n // 2),
    "an address of brackets": lambda n: f"source_url: http://{'[' * n}\n{TEXT}{LAST}",
    "a language without end": lambda n: f"lang: {'a-' * (n // 2)}\n{TEXT}{LAST}",
}
# these make many calls,
MANY = {
    "line ends": lambda n: "x" + "\n" * n + TEXT + LAST,
    "tabs": lambda n: "\t" * n + TEXT + LAST,
    "returns": lambda n: "a\r" * (n // 2) + TEXT + LAST,
    "bidi marks": lambda n: "\u202e" * n + TEXT + LAST,
    "separators": lambda n: "---\n" * (n // 4),
    "separators with blanks": lambda n: "---\n \n" * (n // 6),
    "fences": lambda n: "```\n" * (n // 4) + TEXT + LAST,
    "sentences": lambda n: "A. B " * (n // 5) + "\n\n" + TEXT + LAST,
    "label lines in the body": lambda n: "Topics: [1]\n" * (n // 12) + TEXT + LAST,
    "label lines behind blanks": lambda n: " Topics: [1]\n" * (n // 13) + TEXT + LAST,
    "label lines in the last part": lambda n: TEXT + LAST + "Topics: [1]\n" * (n // 12),
    "one-line labels": lambda n: "lang: en\n" * (n // 9) + TEXT + LAST,
    "unknown labels": lambda n: TEXT + LAST + "".join(f"b{i}: 1\n" for i in range(n // 8)),
    "stray lines": lambda n: TEXT + LAST + "x\n" * (n // 2),
    "a long list": lambda n: TEXT + "topics: [" + '"a",' * (n // 4),
    "a long list of bare words": lambda n: TEXT + "topics: [" + "a," * (n // 2),
    "a long list of nothing": lambda n: TEXT + "topics: [" + '"",' * (n // 3),
}
# and these are for the decoder.
JSON = {
    "lists": lambda n: "[" * n,
    "objects": lambda n: '{"a":' * (n // 5),
    "ends": lambda n: "]" * n,
    "empty lists": lambda n: "[" + "[]," * (n // 3) + "[]]",
    "strings": lambda n: "[" + '"",' * (n // 3) + '""]',
    "escaped quotes": lambda n: '["' + '\\"' * (n // 2),
    "numbers": lambda n: '{"topics": [' + "1," * (n // 2) + "1]}",
    "keys": lambda n: "{" + ",".join(f'"k{i}":1' for i in range(n // 9)) + "}",
}


@contextmanager
def safety_net() -> Iterator[None]:
    """Stop what has lost all measure, so that a slow test fails and does not hang."""

    def give_up(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"more than {NET_SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(NET_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def count_calls(document: str, *, kind: DocumentKind) -> int:
    """Return how many functions are called while the document is read."""
    count = 0

    def note(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        read(document, kind=kind)
    finally:
        sys.setprofile(before)
    return count


CASES = [
    pytest.param(kind, make, id=f"{kind}: {name}")
    for kind, documents in (
        (DocumentKind.TEXT, MANY),
        (DocumentKind.JSON, JSON),
    )
    for name, make in documents.items()
]


@pytest.mark.parametrize(("kind", "make"), CASES)
def test_work_grows_with_the_length_only(kind: DocumentKind, make: Callable[[int], str]) -> None:
    read(make(400), kind=kind)  # what is done once, such as filling caches, is not counted

    once, twice, fourfold = (count_calls(make(n), kind=kind) for n in (400, 800, 1600))

    assert fourfold - twice <= 2.4 * (twice - once) + 200


@pytest.mark.parametrize("make", LINES.values(), ids=LINES)
def test_a_line_of_60_000_characters_is_done_with(make: Callable[[int], str]) -> None:
    with safety_net():
        results = read(make(60_000))

    assert len(results) == 1


@pytest.mark.parametrize("make", JSON.values(), ids=JSON)
def test_json_of_60_000_characters_is_done_with(make: Callable[[int], str]) -> None:
    with safety_net():
        results = read(make(60_000), kind=DocumentKind.JSON)

    assert len(results) >= 1


def test_a_document_of_separators_is_done_with() -> None:
    with safety_net():
        results = read("---\n" * 300_000)

    assert len(results) == 1


def test_a_large_document_of_label_lines_is_done_with() -> None:
    with safety_net():
        results = read("Topics: [1]\n" * 200_000)

    assert len(results) == 1


def test_a_sound_brief_beside_a_hostile_one_is_read() -> None:
    results = read(f"{TEXT}topics: {'[' * 60_000}\n---\n{make_text()}")

    assert [bool(getattr(result, "faults", ())) for result in results] == [True, False]
