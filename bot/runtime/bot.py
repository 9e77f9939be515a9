"""The running bot: intake, planner, sender and ticks over one store."""

import asyncio
import logging
import uuid
from collections.abc import Callable
from pathlib import Path

from bot.botapi.connect import make_bot
from bot.botapi.pace import Pace
from bot.botapi.sender import SenderApi
from bot.chat.application import connect, make_application
from bot.chat.deps import Deps
from bot.chat.intake import Intake
from bot.chat.menus import push_menus
from bot.delivery.calling import SenderParts
from bot.delivery.correct import promise_edits
from bot.delivery.dispatch import Sender, in_flight_for
from bot.delivery.plan import PlanReport, plan_due
from bot.delivery.reckon import reckon_anew
from bot.delivery.record import Finished
from bot.delivery.render import Renderer
from bot.metrics import Metrics
from bot.runtime.chores import Chores
from bot.runtime.leading import RENEW_SECONDS, Leading
from bot.runtime.memory import settle
from bot.runtime.parts import Parts, rules_of
from bot.runtime.pulse import Pulse
from bot.runtime.updates import Updates
from bot.runtime.watch import Watch
from bot.scheduler import Scheduler, Tick
from bot.services.drop_folder import take_dropped
from storage.model.delivery import DeliveryState, Kind

log = logging.getLogger(__name__)

SEND_SECONDS = 1.0
PULSE_SECONDS = 10.0
FOLDER_SECONDS = 5.0
WATCH_SECONDS = 60.0
CHORES_SECONDS = 3600.0
#: How long calls that are under way may take to end when the bot is stopped.
GRACE_SECONDS = 50.0


