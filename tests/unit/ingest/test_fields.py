"""What each field may hold."""

from datetime import UTC, datetime

import pytest

from bot.ingest import values
from bot.ingest.results import WarningCode
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
    "text", ["0", "10", "8.5", "+3", "3.", ".5", "1e1", "00", "0.000", "1E-3"]
)
def test_a_decimal_number_within_its_bounds_is_read(text: str) -> None:
    assert values.read_number(text, low=0, high=10) == float(text)


def test_a_negative_zero_is_zero() -> None:
    assert str(values.read_number("-0", low=0, high=10)) == "0.0"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-0.1",
        "10.01",
        "nan",
        "inf",
        "1e999",
        "8,5",
        "1_0",
        "0x1",
        "٣",
        "３",
        "1 ",
        ".",
        "1e",
        "--1",
    ],
)
def test_what_is_no_number_within_its_bounds_is_none(text: str) -> None:
    assert values.read_number(text, low=0, high=10) is None


@pytest.mark.parametrize(
    ("text", "value"), [("1", 1), ("7200", 7200), ("120.0", 120), ("1e2", 100)]
)
def test_a_whole_number_is_read(text: str, value: int) -> None:
    assert values.read_whole_number(text, low=1, high=7200) == value


@pytest.mark.parametrize("text", ["0", "7201", "1.5", "x"])
def test_what_is_no_whole_number_within_its_bounds_is_none(text: str) -> None:
    assert values.read_whole_number(text, low=1, high=7200) is None


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-22T08:00:00Z", datetime(2026, 11, 22, 8, tzinfo=UTC)),
        ("2026-11-22t08:00z", datetime(2026, 11, 22, 8, tzinfo=UTC)),
        ("2026-11-22 08:00+01:00", datetime(2026, 11, 22, 7, tzinfo=UTC)),
        ("2026-11-22T08:00:00.25-0330", datetime(2026, 11, 22, 11, 30, 0, 250_000, tzinfo=UTC)),
        ("20261122T080000Z", datetime(2026, 11, 22, 8, tzinfo=UTC)),
    ],
)
def test_an_iso_instant_is_read_in_utc(text: str, instant: datetime) -> None:
    assert values.read_instant(text) == instant


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22",
        "2026-11-22T08:00",
        "2026-11-22T25:00Z",
        "2026-13-22T08:00Z",
        "2026-11-22x08:00Z",
        "22 November 2026 08:00Z",
        "2026-11-22T08:00:00." + "0" * 60 + "Z",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:00-14:00",
        "1795329000",
    ],
)
def test_what_is_no_iso_instant_with_its_offset_is_none(text: str) -> None:
    assert values.read_instant(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org",
        "HTTP://example.org:8080/a/b?c=d@e#f",
        "https://[::1]/",
        "https://bücher.example/ä",
        "https://example.org/a(b)[c]",
    ],
)
def test_a_web_address_is_read_as_it_stands(text: str) -> None:
    assert values.read_url(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "example.org",
        "ftp://example.org",
        "javascript:alert(1)",
        "https://",
        "https://:80/",
        "https://user@example.org/",
        "https://user:word@example.org/",
        "https://example.org\\@other.example/",
        "https://example.org/a b",
        "https://example.org/\x7f",
        "https://[::1/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://example.org:x/",
        "https://exam\u2100ple.org/",
    ],
)
def test_what_is_no_web_address_without_a_user_is_none(text: str) -> None:
    assert values.read_url(text) is None


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en", "en"),
        ("ES", "es"),
        ("es-mx", "es-MX"),
        ("es-419", "es-419"),
        ("ZH-hant-tw", "zh-Hant-TW"),
        ("zh-yue-Hans", "zh-yue-Hans"),
        ("sl-rozaj-biske-1994", "sl-rozaj-biske-1994"),
        ("de-DE-u-co-phonebk", "de-DE-u-co-phonebk"),
        ("en-x-Us", "en-x-us"),
        ("ber", "ber"),
    ],
)
def test_a_language_tag_is_read_in_its_customary_case(text: str, tag: str) -> None:
    assert values.read_language(text) == tag


@pytest.mark.parametrize(
    "text",
    ["english", "e", "en_US", "en-", "-en", "en--us", "en-u", "en-a-b", "12", "en-" + "a1b2c" * 9],
)
def test_what_is_no_language_tag_is_none(text: str) -> None:
    assert values.read_language(text) is None


@pytest.mark.parametrize("length", [1, 300])
def test_a_headline_of_this_length_is_read(length: int) -> None:
    draft = read_draft(make_text(body=f"headline: {'x' * length}\n\n{BODY}"))

    assert (draft.headline, draft.headline_stated) == ("x" * length, True)


