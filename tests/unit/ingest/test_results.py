"""The lines that report a result."""

from bot.ingest import results
from bot.ingest.results import DocumentKind
from tests.unit.ingest.documents import make_text, read


def test_a_report_names_file_line_and_fault() -> None:
    (result,) = read(make_text(last='topics: ["a"] impact_score: 11'))

    assert results.list_report_lines(result, file="a/b.txt", in_batch=False) == (
        "a/b.txt:5: impact_score is 11; write a number from 0 to 10",
    )


def test_a_report_of_a_batch_names_the_brief() -> None:
    _, result = read(make_text() + "---\n" + make_text(last='topics: ["a"] impact_score: 11'))

    assert results.list_report_lines(result, file="b.txt", in_batch=True) == (
        "b.txt:11: brief 2: impact_score is 11; write a number from 0 to 10",
    )


def test_a_report_of_a_whole_document_names_no_brief() -> None:
    (result,) = read("[", kind=DocumentKind.JSON)

    assert results.list_report_lines(result, file="b.json", in_batch=True) == (
        "b.json: not JSON: Expecting value in line 1, column 2",
    )


def test_faults_are_reported_before_warnings() -> None:
    (result,) = read(make_text(counter="**Counter_argument:** N/A", last="topics: []"))

    assert results.list_report_lines(result, file="b.txt", in_batch=False) == (
        "b.txt:5: topics and entities hold no string; write 1 to 32 in all",
        "b.txt: impact_score is missing; write a number from 0 to 10",
        "b.txt:3: warning: counter_argument stands in bold or as a heading; read all the same",
    )
