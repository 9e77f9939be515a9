"""What every document has in common: its briefs, their positions, its size."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest import characters, limits
from bot.ingest.results import BriefRead, BriefRefused, DocumentKind, WarningCode
from tests.unit.ingest.documents import (
    BODY,
    COUNTER,
    NAMES,
    SCORES,
    SEED,
    list_codes,
    list_faults,
    make_text,
    read,
    read_draft,
    read_one,
    texts,
)


def test_the_real_document_is_read_without_a_warning() -> None:
    result = read_one(SEED.read_bytes())

    assert result.warnings == ()


def test_every_byte_of_the_real_document_is_read_as_it_stands() -> None:
    written = SEED.read_text(encoding="utf-8")

    draft = read_draft(SEED.read_bytes())

    assert written == (
        f"{draft.body}\n\n"
        f"Counter_argument: {draft.counter_argument}\n\n"
        f"ai_context: {draft.ai_context}\n\n"
        'topics: ["Space Force", "LEO communications", "military satellite constellation"] '
        'entities: ["SpaceX", "U.S. Space Force", "Space Development Agency", '
        '"Space Data Network", "Breaking Defense"] '
        "impact_score: 8.5 confidence: 0.92 readtimesecs: 120"
    )


def test_the_fields_of_the_real_document() -> None:
    draft = read_draft(SEED.read_bytes())

    assert (draft.impact, draft.confidence, draft.read_seconds) == (8.5, 0.92, 120)
    assert draft.topics == (
        "Space Force",
        "LEO communications",
        "military satellite constellation",
    )
    assert draft.entities[0] == "SpaceX"
    assert draft.headline.endswith("the service's primary communications backbone.")
    assert draft.body.count("\n\n") == 3


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: b"\xef\xbb\xbf" + text, id="byte order mark"),
        pytest.param(lambda text: text.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(lambda text: text + b"\n", id="final newline"),
        pytest.param(lambda text: text + b"\n---\n", id="separator behind"),
        pytest.param(lambda text: b"---\r\n" + text, id="separator before"),
    ],
)
def test_the_real_document_is_the_same_with(change: Callable[[bytes], bytes]) -> None:
    plain = SEED.read_bytes()

    assert read_one(change(plain)) == read_one(plain)


def test_briefs_are_parted_by_lines_of_three_or_more_hyphens() -> None:
    document = "---\n".join([make_text(body="One."), make_text(body="Two."), make_text(body="3.")])

    results = read(document.replace("---\nT", "--------  \nT"))

    assert [result.position for result in results] == [1, 2, 3]
    assert [r.draft.body for r in results if isinstance(r, BriefRead)] == ["One.", "Two.", "3."]


def test_empty_pieces_are_not_counted() -> None:
    document = f"---\n\n---\n \t\n---\n{make_text()}\n---\n---\n\n{make_text()}---"

    assert [result.position for result in read(document)] == [1, 2]


@pytest.mark.parametrize("line", ["--", " ---", "--- x", "x ---", "- - -", "———", "-\n-\n-"])
def test_only_a_line_of_hyphens_parts_briefs(line: str) -> None:
    results = read(make_text(body=f"{BODY}\n{line}\nMore."))

    assert len(results) == 1


def test_hyphens_inside_a_line_before_a_separator_do_not_hide_it() -> None:
    results = read(make_text(body="One ---") + "---\n" + make_text(body="a---\nTwo."))

    assert len(results) == 2


def test_lines_are_counted_in_the_file() -> None:
    good, bad = make_text(), make_text(last='topics: ["a"] impact_score: 11')

    results = read(f"{good}---\n\n---\n\n{bad}-----\n{bad}")

    lines = [r.faults[0].line for r in results if isinstance(r, BriefRefused)]
    assert lines == [14, 20]


def test_each_brief_is_read_by_itself() -> None:
    results = read("---\n".join([make_text(), "Nothing but a body.\n", make_text()]))

    assert [type(result) for result in results] == [BriefRead, BriefRefused, BriefRead]


def test_a_brief_of_the_largest_size_is_read() -> None:
    room = limits.MAX_BRIEF_BYTES - len(make_text(body="").encode())

    assert read_draft(make_text(body="x" * room)).body == "x" * room


def test_a_brief_over_the_largest_size_is_refused_beside_the_others() -> None:
    room = limits.MAX_BRIEF_BYTES - len(make_text(body="").encode())
    document = make_text() + "---\n\n" + make_text(body="x" * (room + 1)).rstrip() + "\n---\n"

    first, second = read(document)

    assert isinstance(first, BriefRead)
    assert isinstance(second, BriefRefused)
    assert [fault.line for fault in second.faults] == [8]
    assert "262144" in second.faults[0].message


def test_a_document_over_the_largest_size_is_refused_as_a_whole() -> None:
    (result,) = read(b"x" * (limits.MAX_DOCUMENT_BYTES + 1))

    assert isinstance(result, BriefRefused)
    assert result.position is None


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        pytest.param(DocumentKind.TEXT, "x\n---\n" * (limits.MAX_BRIEFS + 1), id="text"),
        pytest.param(DocumentKind.JSON, "[" + "1," * limits.MAX_BRIEFS + "1]", id="json"),
    ],
)
def test_a_document_of_far_too_many_briefs_is_refused_as_a_whole(
    kind: DocumentKind, document: str
) -> None:
    (result,) = read(document, kind=kind)

    assert isinstance(result, BriefRefused)
    assert result.position is None


@pytest.mark.parametrize(
    "document",
    [
        pytest.param("```\n{}\n```\n", id="plain"),
        pytest.param("\n```text\n{}```", id="with a language"),
        pytest.param("~~~~\n{}\n~~~~\n\n", id="tildes"),
    ],
)
def test_a_code_fence_around_the_whole_is_left_out(document: str) -> None:
    fenced = read_one(document.format(make_text()))

    assert fenced.draft == read_draft(make_text())
    assert [warning.code for warning in fenced.warnings] == [WarningCode.MARKDOWN]


def test_a_code_fence_leaves_the_lines_their_numbers() -> None:
    document = f"```\n{make_text(last='topics: [] impact_score: 5')}```\n"

    assert list_faults(document)[0][0] == 6


def test_a_code_fence_may_stand_around_several_briefs() -> None:
    results = read(f"```\n{make_text()}---\n{make_text()}\n---\n{make_text()}```\n")

    drafts = [result.draft for result in results if isinstance(result, BriefRead)]
    assert drafts == [read_draft(make_text())] * 3


def test_a_code_fence_may_stand_around_each_brief() -> None:
    results = read("\n---\n".join([f"```\n{make_text()}```"] * 2))

    drafts = [result.draft for result in results if isinstance(result, BriefRead)]
    assert drafts == [read_draft(make_text())] * 2


def test_a_code_fence_with_nothing_but_separators_holds_no_brief() -> None:
    (result,) = read("```\n---\n```")

    assert isinstance(result, BriefRefused)
    assert result.position is None


def test_a_fence_that_is_not_around_the_whole_is_text() -> None:
    assert read_draft(make_text(body="```\ncode\n```\nMore.")).body == "```\ncode\n```\nMore."


def test_faults_are_listed_up_to_a_hundred() -> None:
    faults = list_faults(make_text(last=f"{NAMES} {SCORES}\n" + "stray\n" * 300))

    assert len(faults) == 101
    assert faults[-1][1] == "more than 100 faults; mend these, then read the document again"


def test_warnings_of_a_refused_brief_are_given_too() -> None:
    (result,) = read(make_text(counter=f"**Counter_argument:** {COUNTER}", last="topics: []"))

    assert isinstance(result, BriefRefused)
    assert [warning.code for warning in result.warnings] == [WarningCode.MARKDOWN]


def test_warnings_come_in_the_order_of_their_lines() -> None:
    document = make_text(counter="Counter_argument: Short.", last='topics: ["a",] impact_score: 5')

    assert list_codes(document) == [WarningCode.SHORT, WarningCode.LIST_STYLE]


@pytest.mark.parametrize("kind", DocumentKind)
@given(data=st.binary(max_size=60) | texts.map(str.encode))
def test_whatever_the_bytes_are_there_is_a_result(kind: DocumentKind, data: bytes) -> None:
    results = read(data, kind=kind)

    assert len(results) > 0


@given(
    document=st.tuples(texts, texts, texts).map(
        lambda parts: f"{parts[0]}\nCounter_argument: {parts[1]}\ntopics: {parts[2]}"
    )
)
def test_lines_that_are_named_are_lines_of_the_file(document: str) -> None:
    results = read(document)

    plain = document.replace("\r\n", "\n")
    last = characters.count_line_ends(plain, start=0, end=len(plain)) + 1
    for result in results:
        faults = result.faults if isinstance(result, BriefRefused) else ()
        lines = [fault.line for fault in faults] + [each.line for each in result.warnings]
        assert all(line is None or 1 <= line <= last for line in lines)


def test_the_seed_with_any_byte_changed_still_gives_a_result() -> None:
    chance = random.Random(5)
    seed = SEED.read_bytes()
    spoilt = [
        seed[:at] + bytes([chance.randrange(256)]) + seed[at + 1 :]
        for at in chance.sample(range(len(seed)), 60)
    ]

    counts = {len(read(data)) for data in spoilt}

    assert counts == {1}
