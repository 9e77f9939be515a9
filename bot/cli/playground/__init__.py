"""``counterpoint playground``: bot, local Bot API server and chat page in one process."""

import asyncio
import contextlib
import signal
import webbrowser
from typing import Annotated

import typer
from rich.console import Console

from bot.cli.playground.scene import open_scene
from bot.cli.playground.tour import TourFailed, tell
from bot.cli.starting import run_async

PORT = 8000


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="For example: counterpoint playground --port 8001")(playground)


def playground(
    tour: Annotated[
        bool,
        typer.Option("--tour", metavar="", help="Play the whole story in the terminal, and end."),
    ] = False,
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", help="Where the page is served.")
    ] = PORT,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", metavar="", help="Do not open a browser.")
    ] = False,
) -> None:
    """Try the bot with the seed briefs: no token, no network, nothing kept.

    The page lets you be a reader or an editor, push the clock and script faults.
    """
    if tour:
        try:
            run_async(tell(Console(highlight=False)))
        except TourFailed as failed:
            Console(stderr=True, highlight=False).print(
                f"the tour stopped: {failed}", markup=False
            )
            raise typer.Exit(1) from None
        return
    run_async(_serve(port, open_browser=not no_browser))


async def _serve(port: int, *, open_browser: bool) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with open_scene(port=port) as scene:
        console = Console(highlight=False)
        console.print(f"The playground is open: [bold]{scene.playground.url}[/bold]")
        console.print("Be Reader One and say /start; Ctrl-C ends it.")
        if open_browser:
            with contextlib.suppress(webbrowser.Error):
                webbrowser.open(scene.playground.url)
        await stop.wait()
