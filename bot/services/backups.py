"""Copies of a SQLite store: one a night, seven kept, each opened and counted; and the way back.

PostgreSQL has tools of its own for this.
"""

import asyncio
import logging
from datetime import datetime, timedelta
from pathlib import Path

from bot.delivery.choose import Rules
from bot.delivery.plan import plan_due
from bot.errors import WrongUse
from storage import deliveries, inspection, markers, migrate
from storage.database import Database

log = logging.getLogger(__name__)

EVERY = timedelta(hours=20)
#: The first run after this hour, UTC, makes the night's copy.
HOUR = 2
KEPT = 7
MARKER = "backup"


async def back_up(db: Database, target: Path, *, now: datetime) -> dict[str, int]:
    """Copy the store into ``target`` while others use it; return what the copy holds, counted."""
    if db.path is None:
        msg = "only a SQLite database is copied here; use pg_dump for PostgreSQL"
        raise WrongUse(msg)
    await asyncio.to_thread(target.parent.mkdir, mode=0o700, parents=True, exist_ok=True)
    await db.copy_to(target)
    counted = await asyncio.to_thread(inspection.count_rows, target)
    async with db.writing() as tx:
        said = ", ".join(f"{count} {table}" for table, count in counted.items())
        await markers.put(tx, name=MARKER, now=now, value=f"{target.name}: {said}")
    log.info("backed up", extra={"event": "backup.made", "file": target.name, "rows": said})
    return counted


async def back_up_nightly(db: Database, *, now: datetime) -> Path | None:
    """Make the copy of this night if it is time, and let go of the oldest; return its path."""
    assert db.path is not None
    async with db.reading() as tx:
        last = (await markers.load(tx)).get(MARKER)
    if last is not None and (now - last.at < EVERY or now.hour < HOUR):
        return None
    folder = db.path.parent / "backups"
    target = folder / f"{db.path.stem}-{now:%Y%m%d-%H%M}.db"
    await back_up(db, target, now=now)
    for old in sorted(folder.glob(f"{db.path.stem}-*.db"))[:-KEPT]:
        old.unlink()
    return target


async def restore(source: Path, path: Path, *, now: datetime, rules: Rules) -> tuple[Path, int]:
    """Put a copy in the place of the store at ``path``; return where that went, and what is held.

    What was not sent when the copy was made, and the digests due since, may have been sent by
    the store that is replaced. So they are held as uncertain, and nothing is sent by itself.
    Raises ``StoreBusy`` while a bot runs there, ``WrongUse`` for what is no copy of a store.
    """
    try:
        await asyncio.to_thread(inspection.count_rows, source)
    except inspection.NoStore as error:
        raise WrongUse(str(error)) from None
    aside = await asyncio.to_thread(inspection.swap, source, path, f"{now:%Y%m%d-%H%M%S}")
    db = Database(f"sqlite:///{path}")
    try:
        await migrate.upgrade(db)
        db.be_the_bot()
        await plan_due(db, now=now, rules=rules)
        async with db.writing() as tx:
            held = await deliveries.hold_open(tx, now=now, note="restored from a backup")
    finally:
        await db.close()
    return aside, held
