"""``counterpoint migrate``: bring the database to this version's schema."""

from typing import Annotated

import typer

from bot.cli.starting import begin, run_async
from storage import migrate as schema
from storage.database import Database


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="For example: counterpoint migrate")(migrate)


def migrate(
    draft: Annotated[
        str | None,
        typer.Option(
            "--draft",
            metavar="MESSAGE",
            help="For developers: draft a migration from the tables.",
        ),
    ] = None,
) -> None:
    """Bring the database to the schema of this version, all or nothing.

    A SQLite file is copied first; on SQLite the bot does all this by itself when it starts.
    """
    settings, _ = begin()
    print(run_async(_migrate(settings.database.url.get_secret_value(), draft)))


async def _migrate(url: str, message: str | None) -> str:
    db = Database(url)
    try:
        if message is not None:
            await schema.draft(db, message=message)
            return "drafted; read it before you use it"
        before = await schema.upgrade(db)
        if before is None:
            return f"the database is at schema {schema.head()} already"
        return f"the database is at schema {schema.head()} now; it was at {before}"
    finally:
        await db.close()
