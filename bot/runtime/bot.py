"""The running bot: intake, planner, sender and ticks over one store."""

import asyncio
import logging
import uuid
from collections.abc import Callable
from datetime import timedelta

import orjson

from bot.botapi.connect import make_bot
from bot.botapi.pace import Pace
from bot.botapi.sender import SenderApi
from bot.chat.application import connect, make_application
from bot.chat.deps import Deps
from bot.chat.intake import Intake
from bot.chat.menus import push_menus
from bot.chat.polling import Poller
from bot.delivery.correct import promise_edits
from bot.delivery.dispatch import Sender, SenderParts, in_flight_for
from bot.delivery.plan import PlanReport, plan_due
from bot.delivery.render import Renderer
from bot.runtime.memory import settle
from bot.runtime.parts import Parts, rules_of
from bot.scheduler import Scheduler, Tick
from storage import inbox, markers

log = logging.getLogger(__name__)

SEND_SECONDS = 1.0
PULSE_SECONDS = 10.0
CHORES_SECONDS = 3600.0
#: How long calls that are under way may take to end when the bot is stopped.
GRACE_SECONDS = 50.0
#: Updates that were handled are remembered for longer than Telegram repeats them.
SEEN_FOR = timedelta(days=7)


class RunningBot:
    """Everything that runs while the bot does."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        settings = parts.settings
        per_second = settings.delivery.per_second
        pace = Pace(parts.clock, per_second)
        in_flight = in_flight_for(per_second)
        self._bot = make_bot(settings.telegram, pace=pace, in_flight=in_flight)
        self._sender = Sender(
            SenderParts(db=parts.db, api=SenderApi(self._bot), clock=parts.clock, pace=pace),
            owner=str(uuid.uuid4()),
            in_flight=in_flight,
        )
        self._rules = rules_of(settings)
        self._application = make_application(self._bot, self._deps())
        self._intake = Intake(self._application, parts.db, parts.clock)
        self._poller = Poller(self._bot, self._intake, parts.clock)
        self._send = Tick(name="send", seconds=SEND_SECONDS, run=self.send)
        self._plan = Tick(name="plan", seconds=settings.digest.tick_seconds, run=self.plan)
        pulse = Tick(name="pulse", seconds=PULSE_SECONDS, run=self._pulse)
        chores = Tick(name="chores", seconds=CHORES_SECONDS, run=self._chores)
        self._scheduler = Scheduler([self._plan, self._send, pulse, chores])
        self._polling: asyncio.Task[None] | None = None
        self._woken: set[asyncio.Task[None]] = set()

    async def start(self) -> str:
        """Start in order; return the bot's user name. Raises ``StoreBusy`` or ``ConfigError``."""
        self._parts.db.be_the_bot()
        name = await connect(self._application, self._parts.clock)
        await self._sender.rescue(alone=self._parts.db.is_sqlite)
        await push_menus(self._bot, self._parts.settings.access)
        await self._pulse()
        settle()
        self._scheduler.start()
        self._polling = asyncio.create_task(self._poller.run())
        self.wake()
        log.info("the bot runs", extra={"event": "bot.started", "bot": name})
        return name

    async def stop(self) -> None:
        """Stop in reverse: nothing new comes in, what is under way ends and is noted."""
        self._poller.stop()
        if self._polling is not None:
            await self._polling
        await self._sender.stop(within_seconds=GRACE_SECONDS)
        await self._scheduler.stop()
        if self._woken:
            await asyncio.wait(self._woken)
        await self._application.shutdown()
        log.info("the bot has stopped", extra={"event": "bot.stopped"})

    async def plan(self) -> PlanReport:
        """Promise what is due, and let the sender know."""
        now = self._parts.clock.now()
        report = await plan_due(self._parts.db, now=now, rules=self._rules)
        if report.promised:
            self.wake()
        return report

    async def send(self) -> None:
        """Promise the edits of changes under way, and send everything that is due."""
        await promise_edits(self._parts.db, now=self._parts.clock.now())
        await self._sender.drain()

    def wake(self) -> None:
        """Let the sender look at the ledger at once."""
        task = asyncio.ensure_future(self._scheduler.run(self._send))
        self._woken.add(task)
        task.add_done_callback(self._woken.discard)

    async def _pulse(self) -> None:
        """Note that the bot lives, for whoever asks from outside."""
        now = self._parts.clock.now()
        last = self._poller.last_answer_at
        value = {
            "polled_at": last.isoformat() if last else None,
            "problem": self._poller.problem,
            "refused": self._sender.refused_by_telegram,
            "failures": self._scheduler.failures,
        }
        async with self._parts.db.writing() as tx:
            await markers.put(tx, name="pulse", now=now, value=orjson.dumps(value).decode())

    async def _chores(self) -> None:
        async with self._parts.db.writing() as tx:
            before = self._parts.clock.now() - SEEN_FOR
            await inbox.drop_seen_before(tx, before=before)

    def _deps(self) -> Deps:
        settings, parts = self._parts.settings, self._parts
        wake: Callable[[], None] = self.wake
        return Deps(
            db=parts.db,
            clock=parts.clock,
            matcher=parts.matcher,
            intake=parts.intake,
            renderer=Renderer(),
            access=settings.access,
            digest=settings.digest,
            ingest=settings.ingest,
            reading=settings.reading,
            wake=wake,
        )
