"""The last part: lists, numbers and one-line values in any order, on one line or on several."""

import pytest

from bot.ingest.results import WarningCode
from tests.unit.ingest.documents import (
    COUNTER,
    NAMES,
    SCORES,
    list_codes,
    list_faults,
    make_text,
    read_draft,
    read_one,
)

LAST = f"{NAMES} {SCORES}"


def list_last_faults(last: str) -> list[tuple[int | None, str]]:
    return list_faults(make_text(last=last))


@pytest.mark.parametrize(
    "last",
    [
        pytest.param('impact_score: 5\nentities: ["Oldport"]\ntopics: ["harbours"]', id="order"),
        pytest.param(
            'topics: [\n  "harbours"\n]\nentities:\n["Oldport"]\nimpact_score:\n5', id="lines"
        ),
        pytest.param('topics:["harbours"]entities:["Oldport"]impact_score:5', id="no blanks"),
        pytest.param(
            'Topics : [ "harbours" ] ENTITIES: ["Oldport"]\n\n\nImpact score: 5.0', id="case"
        ),
        pytest.param(
            'topics: ["h\\u0061rbours"] entities: ["Oldport"] impact_score: 5e0', id="escape"
        ),
    ],
)
def test_lists_and_numbers_stand_in_any_order_and_layout(last: str) -> None:
    result = read_one(make_text(last=last))

    assert result.draft == read_draft(make_text())
    assert result.warnings == ()


def test_known_labels_inside_a_list_are_text() -> None:
    draft = read_draft(make_text(last=f'topics: ["on lang: de", "impact_score: 3"] {SCORES}'))

    assert draft.topics == ("on lang: de", "impact_score: 3")
    assert draft.lang is None


def test_known_labels_in_a_value_wholly_in_quotes_are_text() -> None:
    last = f'{LAST} headline: "On topics: and lang: de" lang: en'

    draft = read_draft(make_text(last=last))

    assert (draft.headline, draft.lang) == ("On topics: and lang: de", "en")


def test_known_labels_in_a_value_partly_in_quotes_count() -> None:
    draft = read_draft(make_text(last=f'{LAST} headline: "A" and lang: en'))

    assert (draft.headline, draft.lang) == ('"A" and', "en")


def test_a_one_line_value_ends_at_the_next_known_label() -> None:
    last = f"{NAMES} section: Space source_url: https://example.org/ lang: es-mx {SCORES}"

    draft = read_draft(make_text(last=last))

    assert (draft.section, draft.source_url) == ("Space", "https://example.org/")
    assert (draft.lang, draft.impact) == ("es-MX", 5)


def test_a_quoted_text_ends_at_the_next_label() -> None:
    last = f'{LAST} ai_context: "Written\\nby hand; no topics: here" lang: en'

    draft = read_draft(make_text(last=last))

    assert (draft.ai_context, draft.lang) == ("Written\nby hand; no topics: here", "en")


def test_a_text_of_which_only_the_first_line_is_quoted_is_whole() -> None:
    draft = read_draft(make_text(last=f'{LAST}\nai_context: "Written by hand."\nNote: honestly.'))

    assert draft.ai_context == '"Written by hand."\nNote: honestly.'


@pytest.mark.parametrize(
    "last", [f"{LAST} The end.", f"{LAST}\nThe end.", f"{NAMES} The end.\n{SCORES}"]
)
def test_text_that_belongs_to_no_label_is_a_fault(last: str) -> None:
    line = 6 if last.endswith("\nThe end.") else 5

    assert list_last_faults(last) == [(line, "'The end.' belongs to no label; move or remove it")]


def test_a_known_label_behind_a_stray_word_counts() -> None:
    assert list_last_faults(f"{NAMES} my {SCORES}") == [
        (5, "'my' belongs to no label; move or remove it")
    ]


@pytest.mark.parametrize(
    ("written", "extra"),
    [
        pytest.param("author: A. Writer", ("author", "A. Writer"), id="bare"),
        pytest.param('Written by: "A. Writer" ', ("Written by", "A. Writer"), id="in quotes"),
        pytest.param('tags: ["a", "lang: b"]', ("tags", '["a", "lang: b"]'), id="list"),
        pytest.param("tags: [a", ("tags", "[a"), id="open list"),
        pytest.param("**pages**: 12", ("pages", "12"), id="bold number"),
        pytest.param('"a: b": c', ("a: b", "c"), id="quoted name"),
        pytest.param('"a\\x": c', ('"a\\x"', "c"), id="quoted name with an unknown escape"),
        pytest.param('"": c', ("", "c"), id="empty name"),
        pytest.param("note:", ("note", ""), id="empty"),
        pytest.param("note: slang: my-lang: x", ("note", "slang: my-lang: x"), id="alike"),
        pytest.param('quote: "a" b', ("quote", '"a" b'), id="partly in quotes"),
    ],
)
def test_an_unknown_label_is_kept_with_a_warning(written: str, extra: tuple[str, str]) -> None:
    result = read_one(make_text(last=f"{LAST} {written}\nlang: en"))

    assert result.draft.extras == (extra,)
    assert result.draft.lang == "en"
    assert [warning.code for warning in result.warnings] == [WarningCode.UNKNOWN_LABEL]


def test_unknown_labels_follow_each_other_behind_numbers() -> None:
    draft = read_draft(make_text(last=f'{LAST} pages: 12 tags: ["a"] by: "A" to: B'))

    assert draft.extras == (("pages", "12"), ("tags", '["a"]'), ("by", "A"), ("to", "B"))


