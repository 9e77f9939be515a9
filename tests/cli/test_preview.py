"""preview prints the digest as it would be; nothing is promised or sent."""

import sqlite3
from contextlib import closing

import pytest

pytestmark = pytest.mark.usefixtures("new_store")


@pytest.fixture
def with_the_seed(new_store, counterpoint, the_seed):
    counterpoint("ingest", the_seed)


@pytest.mark.usefixtures("with_the_seed")
def test_a_follow_brings_its_briefs_with_their_counter_arguments(counterpoint):
    ended = counterpoint("preview", "--follow", "satellites")

    assert ended.code == 0
    assert ended.lines[0].startswith("1 · SpaceX has secured")
    assert "Critics argue that reliance on a single commercial provider" in ended.out


@pytest.mark.usefixtures("with_the_seed")
def test_without_a_follow_it_is_everything(counterpoint):
    ended = counterpoint("preview")

    assert ended.lines[0].startswith("1 · SpaceX has secured")


@pytest.mark.usefixtures("with_the_seed")
def test_a_follow_that_nothing_carries_says_that_nothing_would_come(counterpoint):
    ended = counterpoint("preview", "--follow", "offshore wind")

    assert (ended.code, ended.out) == (0, "Nothing would come.\n")


@pytest.mark.usefixtures("with_the_seed")
def test_a_week_later_the_brief_is_no_news(counterpoint):
    ended = counterpoint("preview", "--at", "2126-11-22T08:00+01:00")

    assert ended.out == "Nothing would come.\n"


@pytest.mark.usefixtures("with_the_seed")
def test_nothing_is_promised(counterpoint, new_store):
    counterpoint("preview")

    with closing(sqlite3.connect(new_store)) as store:
        assert store.execute("SELECT count(*) FROM delivery").fetchone() == (0,)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(
            ["--at", "tomorrow"],
            "--at is 'tomorrow'; write an instant such as 2026-11-22T08:00+01:00",
            id="an instant in words",
        ),
        pytest.param(
            ["--follow", "space", "--chat", "5"],
            "--follow and --chat exclude each other",
            id="two readers",
        ),
        pytest.param(["--chat", "404"], "there is no chat 404", id="an unknown chat"),
    ],
)
def test_what_cannot_be_previewed_is_one_line(counterpoint, arguments, said):
    ended = counterpoint("preview", *arguments)

    assert (ended.code, ended.out, ended.err) == (2, "", f"counterpoint: {said}\n")
