"""``counterpoint health``: is the bot well, told by what it leaves in the store."""

import typer

from bot.cli.starting import begin, run_async
from bot.clock import SystemClock
from bot.services import wellbeing
from storage import migrate
from storage.database import Database


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="For example: counterpoint health && echo well")(health)


def health() -> None:
    """Say whether the bot is well; exit code 1 if not.

    It answers from the ledger, the last update and the last tick: a process that is alive and
    does nothing is not well.
    """
    settings, _ = begin()
    found = run_async(_look(settings.database.url.get_secret_value()))
    for line in found.lines:
        print(line)
    if found.problems:
        raise typer.Exit(1)


async def _look(url: str) -> wellbeing.Wellbeing:
    db = Database(url, must_exist=True)
    try:
        await migrate.check_version(db)
        return await wellbeing.look(db, now=SystemClock().now())
    finally:
        await db.close()
