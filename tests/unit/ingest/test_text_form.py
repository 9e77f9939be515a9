"""How body, texts and one-line values are told apart in a text document."""

import pytest

from bot.ingest.results import BriefRefused, WarningCode
from tests.unit.ingest.documents import (
    BODY,
    COUNTER,
    NAMES,
    SCORES,
    list_codes,
    list_faults,
    make_text,
    read,
    read_draft,
    read_one,
)

LAST = f"{NAMES} {SCORES}"


@pytest.mark.parametrize(
    "label",
    [
        "Counter_argument:",
        "COUNTER-ARGUMENT:",
        "counterargument:",
        "Counter argument :",
        "Counter\u00a0Argument:",
        "counter__argument_:",
    ],
)
def test_a_label_is_known_however_it_is_written(label: str) -> None:
    result = read_one(make_text(counter=f"{label} {COUNTER}"))

    assert result.draft.counter_argument == COUNTER
    assert result.warnings == ()


@pytest.mark.parametrize(
    "label", ["readtimesecs", "read_time_secs", "Read time secs", "READ-TIMESECS"]
)
def test_a_label_of_the_last_part_is_known_however_it_is_written(label: str) -> None:
    assert read_draft(make_text(last=f"{LAST} {label}: 9")).read_seconds == 9


@pytest.mark.parametrize(
    "line",
    [
        "The counter_argument: is not here.",
        "Counter_argument is not here.",
        "Counterarguments: two.",
        "My counter_argument: none.",
        "> Counter_argument: quoted.",
    ],
)
def test_a_text_label_counts_only_as_a_whole_at_the_start_of_a_line(line: str) -> None:
    assert read_draft(make_text(body=f"{BODY}\n{line}")).body == f"{BODY}\n{line}"


@pytest.mark.parametrize(
    "label",
    [
        "**Counter_argument:**",
        "**Counter_argument**:",
        "***Counter argument:***",
        "*Counter_argument:*",
        "__Counter_argument:__",
        "__Counter_argument__:",
        "# Counter_argument:",
        "###### Counter_argument:",
        "## **Counter_argument:**",
        "## **Counter_argument**:",
    ],
)
def test_a_label_in_bold_or_as_a_heading_is_read_with_a_warning(label: str) -> None:
    result = read_one(make_text(counter=f"{label} {COUNTER}"))

    assert result.draft == read_draft(make_text())
    assert [warning.code for warning in result.warnings] == [WarningCode.MARKDOWN]


@pytest.mark.parametrize("heading", ["## Counter-argument", "# **Counter argument**  "])
def test_a_heading_needs_no_colon(heading: str) -> None:
    result = read_one(make_text(counter=f"{heading}\n\n{COUNTER}"))

    assert result.draft == read_draft(make_text())
    assert [warning.code for warning in result.warnings] == [WarningCode.MARKDOWN]


def test_a_heading_of_a_one_line_label_needs_its_colon() -> None:
    assert read_draft(make_text(body=f"{BODY}\n\n## Section")).section is None


def test_a_list_under_a_heading_is_read() -> None:
    last = '## Topics\n\n["harbours"]\n\n## Entities:\n["Oldport"]\n\n**Impact score:** 5'

    assert read_draft(make_text(last=last)) == read_draft(make_text())


def test_bold_text_behind_a_label_is_its_value() -> None:
    counter = f"**Not so fast.** {COUNTER}"

    assert (
        read_draft(make_text(counter=f"Counter_argument: {counter}")).counter_argument == counter
    )


def test_a_text_runs_over_paragraphs_to_the_next_label() -> None:
    counter = f"{COUNTER}\n\nThe second.\nStill it.\n\n\nThe third."

    draft = read_draft(
        make_text(counter=f"Counter_argument:\n\n{counter}\n\n\nai_context: Made up.")
    )

    assert draft.counter_argument == counter
    assert draft.ai_context == "Made up."


def test_paragraphs_of_the_body_are_parted_by_one_blank_line() -> None:
    draft = read_draft(make_text(body="\n\n One. \n \t\n\n\nTwo.\nStill two.\n\n\n"))

    assert draft.body == "One.\n\nTwo.\nStill two."


def test_blanks_at_the_start_of_an_inner_line_are_kept() -> None:
    assert read_draft(make_text(body="One:\n  - a\n    - b")).body == "One:\n  - a\n    - b"


def test_before_the_first_text_label_a_list_label_is_body() -> None:
    result = read_one(make_text(body=f"{BODY}\n\nTopics: what they said"))

    assert result.draft.body == f"{BODY}\n\nTopics: what they said"
    assert result.warnings == ()


@pytest.mark.parametrize(
    "line", ['Topics: ["a"]', "Impact score: 8", "**Confidence:** .9", "confidence: '0.9'"]
)
def test_before_the_first_text_label_a_label_with_its_value_is_body_with_a_warning(
    line: str,
) -> None:
    line = line.replace(" .9", " 0.9")

    result = read_one(make_text(body=f"{BODY}\n{line}\n{line}"))

    assert result.draft.body == f"{BODY}\n{line}\n{line}"
    assert [(each.code, each.line) for each in result.warnings] == [(WarningCode.LABEL_IN_TEXT, 2)]


