"""JSON documents: one object, an array of objects, or an object a line."""

import json
from typing import Any

import pytest

from bot.ingest import limits
from bot.ingest.results import BriefRead, BriefRefused, DocumentKind, WarningCode
from tests.unit.ingest.documents import (
    BODY,
    COUNTER,
    list_codes,
    list_faults,
    make_text,
    read,
    read_draft,
    read_one,
)


def make_object(**fields: Any) -> dict[str, Any]:
    sound = {
        "body": BODY,
        "counter_argument": COUNTER,
        "topics": ["harbours"],
        "entities": ["Oldport"],
        "impact_score": 5,
    }
    return sound | fields


def make_json(**fields: Any) -> str:
    return json.dumps(make_object(**fields))


def list_json_faults(document: str) -> list[str]:
    return [message for _, message in list_faults(document, kind=DocumentKind.JSON)]


def refuse_whole(document: str) -> str:
    (result,) = read(document, kind=DocumentKind.JSON)
    assert isinstance(result, BriefRefused)
    assert result.position is None
    return result.faults[0].message


def test_an_object_says_the_same_as_a_text_document() -> None:
    assert read_draft(make_json(), kind=DocumentKind.JSON) == read_draft(make_text())


def test_every_field_of_an_object_is_read() -> None:
    document = make_json(
        ai_context="Made up.",
        confidence=0.5,
        readtimesecs=9,
        headline="Oldport digs",
        published_at="2026-11-22T08:00+01:00",
        section="SPACE",
        source_url="http://example.org",
        lang="en",
        author="A. Writer",
    )

    draft = read_draft(document, kind=DocumentKind.JSON)

    assert (draft.ai_context, draft.confidence, draft.read_seconds) == ("Made up.", 0.5, 9)
    assert (draft.headline, draft.section, draft.lang) == ("Oldport digs", "Space", "en")
    assert str(draft.published_at) == "2026-11-22 07:00:00+00:00"
    assert draft.source_url == "http://example.org"
    assert draft.extras == (("author", "A. Writer"),)


@pytest.mark.parametrize("key", ["Impact-Score", "impactScore", "IMPACT SCORE"])
def test_keys_are_known_however_they_are_written(key: str) -> None:
    document = make_json().replace("impact_score", key)

    assert read_draft(document, kind=DocumentKind.JSON).impact == 5


def test_an_array_gives_its_briefs_in_order() -> None:
    document = f" [ {make_json(body='One.')} ,\n{make_json(body='Two.')}\n] \n"

    results = read(document, kind=DocumentKind.JSON)

    assert [(r.position, r.draft.body) for r in results if isinstance(r, BriefRead)] == [
        (1, "One."),
        (2, "Two."),
    ]


def test_an_object_a_line_gives_its_briefs_in_order() -> None:
    document = f"\ufeff{make_json(body='One.')}\r\n\n  \n{make_json(body='Two.')}"

    results = read(document, kind=DocumentKind.JSON_LINES)

    assert [(r.position, r.draft.body) for r in results if isinstance(r, BriefRead)] == [
        (1, "One."),
        (2, "Two."),
    ]


def test_a_line_separator_inside_a_string_does_not_end_a_line() -> None:
    document = json.dumps(make_object(body="One.\u2028Two."), ensure_ascii=False)

    assert read_draft(document, kind=DocumentKind.JSON_LINES).body == "One.\nTwo."


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"body": }', "not JSON: Expecting value in line 2, column 10"),
        ('{"body": 1} 2', "not JSON: Extra data in line 2, column 13"),
        ('{"a": NaN}', "not JSON: NaN is no number; write one"),
        ('{"a": {"b": 1, "b": 2}}', "key 'b' stands twice in one object; keep one"),
        ("[" * 21, "JSON deeper than 20 lists and objects; write it flatter"),
        ("[]", "brief is a list; write an object"),
        ("12.50", "brief is 12.50; write an object"),
        ("null", "brief is null; write an object"),
        ('"x"', "brief is 'x'; write an object"),
    ],
)
def test_a_broken_line_leaves_the_others_alone(line: str, message: str) -> None:
    first, second, third = read(
        f"{make_json()}\n{line}\n{make_json()}", kind=DocumentKind.JSON_LINES
    )

    assert isinstance(first, BriefRead)
    assert isinstance(third, BriefRead)
    assert isinstance(second, BriefRefused)
    assert [(fault.line, fault.message) for fault in second.faults] == [(None, message)]


def test_an_element_that_is_no_object_leaves_the_others_alone() -> None:
    results = read(f'[{make_json()}, "x", {make_json()}]', kind=DocumentKind.JSON)

    assert [type(result) for result in results] == [BriefRead, BriefRefused, BriefRead]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("{} {}", "not JSON: Extra data in line 1, column 4"),
        ("[1 2]", "not JSON: Expecting ',' delimiter in line 1, column 4"),
        ("[1,]", "not JSON: Expecting value in line 1, column 4"),
        ("[1]]", "not JSON: Extra data in line 1, column 4"),
        ("[", "not JSON: Expecting value in line 1, column 2"),
        ('[{"a": "b', "not JSON: Unterminated string starting at in line 1, column 8"),
        ('{"a": 01}', "not JSON: Expecting ',' delimiter in line 1, column 8"),
        ('{"a":\n"b\tc"}', "not JSON: Invalid control character at in line 2, column 3"),
        ('{"a": -Infinity}', "not JSON: -Infinity is no number; write one"),
        ('[{"a": 1, "a": 1}]', "key 'a' stands twice in one object; keep one"),
        ("[" * 100_000, "JSON deeper than 20 lists and objects; write it flatter"),
        ('{"a":' * 100_000, "JSON deeper than 20 lists and objects; write it flatter"),
        ("]" * 1000 + "[" * 100_000, "not JSON: Expecting value in line 1, column 1"),
        ("", "not JSON: Expecting value in line 1, column 1"),
        ("[]", "document holds no brief; write one"),
    ],
    ids=lambda value: value[:20],
)
def test_what_is_no_json_is_refused_as_a_whole(document: str, message: str) -> None:
    assert refuse_whole(document) == message


