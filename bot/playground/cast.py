"""Everybody who can be played, and where they meet."""

from collections.abc import Iterator, Sequence

from bot.playground import membership
from bot.playground.acting import CannotDo
from bot.playground.conversation import Conversation
from bot.playground.events import Event
from bot.playground.model import Chat, ChatKind, Status, User
from bot.playground.people import Community, Person
from bot.playground.world import World


class Cast:
    """Makes people, groups and channels, and tells each chat what happens in it."""

    def __init__(self, world: World, callback_seconds: float) -> None:
        self._world = world
        self._callback_seconds = callback_seconds
        self._conversations: dict[int, Conversation] = {}
        world.feed.listen(self._hear)

    def __iter__(self) -> Iterator[Conversation]:
        return iter(tuple(self._conversations.values()))

    def get(self, chat_id: int) -> Conversation:
        """Return the chat with an id."""
        found = self._conversations.get(chat_id)
        if found is None:
            raise CannotDo(f"there is no chat {chat_id} here")
        return found

    def get_person(self, person_id: int) -> Person:
        """Return the person with an id."""
        found = self.get(person_id)
        if not isinstance(found, Person):
            raise CannotDo(f"{person_id} is no person")
        return found

    def get_community(self, chat_id: int) -> Community:
        """Return the group or channel with an id."""
        found = self.get(chat_id)
        if not isinstance(found, Community):
            raise CannotDo(f"{chat_id} is no group and no channel")
        return found

    def add_person(self, user: User, *, is_started: bool) -> Person:
        """Bring somebody in."""
        if user.id in self._world.users:
            raise CannotDo(f"there is somebody with the id {user.id} already")
        chat = self._world.add_person(user, is_started=is_started)
        person = Person(self._world, chat, self._callback_seconds)
        self._conversations[chat.id] = person
        return person

    def add_community(
        self, kind: ChatKind, title: str, people: Sequence[Person], bot: Status
    ) -> Community:
        """Found a group, supergroup or channel; the first of the people runs it."""
        if not people:
            raise CannotDo(f"{title} needs somebody to run it")
        members = {person.id: Status.MEMBER for person in people}
        members[people[0].id] = Status.CREATOR
        if bot.is_inside:
            members[self._world.bot.id] = bot
        return self._add(self._world.add_chat(kind, title, members), people[0])

    def migrate(self, group: Community) -> Community:
        """Turn a group into a supergroup, as its founder does it; the group is dead."""
        if group.chat.kind is not ChatKind.GROUP:
            raise CannotDo("only a group can become a supergroup")
        founder = group.founder
        return self._add(membership.migrate(self._world, group.chat, by=founder.user), founder)

    def _add(self, chat: Chat, founder: Person) -> Community:
        community = Community(self._world, chat, self._callback_seconds, founder)
        self._conversations[chat.id] = community
        return community

    def _hear(self, event: Event) -> None:
        conversation = self._conversations.get(event.chat_id)
        if conversation is not None:
            conversation.hear(event)
