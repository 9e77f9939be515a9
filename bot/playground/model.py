"""People, chats, messages and files, as the server keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.playground.text.entities import EMPTY, FormattedText


class ChatKind(StrEnum):
    """The four kinds of chat a bot meets."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class Status(StrEnum):
    """What somebody is in a chat."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"

    @property
    def is_inside(self) -> bool:
        """Whether one with this status is in the chat."""
        return self not in {Status.LEFT, Status.KICKED}

    @property
    def is_admin(self) -> bool:
        """Whether one with this status runs the chat."""
        return self in {Status.CREATOR, Status.ADMINISTRATOR}


@dataclass(slots=True, kw_only=True)
class User:
    """A person or a bot."""

    id: int
    first_name: str
    username: str = ""
    language_code: str = ""
    is_bot: bool = False
    is_deactivated: bool = False


@dataclass(slots=True, kw_only=True)
class Topic:
    """A thread of a forum."""

    id: int
    name: str
    is_closed: bool = False


class MarkupKind(StrEnum):
    """What a ``reply_markup`` is."""

    INLINE = "inline"
    KEYBOARD = "keyboard"
    REMOVE = "remove"
    FORCE_REPLY = "force_reply"


Button = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """A keyboard: its buttons as the Bot API writes them, row by row."""

    kind: MarkupKind
    rows: tuple[tuple[Button, ...], ...] = ()
    placeholder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file as it hangs on a message."""

    file_id: str
    file_unique_id: str
    file_name: str
    mime_type: str
    file_size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """Where a forwarded message comes from."""

    sender: User | None
    chat: "Chat"
    message_id: int
    date: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a message says: a text, or a document with its caption, or a service note."""

    text: FormattedText = EMPTY
    document: Document | None = None
    service: Mapping[str, object] | None = None


@dataclass(slots=True, kw_only=True)
class Message:
    """A message in a chat; ``sender`` is None for a post of a channel.

    ``is_outgoing`` says that the bot put it there.
    """

    id: int
    chat: "Chat"
    sender: User | None
    date: int
    content: Content
    is_outgoing: bool = False
    markup: Markup | None = None
    reply_to: "Message | None" = None
    thread_id: int = 0
    edit_date: int = 0
    is_silent: bool = False
    forward: Forward | None = None


@dataclass(slots=True, kw_only=True)
class Chat:
    """A chat; a private one has the same id as its person and lists nobody.

    Of a private chat, ``is_started`` says that the person has written to the bot, ``is_blocked``
    that they do not want to hear from it.
    """

    id: int
    kind: ChatKind
    title: str = ""
    username: str = ""
    person: User | None = None
    is_started: bool = False
    is_blocked: bool = False
    is_forum: bool = False
    members_may_send: bool = True
    migrated_to: int = 0
    members: dict[int, Status] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)

    def status_of(self, user_id: int) -> Status:
        """Return what a user is in the chat; one who never was there has left it."""
        return self.members.get(user_id, Status.LEFT)