def test_depth_is_counted_with_the_array_around_the_briefs() -> None:
    deep = "[" * 18 + "]" * 18

    (result,) = read(f'[{make_json()[:-1]}, "x": {deep}}}]', kind=DocumentKind.JSON)

    assert isinstance(result, BriefRead)
    assert refuse_whole(f'[{make_json()[:-1]}, "x": [{deep}]}}]').startswith("JSON deeper than 20")


def test_brackets_in_strings_are_not_counted() -> None:
    assert read_draft(make_json(body='"[{' * 50), kind=DocumentKind.JSON).body == '"[{' * 50


def test_a_large_element_is_refused_beside_the_others() -> None:
    large = make_json(note="x" * limits.MAX_BRIEF_BYTES)

    results = read(f"[{make_json()}, {large}, {make_json()}]", kind=DocumentKind.JSON)

    assert [type(result) for result in results] == [BriefRead, BriefRefused, BriefRead]


def test_a_number_beside_a_large_element_is_not_measured_with_it() -> None:
    large = make_json(note="x" * limits.MAX_BRIEF_BYTES)

    first, _ = read(f"[5, {large}]", kind=DocumentKind.JSON)

    assert isinstance(first, BriefRefused)
    assert first.faults[0].message == "brief is 5; write an object"


def test_a_large_line_is_refused_beside_the_others() -> None:
    large = make_json(note="x" * limits.MAX_BRIEF_BYTES)

    results = read(f"{large}\n{make_json()}", kind=DocumentKind.JSON_LINES)

    assert [type(result) for result in results] == [BriefRefused, BriefRead]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"body": 5}, "body is 5; write the text of the news"),
        ({"body": " "}, "body is empty; write the text of the news"),
        ({"lang": ["en"]}, "lang is a list; write a language tag, such as en or es-MX"),
        ({"topics": "harbours"}, 'topics is \'harbours\'; write a list of strings: ["…", "…"]'),
        ({"topics": ["a", {}]}, 'topics holds an object; write a list of strings: ["…", "…"]'),
        ({"impact_score": True}, "impact_score is true; write a number from 0 to 10"),
        ({"impact_score": ""}, "impact_score is empty; write a number from 0 to 10"),
        ({"impact_score": None}, "impact_score is missing; write a number from 0 to 10"),
        ({"impact_score": 10.5}, "impact_score is 10.5; write a number from 0 to 10"),
    ],
    ids=str,
)
def test_a_value_of_the_wrong_kind_is_a_fault(fields: dict[str, Any], message: str) -> None:
    assert list_json_faults(make_json(**fields)) == [message]


def test_a_null_is_as_good_as_no_key() -> None:
    document = make_json(confidence=None, headline=None, entities=None, Entities=["Oldport"])

    assert read_draft(document, kind=DocumentKind.JSON) == read_draft(make_text())


def test_two_spellings_of_one_key_are_a_fault() -> None:
    assert list_json_faults(make_json(Topics=[])) == ["topics stands twice; keep one"]


def test_two_spellings_of_an_unknown_key_are_a_fault() -> None:
    assert list_json_faults(make_json(my_tag=1, myTag=2)) == ["myTag stands twice; keep one"]


@pytest.mark.parametrize("score", ["5000 digits", "1e999", "0." + "0" * 200])
def test_a_number_that_is_no_score_is_a_fault(score: str) -> None:
    written = score.replace("5000 digits", "9" * 5000)

    (message) = list_json_faults(make_json().replace(": 5}", f": {written}}}"))

    assert message[0].startswith("impact_score is ")


def test_a_number_in_quotes_is_read_with_a_warning() -> None:
    document = make_json(impact_score=" 8.5/10")

    assert read_draft(document, kind=DocumentKind.JSON).impact == 8.5
    assert list_codes(document, kind=DocumentKind.JSON) == [
        WarningCode.QUOTED,
        WarningCode.NUMBER_STYLE,
    ]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('"a \\"b\\""', 'a "b"'),
        ("1.50", "1.50"),
        ("9" * 5000, "9" * 5000),
        ("null", "null"),
        ('{ "a": [1.0, true,"é\\n"], "b": {} }', '{"a": [1.0, true, "é\\n"], "b": {}}'),
    ],
    ids=lambda value: value[:10],
)
def test_an_unknown_key_is_kept_as_it_is_written(written: str, kept: str) -> None:
    document = make_json()[:-1] + f', "note": {written}}}'

    result = read_one(document, kind=DocumentKind.JSON)

    assert result.draft.extras == (("note", kept),)
    assert [warning.code for warning in result.warnings] == [WarningCode.UNKNOWN_LABEL]


def test_a_code_fence_around_json_is_left_out_with_a_warning() -> None:
    document = f"```json\n{make_json()}\n```\n"

    assert list_codes(document, kind=DocumentKind.JSON) == [WarningCode.MARKDOWN]


def test_no_fault_of_a_json_document_has_a_line() -> None:
    (result,) = read(b'{"a":\n"\xff"}', kind=DocumentKind.JSON)

    assert isinstance(result, BriefRefused)
    assert result.faults[0].line is None
