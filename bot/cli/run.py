"""``counterpoint run``: the bot."""

import asyncio
import signal
from typing import Annotated

import typer

from bot.cli.starting import begin, run_async
from bot.clock import SystemClock
from bot.config import Settings, SettingsFolder
from bot.delivery.rehearse import rehearse
from bot.runtime.bot import RunningBot
from bot.runtime.parts import open_store, rules_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="For example: counterpoint run --dry-run")(run)


def run(
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", metavar="", help="Plan and render what is due; send nothing."),
    ] = False,
) -> None:
    """Run the bot until it is interrupted.

    It makes and migrates its own SQLite file. On PostgreSQL another schema version is refused;
    counterpoint migrate brings it up.
    """
    settings, folder = begin(quiet=False)
    run_async(_rehearse(settings, folder) if dry_run else _run(settings, folder))


async def _run(settings: Settings, folder: SettingsFolder) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # A second signal changes nothing: what is under way has a limit of its own.
        loop.add_signal_handler(number, stop.set)
    async with open_store(settings, folder, clock=SystemClock()) as parts:
        bot = RunningBot(parts)
        starting = asyncio.ensure_future(bot.start())
        stopped = asyncio.ensure_future(stop.wait())
        await asyncio.wait({starting, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not starting.done():
            starting.cancel()
            return
        starting.result()
        await stopped
        await bot.stop()


async def _rehearse(settings: Settings, folder: SettingsFolder) -> None:
    async with open_store(settings, folder, clock=SystemClock()) as parts:
        made = await rehearse(parts.db, now=parts.clock.now(), rules=rules_of(settings))
    for message in made:
        print(message.body.shown, end="\n\n")
    print(f"{len(made)} digests are due; nothing was promised or sent")
