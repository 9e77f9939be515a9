"""``counterpoint backup`` and ``restore``: a copy of the store, and the way back."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.opening import store
from bot.cli.starting import begin, run_async
from bot.clock import SystemClock
from bot.errors import WrongUse
from bot.runtime.parts import rules_of
from bot.services import backups
from storage.database import Database


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="For example: counterpoint backup today.db")(backup)
    app.command(epilog="For example: counterpoint restore today.db")(restore)


def backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where the copy goes; not there yet.")
    ],
) -> None:
    """Copy the SQLite database into FILE, beside a running bot; the copy is opened and counted.

    The bot makes one every night by itself, in backups/ beside the database, and keeps seven.
    """
    if file.exists():
        msg = f"{str(file)!r} is there already; name a new file"
        raise WrongUse(msg)
    counted = run_async(_backup(file))
    print(f"{file}: {_said(counted)}")


async def _backup(file: Path) -> dict[str, int]:
    async with store() as parts:
        return await backups.back_up(parts.db, file, now=parts.clock.now())


def restore(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A copy that backup or the bot made.")
    ],
) -> None:
    """Put FILE in the place of the database; stop the bot first.

    What may have been sent since the copy was made is held, not sent again: /uncertain lists it.
    The database that was there is kept beside it.
    """
    settings, _ = begin()
    db = Database(settings.database.url.get_secret_value())
    if db.path is None:
        msg = "only a SQLite database is restored here; use pg_restore for PostgreSQL"
        raise WrongUse(msg)
    now = SystemClock().now()
    aside, held = run_async(backups.restore(file, db.path, now=now, rules=rules_of(settings)))
    print(f"{db.path} is {file} now")
    if aside.exists():
        print(f"what was there is {aside}")
    print(f"{held} messages may have been sent since and are held; /uncertain lists them")


def _said(counted: dict[str, int]) -> str:
    return ", ".join(f"{count} {table}" for table, count in counted.items())