def test_behind_the_first_text_label_the_last_part_begins_whatever_follows_its_label() -> None:
    counter = f"Counter_argument: {COUNTER}\nConfidence: that is what they lack."

    assert list_faults(make_text(counter=counter)) == [
        (
            4,
            "confidence is 'that is what they lack.'; "
            "write a number from 0 to 1, or leave the label out",
        )
    ]


def test_a_list_label_inside_a_line_of_text_does_not_begin_the_last_part() -> None:
    counter = f"{COUNTER} On topics: see below."

    assert (
        read_draft(make_text(counter=f"Counter_argument: {counter}")).counter_argument == counter
    )


def test_one_line_values_above_the_body() -> None:
    body = (
        "headline: Oldport digs: the harbour\nsection: economy\n"
        "published_at: 2026-11-22T08:00:00+01:00\nsource_url: https://example.org/a?b=c\n"
        "lang: ES\n\n"
        f"{BODY}"
    )

    draft = read_draft(make_text(body=body))

    assert (draft.headline, draft.headline_stated) == ("Oldport digs: the harbour", True)
    assert (draft.section, draft.lang) == ("Economy", "es")
    assert draft.source_url == "https://example.org/a?b=c"
    assert str(draft.published_at) == "2026-11-22 07:00:00+00:00"
    assert draft.body == BODY


def test_text_under_a_one_line_value_is_body_before_the_first_text_label() -> None:
    assert read_draft(make_text(body="One.\nlang: en\nTwo.")).body == "One.\n\nTwo."


def test_a_one_line_value_takes_labels_in_its_line_before_the_last_part() -> None:
    body = f"headline: On topics: lang: and more\n{BODY}"

    assert read_draft(make_text(body=body)).headline == "On topics: lang: and more"


def test_a_one_line_value_ends_the_text_before_it() -> None:
    counter = f"Counter_argument: {COUNTER}\n\nlang: en\n\nai_context: Made up."

    draft = read_draft(make_text(counter=counter))

    assert draft.counter_argument == COUNTER
    assert draft.ai_context == "Made up."


def test_text_under_a_one_line_value_behind_the_texts_is_a_fault() -> None:
    counter = f"Counter_argument: {COUNTER}\nlang: en\n\nStray.\nStray too."

    faults = list_faults(make_text(counter=counter))

    assert faults == [
        (6, "'Stray.' belongs to no label; move or remove it"),
        (7, "'Stray too.' belongs to no label; move or remove it"),
    ]


def test_a_value_wholly_in_quotes_is_read_without_them() -> None:
    result = read_one(make_text(counter=f'Counter_argument: "{COUNTER}"\nlang: "en"'))

    assert (result.draft.counter_argument, result.draft.lang) == (COUNTER, "en")
    assert [warning.code for warning in result.warnings] == [WarningCode.QUOTED] * 2


@pytest.mark.parametrize("counter", [f'"No," they say: "{COUNTER}"', f"“{COUNTER}”", '"\\x" ' * 9])
def test_other_quotes_of_a_text_stay(counter: str) -> None:
    draft = read_draft(make_text(counter=f"Counter_argument: {counter}"))

    assert draft.counter_argument == counter.strip()


def test_text_labels_count_in_the_last_part_too() -> None:
    document = f"{BODY}\n\nai_context: Made up.\n\n{NAMES} Counter_argument: {COUNTER}\n\n{SCORES}"

    draft = read_draft(document)

    assert (draft.counter_argument, draft.ai_context) == (COUNTER, "Made up.")


def test_a_line_behind_a_blank_is_text_with_a_warning() -> None:
    result = read_one(make_text(body=f"{BODY}\n Section: one\n  Section: two\n ---\n ```\n x"))

    assert result.draft.body == f"{BODY}\nSection: one\n Section: two\n---\n```\n x"
    assert [(each.code, each.line) for each in result.warnings] == [(WarningCode.LABEL_IN_TEXT, 2)]


def test_a_byte_order_mark_at_the_start_of_a_line_hides_no_label() -> None:
    joined = make_text() + "---\n\ufeffheadline: Second\n" + make_text()

    assert read_draft(joined.split("---\n")[1]) == read_draft(
        make_text(body=f"headline: Second\n{BODY}")
    )


def test_a_label_that_stands_twice_is_a_fault_with_both_lines() -> None:
    document = make_text(counter=f"Counter_argument: {COUNTER}\nlang: en", last=f"{LAST} lang: en")

    assert list_faults(document) == [(6, "lang stands twice, first in line 4; keep one")]


def test_a_text_label_that_stands_twice_is_a_fault() -> None:
    document = make_text(counter=f"Counter_argument: {COUNTER}\nCounter-argument: Again.")

    assert list_faults(document) == [
        (4, "counter_argument stands twice, first in line 3; keep one")
    ]


def test_an_ai_context_without_text_is_absent_with_a_warning() -> None:
    document = make_text(counter=f"Counter_argument: {COUNTER}\n\nai_context: \u200b\n")

    assert read_draft(document).ai_context is None
    assert list_codes(document) == [WarningCode.EMPTY_LABEL]


@pytest.mark.parametrize("body", ["", " \n\t\n", "\u200b\u2060", "lang: en"])
def test_a_body_without_anything_to_see_is_refused(body: str) -> None:
    (result,) = read(make_text(body=body))

    assert isinstance(result, BriefRefused)
    assert [fault.label for fault in result.faults] == ["body"]
