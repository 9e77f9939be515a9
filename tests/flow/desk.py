"""The sender at its desk: a ledger, a Bot API server on a socket, and time that is pushed on."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import SecretStr
from sqlalchemy import select
from telegram.ext import ExtBot

from bot.botapi.connect import make_bot
from bot.botapi.outcomes import Outcome
from bot.botapi.pace import Pace
from bot.botapi.sender import SenderApi
from bot.config import TelegramSettings
from bot.delivery.calling import SenderParts
from bot.delivery.correct import promise_edits
from bot.delivery.dispatch import Sender
from bot.digest.recipe import Item, Recipe, pack
from bot.playground.people import Community, Person
from bot.playground.server import Playground
from bot.playground.shown import Shown
from storage import edits
from storage.database import Database
from storage.model.delivery import DeliveryId, DeliveryState, Kind
from storage.model.subscriber import ChatKind, Style
from storage.tables import delivery, delivery_event, had, subscriber
from tests.fakes import NOON, RunningClock
from tests.storage import rows

TOKEN = "123456:DESK"


class Gate(SenderApi):
    """The way to Telegram, with a gate behind it: an answer may be held before it is noted."""

    def __init__(self, bot: ExtBot[None]) -> None:
        super().__init__(bot)
        self.open = asyncio.Event()
        self.open.set()
        self.inside = self.most_inside = 0
        self._more_inside = asyncio.Condition()

    async def call(self, *args: Any, **more: Any) -> Outcome:
        self.inside += 1
        self.most_inside = max(self.inside, self.most_inside)
        try:
            outcome = await super().call(*args, **more)
            async with self._more_inside:
                self._more_inside.notify_all()
            await self.open.wait()
        finally:
            self.inside -= 1
        return outcome

    async def holds(self, count: int) -> None:
        """Wait until so many calls are under way at once."""
        async with asyncio.timeout(20), self._more_inside:
            await self._more_inside.wait_for(lambda: self.inside >= count)


class Desk:
    """A sender and all around it."""

    def __init__(self, db: Database, playground: Playground, bot: ExtBot[None], most: int) -> None:
        self.db, self.playground = db, playground
        self.clock = RunningClock()
        self.gate = Gate(bot)
        self.finished: list[int] = []
        self.pace = Pace(self.clock, per_second=1000)
        parts = SenderParts(db=db, api=self.gate, clock=self.clock, pace=self.pace)
        self.sender = Sender(
            parts,
            owner=rows.OWNER,
            in_flight=most,
            on_finished=lambda one: self.finished.append(one.prepared.delivery.id),
        )

    async def reader(self, chat_id: int = rows.CHAT) -> Person:
        """Bring in somebody who subscribed."""
        person = self.playground.person(f"Reader {chat_id}", id=chat_id, started=True)
        await rows.add_reader(self.db, chat_id)
        return person

    async def group(self, *, forum: str = "") -> tuple[Community, int | None]:
        """Bring in a group that subscribed, in a topic if one is named."""
        founder = self.playground.person("Founder", started=True)
        if not forum:
            group = self.playground.group("Newsroom", [founder])
            await rows.add_reader(self.db, group.id, kind=ChatKind.GROUP)
            return group, None
        group = self.playground.supergroup("Newsroom", [founder])
        topic = group.open_topic(forum)
        await rows.add_reader(self.db, group.id, kind=ChatKind.SUPERGROUP, thread_id=topic)
        return group, topic

    async def promise(
        self, chat_id: int, *brief_ids: int, due_at: datetime = NOON, **more: Any
    ) -> DeliveryId:
        """Promise a digest of briefs at their first revisions."""
        of_recipe = {k: more.pop(k) for k in tuple(more) if k in Recipe.__dataclass_fields__}
        recipe = pack(make_recipe(*brief_ids, **of_recipe))
        more = {"kind": Kind.DIGEST, "briefs": brief_ids} | more
        return await rows.promise(self.db, chat_id, recipe=recipe, due_at=due_at, **more)

    async def promise_new(self, chat_id: int, **more: Any) -> DeliveryId:
        """Promise a digest of one brief that nobody has seen."""
        return await self.promise(chat_id, await rows.add_brief(self.db), **more)

    async def drain(self, *, after: float = 0.0) -> None:
        """Let so many seconds pass, then send what is due."""
        self.clock.advance(timedelta(seconds=after))
        await self.sender.drain()

    async def correct(self, brief_id: int, change: int = 1) -> None:
        """Promise the edits of every copy of a brief, as a correction or retraction does."""
        async with self.db.writing() as tx:
            await edits.start_edits(tx, brief_id=brief_id, change=change)
        await promise_edits(self.db, now=self.clock.now())

    async def row(self, delivery_id: int) -> Any:
        """Return a row of the ledger."""
        return await rows.look_at(self.db, delivery_id)

    async def states(self, delivery_ids: Iterable[int]) -> list[DeliveryState]:
        """Return how deliveries stand."""
        return [(await self.row(one)).state for one in delivery_ids]

    async def story(self, delivery_id: int) -> list[str]:
        """Return what was written down of a delivery, from its first mark on."""
        events = await rows.look(self.db, delivery_event, "id")
        return [str(one.became) for one in events if one.delivery_id == delivery_id]

    async def edits(self) -> list[Any]:
        """Return the promised edits, the oldest first."""
        return [one for one in await rows.look(self.db, delivery) if one.kind == Kind.EDIT]

    async def chat(self, chat_id: int) -> Any:
        """Return what is known of a chat."""
        async with self.db.reading() as tx:
            found = await tx.execute(select(subscriber).where(subscriber.c.chat_id == chat_id))
            return found.one()

    async def had(self) -> set[tuple[int, int]]:
        """Return who had which brief."""
        return {(one.chat_id, one.brief_id) for one in await rows.look(self.db, had)}


def make_recipe(*brief_ids: int, **changed: Any) -> Recipe:
    """Return the recipe of a digest of briefs at their first revisions."""
    values: dict[str, Any] = {
        "items": tuple(Item(brief_id, 1) for brief_id in brief_ids),
        "language": "en",
        "style": Style.FOLDED,
        "zone": "UTC",
        "day": date(2026, 11, 22),
    }
    return Recipe(**(values | changed))


def texts(chat: Person | Community) -> list[str]:
    """Return what the bot has said in a chat."""
    return [shown.text for shown in said(chat)]


def said(chat: Person | Community) -> list[Shown]:
    """Return the messages of the bot in a chat."""
    return [shown for shown in chat.messages if shown.from_bot and not shown.note]


@asynccontextmanager
async def open_desk(db: Database, *, in_flight: int = 8) -> AsyncIterator[Desk]:
    """Open a sender on a ledger, with a server of its own."""
    async with Playground(token=TOKEN, now=lambda: NOON) as playground:
        settings = TelegramSettings(token=SecretStr(TOKEN), api_url=playground.url)
        bot = make_bot(settings, pace=Pace(RunningClock(), 1000), in_flight=in_flight)
        desk = Desk(db, playground, bot, in_flight)
        for request in bot._request:
            await request.initialize()
        try:
            yield desk
        finally:
            for request in bot._request:
                await request.shutdown()
