"""Readers at whom life happens, and the plainest account of what they must and must not get.

The account knows nothing of slots that moved, windows or masks: a brief that a reader wants when
it goes out is owed, and the next digest that comes, or that should have come, pays.
"""

import re
from collections.abc import Set
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.markup import base36
from bot.playground.faults import Fault, Scripted
from bot.playground.people import Person
from bot.playground.shown import Shown
from storage.model.brief import BriefId
from tests.factories import make_document
from tests.flow.stage import Scene

#: What readers type, and what briefs carry for it: a topic, a longer one, a section's word, the
#: name that an alias stands for.
CARRIED = {
    "battery storage": "battery storage",
    "wheat": "winter wheat",
    "Space": "satellite",
    "Fed": "Federal Reserve",
}
NAMES = tuple(CARRIED)
FULL = 7
#: What a reader does by writing to the bot.
_WRITTEN = {"follow", "unfollow", "mute", "unmute", "ask_now"}
_WRITTEN |= {"pause", "resume", "change_hours", "travel"}
#: A digest looks back on eight days at most; what is nearly so old is owed no longer.
OWED_FOR = timedelta(days=7)
_SITE = re.compile(r"^\d+ · Site (\d+) was approved\.", re.MULTILINE)
_ITEM = re.compile(r"^\d+ · Site (\d+) was approved\..*\n(.*)$", re.MULTILINE)
_STRANGE = Fault(
    method="sendMessage",
    contains="approved",
    code=400,
    description="Bad Request: SOMETHING_NEW",
)
_UNREACHED = Fault(
    method="sendMessage", code=429, description="Too Many Requests", retry_after=300, times=None
)


@dataclass(slots=True)
class Released:
    """A brief that went out."""

    id: BriefId
    names: frozenset[str]
    impact: float
    at: datetime
    is_retracted: bool = False


@dataclass(slots=True)
class Account:
    """What is known of one reader."""

    person: Person
    hours: frozenset[int] = frozenset({8})
    zone: str = "UTC"
    follows: set[str] = field(default_factory=set)
    mutes: set[str] = field(default_factory=set)
    had: set[int] = field(default_factory=set)
    owed: set[int] = field(default_factory=set)
    messages: set[int] = field(default_factory=set)
    is_paused: bool = False
    is_blocking: bool = False
    refusal: Scripted | None = None  # which is to strike the next digest

    def wants(self, one: Released) -> bool:
        """Tell whether a brief is to come."""
        return bool(one.names & self.follows) and not one.names & self.mutes

    def is_due(self, now: datetime) -> bool:
        """Tell whether a digest is to come at this hour."""
        local = now.astimezone(ZoneInfo(self.zone))
        return local.hour in self.hours and not self.is_paused and not self.is_blocking


