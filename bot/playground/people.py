"""People, groups and channels, as a test or a page plays them."""

from collections.abc import Sequence

from bot.playground import acting, membership
from bot.playground.acting import CannotDo, Place
from bot.playground.conversation import Conversation
from bot.playground.face import Command
from bot.playground.model import Chat, ChatKind, Status, Topic, User
from bot.playground.shapes import Json, message_json
from bot.playground.shown import Shown
from bot.playground.world import CallbackAnswer, World


class Person(Conversation):
    """Somebody, in their private chat with the bot."""

    def __init__(self, world: World, chat: Chat, callback_seconds: float) -> None:
        super().__init__(world, chat, callback_seconds)
        if chat.person is None:
            raise ValueError(f"chat {chat.id} is no private chat")
        self.user = chat.person

    @property
    def name(self) -> str:
        """What the person is called."""
        return self.user.first_name

    @property
    def commands(self) -> Sequence[Command]:
        """The command menu as this person sees it."""
        return self._world.face.shown_commands(self.chat, self.user)

    async def say(self, text: str, *, reply_to: int | None = None) -> Json:
        """Write to the bot and return the message."""
        self.expect()
        answered = self.chat.messages[reply_to] if reply_to else None
        place = Place(reply_to=answered)
        return message_json(acting.say(self._world, self.chat, self.user, text, place))

    async def open(self, address: str) -> Json:
        """Follow a link to the bot, as ``https://t.me/<bot>?start=…``."""
        command = acting.deep_link_command(self._world, address)
        if not command:
            raise CannotDo(f"{address!r} is no link that starts the bot")
        return await self.say(command)

    async def upload(self, file_name: str, data: bytes, caption: str | None = None) -> Json:
        """Send a file and return the message."""
        self.expect()
        content = (file_name, data)
        message = acting.upload(self._world, self.chat, self.user, content, caption or "")
        return message_json(message)

    async def edit(self, message_id: int, text: str) -> None:
        """Rewrite a message of one's own."""
        self.expect()
        acting.rewrite(self._world, self.chat.messages[message_id], text)

    async def tap(
        self,
        label: str = "",
        *,
        data: str = "",
        message: Shown | int | None = None,
        timeout: float = 5.0,
    ) -> CallbackAnswer | None:
        """Tap a button, as ``Conversation.tap_as`` says."""
        return await self.tap_as(self.user, label, data=data, message=message, timeout=timeout)

    async def block(self) -> None:
        """Block the bot."""
        membership.set_blocked(self._world, self.chat, is_blocked=True)

    async def unblock(self) -> None:
        """Take the block back."""
        membership.set_blocked(self._world, self.chat, is_blocked=False)

    async def deactivate(self) -> None:
        """Delete one's account; the bot learns of it when it next writes."""
        self.user.is_deactivated = True


class Community(Conversation):
    """A group, a supergroup or a channel; ``by`` defaults to who founded it."""

    def __init__(self, world: World, chat: Chat, callback_seconds: float, founder: Person) -> None:
        super().__init__(world, chat, callback_seconds)
        self.founder = founder

    async def say(
        self,
        text: str,
        *,
        by: Person | None = None,
        reply_to: int | None = None,
        thread_id: int = 0,
    ) -> Json:
        """Write a message and return it; the bot sees what its privacy mode lets it see."""
        self.expect()
        answered = self.chat.messages[reply_to] if reply_to else None
        place = Place(reply_to=answered, thread_id=thread_id)
        return message_json(acting.say(self._world, self.chat, self._user(by), text, place))

    async def tap(
        self,
        label: str = "",
        *,
        by: Person | None = None,
        data: str = "",
        message: Shown | int | None = None,
        timeout: float = 5.0,
    ) -> CallbackAnswer | None:
        """Tap a button, as ``Conversation.tap_as`` says."""
        user = self._user(by)
        return await self.tap_as(user, label, data=data, message=message, timeout=timeout)

    def commands_for(self, person: Person | None = None) -> Sequence[Command]:
        """Return the command menu as somebody sees it here."""
        return self._world.face.shown_commands(self.chat, self._user(person))

    async def add(self, person: Person, *, by: Person | None = None) -> None:
        """Bring somebody in."""
        membership.add_member(self._world, self.chat, person.user, by=self._user(by))

    async def remove(self, person: Person, *, by: Person | None = None) -> None:
        """Put somebody out; by themselves they leave."""
        membership.remove_member(self._world, self.chat, person.user, by=self._user(by))

    async def promote(self, person: Person, *, by: Person | None = None) -> None:
        """Make somebody an administrator."""
        self._set_status(person.user, Status.ADMINISTRATOR, by)

    async def demote(self, person: Person, *, by: Person | None = None) -> None:
        """Make an administrator a plain member."""
        self._set_status(person.user, Status.MEMBER, by)

    async def add_bot(self, *, by: Person | None = None) -> None:
        """Bring the bot in."""
        membership.add_member(self._world, self.chat, self._world.bot, by=self._user(by))

    async def kick_bot(self, *, by: Person | None = None) -> None:
        """Put the bot out."""
        membership.remove_member(self._world, self.chat, self._world.bot, by=self._user(by))

    async def promote_bot(self, *, by: Person | None = None) -> None:
        """Make the bot an administrator."""
        self._set_status(self._world.bot, Status.ADMINISTRATOR, by)

    async def demote_bot(self, *, by: Person | None = None) -> None:
        """Make the bot a plain member."""
        self._set_status(self._world.bot, Status.MEMBER, by)

    def silence_members(self, *, is_silent: bool = True) -> None:
        """Let only administrators write, or everybody again."""
        self.chat.members_may_send = not is_silent

    def open_topic(self, name: str) -> int:
        """Make the supergroup a forum, if it is none, with one more topic; return its id."""
        if self.chat.kind is not ChatKind.SUPERGROUP:
            raise CannotDo("only supergroups have topics")
        self.chat.is_forum = True
        topic = Topic(id=self._world.next_message_id(self.chat) + 1, name=name)
        self.chat.topics[topic.id] = topic
        return topic.id

    def close_topic(self, topic_id: int) -> None:
        """Let nobody write in a topic."""
        self.chat.topics[topic_id].is_closed = True

    def delete_topic(self, topic_id: int) -> None:
        """Remove a topic."""
        del self.chat.topics[topic_id]

    def _set_status(self, user: User, status: Status, by: Person | None) -> None:
        membership.set_status(self._world, self.chat, user, status, by=self._user(by))

    def _user(self, by: Person | None) -> User:
        return (by or self.founder).user
