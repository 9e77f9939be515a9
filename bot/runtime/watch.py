"""What keeps the operator asleep: a heartbeat, a report after the run, an alarm at silence."""

import logging
import math
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import aiohttp

from bot.botapi.long_waits import LongWait
from bot.botapi.outcomes import BadMessage, Outcome, Refused, Sent, Wait
from bot.botapi.pace import Pace
from bot.botapi.sender import SenderApi
from bot.clock import zone_of
from bot.delivery.timing import LATE_AFTER
from bot.markup import Html, Message, bold, lines
from bot.runtime.parts import Parts
from bot.services import backups, refusals, wellbeing
from bot.services.silence import find_silence
from bot.texts import Texts, texts_in
from storage import markers, reports

log = logging.getLogger(__name__)

#: The report leaves so long after the usual time of digests, when nothing waits any more…
REPORT_AFTER = timedelta(hours=1)
#: …and after so long whatever waits.
REPORT_AT_LATEST = timedelta(hours=4)
#: That Telegram asks for a long wait is told so often at most.
WAIT_TOLD_EVERY = timedelta(hours=1)
CALL_SECONDS = 10.0
SEND_SECONDS = 60.0
#: So many bad briefs are told of in a minute, since it may be Telegram that went wrong.
BAD_AT_ONCE = 3


