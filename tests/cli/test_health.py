"""health tells from the store whether the bot is well; beside a bot: tests/e2e."""

import pytest


def test_a_database_that_is_not_there_is_not_well(counterpoint, tmp_path):
    ended = counterpoint("health")

    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "counterpoint: no database 'data/counterpoint.db'\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("new_store")
def test_a_bot_that_has_never_run_is_not_well(counterpoint):
    ended = counterpoint("health")

    assert (ended.code, ended.err) == (1, "")
    assert ended.lines == [
        "not well",
        "the bot has never run on this database",
        "waiting 0, under way 0, uncertain 0",
    ]
