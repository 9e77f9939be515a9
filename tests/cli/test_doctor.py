"""doctor looks at all that the bot needs, a line for each, and changes nothing."""

import pytest

from storage import migrate

NOWHERE = {"TELEGRAM__API_URL": "http://127.0.0.1:1", "TELEGRAM__TOKEN": "123456:" + "a" * 35}


def looks(ended):
    return {line[2:].split()[0]: line for line in ended.lines}


def test_each_look_has_its_line(counterpoint):
    ended = counterpoint("doctor", **NOWHERE)

    assert list(looks(ended)) == [
        "settings", "token", "clock", "database", "disk", "zones", "word",
    ]  # fmt: skip


def test_what_is_not_well_is_the_exit_code(counterpoint):
    ended = counterpoint("doctor", **NOWHERE)

    assert ended.code == 1
    assert looks(ended)["token"].startswith("✗ ")
    assert looks(ended)["zones"].startswith("✓ ")


def test_a_missing_token_is_told_in_the_words_of_run(counterpoint):
    ended = counterpoint("doctor", TELEGRAM__API_URL="http://127.0.0.1:1")

    assert "COUNTERPOINT_TELEGRAM__TOKEN is not set" in looks(ended)["token"]


def test_a_database_that_is_not_there_yet_is_not_made(counterpoint, tmp_path):
    ended = counterpoint("doctor", **NOWHERE)

    assert "data/counterpoint.db is made when the bot starts" in looks(ended)["database"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("new_store")
def test_a_database_that_is_there_is_told_by_its_schema(counterpoint):
    ended = counterpoint("doctor", **NOWHERE)

    assert looks(ended)["database"].endswith(f"; schema {migrate.head()}")


def test_a_file_that_is_no_database_is_not_well(counterpoint, write):
    write("data/counterpoint.db", b"no database at all, but long enough to be read" * 30)

    ended = counterpoint("doctor", **NOWHERE)

    assert looks(ended)["database"].startswith("✗ ")
    assert "the database cannot be used" in looks(ended)["database"]


def test_the_token_is_not_shown(counterpoint):
    ended = counterpoint("doctor", **NOWHERE)

    assert NOWHERE["TELEGRAM__TOKEN"] not in ended.out + ended.err


@pytest.mark.parametrize(
    "database_url",
    [pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgres)],
    indirect=True,
)
def test_a_server_that_a_power_cut_would_hurt_is_not_well(counterpoint, database_url):
    ended = counterpoint("doctor", DATABASE__URL=database_url, **NOWHERE)

    # The server of the tests is one, for their speed.
    assert looks(ended)["database"].startswith("✗ ")
    assert "PostgreSQL runs with fsync off: a power cut" in looks(ended)["database"]
