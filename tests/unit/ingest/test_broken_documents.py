"""Each document in tests/data/broken has one mistake, and exactly these lines report it."""

from pathlib import Path

import pytest

from bot.ingest import parse, results
from bot.ingest.results import DocumentKind

FOLDER = Path(__file__).parents[2] / "data" / "broken"

# Without the name of the file, with which each line begins.
REPORTS = {
    "body_labelled_last.txt": [
        ":6: body takes no label in a text document; write it before the first one",
    ],
    "body_missing.txt": [
        ": body is empty; write the text of the news",
    ],
    "confidence_above_one.txt": [
        ":5: confidence is 8; write a number from 0 to 1, or leave the label out",
    ],
    "counter_argument_empty.txt": [
        ":3: counter_argument is empty; write the case against the brief",
    ],
    "counter_argument_missing.txt": [
        ": counter_argument is missing; write the case against the brief",
    ],
    "cut_off.json": [
        ": not JSON: Unterminated string starting at in line 2, column 11",
    ],
    "escaped_nul.json": [
        ": body holds U+0000, which no text may hold; remove it",
    ],
    "half_a_character.json": [
        ": body holds U+D83D, which no text may hold; remove it",
    ],
    "headline_empty.txt": [
        ":1: headline is empty; write 1 to 300 characters, or leave the label out",
    ],
    "headline_too_long.txt": [
        ":1: headline is 'Harbour Harbour Harbour Harbour Harbour Harbour Harbour "
        "Har…' (303 characters); write 1 to 300 characters, or leave the label out",
    ],
    "impact_empty.txt": [
        ":5: impact_score is empty; write a number from 0 to 10",
    ],
    "impact_in_words.txt": [
        ":5: impact_score is 'very high'; write a number from 0 to 10",
    ],
    "impact_missing.txt": [
        ": impact_score is missing; write a number from 0 to 10",
    ],
    "impact_too_high.txt": [
        ":5: impact_score is 11; write a number from 0 to 10",
    ],
    "key_twice.json": [
        ": key 'body' stands twice in one object; keep one",
    ],
    "label_twice.txt": [
        ":5: counter_argument stands twice, first in line 3; keep one",
    ],
    "labels_indented.txt": [
        ": counter_argument is missing; write the case against the brief",
        ": topics and entities are missing; write one of them or both",
        ": impact_score is missing; write a number from 0 to 10",
        ":3: warning: counter_argument stands behind a blank, so its line is text",
        ":5: warning: topics stands behind a blank, so its line is text",
    ],
    "lang_in_words.txt": [
        ":6: lang is 'English'; write a language tag, such as en or es-MX",
    ],
    "list_bad_escape.txt": [
        ":5: topics has a string with a backslash that JSON does not know; write \\\\",
    ],
    "list_empty.txt": [
        ':5: topics is empty; write a list of strings: ["…", "…"]',
    ],
    "list_in_list.txt": [
        ":5: topics holds a list or an object; write strings only",
    ],
    "list_left_open.txt": [
        ':5: topics is left open; end each string with " and the list with ]',
    ],
    "list_string_left_open.txt": [
        ':5: topics is left open; end each string with " and the list with ]',
    ],
    "list_with_two_commas.txt": [
        ":5: topics has a comma with no string before it; remove it",
    ],
    "list_without_brackets.txt": [
        ':5: topics is \'harbours, dredging\'; write a list of strings: ["…", "…"]',
    ],
    "list_without_comma.txt": [
        ":5: topics lacks a comma between two strings; write one",
    ],
    "list_without_quotes.txt": [
        ":5: topics holds 'harbours' and 1 more without quotes; write a list of "
        'strings: ["…", "…"]',
    ],
    "lists_above_the_texts.txt": [
        ": topics and entities are missing; write one of them or both",
        ": impact_score is missing; write a number from 0 to 10",
        ":3: warning: topics stands before counter_argument and ai_context, so its line is text",
    ],
    "many_faults.txt": [
        ":1: headline is empty; write 1 to 300 characters, or leave the label out",
        ":5: counter_argument is empty; write the case against the brief",
        ':7: topics holds \'1\' without quotes; write a list of strings: ["…", "…"]',
        ":7: entities holds '', which shows nothing; remove it",
        ":7: impact_score is 11; write a number from 0 to 10",
        ":8: confidence is 2; write a number from 0 to 1, or leave the label out",
        ":9: readtimesecs is 0; write a whole number of seconds from 1 to 7200, or "
        "leave the label out",
        ":10: lang is '-'; write a language tag, such as en or es-MX",
        ":11: 'stray' belongs to no label; move or remove it",
    ],
    "name_empty.txt": [
        ":5: topics holds ' ', which shows nothing; remove it",
    ],
    "name_too_long.txt": [
        ":5: topics holds 'harbour harbour harbour harbour harbour harbour harbour "
        "har…' (87 characters); write at most 80",
    ],
    "names_empty.txt": [
        ":5: topics and entities hold no string; write 1 to 32 in all",
    ],
    "names_missing.txt": [
        ": topics and entities are missing; write one of them or both",
    ],
    "names_too_many.txt": [
        ":5: topics and entities hold 33 strings; write 1 to 32 in all",
    ],
    "no_brief.json": [
        ": document holds no brief; write one",
    ],
    "no_brief.txt": [
        ": document holds no brief; write one",
    ],
    "no_object.json": [
        ": brief 1: brief is 'The harbour'; write an object",
    ],
    "not_a_number.json": [
        ": not JSON: NaN is no number; write one",
    ],
    "not_json.json": [
        ": not JSON: Expecting ':' delimiter in line 2, column 192",
    ],
    "not_utf8.txt": [
        ":1: not a text document: byte 0xe9 is not UTF-8; save it as UTF-8",
    ],
    "nul_byte.txt": [
        ":1: not a text document: it holds a NUL; save it as plain text",
    ],
    "published_at_no_such_day.txt": [
        ":6: published_at is '2026-02-30T08:00Z'; write an instant with its offset, "
        "such as 2026-11-22T08:00:00+01:00",
    ],
    "published_at_without_offset.txt": [
        ":6: published_at is '2026-11-22T08:00'; write an instant with its offset, "
        "such as 2026-11-22T08:00:00+01:00",
    ],
    "read_time_not_whole.txt": [
        ":5: readtimesecs is 2.5; write a whole number of seconds from 1 to 7200, or "
        "leave the label out",
    ],
    "read_time_with_unit.txt": [
        ":5: 'seconds' belongs to no label; move or remove it",
    ],
    "same_label_two_ways.json": [
        ": impact_score stands twice; keep one",
    ],
    "second_line_broken.jsonl": [
        ": brief 2: not JSON: Expecting ',' delimiter in line 2, column 195",
    ],
    "second_of_three.txt": [
        ":11: brief 2: impact_score is -1; write a number from 0 to 10",
    ],
    "section_unknown.txt": [
        ":6: section is 'Harbours'; write one of: Economy, Trade",
    ],
    "source_url_other_scheme.txt": [
        ":6: source_url is 'ftp://example.org/port'; write an http or https address "
        "that names no user",
    ],
    "source_url_with_user.txt": [
        ":6: source_url is '…@example.org/'; write an http or https address that names no user",
    ],
    "stray_comma.txt": [
        ":5: ',' belongs to no label; move or remove it",
    ],
    "stray_text.txt": [
        ":6: 'That is all for today.' belongs to no label; move or remove it",
    ],
    "text_under_source_url.txt": [
        ":6: 'The port said so itself.' belongs to no label; move or remove it",
    ],
    "too_deep.json": [
        ": JSON deeper than 20 lists and objects; write it flatter",
    ],
    "unknown_label_twice.txt": [
        ":7: Author stands twice, first in line 6; keep one",
        ":6: warning: 'author' is no label of the format, kept unread",
    ],
    "utf16.txt": [
        ":1: not a text document: byte 0xff is not UTF-8; save it as UTF-8",
    ],
    "wrong_types.json": [
        ": body is a list; write the text of the news",
        ": counter_argument is 5; write the case against the brief",
        ': topics is \'harbours\'; write a list of strings: ["…", "…"]',
        ': entities holds 7; write a list of strings: ["…", "…"]',
        ': entities holds null; write a list of strings: ["…", "…"]',
        ": impact_score is true; write a number from 0 to 10",
        ": confidence is an object; write a number from 0 to 1, or leave the label out",
        ": headline is false; write 1 to 300 characters, or leave the label out",
    ],
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_broken_document_is_reported_in_these_lines(name: str) -> None:
    path = FOLDER / name

    read = parse.parse_document(
        path.read_bytes(),
        kind=DocumentKind(path.suffix.removeprefix(".")),
        sections=frozenset({"Economy", "Trade"}),
    )

    lines = [
        line
        for result in read
        for line in results.list_report_lines(result, file=name, in_batch=len(read) > 1)
    ]
    assert lines == [f"{name}{rest}" for rest in REPORTS[name]]


def test_every_broken_document_has_its_report() -> None:
    names = {path.name for path in FOLDER.iterdir()}

    assert names == set(REPORTS)
