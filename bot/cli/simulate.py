"""``counterpoint simulate``: fill a new database with a realistic crowd."""

from typing import Annotated

import typer
from rich.console import Console

from bot.cli.opening import store
from bot.cli.progress import bar
from bot.cli.starting import run_async
from bot.errors import WrongUse
from bot.ingest.load import Document
from bot.ingest.results import DocumentKind
from bot.services.crowd import CrowdShape, add_crowd, documents_of
from bot.services.taking_in import Run
from storage.crowd import has_readers


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="For example: counterpoint simulate --subscribers 1000")(simulate)


def simulate(
    subscribers: Annotated[
        int,
        typer.Option(
            "--subscribers", metavar="N", min=1, max=10_000_000, help="How many readers."
        ),
    ] = 10_000,
    briefs: Annotated[
        int, typer.Option("--briefs", metavar="N", min=0, max=100_000, help="How many briefs.")
    ] = 300,
    follows: Annotated[
        int, typer.Option("--follows", metavar="N", min=1, max=200, help="Follows a reader.")
    ] = 20,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", help="Another number, another crowd.")
    ] = 1,
) -> None:
    """Fill a new database with made-up readers and briefs, to try things at size.

    Readers live in the zones of the world and follow what many follow (Zipf). A database that
    has readers already is refused: nobody shall mix them with real ones. The chats do not exist,
    so keep the bot that runs on it away from Telegram.
    """
    shape = CrowdShape(subscribers=subscribers, follows=follows, seed=seed)
    run_async(_simulate(shape, briefs))


async def _simulate(shape: CrowdShape, briefs: int) -> None:
    async with store() as parts:
        async with parts.db.reading() as tx:
            if await has_readers(tx):
                msg = "this database has readers already; name a new one in "
                msg += "COUNTERPOINT_DATABASE__URL, for example sqlite:///data/simulated.db"
                raise WrongUse(msg)
        now = parts.clock.now()
        with bar() as progress:
            task = progress.add_task("Readers", total=shape.subscribers)
            phrases = await add_crowd(
                parts.db,
                shape=shape,
                lexicon=parts.matcher.lexicon,
                now=now,
                on_page=lambda count: progress.advance(task, count),
            )
            documents = [
                Document(file=f"simulated-{n}.txt", kind=DocumentKind.TEXT, data=text.encode())
                for n, text in enumerate(documents_of(phrases, briefs, seed=shape.seed), start=1)
            ]
            run = Run(publish="all", order="publish")
            for piece in progress.track(parts.intake.read(documents), description="Briefs"):
                await parts.intake.take(piece, run=run, now=parts.clock.now())
    Console(stderr=True).print(
        f"{shape.subscribers} readers with {shape.follows} follows each, {briefs} briefs"
    )
