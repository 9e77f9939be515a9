"""backup copies the store, restore puts a copy in its place."""

import sqlite3
from contextlib import closing

import pytest

pytestmark = pytest.mark.usefixtures("new_store")


def count_briefs(path):
    with closing(sqlite3.connect(path)) as store:
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return store.execute("SELECT count(*) FROM brief").fetchone()[0]


def test_a_copy_holds_what_was_stored(counterpoint, write, tmp_path):
    counterpoint("ingest", write())

    ended = counterpoint("backup", "copy.db")

    assert ended.code == 0
    assert ended.lines[0].startswith("copy.db: ")
    assert count_briefs(tmp_path / "copy.db") == 1


def test_a_copy_is_for_nobody_elses_eyes(counterpoint, tmp_path):
    counterpoint("backup", "copy.db")

    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0


def test_a_copy_never_replaces_a_file(counterpoint, write):
    path = write("copy.db", b"precious")

    ended = counterpoint("backup", path)

    assert (ended.code, ended.out) == (2, "")
    assert "is there already; name a new file" in ended.err
    assert path.read_bytes() == b"precious"


def test_restoring_brings_back_what_the_copy_holds(counterpoint, write, new_store, tmp_path):
    counterpoint("ingest", write("a.txt"))
    counterpoint("backup", "copy.db")
    counterpoint("ingest", write("b.txt", body="Another grid was built in the north. It works."))

    ended = counterpoint("restore", "copy.db")

    assert ended.code == 0
    assert count_briefs(new_store) == 1
    assert count_briefs(tmp_path / "copy.db") == 1


def test_what_is_no_copy_is_refused_with_the_store_untouched(counterpoint, write, new_store):
    counterpoint("ingest", write())

    ended = counterpoint("restore", write("no.db", b"no database" * 500))

    assert ended.code in {1, 2}
    assert len(ended.err.splitlines()) == 1
    assert count_briefs(new_store) == 1


def test_a_missing_copy_is_one_line(counterpoint):
    ended = counterpoint("restore", "nowhere.db")

    assert ended.code == 2
    assert "nowhere.db" in ended.err
    assert len(ended.err.splitlines()) == 1
