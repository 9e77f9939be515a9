"""Readers at whom life happens, judged by an account of what they are owed."""

from collections.abc import Set
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.markup import base36
from bot.playground.faults import Fault
from bot.playground.people import Person
from tests.flow.account import NAMES, Account, Released, document_of, sites_of
from tests.flow.stage import Scene

#: What a reader does by writing to the bot.
_WRITTEN = {"follow", "unfollow", "mute", "unmute", "ask_now"}
_WRITTEN |= {"pause", "resume", "change_hours", "travel"}
_STRANGE = Fault(
    method="sendMessage",
    contains="approved",
    code=400,
    description="Bad Request: SOMETHING_NEW",
)
_UNREACHED = Fault(
    method="sendMessage", code=429, description="Too Many Requests", retry_after=300, times=None
)


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
        (brief_id,) = await self._scene.release(document_of(number, names, impact))
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
            account.judge_corrections(self._briefs)

    async def _say(self, person: Person, *said: str) -> None:
        for one in said:
            await person.say(one)
            await self._scene.handled()
            await self._scene.all_sent()

    def _settle_owed(self) -> None:
        for account in self._accounts:
            account.settle(self._briefs, self._scene.clock.now())

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
                if message.from_bot and sites_of(message) and message.id not in account.messages:
                    assert not account.is_paused or reader == asked, "a digest in a pause"
                    account.judge(message, self._briefs)
                    is_paid = is_paid or pays
            self._settle_owed()
            if account.refusal is not None and account.refusal.is_spent:
                account.refusal, is_paid = None, False  # it comes with the next
            assert not (is_paid and account.owed), f"reader {reader} is owed {account.owed}"
