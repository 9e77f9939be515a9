"""The store that the settings name, for commands that work on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.cli.starting import begin
from bot.clock import Clock, SystemClock
from bot.runtime.parts import Parts, open_store


@asynccontextmanager
async def store(clock: Clock | None = None) -> AsyncIterator[Parts]:
    """Give the parts over the store that the settings name."""
    settings, folder = begin()
    async with open_store(settings, folder, clock=clock or SystemClock()) as parts:
        yield parts
