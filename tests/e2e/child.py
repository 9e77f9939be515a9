"""What a forked process of the bot does first.

The server it is forked from imports this module, and so every command, of which the command line
else imports the one that was asked for.
"""

import os
import sys
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from bot.cli.app import COMMANDS, main

for module in set(COMMANDS.values()) - {"playground"}:
    import_module(f"bot.cli.{module}")


def live(
    arguments: list[str],
    environment: dict[str, str],
    folder: Path,
    out: Connection,
    err: Connection,
) -> None:
    """Be ``counterpoint`` with these arguments, in this folder, with this environment alone."""
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    out.close()
    err.close()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["counterpoint", *arguments]
    main()
