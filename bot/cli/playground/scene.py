"""The playground's scene: a server, its people, the bot at work on it, and a clock to push."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.clock import MovableClock
from bot.config import find_folder, find_seeds, load_settings
from bot.ingest.load import list_documents
from bot.logs import set_up_logs
from bot.playground.people import Person
from bot.playground.server import Playground
from bot.runtime.bot import RunningBot
from bot.runtime.parts import Parts, open_store
from bot.services.taking_in import Run, count_undated
from storage import deliveries, subscribers

#: Shaped like a token, so that everything that hides tokens hides it too.
TOKEN = "1234567890:PLAYGROUND-no-secret-at-all-0123456789"  # noqa: S105 - and is none
READER_ONE, READER_TWO, EDITOR_ONE = 1001, 1002, 1003


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything in the playground."""

    playground: Playground
    bot: RunningBot
    parts: Parts
    clock: MovableClock
    reader: Person
    newcomer: Person
    editor: Person

    async def move_to(self, instant: datetime | None) -> datetime:
        """Push the clock to an instant, or to the next digest; what is due then is sent."""
        if instant is None:
            async with self.parts.db.reading() as tx:
                instant = await subscribers.find_next_due_at(tx)
        if instant is not None:
            self.clock.move_to(instant)
        await self.bot.plan()
        await self.bot.send()
        return self.clock.now()


@asynccontextmanager
async def open_scene(
    *, port: int, starts_at: datetime | None = None, seeds: Path | None = None
) -> AsyncIterator[Scene]:
    """Give the scene with the seeds out, and clear it away at the end."""
    clock = MovableClock(starts_at)
    moves: list[Scene] = []

    async def move(instant: datetime | None) -> None:
        await moves[0].move_to(instant)

    async def data() -> dict[str, object]:
        return await _data(moves[0].parts)

    playground = Playground(token=TOKEN, now=clock.now, port=port, move_clock=move, data=data)
    people = (
        playground.person("Reader One", id=READER_ONE),
        playground.person("Reader Two", id=READER_TWO, language="ar"),
        playground.person("Editor One", id=EDITOR_ONE),
    )
    with tempfile.TemporaryDirectory(prefix="counterpoint-") as folder:
        async with playground, _bot_at(playground, Path(folder), clock) as (bot, parts):
            await take_seeds(parts, seeds or find_seeds())
            scene = Scene(
                playground=playground,
                bot=bot,
                parts=parts,
                clock=clock,
                reader=people[0],
                newcomer=people[1],
                editor=people[2],
            )
            moves.append(scene)
            await bot.start()
            try:
                yield scene
            finally:
                await bot.stop()


@asynccontextmanager
async def _bot_at(
    playground: Playground, folder: Path, clock: MovableClock
) -> AsyncIterator[tuple[RunningBot, Parts]]:
    config = find_folder()
    settings = load_settings(
        config,
        telegram={"token": TOKEN, "api_url": playground.url},
        database={"url": f"sqlite:///{folder}/playground.db"},
        access={"owners": [EDITOR_ONE], "editors": []},
        digest={"tick_seconds": 1},
        web={"listen": "127.0.0.1:0"},
    )
    set_up_logs(level="WARNING", as_json=False)
    async with open_store(settings, config, clock=clock) as parts:
        yield RunningBot(parts), parts


async def take_seeds(parts: Parts, folder: Path) -> int:
    """Let out every document of a folder; return how many."""
    pieces = parts.intake.read(list_documents([folder]))
    run = Run(publish="all", order="publish", undated=count_undated(pieces))
    for piece in pieces:
        await parts.intake.take(piece, run=run, now=parts.clock.now())
    return len(pieces)


async def _data(parts: Parts) -> dict[str, object]:
    """Return what the page's Data panel shows."""
    async with parts.db.reading() as tx:
        ledger = await deliveries.count_by_state(tx)
        chats = await subscribers.count_by_status(tx)
        next_due_at = await subscribers.find_next_due_at(tx)
    return {
        "readers": {status.value: count for status, count in chats.items()},
        "deliveries": {
            f"{kind.name.lower()} {state}": count for (kind, state), count in ledger.items()
        },
        "next digest": next_due_at.isoformat() if next_due_at else None,
    }
