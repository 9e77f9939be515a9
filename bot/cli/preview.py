"""``counterpoint preview``: the digest as it would be; nothing is promised or sent."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.cli.opening import store
from bot.cli.starting import run_async
from bot.clock import SystemClock
from bot.errors import WrongUse
from bot.markup import Message
from bot.services.previewing import preview as make_preview


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="For example: counterpoint preview --follow Space")(preview)


def preview(
    follow: Annotated[
        list[str] | None,
        typer.Option("--follow", metavar="PHRASE", help="A phrase or section; once for each."),
    ] = None,
    chat: Annotated[
        int | None, typer.Option("--chat", metavar="ID", help="A chat's own digest.")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at", metavar="INSTANT", help="An instant, such as 2026-11-22T08:00+01:00."
        ),
    ] = None,
) -> None:
    """Print the digest as it would be for follows, for a chat, or for Everything."""
    if follow and chat is not None:
        msg = "--follow and --chat exclude each other"
        raise WrongUse(msg)
    made = run_async(_preview(follow or ["Everything"], chat, _instant(at)))
    print(made.body.shown if made is not None else "Nothing would come.")


async def _preview(follows: list[str], chat: int | None, at: datetime) -> Message | None:
    async with store() as parts:
        return await make_preview(
            parts.db,
            phrases=follows,
            chat_id=chat,
            lexicon=parts.matcher.lexicon,
            settings=parts.settings.digest,
            at=at,
        )


def _instant(stated: str | None) -> datetime:
    if stated is None:
        return SystemClock().now()
    try:
        read = datetime.fromisoformat(stated)
    except ValueError:
        msg = f"--at is {stated!r}; write an instant such as 2026-11-22T08:00+01:00"
        raise WrongUse(msg) from None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
