"""docs/commands.md names every command of the chat and of the command line, and no other."""

import re
import shlex
from pathlib import Path

import pytest

from bot.chat import menus
from bot.chat.application import EDITOR_COMMANDS, READER_COMMANDS
from tests.command_line import COMMAND_LINE, COMMANDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/commands.md").read_text(encoding="utf-8")


def rows(heading):
    """Return the rows of the table under a heading: the code in the first cell, text, example."""
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found = []
    for line in section.splitlines():
        if line.startswith("| `"):
            names, text, example = (cell.strip() for cell in line.strip("|").split("|"))
            found.append((tuple(re.findall(r"`(.+?)`", names)), text, example.strip("`")))
    return found


READER_ROWS = rows("In the chat: readers")
EDITOR_ROWS = rows("In the chat: editors and owners")
CLI_ROWS = {
    names[0].removeprefix("counterpoint "): row for names, *row in rows("On the command line")
}


@pytest.mark.parametrize(
    ("table", "commands"),
    [
        pytest.param(READER_ROWS, READER_COMMANDS, id="readers"),
        pytest.param(EDITOR_ROWS, EDITOR_COMMANDS, id="editors"),
    ],
)
def test_the_page_lists_the_chat_commands_with_their_other_names(table, commands):
    told = [tuple(name.removeprefix("/") for name in names) for names, _, _ in table]

    assert sorted(told) == sorted(commands)


@pytest.mark.parametrize("row", READER_ROWS + EDITOR_ROWS, ids=lambda row: row[0][0])
def test_the_example_of_a_chat_command_uses_it(row):
    names, _, example = row

    assert example.partition(" ")[0] == names[0]


def test_the_menus_offer_only_commands_that_are_answered():
    answered = {name for names in READER_COMMANDS | EDITOR_COMMANDS for name in names}

    assert {*menus.READER, *menus.EDITOR} <= answered


def test_texts_speak_only_of_commands_that_are_answered():
    answered = {name for names in READER_COMMANDS | EDITOR_COMMANDS for name in names}

    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "bot/locales").rglob("*.ftl"))
    told = {name for text in texts for name in re.findall(r"(?<![\w/.])/([a-z_]+)\b", text)}
    assert told - answered == set()


def test_the_page_lists_every_command_of_the_command_line():
    assert set(CLI_ROWS) == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(CLI_ROWS))
def test_the_page_names_every_option(name):
    text, _ = CLI_ROWS[name]

    options = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    assert set(re.findall(r"`(--[a-z-]+)`", text)) == {o for o in options if o.startswith("--")}


@pytest.mark.parametrize("name", sorted(CLI_ROWS))
def test_the_example_of_a_command_is_understood(name):
    program, *arguments = shlex.split(CLI_ROWS[name][1])

    with COMMAND_LINE.make_context(program, arguments) as context:
        found, command, rest = COMMAND_LINE.resolve_command(context, arguments)
        command.make_context(found, rest).close()

    assert (program, found) == ("counterpoint", name)
