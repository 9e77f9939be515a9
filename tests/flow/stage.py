"""The whole bot on a local Bot API server, with people around it and a clock to push."""

import asyncio
import html
import itertools
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from bot.chat.intake import Intake as UpdateIntake
from bot.config import Settings
from bot.ingest.load import document_of
from bot.playground.conversation import Conversation
from bot.playground.inbox import Update
from bot.playground.model import Content, Markup, MarkupKind
from bot.playground.people import Person
from bot.playground.posting import post
from bot.playground.server import Playground
from bot.playground.shapes import user_json
from bot.playground.shown import Shown, show
from bot.runtime.bot import RunningBot
from bot.runtime.parts import Parts
from bot.services.asking import ask_for_digest
from bot.services.taking_in import Run
from storage.database import Database
from storage.model.brief import BriefId
from tests.flow.making import (
    EDITOR,
    OWNER,
    SECOND_EDITOR,
    TOKEN,
    StageClock,
    furnish,
    make_parts,
    make_settings,
)

#: Nothing waits so long; a machine that starves its tests may.
WAIT_SECONDS = 20.0
_TAG = re.compile(r"<[^>]*>")
_SHOWING = frozenset({"sendMessage", "editMessageText"})


class Scene:
    """A server, its people and the bot at work on it."""

    def __init__(self, playground: Playground, parts: Parts, clock: StageClock) -> None:
        self.playground = playground
        self.parts = parts
        self.clock = clock
        self.bot = RunningBot(parts)
        self._confirmed = asyncio.Event()
        self._hear_confirmations()
        self._numbers = itertools.count(500_000_001)
        #: What the server may refuse without that being a fault of the bot.
        self.refusals: set[str] = set()
        #: Events that may be logged as errors.
        self.expected_events: set[str] = set()
        self.reader = playground.person("Reader One")
        self.other = playground.person("Reader Two")
        self.editor = playground.person("Editor One", id=EDITOR, started=True)
        self.second_editor = playground.person("Editor Two", id=SECOND_EDITOR, started=True)
        self.owner = playground.person("Owner", id=OWNER, started=True)

    @property
    def db(self) -> Database:
        return self.parts.db

    def _hear_confirmations(self) -> None:
        inbox = self.playground.inbox
        confirm = inbox.confirm

        def confirm_aloud(updates: Iterable[Update]) -> None:
            confirm(updates)
            self._confirmed.set()

        inbox.confirm = confirm_aloud  # type: ignore[method-assign]  # of this one inbox

    async def restart(self, settings: Settings | None = None) -> None:
        """Start the bot again, as a new process would, on what the last one left."""
        await self.parts.db.close()
        url = self.parts.settings.database.url.get_secret_value()
        self.parts = make_parts(settings or self.parts.settings, Database(url), self.clock)
        self.bot = RunningBot(self.parts)
        await self.bot.start()

    async def joins(self, person: Person, *, follows: str = "", zone: str = "") -> None:
        """Let somebody sign up, with what they follow and where they are."""
        await self.asks(person, "/start", replies=2)
        if follows:
            await self.asks(person, f"/subscribe {follows}", replies=follows.count(",") + 1)
        if zone:
            await self.ask(person, f"/timezone {zone}")

    async def ask(self, person: Person, said: str) -> Shown:
        """Say something and return the one answer."""
        return (await self.asks(person, said))[0]

    async def asks(self, person: Person, said: str, *, replies: int = 1) -> list[Shown]:
        """Say something and return the answers."""
        await person.say(said)
        return [await person.next_reply(WAIT_SECONDS) for _ in range(replies)]

    async def answers(self, person: Person, said: list[str]) -> list[str]:
        """Say things one after the other and return the text of the one answer to each."""
        return [(await self.ask(person, one)).text for one in said]

    async def digest_now(self, person: Person, typed: str = "/digest") -> Shown:
        """Ask for a digest now and return the answer, once it is noted that it was sent."""
        answer = await self.ask(person, typed)
        await self.all_sent()
        return answer

    async def upload(self, person: Person, name: str, data: bytes) -> Shown:
        """Send a file and return the answer."""
        await person.upload(name, data)
        return await person.next_reply(WAIT_SECONDS)

    async def tap(self, person: Person, label: str, message: Shown | None = None) -> Shown:
        """Tap a button and return what the bot then says or changes."""
        await person.tap(label, message=message)
        return await person.next_reply(WAIT_SECONDS)

    def message_of(self, person: Person, text: str) -> dict[str, Any]:
        """Return a message as an update brings it, to be given another shape."""
        chat = {"id": person.id, "type": "private", "first_name": person.name}
        command = {"type": "bot_command", "offset": 0, "length": len(text.split(" ")[0])}
        return {
            "message_id": 900_001,
            "date": int(self.clock.now().timestamp()),
            "from": user_json(person.user),
            "chat": chat,
            "text": text,
            "entities": [command] if text.startswith("/") else [],
        }

    async def receive(self, update: dict[str, Any], *, update_id: int | None = None) -> int:
        """Have the bot handle an update of any shape; return its id."""
        update_id = update_id or next(self._numbers)
        intake = UpdateIntake(self.bot._application, self.db, self.clock)
        await intake.start({"update_id": update_id} | update)
        return update_id

    async def send_raw(self, kind: str, payload: object, *, chat_id: int) -> None:
        """Have the server hand out an update of any content."""
        self.playground.inbox.add(kind, payload, queue=chat_id, chat_id=chat_id, seconds=3600)

    async def handled(self) -> None:
        """Return when the bot has confirmed every update, which it does when each is handled."""
        async with asyncio.timeout(10):
            while self.playground.inbox.pending():
                self._confirmed.clear()
                await self._confirmed.wait()

    async def playground_says(self, chat: Conversation, text: str, *, data: str) -> Shown:
        """Put a message of the bot with a button "forged" into a chat."""
        world = self.playground.world
        message = post(world, chat.chat, world.bot, Content(text=world.texts.plain(text)))
        self.forge(show(message), data, chat=chat)
        return show(message)

    def forge(self, message: Shown, data: str, *, chat: Conversation | None = None) -> None:
        """Put a button "forged" under a message of the bot: whoever taps can send any data."""
        kept = (chat or self.reader).chat.messages[message.id]
        button = {"text": "forged", "callback_data": data}
        kept.markup = Markup(kind=MarkupKind.INLINE, rows=((button,),))

    async def said_until_help(self, person: Person) -> list[Shown]:
        """Return what the bot says before its help: within a chat it keeps order."""
        said = list(person._replies)
        await person.say("/help")
        while not (shown := await person.next_reply()).text.startswith("How Counterpoint works"):
            said.append(shown)
        return said

    async def release(self, *documents: bytes) -> list[BriefId]:
        """Let briefs out without an editor; return their ids."""
        ids = []
        for document in documents:
            found = document_of("brief.txt", document)
            assert found is not None
            (piece,) = self.parts.intake.read([found])
            taken = await self.parts.intake.take(
                piece, run=Run(publish="all", order="publish"), now=self.clock.now()
            )
            assert taken.brief_id is not None, piece.result
            ids.append(taken.brief_id)
        return ids

    async def move_to(self, instant: datetime) -> None:
        """Push the clock and send everything that is due then."""
        self.clock.move_to(instant)
        await self.bot._leading.renew()  # a machine that starves its tests may have lost it
        await self.bot.plan()
        await self.all_sent()

    async def move(self, **by: float) -> None:
        """Push the clock by so much and send everything that is due then."""
        await self.move_to(self.clock.now() + timedelta(**by))

    async def promise_without_sending(self, person: Person) -> None:
        """Promise a digest now that the sender is not told of yet."""
        await ask_for_digest(
            self.db,
            chat_id=person.id,
            update_id=next(self._numbers),
            settings=self.parts.settings.digest,
            now=self.clock.now(),
        )

    async def all_sent(self) -> None:
        """Return when the sender has nothing left to do."""
        while self.bot._woken:
            await asyncio.wait(set(self.bot._woken))
        await self.bot._leading.renew()
        await self.bot.send()
        async with self.bot._sender._turn:
            pass  # a tick of its own may be sending, and then does what we asked for

    def faults_of_messages(self) -> list[str]:
        """List messages that show something else than their plain rendering, by TDLib's parser."""
        found = []
        for call in self.playground.calls:
            if call.method not in _SHOWING or call.status != 200:
                continue
            answer: Any = call.answer
            sent = str(call.parameters["text"])
            plain = html.unescape(_TAG.sub("", sent))
            if isinstance(answer, dict) and answer["text"] != plain:
                found.append(f"{sent!r} shows as {answer['text']!r}")
        return found

    def unscripted_refusals(self) -> list[str]:
        """List calls that the server refused by itself and nobody expected it to."""
        return [
            f"{call.method} {dict(call.parameters)}: {call.answer}"
            for call in self.playground.calls
            if call.status != 200
            and not call.fault
            and not any(words in str(call.answer) for words in self.refusals)
        ]


def texts_to(chat: Conversation) -> list[str]:
    """Return everything that the bot said in a chat and that stands there now."""
    return [shown.text for shown in chat.messages if shown.from_bot]


@asynccontextmanager
async def open_scene(
    url: str, *, is_furnished: bool = False, **changed: dict[str, Any]
) -> AsyncIterator[Scene]:
    """Give a scene whose bot runs, on a store that is made already."""
    if not is_furnished:
        await furnish(url)
    clock = StageClock()
    async with Playground(token=TOKEN, now=clock.now) as playground:
        settings = make_settings(api_url=playground.url, url=url, **changed)
        scene = Scene(playground, make_parts(settings, Database(url), clock), clock)
        try:
            await scene.bot.start()
            try:
                yield scene
            finally:
                await scene.bot.stop()
        finally:
            await scene.db.close()
