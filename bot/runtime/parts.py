"""The parts that commands and the running bot are made of."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.config import Settings, SettingsFolder
from bot.delivery.choose import Rules
from bot.ingest.load import Reader
from bot.matching.lexicon import Lexicon, read_lexicon
from bot.services import subjects
from bot.services.matcher import Matcher
from bot.services.taking_in import Intake
from storage import migrate
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What works on the store without Telegram."""

    settings: Settings
    db: Database
    clock: Clock
    reader: Reader
    matcher: Matcher
    intake: Intake


def load_lexicon(folder: SettingsFolder, *, default_lang: str) -> Lexicon:
    """Return the word lists of a settings folder."""
    return read_lexicon(
        stop_words=folder.stop_words(),
        sections=folder.sections(),
        aliases=folder.aliases(),
        default_lang=default_lang,
    )


def make_reader(lexicon: Lexicon) -> Reader:
    """Return the reader of documents that knows the sections of a lexicon."""
    names = frozenset(section.name for section in lexicon.sections)
    return Reader(sections=names, default_lang=lexicon.default_lang)


def build_parts(
    settings: Settings, folder: SettingsFolder, *, db: Database, clock: Clock
) -> Parts:
    """Return the parts, not yet in touch with the store."""
    lexicon = load_lexicon(folder, default_lang=settings.matching.default_lang)
    matcher = Matcher(lexicon, window=timedelta(days=settings.matching.window_days))
    reader = make_reader(lexicon)
    intake = Intake(db, reader=reader, matcher=matcher)
    return Parts(
        settings=settings, db=db, clock=clock, reader=reader, matcher=matcher, intake=intake
    )


@asynccontextmanager
async def open_store(
    settings: Settings, folder: SettingsFolder, *, clock: Clock
) -> AsyncIterator[Parts]:
    """Give the parts over a store that is at this code's schema, and close it at the end.

    A SQLite file is made and migrated; on PostgreSQL another version is refused, since several
    processes may be at work there.
    """
    db = Database(settings.database.url.get_secret_value())
    try:
        if db.is_sqlite:
            await migrate.upgrade(db)
        else:
            await migrate.check_version(db)
        parts = build_parts(settings, folder, db=db, clock=clock)
        async with db.writing() as tx:
            await subjects.sync(tx, matcher=parts.matcher, now=clock.now())
        yield parts
    finally:
        await db.close()


def rules_of(settings: Settings) -> Rules:
    """Return what holds for every digest."""
    digest = settings.digest
    return Rules(
        default_zone=digest.default_zone,
        keep_seat=digest.keep_seat,
        spread_minutes=settings.delivery.spread_minutes,
    )