class Watch:
    """Looks at the store once a minute, and tells owners what they should know."""

    def __init__(
        self,
        parts: Parts,
        api: SenderApi,
        pace: Pace,
        *,
        bad_briefs: Callable[[], Sequence[tuple[int, int]]],
    ) -> None:
        self._parts = parts
        self._api = api
        self._pace = pace
        self._bad_briefs = bad_briefs
        self._bad_told = 0
        self._words = texts_in("en")

    async def run(self) -> None:
        """Do what is to be done in this minute."""
        await self._heartbeat()
        if self._parts.settings.access.owners:
            await self._report()
            await self._alarm()
            await self._alarm_of_wait()
            await self._alarm_of_bad_briefs()

    async def _heartbeat(self) -> None:
        url = self._parts.settings.operations.heartbeat_url
        if url is None:
            return
        found = await wellbeing.look(self._parts.db, now=self._parts.clock.now())
        if found.problems:
            return  # that no call comes is the alarm
        timeout = aiohttp.ClientTimeout(total=CALL_SECONDS)
        try:
            async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url):
                pass
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning(
                "the heartbeat was not taken",
                extra={"event": "heartbeat.failed", "error": type(error).__name__},
            )

    async def _report(self) -> None:
        now = self._parts.clock.now()
        run_at = self._last_run(now)
        if now - run_at < REPORT_AFTER:
            return
        async with self._parts.db.reading() as tx:
            marked = await markers.load(tx)
            told = marked.get("report")
            if told is not None and told.at >= run_at:
                return
            report = await reports.read_report(
                tx, since=run_at - timedelta(days=1), until=now, late_after=LATE_AFTER
            )
        if report.waiting and now - run_at < REPORT_AT_LATEST:
            return
        if not await self._claim("report", run_at):
            return
        words, backup = self._words, marked.get(backups.MARKER)
        zone = self._parts.settings.digest.default_zone
        await self._tell(
            lines(
                bold(words.html("report-title", day=words.weekday_of(run_at, zone))),
                words.html(
                    "report-run",
                    due=report.due,
                    sent=str(report.sent),
                    late=str(report.late),
                    waiting=str(report.waiting),
                    uncertain=str(report.uncertain),
                    unsent=str(report.unsent),
                ),
                words.html("report-slowest", seconds=str(round(report.slowest.total_seconds())))
                if report.sent
                else None,
                words.html("report-readers", blocked=report.left),
                words.html("report-briefs", count=report.briefs),
                words.html("report-backup", said=f"{backup.at:%d %b %H:%M} UTC, {backup.value}")
                if backup
                else self._no_backup(),
            )
        )

    def _no_backup(self) -> Html | None:
        return self._words.html("report-no-backup") if self._parts.db.is_sqlite else None

    async def _alarm(self) -> None:
        now = self._parts.clock.now()
        async with self._parts.db.reading() as tx:
            silence = await find_silence(tx, now=now)
            told = (await markers.load(tx)).get("silence")
        if silence is None or (told is not None and told.at >= silence.told_at):
            return
        if await self._claim("silence", silence.told_at):
            words = self._words
            hours, minutes = divmod(round(silence.usual.total_seconds() / 60), 60)
            usual = (
                words.plain("alarm-usual-hours", hours=str(hours))
                if hours
                else words.plain("alarm-usual-minutes", minutes=str(minutes))
            )
            age = str(round(silence.age.total_seconds() / 3600))
            await self._tell(words.html("alarm-silence", hours=age, usual=usual))

    async def _alarm_of_wait(self) -> None:
        wait = self._pace.long_waits.find()
        if wait is None:
            return
        if await self._claim("long_wait", self._parts.clock.now(), after=WAIT_TOLD_EVERY):
            await self._tell(words_of_wait(wait, self._words))

    async def _alarm_of_bad_briefs(self) -> None:
        """Tell of each brief that Telegram refuses, a few a minute."""
        for brief_id, revision in self._bad_briefs()[self._bad_told :][:BAD_AT_ONCE]:
            self._bad_told += 1
            words = self._words
            async with self._parts.db.reading() as tx:
                body = await refusals.tell_of(tx, words, brief_id=brief_id, revision=revision)
            await self._tell(body, otherwise=refusals.tell_by_id(words, brief_id))

    def _last_run(self, now: datetime) -> datetime:
        """Return the latest instant at which most digests were due."""
        digest = self._parts.settings.digest
        zone = zone_of(digest.default_zone)
        today = now.astimezone(zone).date()
        run_at = datetime.combine(today, digest.default_time, tzinfo=zone)
        if run_at > now:
            run_at = datetime.combine(today - timedelta(days=1), digest.default_time, tzinfo=zone)
        return run_at.astimezone(UTC)

    async def _claim(self, name: str, at: datetime, *, after: timedelta = timedelta(0)) -> bool:
        """Note that this is told, before it is: a report that comes twice is worse than none.

        Return False if it was told at that instant or later, or less than ``after`` before.
        """
        async with self._parts.db.writing() as tx:
            found = (await markers.load(tx)).get(name)
            if found is not None and (found.at >= at or found.at > at - after):
                return False
            await markers.put(tx, name=name, now=at)
        return True

    async def _tell(self, body: Html, *, otherwise: Html | None = None) -> None:
        """Tell every owner; ``otherwise`` in other words, if Telegram refuses these."""
        for owner in sorted(self._parts.settings.access.owners):
            outcome = await self._send(owner, body)
            if otherwise is not None and isinstance(outcome, BadMessage | Refused):
                outcome = await self._send(owner, otherwise)
            if not isinstance(outcome, Sent):
                log.warning(
                    "an owner was not told",
                    extra={"event": "owner.untold", "outcome": type(outcome).__name__},
                )

    async def _send(self, owner: int, body: Html) -> Outcome:
        parameters = {"chat_id": owner, **Message(body=body).as_json()}
        before = self._parts.clock.monotonic() + SEND_SECONDS
        outcome = await self._api.send(parameters, chat_id=owner, leave_before=before)
        if isinstance(outcome, Wait):
            self._pace.refused(outcome.seconds, owner)
        return outcome


def words_of_wait(wait: LongWait, words: Texts) -> Html:
    """Return what owners are told of a long wait."""
    hours, minutes = divmod(math.ceil(wait.seconds / 60), 60)
    said = (
        words.plain("alarm-wait-hours", hours=hours, minutes=minutes)
        if hours
        else words.plain("alarm-wait-minutes", minutes=minutes)
    )
    return words.html("alarm-wait", wait=said, chats=wait.chats)
