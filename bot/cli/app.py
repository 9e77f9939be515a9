"""``counterpoint``: the commands, and how each of them ends.

Exit codes: 0 done, 1 refused or unhealthy, 2 wrong use, missing file or setting.
"""

import sys
from collections.abc import Sequence

import typer
from rich.console import Console

from bot import __version__
from bot.cli import (
    backup,
    check,
    doctor,
    export,
    health,
    ingest,
    match,
    migrate,
    playground,
    preview,
    run,
    simulate,
)
from bot.errors import ConfigError, WrongUse
from storage.errors import CounterpointError

REFUSED = 1
WRONG_USE = 2

app = typer.Typer(
    name="counterpoint",
    help="One finite digest a day on Telegram, every brief with its counter-argument.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
for command in (
    run,
    playground,
    check,
    match,
    ingest,
    preview,
    migrate,
    export,
    health,
    simulate,
    backup,
    doctor,
):
    command.register(app)


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
