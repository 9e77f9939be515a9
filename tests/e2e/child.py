"""What a forked process of the bot does first."""

import os
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from bot.cli.app import main


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
