"""A look at everything that the bot needs before it runs, each by itself."""

import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path
from zoneinfo import available_timezones

import aiohttp

from bot.botapi.connect import make_bot
from bot.botapi.pace import Pace
from bot.clock import Clock
from bot.config import Settings, SettingsFolder
from bot.errors import ConfigError
from bot.runtime.parts import load_lexicon
from storage import migrate, postgres, sqlite
from storage.database import Database
from storage.errors import CounterpointError, NotFound

#: Messages are due by the minute; Telegram's own clock is the measure.
MOST_DRIFT = timedelta(seconds=5)
LEAST_FREE = 1024**3
ASK_SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a look found: well or not, and in a line what there is, or what to do."""

    what: str
    is_well: bool
    said: str


class _NotWell(Exception):
    """Ends one look; the text says what is wrong and what to do."""


async def look_at_all(
    settings: Settings, folder: SettingsFolder, *, clock: Clock
) -> list[Finding]:
    """Return what each look found, in the order in which the bot needs it."""
    url = settings.database.url.get_secret_value()

    async def words() -> str:
        lexicon = load_lexicon(folder, default_lang=settings.matching.default_lang)
        return f"{len(lexicon.sections)} sections, {len(lexicon.aliases)} groups of names"

    looks: dict[str, Callable[[], Awaitable[str]]] = {
        "token": lambda: _token(settings, clock),
        "clock": lambda: _clock(settings, clock),
        "database": lambda: _database(url),
        "disk": lambda: _disk(url),
        "zones": _zones,
        "word lists": words,
    }
    return [await _look(what, look) for what, look in looks.items()]


async def _look(what: str, look: Callable[[], Awaitable[str]]) -> Finding:
    try:
        return Finding(what=what, is_well=True, said=await look())
    except (_NotWell, CounterpointError) as error:
        return Finding(what=what, is_well=False, said=str(error))
    except Exception as error:  # noqa: BLE001 - the edge: a look must not end the others
        return Finding(what=what, is_well=False, said=f"{type(error).__name__}: {error}")


async def _token(settings: Settings, clock: Clock) -> str:
    bot = make_bot(settings.telegram, pace=Pace(clock, 1), in_flight=1)
    try:
        await bot.initialize()
        me = await bot.get_me()
    except Exception as error:  # noqa: BLE001 - whatever it is, the line says so
        msg = f"Telegram does not take it: {type(error).__name__}; check the token and the network"
        raise _NotWell(msg) from None
    finally:
        await bot.shutdown()
    return f"@{me.username}"


async def _clock(settings: Settings, clock: Clock) -> str:
    timeout = aiohttp.ClientTimeout(total=ASK_SECONDS)
    address = str(settings.telegram.api_url)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.head(address, proxy=settings.telegram.proxy) as answer,
        ):
            stated = answer.headers.get("Date")
    except (aiohttp.ClientError, TimeoutError):
        msg = f"{address} cannot be reached to compare it"
        raise _NotWell(msg) from None
    if stated is None:
        return "nothing to compare it with"
    drift = clock.now() - _date(stated)
    if abs(drift) > MOST_DRIFT:
        seconds = round(drift.total_seconds())
        msg = f"it differs from Telegram's by {seconds} s; let the machine keep time (NTP)"
        raise _NotWell(msg)
    return "as Telegram's, within seconds"


def _date(stated: str) -> datetime:
    return parsedate_to_datetime(stated)


async def _database(url: str) -> str:
    try:
        db = Database(url, must_exist=True)
    except NotFound as absent:
        return f"SQLite {sqlite.VERSION}; {absent.key} is made when the bot starts"
    try:
        at = await migrate.find_version(db)
        kind = "PostgreSQL"
        if db.is_sqlite:
            raced = sqlite.has_wal_reset_race()
            kind = f"SQLite {sqlite.VERSION}" + (
                " (with the race of write-ahead logs, so writers take turns)" if raced else ""
            )
        if at is None and db.is_sqlite:
            return f"{kind}; empty, the bot makes it when it starts"
        await migrate.check_version(db)
        if not db.is_sqlite:
            await _outlives_power_cuts(db)
        return f"{kind}; schema {at}"
    finally:
        await db.close()


async def _outlives_power_cuts(db: Database) -> None:
    async with db.reading() as tx:
        unsafe = await postgres.list_unsafe(tx)
    if unsafe:
        msg = (
            f"PostgreSQL runs with {' and '.join(unsafe)} off: a power cut would lose what was"
            " acknowledged; switch that on"
        )
        raise _NotWell(msg)


def _nearest_folder(path: Path) -> Path:
    return next(folder for folder in path.resolve().parents if folder.is_dir())


async def _folder_of(url: str) -> Path:
    """Return the folder that the database is in, or the nearest there is where it will be."""
    try:
        db = Database(url, must_exist=True)
    except NotFound as absent:
        return _nearest_folder(Path(str(absent.key)))
    await db.close()
    return db.path.resolve().parent if db.path else Path.cwd()


async def _disk(url: str) -> str:
    folder = await _folder_of(url)
    free = shutil.disk_usage(folder).free
    said = f"{free / 1024**3:.1f} GiB free in {folder}"
    if free < LEAST_FREE:
        msg = f"{said}; make room: nothing is sent that cannot be noted"
        raise _NotWell(msg)
    return said


async def _zones() -> str:
    known = len(available_timezones())
    if known < 400:
        msg = f"only {known} time zones are known; install tzdata"
        raise ConfigError(msg)
    return f"{known} time zones, tzdata {version('tzdata')}"
