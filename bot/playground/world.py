"""Everybody and everything the server knows."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.playground.events import Feed
from bot.playground.face import Face
from bot.playground.files import Files
from bot.playground.inbox import Inbox
from bot.playground.model import Chat, ChatKind, Status, User
from bot.playground.text.reading import TextReader

_FIRST_PERSON = 1_000_001
_FIRST_SUPERGROUP = -1_000_000_000_001
_FIRST_GROUP = -5_000_001
_FIRST_QUERY = 700_000_000_001


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackAnswer:
    """What a tap brought: a note, an alert, or an address to open."""

    text: str = ""
    show_alert: bool = False
    url: str = ""


class World:
    """People, chats, files and updates; nothing here knows of HTTP."""

    def __init__(
        self, *, bot: User, now: Callable[[], datetime], inbox: Inbox, texts: TextReader
    ) -> None:
        self.bot = bot
        self.now = now
        self.inbox = inbox
        self.texts = texts
        self.feed = Feed()
        self.face = Face(bot.first_name)
        self.files = Files()
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, asyncio.Future[CallbackAnswer]] = {}
        self.query_numbers = itertools.count(_FIRST_QUERY)
        self._person_ids = itertools.count(_FIRST_PERSON)
        self._group_ids = itertools.count(_FIRST_GROUP, -1)
        self._supergroup_ids = itertools.count(_FIRST_SUPERGROUP, -1)
        self._shared_numbers = itertools.count(1)
        self._numbers: dict[int, itertools.count[int]] = {}

    def date(self) -> int:
        """Return the instant as Telegram writes it."""
        return int(self.now().timestamp())

    def add_person(self, user: User, *, is_started: bool) -> Chat:
        """Bring somebody in, with their private chat."""
        self.users[user.id] = user
        chat = Chat(id=user.id, kind=ChatKind.PRIVATE, person=user, is_started=is_started)
        self.chats[chat.id] = chat
        return chat

    def draw_person_id(self) -> int:
        """Return an id nobody has."""
        return next(number for number in self._person_ids if number not in self.users)

    def add_chat(self, kind: ChatKind, title: str, members: dict[int, Status]) -> Chat:
        """Found a group, supergroup or channel."""
        ids = self._group_ids if kind is ChatKind.GROUP else self._supergroup_ids
        chat = Chat(id=next(ids), kind=kind, title=title, members=members)
        self.chats[chat.id] = chat
        return chat

    def next_message_id(self, chat: Chat) -> int:
        """Return the next number: supergroups and channels count alone, the rest together."""
        if chat.kind in {ChatKind.PRIVATE, ChatKind.GROUP}:
            return next(self._shared_numbers)
        return next(self._numbers.setdefault(chat.id, itertools.count(1)))

    def find_public_chat(self, username: str) -> Chat | None:
        """Return the supergroup or channel with a public name, given without its @."""
        wanted = username.lower()
        named = (chat for chat in self.chats.values() if chat.username and chat.person is None)
        return next((chat for chat in named if chat.username.lower() == wanted), None)

    def meets_bot(self, user_id: int) -> bool:
        """Say whether a person and the bot are in some chat together."""
        return any(
            chat.status_of(user_id).is_inside and chat.status_of(self.bot.id).is_inside
            for chat in self.chats.values()
        )
