"""Who is in a chat, and what becomes of it: joining, leaving, blocking, moving."""

from bot.playground.events import Event, EventKind
from bot.playground.model import Chat, ChatKind, Content, Status, User
from bot.playground.posting import post, tell_bot
from bot.playground.shapes import chat_json, member_json, user_json
from bot.playground.world import World

_DAY = 86_400


def set_status(world: World, chat: Chat, user: User, status: Status, *, by: User) -> None:
    """Make somebody something else in a shared chat; the bot is told if it may know."""
    before = chat.status_of(user.id)
    chat.members[user.id] = status
    is_bot = user is world.bot
    if before is not status and (is_bot or chat.status_of(world.bot.id).is_admin):
        _tell(world, chat, user, (before, status), by)
    world.feed.tell(Event(kind=EventKind.CHAT, chat_id=chat.id, subject=chat))


def set_blocked(world: World, chat: Chat, *, is_blocked: bool) -> None:
    """Let a person block the bot, or take it back; the bot is told of either."""
    person = chat.person
    if person is None or chat.is_blocked is is_blocked:
        return
    chat.is_blocked = is_blocked
    change = (Status.MEMBER, Status.KICKED) if is_blocked else (Status.KICKED, Status.MEMBER)
    _tell(world, chat, world.bot, change, person)
    world.feed.tell(Event(kind=EventKind.CHAT, chat_id=chat.id, subject=chat))


def add_member(world: World, chat: Chat, user: User, *, by: User) -> None:
    """Bring somebody into a shared chat, with the service message that groups show."""
    set_status(world, chat, user, Status.MEMBER, by=by)
    if chat.kind is not ChatKind.CHANNEL:
        joined = user_json(user)
        _note(world, chat, by, {"new_chat_member": joined, "new_chat_members": [joined]})


def remove_member(world: World, chat: Chat, user: User, *, by: User) -> None:
    """Put somebody out of a shared chat; one who goes alone has left it, else is kicked."""
    if chat.kind is not ChatKind.CHANNEL and user is not world.bot:
        _note(world, chat, by, {"left_chat_member": user_json(user)})
    set_status(world, chat, user, Status.LEFT if user is by else Status.KICKED, by=by)


def migrate(world: World, group: Chat, *, by: User) -> Chat:
    """Turn a group into a supergroup and return that; both say so, and the group is dead."""
    supergroup = world.add_chat(ChatKind.SUPERGROUP, group.title, dict(group.members))
    supergroup.members_may_send = group.members_may_send
    _note(world, group, by, {"migrate_to_chat_id": supergroup.id})
    _note(world, supergroup, by, {"migrate_from_chat_id": group.id})
    group.migrated_to = supergroup.id
    world.feed.tell(Event(kind=EventKind.CHAT, chat_id=supergroup.id, subject=supergroup))
    return supergroup


def _note(world: World, chat: Chat, by: User, service: dict[str, object]) -> None:
    tell_bot(world, post(world, chat, by, Content(service=service)))


def _tell(world: World, chat: Chat, user: User, change: tuple[Status, Status], by: User) -> None:
    before, after = change
    payload = {
        "chat": chat_json(chat),
        "from": user_json(by),
        "date": world.date(),
        "old_chat_member": member_json(chat, user, before),
        "new_chat_member": member_json(chat, user, after),
    }
    kind = "my_chat_member" if user is world.bot else "chat_member"
    world.inbox.add(kind, payload, queue=chat.id, chat_id=chat.id, seconds=_DAY)