class Life:
    """Lets things happen to a scene; every broken promise is an ``AssertionError``."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._briefs: list[Released] = []
        self._accounts = [Account(scene.reader), Account(scene.other)]

    async def begin(self) -> None:
        """Let both readers sign up and have their first slot, which is never empty."""
        await self.publish({NAMES[0]}, 5)
        for one in self._accounts:
            await self._say(one.person, "/start", "/timezone UTC")
        await self.hours(21)
        for reader, name in ((0, NAMES[0]), (0, NAMES[1]), (1, NAMES[1])):
            await self.follow(reader, name)

    async def happen(self, deed: str, *values: Any) -> None:
        """Let one thing happen: a method by its name; who blocks the bot cannot write to it."""
        if deed in _WRITTEN and self._accounts[values[0]].is_blocking:
            return
        await getattr(self, deed)(*values)

    async def publish(self, names: set[str], impact: int) -> None:
        """Let a brief out."""
        number = len(self._briefs)
        (brief_id,) = await self._scene.release(_document(number, names, impact))
        one = Released(brief_id, frozenset(names), impact, self._scene.clock.now())
        self._briefs.append(one)
        for account in self._accounts:
            if account.wants(one):
                account.owed.add(number)

    async def retract(self, number: int) -> None:
        """Let an editor withdraw a brief."""
        one = self._briefs[number % len(self._briefs)]
        await self._say(self._scene.editor, f"/retract {base36(one.id)} It was mistaken.")
        one.is_retracted = True
        self._settle_owed()

    async def follow(self, reader: int, name: str) -> None:
        """Let a reader follow a name."""
        account = self._accounts[reader]
        await self._say(account.person, f"/subscribe {name}")
        account.follows.add(name)
        account.mutes.discard(name)

    async def unfollow(self, reader: int, name: str) -> None:
        """Let a reader end a follow."""
        account = self._accounts[reader]
        await self._say(account.person, f"/unsubscribe {name}")
        account.follows.discard(name)
        self._settle_owed()

    async def mute(self, reader: int, name: str) -> None:
        """Let a reader mute a name."""
        account = self._accounts[reader]
        await self._say(account.person, f"/mute {name}")
        account.mutes.add(name)
        account.follows.discard(name)
        self._settle_owed()

    async def unmute(self, reader: int, name: str) -> None:
        """Let a reader end a mute."""
        account = self._accounts[reader]
        await self._say(account.person, f"/unmute {name}")
        account.mutes.discard(name)

    async def ask_now(self, reader: int) -> None:
        """Let a reader ask for what is new."""
        account = self._accounts[reader]
        if account.follows:
            await self._say(account.person, "/digest")
            self._look(asked=reader)

    async def pause(self, reader: int) -> None:
        """Let a reader have no digests for long."""
        await self._say(self._accounts[reader].person, "/pause 90")
        self._accounts[reader].is_paused = True

    async def resume(self, reader: int) -> None:
        """Let a reader have digests again."""
        await self._say(self._accounts[reader].person, "/resume")
        self._accounts[reader].is_paused = False

    async def change_hours(self, reader: int, hours: set[int]) -> None:
        """Let a reader have digests at other hours."""
        listed = " ".join(f"{hour:02}:00" for hour in sorted(hours))
        await self._say(self._accounts[reader].person, f"/time {listed}")
        self._accounts[reader].hours = frozenset(hours)

    async def travel(self, reader: int, zone: str) -> None:
        """Let a reader be elsewhere."""
        await self._say(self._accounts[reader].person, f"/timezone {zone}")
        self._accounts[reader].zone = zone

    async def block(self, reader: int) -> None:
        """Let a reader shut the bot out."""
        account = self._accounts[reader]
        if not account.is_blocking:
            await account.person.block()
            account.is_blocking = True
            await self._scene.handled()
            await self._scene.all_sent()

    async def unblock(self, reader: int) -> None:
        """Let a reader let the bot in again."""
        account = self._accounts[reader]
        if account.is_blocking:
            await account.person.unblock()
            account.is_blocking = False
            await self._scene.handled()
            await self._scene.all_sent()

    async def hours(self, count: int) -> None:
        """Let time go by while all is well."""
        for _ in range(count):
            await self._scene.move(hours=1)
            now = self._scene.clock.now()
            self._look(paid={n for n, one in enumerate(self._accounts) if one.is_due(now)})

    async def be_away(self, hours: int) -> None:
        """Let the bot be down for so long."""
        await self._scene.bot.stop()
        self._scene.clock.move_to(self._scene.clock.now() + timedelta(hours=hours))
        await self._scene.restart()
        await self._scene.move(hours=0)
        self._look()

    async def lose_telegram(self, hours: int, names: set[str]) -> None:
        """Let Telegram take no message for so long, while the bot runs and briefs come in."""
        self._scene.playground.faults.add(_UNREACHED)
        for hour in range(hours):
            if hour % 9 == 0:
                await self.publish(names, 1 + hour % 8)
            await self._scene.move(hours=1)
        self._scene.playground.faults.clear()
        for account in self._accounts:
            account.refusal = None
        for _ in range(4):
            await self._scene.move(minutes=15)
        self._look(pays=False)  # what comes was chosen at its hour, before the last briefs came in

    async def be_refused(self, reader: int) -> None:
        """Let Telegram refuse a reader's next digest for a reason that nobody knows."""
        account = self._accounts[reader]
        if account.refusal is None:
            strange = replace(_STRANGE, chat_id=account.person.id)
            account.refusal = self._scene.playground.faults.add(strange)

    async def end(self) -> None:
        """Let everybody be reachable again for two days; nothing may be owed or wrong then."""
        self._scene.playground.faults.clear()
        for reader, account in enumerate(self._accounts):
            await self.unblock(reader)
            if account.is_paused:
                await self.resume(reader)
        await self.hours(49)
        for account in self._accounts:
            for message in account.person.messages:
                for number, below in _ITEM.findall(message.text):
                    is_withdrawn = below.startswith("We withdrew this brief")
                    assert is_withdrawn == self._briefs[int(number)].is_retracted, message.text

    async def _say(self, person: Person, *said: str) -> None:
        for one in said:
            await person.say(one)
            await self._scene.handled()
            await self._scene.all_sent()

    def _settle_owed(self) -> None:
        now = self._scene.clock.now()
        for account in self._accounts:
            account.owed = {
                number
                for number in account.owed - account.had
                if account.wants(one := self._briefs[number])
                and not one.is_retracted
                and now - one.at < OWED_FOR
            }

    def _look(
        self, *, paid: Set[int] = frozenset(), asked: int | None = None, pays: bool = True
    ) -> None:
        """Judge what came; ``paid`` are the readers who are owed nothing from now on.

        So is whoever got a digest, where that ``pays``.
        """
        self._settle_owed()
        for reader, account in enumerate(self._accounts):
            is_paid = reader in paid or reader == asked
            for message in account.person.messages:
                sites = _sites(message)
                if not message.from_bot or not sites or message.id in account.messages:
                    continue
                account.messages.add(message.id)
                is_paid = is_paid or pays
                assert not account.is_paused or reader == asked, "a digest in a pause"
                self._judge(account, message, sites)
                if len(sites) == FULL:
                    account.owed.clear()  # what was too much is counted under it
            self._settle_owed()
            if account.refusal is not None and account.refusal.is_spent:
                account.refusal, is_paid = None, False  # it comes with the next
            assert not (is_paid and account.owed), f"reader {reader} is owed {account.owed}"

    def _judge(self, account: Account, message: Shown, sites: list[int]) -> None:
        shown = [self._briefs[number] for number in sites]
        impacts = [one.impact for one in shown]
        assert impacts == sorted(impacts, reverse=True), f"order: {message.text}"
        assert len(sites) <= FULL
        assert message.text.count("Counterpoint Critics object") == len(sites)
        assert not account.had & set(sites), f"came before: {account.had & set(sites)}"
        assert not any(one.is_retracted for one in shown), "a withdrawn brief came"
        if "Nothing matched" not in message.text:
            assert all(account.wants(one) for one in shown), f"not wanted: {message.text}"
        account.had.update(sites)


def _document(number: int, names: set[str], impact: int) -> bytes:
    listed = ", ".join(f'"{CARRIED[name]}"' for name in sorted(names))
    return make_document(
        body=f"Site {number} was approved. " + " ".join(f"w{number}x{n}" for n in range(9)),
        counter_argument="Critics object: " + " ".join(f"c{number}x{n}" for n in range(8)),
        topics=f"[{listed}]",
        entities=f'["Site {number} Company"]',
        impact_score=str(impact),
        readtimesecs="20",
    )


def _sites(message: Shown) -> list[int]:
    return [int(number) for number in _SITE.findall(message.text)]
