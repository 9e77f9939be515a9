"""Help that one can work from: what it does, an example, every option in words."""

import re

import pytest

from bot import __version__
from tests.command_line import COMMANDS

WIDTH = 100


def test_help_lists_every_command(counterpoint):
    ended = counterpoint("--help")

    assert ended.code == 0
    assert ended.out.lstrip().startswith("Usage: counterpoint [OPTIONS] COMMAND")
    listed = {line.split()[1] for line in ended.lines if line.startswith("│ ")}
    assert set(COMMANDS) <= listed


def test_without_a_command_the_help_is_shown(counterpoint):
    ended = counterpoint()

    assert ended.code == 2
    assert "Usage: counterpoint" in ended.out + ended.err


def test_the_version_is_one_line(counterpoint):
    ended = counterpoint("--version")

    assert (ended.code, ended.out) == (0, f"counterpoint {__version__}\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_has_an_example(counterpoint, name):
    ended = counterpoint(name, "--help")

    assert ended.code == 0
    assert f"For example: counterpoint {name}" in ended.out
    assert max(map(len, ended.lines)) <= WIDTH


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_put_into_words(name):
    silent = [one.name for one in COMMANDS[name].params if not one.help]

    assert silent == []


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_shows_a_type_of_the_code(counterpoint, name):
    ended = counterpoint(name, "--help")

    told = [line for line in ended.lines if "--" in line and "--help" not in line]
    assert [line for line in told if re.search("<[a-z]", line)] == []


def test_an_unknown_command_is_wrong_use(counterpoint):
    ended = counterpoint("chekc")

    assert ended.code == 2
    assert "chekc" in ended.err
