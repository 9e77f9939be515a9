"""Lists of strings: JSON, and what is nearly JSON with a warning."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest import lists
from bot.ingest.results import WarningCode
from tests.unit.ingest.documents import (
    SCORES,
    list_codes,
    list_faults,
    make_text,
    read_draft,
    texts,
)


def read_topics(written: str) -> tuple[str, ...]:
    return read_draft(make_text(last=f"topics: {written} {SCORES}")).topics


@pytest.mark.parametrize(
    ("written", "topics"),
    [
        pytest.param('["a", "b"]', ("a", "b"), id="plain"),
        pytest.param('[ "a","b"\n,\n"c" ]', ("a", "b", "c"), id="over lines"),
        pytest.param(
            '["a ] b", "c, [d", "e\\"f", "g\\\\"]', ("a ] b", "c, [d", 'e"f', "g\\"), id="marks"
        ),
        pytest.param('["\\u00e9\\ud83d\\udef0"]', ("é🛰",), id="escapes"),
        pytest.param('["  a  b "]', ("a  b",), id="blanks"),
        pytest.param('["it\'s", "“so”"]', ("it's", "“so”"), id="quotes inside"),
    ],
)
def test_a_json_array_of_strings_is_read(written: str, topics: tuple[str, ...]) -> None:
    assert read_topics(written) == topics


@pytest.mark.parametrize(
    ("written", "topics"),
    [
        pytest.param('["a", "b",]', ("a", "b"), id="comma at the end"),
        pytest.param("['a', 'b']", ("a", "b"), id="single"),
        pytest.param("['SpaceX's plan', 'b']", ("SpaceX's plan", "b"), id="apostrophe"),
        pytest.param(
            r"['SpaceX\'s', 'a\\b', 'c\d']", ("SpaceX's", "a\\b", r"c\d"), id="backslash"
        ),
        pytest.param("[“a”, “b”]", ("a", "b"), id="curly"),
        pytest.param("[„a“, ”b”]", ("a", "b"), id="low and wrong curly"),
        pytest.param("[“the “mesh” net”]", ("the “mesh” net",), id="curly inside curly"),
        pytest.param("[‘a’, ‘b’s’]", ("a", "b’s"), id="single curly"),
        pytest.param("[\"a\", 'b', “c”]", ("a", "b", "c"), id="mixed"),
    ],
)
def test_what_is_nearly_a_json_array_is_read_with_a_warning(
    written: str, topics: tuple[str, ...]
) -> None:
    assert read_topics(written) == topics
    assert list_codes(make_text(last=f"topics: {written} {SCORES}")) == [WarningCode.LIST_STYLE]


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("[", 'topics is left open; end each string with " and the list with ]'),
        ('["a"', 'topics is left open; end each string with " and the list with ]'),
        ('["a",', 'topics is left open; end each string with " and the list with ]'),
        ('["a" b]', 'topics is left open; end each string with " and the list with ]'),
        ('["a', 'topics has a string without its end; put each between " and "'),
        ("['a]", 'topics has a string without its end; put each between " and "'),
        ("[“a]", 'topics has a string without its end; put each between " and "'),
        ('["a\nb"]', 'topics has a string without its end; put each between " and "'),
        ('["a" "b"]', "topics lacks a comma between two strings; write one"),
        ("[,]", "topics has a comma with no string before it; remove it"),
        ('["a",,]', "topics has a comma with no string before it; remove it"),
        ('[["a"]]', "topics holds a list or an object; write strings only"),
        ('[{"a": "b"}]', "topics holds a list or an object; write strings only"),
        (
            '["\\x"]',
            "topics has a string with a backslash that JSON does not know; write \\\\",
        ),
        ("[5]", 'topics holds \'5\' without quotes; write a list of strings: ["…", "…"]'),
        (
            "[a b, null]",
            'topics holds \'a b\' and 1 more without quotes; write a list of strings: ["…", "…"]',
        ),
        ("none", 'topics is \'none\'; write a list of strings: ["…", "…"]'),
    ],
)
def test_what_is_no_list_of_strings_is_a_fault(written: str, fault: str) -> None:
    assert list_faults(make_text(last=f"topics: {written}\n{SCORES}")) == [(5, fault)]


@given(strings=st.lists(texts), before=texts, behind=texts)
def test_any_json_array_is_found_whole(strings: list[str], before: str, behind: str) -> None:
    written = json.dumps(strings)

    found = lists.read_list(before + written + behind, len(before))

    assert [string for string, _ in found.strings] == strings
    assert found.end == len(before + written)


@given(text=texts)
def test_reading_a_list_never_goes_past_the_end(text: str) -> None:
    found = lists.read_list("[" + text, 0)

    assert 1 <= found.end <= len(text) + 1
