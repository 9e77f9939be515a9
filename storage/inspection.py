"""SQLite files as files: is one a sound store, what does it hold, and putting one in place."""

import fcntl
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.errors import StorageError, StoreBusy

_COUNTED = ("brief", "subscriber", "follow", "delivery")


class NoStore(StorageError):
    """The file is no sound store."""


def count_rows(path: Path) -> dict[str, int]:
    """Return how many rows the main tables hold; raise ``NoStore`` if the file is not sound."""
    if not path.is_file():
        msg = f"there is no file {str(path)!r}"
        raise NoStore(msg)
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
            if verdict != "ok":
                msg = f"{str(path)!r} is not sound: {verdict}"
                raise NoStore(msg)
            return {
                table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - ours
                for table in _COUNTED
            }
    except sqlite3.DatabaseError as error:
        msg = f"{str(path)!r} is no store of this bot: {error}"
        raise NoStore(msg) from error


def swap(source: Path, path: Path, stamp: str) -> Path:
    """Put a copy of ``source`` in the place of ``path``; return where the old file is now.

    Raises ``StoreBusy`` while a bot runs on it. The old file is complete without its log.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.replaced-{stamp}")
    with open(path.with_name(path.name + ".lock"), "a+b") as lock:  # noqa: PTH123 - a descriptor
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            msg = f"a bot runs on {path}; stop it first"
            raise StoreBusy(msg) from None
        fresh = path.with_name(path.name + ".part")
        shutil.copyfile(source, fresh)
        fresh.chmod(0o600)
        if path.exists():
            with closing(sqlite3.connect(path)) as old:
                old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            path.rename(aside)
            for suffix in ("-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
        fresh.rename(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    return aside