class RunningBot:
    """Everything that runs while the bot does."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.metrics = Metrics()
        settings = parts.settings
        per_second = settings.delivery.per_second
        pace = Pace(parts.clock, per_second)
        self.metrics.told_to_wait.set_function(pace.long_waits.seconds_left)
        in_flight = in_flight_for(per_second)
        owner = str(uuid.uuid4())
        self._leading = Leading(parts.db, parts.clock, owner=owner)
        self._bot = make_bot(settings.telegram, pace=pace, in_flight=in_flight)
        api = SenderApi(self._bot)
        self._sender = Sender(
            SenderParts(db=parts.db, api=api, clock=parts.clock, pace=pace),
            owner=owner,
            in_flight=in_flight,
            may_send=self._leading.is_leader,
            on_finished=self._count,
        )
        self._rules = rules_of(settings)
        self._application = make_application(self._bot, self._deps())
        intake = Intake(self._application, parts.db, parts.clock)
        self._updates = Updates(
            parts,
            self._bot,
            intake,
            self.metrics,
            wake=self.wake,
            failing=lambda: self._scheduler.failing,
        )
        self._chores = Chores(parts)
        self._watch = Watch(parts, api, pace, bad_briefs=lambda: self._sender.bad_briefs)
        self._send = Tick(name="send", seconds=SEND_SECONDS, run=self.send)
        self._scheduler = Scheduler(
            [
                Tick(name="lead", seconds=RENEW_SECONDS, run=self._lead),
                Tick(name="plan", seconds=settings.digest.tick_seconds, run=self.plan),
                self._send,
                Tick(name="pulse", seconds=PULSE_SECONDS, run=self._beat),
                Tick(name="folder", seconds=FOLDER_SECONDS, run=self._take_dropped),
                Tick(name="watch", seconds=WATCH_SECONDS, run=self._look_after),
                Tick(name="chores", seconds=CHORES_SECONDS, run=self._do_chores),
            ],
            on_failure=lambda tick: self.metrics.failures.labels(tick).inc(),
            on_set_back=self._doubt_slots,
        )
        self._pulse = Pulse(parts, self._updates, self._sender, self._scheduler)
        self._woken: set[asyncio.Task[None]] = set()
        self._slots_are_right = self._was_set_back = False

    async def start(self) -> str:
        """Start in order; return the bot's user name. Raises ``StoreBusy`` or ``ConfigError``."""
        self._parts.db.be_the_bot()
        name = await connect(self._application, self._parts.clock)
        await self._leading.renew()
        if self._leading.is_leader():
            await self._sender.rescue(alone=self._parts.db.is_sqlite)
            # Before the first beat, which hides that the last one was noted in the future.
            await self._put_slots_right()
            await push_menus(self._bot, self._parts.settings.access, self._parts.clock)
        await self._updates.start(leads=self._leading.is_leader())
        await self._beat()
        settle()
        self._scheduler.start()
        self.wake()
        log.info("the bot runs", extra={"event": "bot.started", "bot": name})
        return name

    async def stop(self) -> None:
        """Stop in reverse: nothing new comes in, what is under way ends and is noted."""
        await self._updates.stop()
        await self._sender.stop(within_seconds=GRACE_SECONDS)
        await self._scheduler.stop()
        if self._woken:
            await asyncio.wait(self._woken)
        await self._leading.let_go()
        await self._application.shutdown()
        log.info("the bot has stopped", extra={"event": "bot.stopped"})

    @property
    def web_port(self) -> int | None:
        """The port that health and the rest are served on, None if they are not."""
        return self._updates.web_port

    async def plan(self) -> PlanReport:
        """Promise what is due, and let the sender know."""
        if not self._leading.is_leader():
            return PlanReport()
        now = self._parts.clock.now()
        await self._put_slots_right()
        report = await plan_due(self._parts.db, now=now, rules=self._rules)
        if report.promised:
            self.metrics.planned.inc(report.promised)
            self.wake()
        return report

    async def send(self) -> None:
        """Promise the edits of changes under way, and send everything that is due."""
        if self._leading.is_leader():
            await promise_edits(self._parts.db, now=self._parts.clock.now())
            await self._sender.drain()

    def wake(self) -> None:
        """Let the sender look at the ledger at once."""
        task = asyncio.ensure_future(self._scheduler.run(self._send))
        self._woken.add(task)
        task.add_done_callback(self._woken.discard)

    async def _put_slots_right(self) -> None:
        if self._slots_are_right:
            return
        now = self._parts.clock.now()
        zone, was_set_back = self._parts.settings.digest.default_zone, self._was_set_back
        self._slots_are_right, self._was_set_back = True, False
        try:
            await reckon_anew(
                self._parts.db, default_zone=zone, now=now, was_set_back=was_set_back
            )
        except BaseException:
            self._slots_are_right, self._was_set_back = False, was_set_back
            raise

    def _doubt_slots(self) -> None:
        """Let them be reckoned anew before anything is planned: the clock was ahead."""
        self._slots_are_right, self._was_set_back = False, True

    async def _lead(self) -> None:
        """Keep or take the leadership; only the leader fetches updates, which has to be one."""
        leads = await self._leading.renew()
        self.metrics.leader.set(1 if leads else 0)
        if not leads:  # whoever does may know other rules of time zones
            self._slots_are_right = False
        await self._updates.follow(leads=leads)

    async def _beat(self) -> None:
        """Note that the bot lives, and take over what a sender that died left behind."""
        if self._leading.is_leader():
            await self._sender.rescue(alone=False)
            await self._pulse.beat()

    async def _take_dropped(self) -> None:
        ingest = self._parts.settings.ingest
        if ingest.drop_folder is not None and self._leading.is_leader():
            await take_dropped(
                Path(ingest.drop_folder),
                self._parts.intake,
                publish=ingest.publishes("folder"),
                now=self._parts.clock.now(),
            )

    async def _look_after(self) -> None:
        if self._leading.is_leader():
            await self._watch.run()

    async def _do_chores(self) -> None:
        if self._leading.is_leader():
            await self._chores.run()

    def _count(self, finished: Finished) -> None:
        delivery, step = finished.prepared.delivery, finished.step
        outcome = type(finished.outcome).__name__.lower()
        self.metrics.outcomes.labels(delivery.kind.name.lower(), outcome).inc()
        if step.state is DeliveryState.SENT and delivery.kind is not Kind.EDIT:
            late = self._parts.clock.now() - delivery.due_at
            self.metrics.lateness.observe(late.total_seconds())

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
