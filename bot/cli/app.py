"""``counterpoint``: the commands, and how each of them ends.

Exit codes: 0 done, 1 refused or unhealthy, 2 wrong use, missing file or setting.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from rich.console import Console
from typer.core import TyperGroup
from typer.main import get_group

from bot import __version__
from bot.errors import ConfigError, WrongUse
from storage.errors import CounterpointError

REFUSED = 1
WRONG_USE = 2
#: The commands in the order of the help, and which module of this package has them.
COMMANDS = {
    "run": "run",
    "playground": "playground",
    "check": "check",
    "match": "match",
    "ingest": "ingest",
    "preview": "preview",
    "migrate": "migrate",
    "export": "export",
    "health": "health",
    "simulate": "simulate",
    "backup": "backup",
    "restore": "backup",
    "doctor": "doctor",
}


class _Commands(TyperGroup):
    """The commands; each is imported when it is asked for, since all of them take a second."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - as it is called
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the same
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            part = typer.Typer(rich_markup_mode="markdown")
            import_module(f"bot.cli.{COMMANDS[cmd_name]}").register(part)
            self.commands.update(get_group(part).commands)
        return self.commands[cmd_name]


app = typer.Typer(
    name="counterpoint",
    help="One finite digest a day on Telegram, every brief with its counter-argument.",
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"counterpoint {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False,
        "--version",
        metavar="",
        help="Print the version and end.",
        callback=_version,
        is_eager=True,
    ),
) -> None:
    del version


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command of the arguments and exit; an error of ours is one clear line and a code."""
    try:
        app(arguments, prog_name="counterpoint")
    except (ConfigError, WrongUse) as error:
        _say(error)
        sys.exit(WRONG_USE)
    except CounterpointError as error:
        _say(error)
        sys.exit(REFUSED)
    except BrokenPipeError:
        sys.exit(REFUSED)
    except OSError as error:
        # A full disk, a port in use, a folder that may not be written: the machine's, not ours.
        _say(error)
        sys.exit(REFUSED)


def _say(error: Exception) -> None:
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for line in str(error).splitlines():
        console.print(f"counterpoint: {line}", markup=False)
