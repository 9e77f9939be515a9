"""The sender: claim, mark, send, note.

One transaction at a time does everything that the ledger needs: it notes the calls that came to
an end, claims what is due, lifts it to what is true now, and marks it as being sent. So a row is
``sending`` from that commit to the commit of its outcome, never more than ``in_flight`` of them,
and nothing is sent without a mark that survives a crash.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.botapi.request import CALL_SECONDS
from bot.crash_points import Point, reach
from bot.delivery.calling import Caller, SenderParts
from bot.delivery.record import Finished, record
from bot.delivery.render import Prepared
from storage import deliveries, sending
from storage.errors import Conflict
from storage.model.delivery import Delivery
from storage.transactions import WriteTx

log = logging.getLogger(__name__)

#: A lease outlasts a call by far more than the clocks may differ.
LEASE = timedelta(seconds=120)
MARGIN_SECONDS = 15.0
LEAVE_SECONDS = LEASE.total_seconds() - CALL_SECONDS - MARGIN_SECONDS
#: What ended is noted, and new calls are marked, in groups: when a quarter of what may be in
#: flight has ended, or so soon. Groups of half are no quicker, and leave more in doubt at a death.
GROUP_SECONDS = 0.01
RESCUE_WAIT = timedelta(seconds=60)


def in_flight_for(per_second: int) -> int:
    """Return how many calls may be under way: W of the promises."""
    return max(8, per_second // 10)


class Sender:
    """Sends what the ledger promises, at the pace, until it is told to stop."""

    def __init__(
        self,
        parts: SenderParts,
        *,
        owner: str,
        in_flight: int,
        may_send: Callable[[], bool] = lambda: True,
        on_finished: Callable[[Finished], None] = lambda _finished: None,
    ) -> None:
        self._parts = parts
        self._owner = owner
        self._most = in_flight
        self._group = max(2, in_flight // 4)
        self._is_ours = may_send
        self._on_finished = on_finished
        self._caller = Caller(parts)
        self._calls: set[asyncio.Task[None]] = set()
        self._finished: list[Finished] = []
        self._one_finished = asyncio.Event()
        self._group_finished = asyncio.Event()
        self._turn = asyncio.Lock()
        self._wanted = False
        self._stopping = False

    @property
    def refused_by_telegram(self) -> bool:
        """Whether Telegram does not know the bot, so that nothing is sent."""
        return self._caller.refused_by_telegram

    @property
    def bad_briefs(self) -> list[tuple[int, int]]:
        """The briefs (id, revision) that are left out since Telegram refuses them."""
        return self._caller.bad_briefs

    async def rescue(self, *, alone: bool) -> tuple[int, int, int]:
        """Take over what an earlier sender left: (pending, to be repeated, held)."""
        now = self._parts.clock.now()
        async with self._parts.db.writing() as tx:
            found = await deliveries.rescue(
                tx,
                now=now,
                not_before=now + RESCUE_WAIT,
                owner=self._owner if alone else None,
            )
            reach(Point.RESCUE_WRITTEN)
        reach(Point.RESCUE_COMMITTED)
        if any(found):
            log.warning(
                "took over deliveries of a sender that stopped",
                extra={"event": "sender.rescued", "pending": found[0], "again": found[1]}
                | {"held": found[2]},
            )
        return found

    async def drain(self) -> None:
        """Send everything that is due, and return when nothing is left or under way."""
        if self._turn.locked():
            self._wanted = True  # whoever drains now will look again
            self._one_finished.set()
            return
        async with self._turn:
            while not self._stopping and await self._may_send():
                claimed = await self._cycle()
                if claimed:
                    continue
                if self._calls or self._finished:
                    await self._wait()
                elif self._wanted:
                    self._wanted = False
                else:
                    return
            await self._finish()

    async def stop(self, *, within_seconds: float) -> None:
        """Claim nothing more, let calls end, note what became of them.

        A call that does not end in time is given up: its row stays as being sent, and whoever
        rescues it takes it for what it is, in doubt.
        """
        self._stopping = True
        self._one_finished.set()
        if self._calls:
            _, late = await asyncio.wait(self._calls, timeout=within_seconds)
            for call in late:
                call.cancel()
        async with self._turn:
            await self._note()

    async def _may_send(self) -> bool:
        return await self._caller.is_known() and self._is_ours()

    async def _finish(self) -> None:
        """Wait for the calls that are under way, and note them."""
        while self._calls:
            await asyncio.wait(self._calls)
        await self._note()

    async def _wait(self) -> None:
        """Wait until a call ends; then a little, for others to end with it."""
        self._wanted = False
        await self._one_finished.wait()
        if len(self._finished) < self._group and self._calls:
            try:
                async with asyncio.timeout(GROUP_SECONDS):
                    await self._group_finished.wait()
            except TimeoutError:
                pass
        self._one_finished.clear()
        self._group_finished.clear()

    async def _note(self) -> None:
        finished, self._finished = self._finished, []
        if not finished:
            return
        try:
            async with self._parts.db.writing() as tx:
                await record(tx, finished=finished, owner=self._owner, now=self._parts.clock.now())
                reach(Point.NOTE_WRITTEN)
        except Conflict:
            self._finished = finished + self._finished
            await self._note_apart()
        except BaseException:
            self._finished = finished + self._finished  # they are noted with the next ones
            raise
        else:
            self._tell(finished)

    async def _note_apart(self) -> None:
        """Note calls one by one, since together they broke a rule of the store.

        One that breaks it alone must not hold up the others for ever: it is left as it is, so
        when its lease runs out it counts as in doubt.
        """
        finished, self._finished = self._finished, []
        while finished:
            one = finished[0]
            try:
                async with self._parts.db.writing() as tx:
                    now = self._parts.clock.now()
                    await record(tx, finished=[one], owner=self._owner, now=now)
            except Conflict:
                log.exception(
                    "a call could not be noted",
                    extra={"event": "delivery.unnoted", "delivery_id": one.prepared.delivery.id},
                )
            except BaseException:
                self._finished = finished + self._finished
                raise
            else:
                self._tell([one])
            del finished[0]

    async def _cycle(self) -> bool:
        """Note what ended, claim and mark what is due; tell whether there may be more."""
        room = min(self._group, self._most - len(self._calls))
        finished, self._finished = self._finished, []
        if room <= 0 and not finished:
            return False
        leave_before = self._leave_before()
        try:
            claimed, ready = await self._turn_over(finished, room)
        except BaseException as error:
            self._finished = finished + self._finished  # they are noted with the next ones
            if not finished or not isinstance(error, Conflict):
                raise
            await self._note_apart()
            return True
        self._tell(finished)
        if ready:
            reach(Point.MARK_COMMITTED)
        for prepared in ready:
            call = asyncio.create_task(self._deliver(prepared, leave_before))
            self._calls.add(call)
            call.add_done_callback(self._calls.discard)
        return claimed > 0

    async def _turn_over(
        self, finished: Sequence[Finished], room: int
    ) -> tuple[int, list[Prepared]]:
        """Do what one transaction does; return how many were claimed and what is to be sent."""
        claimed: Sequence[Delivery] = ()
        ready: list[Prepared] = []
        async with self._parts.db.writing() as tx:
            now = self._parts.clock.now()
            await record(tx, finished=finished, owner=self._owner, now=now)
            if finished:
                reach(Point.NOTE_WRITTEN)
            if room > 0:
                claimed = await sending.claim(
                    tx, owner=self._owner, now=now, until=now + LEASE, limit=room
                )
            if claimed:
                ready = await self._mark(tx, claimed, now)
                reach(Point.MARK_WRITTEN)
        return len(claimed), ready

    async def _mark(
        self, tx: WriteTx, claimed: Sequence[Delivery], now: datetime
    ) -> list[Prepared]:
        found = await self._caller.renderer.prepare(tx, claimed=claimed, now=now)
        if found.empty:
            await deliveries.cancel_leased(
                tx,
                delivery_ids=[one.id for one in found.empty],
                note="nothing left to say",
                now=now,
            )
            for one in found.empty:
                await deliveries.give_back(tx, delivery_ids=[one.id], chat_id=one.chat_id)
        if found.lifted:
            await sending.set_recipes(tx, recipes=found.lifted)
        marked = await sending.mark_sending(
            tx,
            leased=[(one.delivery.id, one.delivery.fence) for one in found.ready],
            owner=self._owner,
            now=now,
            leased_past=now + timedelta(seconds=CALL_SECONDS + MARGIN_SECONDS),
        )
        return [one for one in found.ready if one.delivery.id in marked]

    def _tell(self, noted: Sequence[Finished]) -> None:
        if noted:
            reach(Point.NOTE_COMMITTED)
        for one in noted:
            self._on_finished(one)

    def _leave_before(self) -> float:
        """Return until when what is claimed now may leave: its lease must outlast the answer.

        By the clock that runs on while a process is stopped; whoever wakes up after that must
        not send what another sender may have taken over.
        """
        return self._parts.clock.monotonic() + LEAVE_SECONDS

    async def _deliver(self, one: Prepared, leave_before: float) -> None:
        finished = await self._caller.deliver(one, leave_before)
        self._finished.append(finished)  # to the list that is there now
        self._one_finished.set()
        if len(self._finished) >= self._group:
            self._group_finished.set()
