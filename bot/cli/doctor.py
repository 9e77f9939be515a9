"""``counterpoint doctor``: is everything there that the bot needs."""

import typer
from rich.console import Console
from rich.text import Text

from bot.cli.starting import begin, run_async
from bot.clock import SystemClock
from bot.runtime.checkup import look_at_all


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="For example: counterpoint doctor")(doctor)


def doctor() -> None:
    """Look at settings, token, clock, database, disk, zones and word lists; a line for each.

    Exit code 1 if anything is not well. Nothing is changed.
    """
    settings, folder = begin()
    console = Console(soft_wrap=True, highlight=False)
    console.print(Text.assemble(("✓ ", "green"), "settings    ", str(folder.path)))
    found = run_async(look_at_all(settings, folder, clock=SystemClock()))
    for one in found:
        mark = ("✓ ", "green") if one.is_well else ("✗ ", "red")
        console.print(Text.assemble(mark, f"{one.what:<12}", one.said))
    if not all(one.is_well for one in found):
        raise typer.Exit(1)
