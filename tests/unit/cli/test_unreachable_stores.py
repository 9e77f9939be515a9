"""A database that cannot be used is one line that says which, never a traceback."""

import os

import pytest


def test_a_file_that_is_no_database_is_named(counterpoint, write):
    path = write("data/counterpoint.db", b"no database at all, but long enough to be read" * 30)

    ended = counterpoint("migrate")

    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("counterpoint: the database cannot be used: ")
    assert len(ended.err.splitlines()) == 1
    assert path.read_bytes().startswith(b"no database")


def test_a_server_that_is_not_there_is_named(counterpoint):
    ended = counterpoint("export", "out", DATABASE__URL="postgresql://me@127.0.0.1:1/counterpoint")

    assert ended.code == 1
    assert ended.err.startswith("counterpoint: the database cannot be used: ")
    assert len(ended.err.splitlines()) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(counterpoint, tmp_path):
    (tmp_path / "data").mkdir(mode=0o500)

    ended = counterpoint("migrate")

    assert ended.code == 1
    assert "data/counterpoint.db" in ended.err


@pytest.mark.postgres
def test_an_empty_postgresql_database_names_the_command_to_run(counterpoint, postgres_template):
    empty = postgres_template.replace("template_counterpoint", "postgres")

    ended = counterpoint("export", "out", DATABASE__URL=empty)

    assert ended.code == 1
    assert ended.err == "counterpoint: the database is empty; run: counterpoint migrate\n"