@pytest.mark.parametrize("value", ["x" * 301, "", "\u200b"])
def test_a_headline_of_another_length_is_a_fault(value: str) -> None:
    assert [line for line, _ in list_faults(make_text(body=f"headline: {value}\n\n{BODY}"))] == [1]


def test_without_a_headline_the_first_sentence_is_one() -> None:
    draft = read_draft(make_text(body=f"{BODY} It will take a year."))

    assert (draft.headline, draft.headline_stated) == (BODY, False)


def test_without_a_language_the_headline_is_made_by_the_default_one() -> None:
    body = "Lo dijo el Sr. Presidente del puerto. Tardará un año."

    (result,) = read(make_text(body=body), default_lang="es")

    assert "'Lo dijo el Sr. Presidente del puerto.'" in repr(result)


def test_the_language_of_the_document_goes_over_the_default_one() -> None:
    body = "lang: es\n\nLo dijo el Sr. Presidente del puerto. Tardará un año."

    assert read_draft(make_text(body=body)).headline == "Lo dijo el Sr. Presidente del puerto."


@pytest.mark.parametrize("written", ["space", "SPACE", "Space"])
def test_a_section_is_known_in_any_case(written: str) -> None:
    assert read_draft(make_text(last=f"{LAST} section: {written}")).section == "Space"


def test_an_unknown_section_is_a_fault_that_names_the_known_ones() -> None:
    assert list_faults(make_text(last=f"{LAST} section: Harbours")) == [
        (5, "section is 'Harbours'; write one of: AI, Economy, Space")
    ]


def test_a_password_in_an_address_is_not_repeated() -> None:
    faults = list_faults(make_text(last=f"{LAST} source_url: https://me:secret@example.org/"))

    assert "secret" not in str(faults)


@pytest.mark.parametrize(
    "names",
    [
        pytest.param('topics: ["a"]', id="topics only"),
        pytest.param('entities: ["a"]', id="entities only"),
        pytest.param('topics: [] entities: ["a"]', id="one empty"),
        pytest.param(f'topics: ["{"a" * 80}"]', id="eighty characters"),
        pytest.param(f'topics: ["  {"a" * 80}  "]', id="eighty after trimming"),
        pytest.param(f"topics: {[str(n) for n in range(32)]}".replace("'", '"'), id="32 topics"),
        pytest.param('topics: ["a"] entities: ["a"]', id="the same in both"),
    ],
)
def test_names_that_are_allowed(names: str) -> None:
    assert read_one(make_text(last=f"{names} {SCORES}")).warnings == ()


def test_too_many_names_are_a_fault_of_the_longer_list() -> None:
    entities = ", ".join(f'"{number}"' for number in range(32))

    faults = list_faults(make_text(last=f'topics: ["a"]\nentities: [{entities}]\n{SCORES}'))

    assert faults == [(6, "topics and entities hold 33 strings; write 1 to 32 in all")]


def test_doubles_inside_one_list_are_merged_with_a_warning() -> None:
    result = read_one(make_text(last=f'topics: ["a", "b", " a ", "b", "A"] {SCORES}'))

    assert result.draft.topics == ("a", "b", "A")
    assert [each.message for each in result.warnings] == [
        "topics names 'a' and 1 more more than once; kept once"
    ]


def test_merged_doubles_do_not_count() -> None:
    many = ", ".join(['"a"'] * 1000)

    assert list_codes(make_text(last=f"topics: [{many}] {SCORES}")) == [WarningCode.DOUBLES]


def test_a_long_name_of_a_label_is_a_fault() -> None:
    ((_, message),) = list_faults(make_text(last=f"{LAST} {'x' * 81}: y"))

    assert message.endswith("write at most 64 of 80 characters")


def test_a_reading_time_is_counted_from_body_and_counter_argument() -> None:
    body = "word " * (230 - len(COUNTER.split()))

    draft = read_draft(make_text(body=body))

    assert (draft.read_seconds, draft.read_seconds_stated) == (60, False)


def test_a_counted_reading_time_has_an_end() -> None:
    assert read_draft(make_text(body="w " * 100_000)).read_seconds == 7200


def test_two_ideographs_count_as_a_word() -> None:
    body = "漢字" * (230 - len(COUNTER.split()))

    assert read_draft(make_text(body=body)).read_seconds == 60


@pytest.mark.parametrize(
    ("seconds", "codes"),
    [(29, [WarningCode.READ_TIME]), (30, []), (120, []), (121, [WarningCode.READ_TIME])],
)
def test_a_reading_time_far_from_the_words_is_warned_of(
    seconds: int, codes: list[WarningCode]
) -> None:
    body = "word " * (230 - len(COUNTER.split()))
    document = make_text(body=body, last=f"{LAST} readtimesecs: {seconds}")

    assert list_codes(document) == codes
    assert read_draft(document).read_seconds == seconds
