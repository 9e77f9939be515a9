"""What a scene is made of: a clock, settings under which nothing waits, the parts of a bot."""

import asyncio
import time
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from pydantic import SecretStr

from bot.config import DatabaseSettings, Settings, TelegramSettings, load_settings
from bot.runtime.parts import Parts, make_reader
from bot.services import subjects
from bot.services.matcher import Matcher
from bot.services.taking_in import Intake
from storage.database import Database
from tests.factories import make_lexicon
from tests.fakes import NOON

TOKEN = "1234567890:FLOW-no-secret-at-all-0123456789-abcd"
OWNER, EDITOR, SECOND_EDITOR = 2001, 2002, 2003


class StageClock:
    """An instant that stays until it is moved; nobody sleeps, though real seconds go by."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now
        self._skipped = 0.0
        self.waits: list[float] = []

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return time.monotonic() + self._skipped

    async def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self._skipped += seconds
        await asyncio.sleep(0)

    def move_to(self, instant: datetime) -> None:
        assert instant >= self._now, "the clock goes forward"
        self._now = instant


def make_settings(*, api_url: str, url: str, **changed: dict[str, Any]) -> Settings:
    """Return settings under which nothing waits; what changes is given by group."""
    settings = _settings() if not changed else load_settings(**_merged(changed))
    return settings.model_copy(
        update={
            "telegram": TelegramSettings(token=SecretStr(TOKEN), api_url=api_url),
            "database": DatabaseSettings(url=SecretStr(url)),
        }
    )


@cache
def _settings() -> Settings:
    return load_settings(**_merged({}))


def _merged(changed: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    groups: dict[str, dict[str, Any]] = {
        "access": {"owners": [OWNER], "editors": [EDITOR, SECOND_EDITOR]},
        "digest": {"tick_seconds": 60},
        "delivery": {"per_second": 1000},
        "web": {"listen": "127.0.0.1:0"},
    }
    return groups | {name: groups.get(name, {}) | group for name, group in changed.items()}


def make_parts(settings: Settings, db: Database, clock: StageClock) -> Parts:
    lexicon = make_lexicon()
    reader = make_reader(lexicon)
    matcher = Matcher(lexicon, window=timedelta(days=settings.matching.window_days))
    intake = Intake(db, reader=reader, matcher=matcher)
    return Parts(
        settings=settings, db=db, clock=clock, reader=reader, matcher=matcher, intake=intake
    )


async def furnish(url: str) -> None:
    """Bring sections and aliases into a store, as a start does."""
    db = Database(url)
    clock = StageClock()
    parts = make_parts(_settings(), db, clock)
    async with db.writing() as tx:
        await subjects.sync(tx, matcher=parts.matcher, now=clock.now())
    await db.close()
