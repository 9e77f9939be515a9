"""A database that cannot be used is one line that says which, never a traceback."""

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


def test_a_folder_that_cannot_be_made_is_named(counterpoint):
    ended = counterpoint("migrate", DATABASE__URL="sqlite:////proc/nowhere/counterpoint.db")

    assert ended.code == 1
    assert ended.err == "counterpoint: [Errno 2] No such file or directory: '/proc/nowhere'\n"


@pytest.mark.postgres
def test_an_empty_postgresql_database_names_the_command_to_run(counterpoint, postgres_template):
    empty = postgres_template.replace("template_counterpoint", "postgres")

    ended = counterpoint("export", "out", DATABASE__URL=empty)

    assert ended.code == 1
    assert ended.err == "counterpoint: the database is empty; run: counterpoint migrate\n"
