"""ingest stores documents, lets out what may go out, reports on each."""

import sqlite3
import zipfile
from contextlib import closing

import pytest

from tests.cli.documents import HOSTILE

pytestmark = pytest.mark.usefixtures("new_store")


@pytest.fixture
def states(new_store):
    """Tell how many briefs stand how."""

    def count():
        with closing(sqlite3.connect(new_store)) as store:
            return dict(store.execute("SELECT state, count(*) FROM brief GROUP BY state"))

    return count


def test_a_brief_is_reported_by_id_state_headline(counterpoint, write):
    path = write(readtimesecs=None)

    ended = counterpoint("ingest", path)

    assert ended.code == 0
    assert ended.lines == [
        f"{path}: 1 released: The grid operator approved a battery park beside its largest landing"
        " point.",
        "1 briefs: 1 released",
    ]


def test_doing_it_again_changes_nothing(counterpoint, write, states):
    path = write()
    counterpoint("ingest", path)

    ended = counterpoint("ingest", path)

    assert (ended.code, ended.lines[-1]) == (0, "1 briefs: 1 already stored")
    assert ended.lines[0].startswith(f"{path}: 1 already stored, released: ")
    assert states() == {"released": 1}


def test_archived_briefs_are_not_let_out(counterpoint, write, states):
    ended = counterpoint("ingest", write(), "--archive")

    assert ended.lines[-1] == "1 briefs: 1 archived"
    assert states() == {"archived": 1}


def test_what_looks_unfinished_waits_for_an_editor(counterpoint, write, states):
    ended = counterpoint("ingest", write(counter_argument="N/A"))

    assert (ended.code, ended.lines[-1]) == (0, "1 briefs: 1 queued")
    assert "warning: " in ended.out
    assert states() == {"queued": 1}


def test_publish_lets_out_what_would_wait(counterpoint, write, states):
    counterpoint("ingest", write(counter_argument="N/A"), "--publish")

    assert states() == {"released": 1}


def test_publish_lets_out_what_is_stored_already(counterpoint, write, states):
    path = write(counter_argument="N/A")
    counterpoint("ingest", path)

    ended = counterpoint("ingest", path, "--publish")

    assert ended.lines[0].startswith(f"{path}: 1 already stored, released: ")
    assert states() == {"released": 1}


def test_a_setting_keeps_everything_for_the_editor(counterpoint, write, states):
    counterpoint("ingest", write(), INGEST__PUBLISH="never")

    assert states() == {"queued": 1}


def test_the_two_orders_exclude_each_other(counterpoint, write, states):
    ended = counterpoint("ingest", write(), "--archive", "--publish")

    assert ended.code == 2
    assert ended.err == "counterpoint: --archive and --publish exclude each other\n"
    assert states() == {}


def test_a_broken_document_is_one_line_a_fault(counterpoint, write, states):
    path = write(impact_score="11", confidence="nine")

    ended = counterpoint("ingest", path)

    assert (ended.code, ended.err) == (1, "")
    assert ended.lines == [
        f"{path}:9: impact_score is 11; write a number from 0 to 10",
        f"{path}:9: confidence is 'nine'; write a number from 0 to 1, or leave the label out",
        "1 briefs: 1 refused",
    ]
    assert states() == {}


def test_a_broken_document_does_not_keep_others_out(counterpoint, write, states):
    broken, good = write("a.txt", impact_score=""), write("b.txt")

    ended = counterpoint("ingest", broken, good)

    assert (ended.code, ended.lines[-1]) == (1, "2 briefs: 1 refused, 1 released")
    assert states() == {"released": 1}


def test_a_missing_path_stores_nothing_of_the_others(counterpoint, write, states):
    ended = counterpoint("ingest", write(), "nowhere.txt")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "counterpoint: there is no file or folder 'nowhere.txt'\n"
    assert states() == {}


def test_a_zip_is_taken_in_by_the_names_inside(counterpoint, write, tmp_path, states):
    with zipfile.ZipFile(tmp_path / "night.zip", "w") as archive:
        archive.write(write(), "one.txt")

    ended = counterpoint("ingest", "night.zip")

    assert ended.lines[0].startswith("night.zip/one.txt: 1 released: ")
    assert states() == {"released": 1}


def test_a_file_that_is_no_zip_is_refused(counterpoint, write):
    ended = counterpoint("ingest", write("broken.zip", b"PK no zip"))

    assert ended.code == 1
    assert ended.lines[0].endswith("broken.zip: is no zip, or a damaged one")


def test_hostile_documents_leave_nothing_behind(counterpoint, write, states):
    for number, data in enumerate(HOSTILE.values()):
        path = write(f"hostile/{number}.txt", data)

    ended = counterpoint("ingest", path.parent)

    assert (ended.code, ended.lines[-1]) == (1, f"{len(HOSTILE)} briefs: {len(HOSTILE)} refused")
    assert states() == {}