def test_a_label_that_is_nearly_ours_is_hinted_at() -> None:
    (warning,) = read_one(make_text(last=f"{LAST} read_time: 12")).warnings

    assert warning.message == (
        "'read_time' is no label of the format, kept unread; did you mean readtimesecs?"
    )


@pytest.mark.parametrize("stray", ["https://example.org/a", "12: b", "one two three four five: x"])
def test_what_only_looks_like_a_label_is_stray(stray: str) -> None:
    assert list_last_faults(f"{LAST}\n{stray}") == [
        (6, f"{stray!r} belongs to no label; move or remove it")
    ]


def test_our_labels_in_quotes_are_read_with_a_warning() -> None:
    document = make_text(last=f'{NAMES} "impact_score": 5')

    assert read_draft(document) == read_draft(make_text())
    assert list_codes(document) == [WarningCode.QUOTED]


def test_an_unknown_label_twice_is_a_fault_however_it_is_written() -> None:
    assert list_last_faults(f"{LAST} my-tag: 1 My Tag: [2] lang: en") == [
        (5, "My Tag stands twice, first in line 5; keep one")
    ]


def test_the_value_of_a_label_that_stands_twice_is_not_read_again() -> None:
    assert list_last_faults(f"{LAST}\ntopics: [5 stray") == [
        (6, "topics stands twice, first in line 5; keep one")
    ]


def test_a_quoted_name_that_is_no_text_is_a_fault() -> None:
    assert list_last_faults(f'{LAST} "\\ud800": 1') == [
        (5, "a label holds U+D800, which no text may hold; remove it")
    ]


def test_at_most_64_unknown_labels_are_kept() -> None:
    last = "\n".join([LAST, *(f"label{number}: x" for number in range(65))])

    assert list_last_faults(last) == [
        (
            70,
            "'label64' is an unknown label too long or too many to keep; "
            "write at most 64 of 80 characters",
        )
    ]


@pytest.mark.parametrize(
    ("last", "message"),
    [
        ("impact_score: 5 6", "'6' belongs to no label; move or remove it"),
        ("impact_score: 5,", "impact_score is '5,'; write a number from 0 to 10"),
        ("impact_score: five", "impact_score is 'five'; write a number from 0 to 10"),
        ('impact_score: ["5"]', "impact_score is '[\"5\"]'; write a number from 0 to 10"),
        ("impact_score: 5/11", "impact_score is '5/11'; write a number from 0 to 10"),
    ],
)
def test_a_number_is_one_number(last: str, message: str) -> None:
    assert list_last_faults(f"{NAMES} {last}") == [(5, message)]


def test_a_broken_list_does_not_hide_the_labels_behind_it() -> None:
    last = 'topics: ["a", "b\nentities: [] impact_score: 11 confidence: 2'

    assert [line for line, _ in list_last_faults(last)] == [5, 6, 6]


def test_labels_that_a_string_left_open_swallowed_are_read() -> None:
    faults = list_last_faults('topics: ["a] impact_score: 5 entities: ["b"] readtimesecs: 0')

    assert [message.split()[0] for _, message in faults] == ["topics", "readtimesecs"]


def test_a_fault_in_a_list_has_the_line_of_the_string() -> None:
    faults = list_last_faults(f'topics: [\n"a",\n"",\n"{"b" * 81}"\n] {SCORES}')

    assert [line for line, _ in faults] == [7, 8]


@pytest.mark.parametrize(
    ("written", "confidence"), [("0.92", 0.92), ('"0.92"', 0.92), ("92%", 0.92), ("92.5 %", 0.925)]
)
def test_confidence_as_models_write_it(written: str, confidence: float) -> None:
    assert read_draft(make_text(last=f"{LAST} confidence: {written}")).confidence == confidence


@pytest.mark.parametrize("written", ["8.5/10", "8.5 / 10", "'8.5'", "“8.5”", '"8.5/10"', "+8.50"])
def test_impact_as_models_write_it(written: str) -> None:
    assert read_draft(make_text(last=f"{NAMES} impact_score: {written}")).impact == 8.5


@pytest.mark.parametrize(
    ("last", "codes"),
    [
        ("impact_score: 8.5/10", [WarningCode.NUMBER_STYLE]),
        ("impact_score: 5 confidence: 92%", [WarningCode.NUMBER_STYLE]),
        ("impact_score: '5'", [WarningCode.QUOTED]),
        ('impact_score: "5/10"', [WarningCode.QUOTED, WarningCode.NUMBER_STYLE]),
        ("impact_score: 5 confidence: 0.92", []),
    ],
)
def test_numbers_as_models_write_them_are_warned_of(last: str, codes: list[WarningCode]) -> None:
    assert list_codes(make_text(last=f"{NAMES} {last}")) == codes


@pytest.mark.parametrize("written", ["92%", "8.5/100", "85/10"])
def test_a_share_is_no_score(written: str) -> None:
    ((_, message),) = list_last_faults(f"{NAMES} impact_score: {written}")

    assert message == f"impact_score is {written!r}; write a number from 0 to 10"


def test_a_document_whose_counter_argument_comes_last_is_read() -> None:
    document = make_text(
        counter="ai_context: Made up.", last=f"{LAST}\nCounter_argument: {COUNTER}"
    )

    assert read_draft(document).counter_argument == COUNTER
