"""Characters that Telegram would drop are normalised at reading, and said so."""

import pytest

from bot.ingest.results import DocumentKind, WarningCode
from tests.unit.ingest.documents import (
    BODY,
    COUNTER,
    list_faults,
    make_text,
    read_draft,
    read_one,
)


@pytest.mark.parametrize(
    ("written", "body", "message"),
    [
        pytest.param("a\rb", "a\nb", "1 unusual line end read as an ordinary one", id="CR"),
        pytest.param(
            "a\u2028b\u2029c",
            "a\nb\nc",
            "2 unusual line ends read as an ordinary one",
            id="U+2028/9",
        ),
        pytest.param("a\tb", "a b", "1 tab read as a blank", id="tab"),
        pytest.param("a\x0bb\x0c", "ab", "2 control characters removed (U+000B, U+000C)", id="C0"),
        pytest.param("a\u202eb\u202eb", "abb", "2 control characters removed (U+202E)", id="bidi"),
        pytest.param(
            "\x01\x02\x03\x04\x05\x06x",
            "x",
            "6 control characters removed (U+0001, U+0002, U+0003, U+0004, U+0005, …)",
            id="many",
        ),
    ],
)
def test_a_character_is_normalised_with_a_warning(written: str, body: str, message: str) -> None:
    result = read_one(make_text(body=f"{written}\n\nMore."))

    assert result.draft.body == f"{body}\n\nMore."
    assert [(each.code, each.line, each.message) for each in result.warnings] == [
        (WarningCode.CHARACTERS, 1, message)
    ]


def test_crlf_is_one_line_end_without_a_warning() -> None:
    result = read_one(make_text(body="a\r\nb").replace("\n\n", "\r\n\r\n"))

    assert result.draft == read_draft(make_text(body="a\nb"))
    assert result.warnings == ()


def test_characters_that_telegram_keeps_stay() -> None:
    body = "a\u00a0b \u200d \u200f \x85 \x7f \u2066c\u2069 🛰"

    result = read_one(make_text(body=body))

    assert result.draft.body == body
    assert result.warnings == ()


def test_each_kind_of_change_is_warned_of_at_its_first_line() -> None:
    result = read_one(make_text(body="a\nb\u2028c\td\x01\n\te\x01"))

    assert [warning.line for warning in result.warnings] == [2, 3, 3]


def test_lines_behind_unusual_line_ends_are_counted_as_they_were_read() -> None:
    document = make_text(body="a\rb\u2028c", last='topics: ["a"] impact_score: 11')

    assert [line for line, _ in list_faults(document)] == [7]


@pytest.mark.parametrize("end", ["\r", "\u2028"])
def test_labels_count_behind_unusual_line_ends(end: str) -> None:
    assert read_draft(make_text().replace("\n", end)) == read_draft(make_text())


@pytest.mark.parametrize("end", ["\r", "\u2029"])
def test_separators_count_between_unusual_line_ends(end: str) -> None:
    document = f"\n---\n{make_text()}".replace("\n", end)

    assert read_draft(document) == read_draft(make_text())


def test_escapes_in_a_list_are_normalised_too() -> None:
    result = read_one(make_text(last='topics: ["a\\tb\\u0007", "c\\r\\nd"] impact_score: 5'))

    assert result.draft.topics == ("a b", "c d")
    assert [warning.label for warning in result.warnings] == ["topics", "topics"]


def test_characters_of_json_are_normalised_field_by_field() -> None:
    document = (
        f'{{"body": "{BODY}\\u202e", "counter_argument": "{COUNTER}\\t", "topics": ["a"], '
        '"headline": "One\\ntwo", "impact_score": 5, "no\\tte": "\\u0001x"}'
    )

    result = read_one(document, kind=DocumentKind.JSON)

    draft = result.draft
    assert (draft.body, draft.counter_argument) == (BODY, COUNTER)
    assert (draft.headline, draft.extras) == ("One two", (("no te", "x"),))
    assert [each.message for each in result.warnings if each.code is WarningCode.CHARACTERS] == [
        "1 tab read as a blank",
        "body: 1 control character removed (U+202E)",
        "counter_argument: 1 tab read as a blank",
        "no te: 1 control character removed (U+0001)",
    ]


@pytest.mark.parametrize("label", ["body", "headline", "ai_context", "note", "lang"])
@pytest.mark.parametrize("escape", ["0000", "d800", "dfff"])
def test_what_no_text_may_hold_is_a_fault_of_its_field(label: str, escape: str) -> None:
    fields = {"body": BODY, "counter_argument": COUNTER, label: f"x\\u{escape}"}
    pairs = ", ".join(f'"{key}": "{value}"' for key, value in fields.items())

    faults = list_faults(
        f'{{{pairs}, "topics": ["a"], "impact_score": 5}}', kind=DocumentKind.JSON
    )

    expected = f"{label} holds U+{escape.upper()}, which no text may hold; remove it"
    assert faults == [(None, expected)]


def test_half_a_surrogate_pair_in_a_list_is_a_fault_of_the_list() -> None:
    assert list_faults(make_text(last='topics: ["a", "\\udc00"] impact_score: 5')) == [
        (5, "topics holds U+DC00, which no text may hold; remove it")
    ]


def test_a_surrogate_pair_in_json_is_one_character() -> None:
    document = (
        f'{{"body": "\\ud83d\\udef0", "counter_argument": "{COUNTER}", "topics": ["a"], '
        '"impact_score": 5}'
    )

    assert read_draft(document, kind=DocumentKind.JSON).body == "🛰"
