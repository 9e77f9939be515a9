"""Methods about chats and who is in them."""

from bot.playground import membership, refusals
from bot.playground.access import Access, get_chat
from bot.playground.arguments import Arguments
from bot.playground.model import Chat, ChatKind, Status, User
from bot.playground.refusals import bad_request
from bot.playground.shapes import Json, full_chat_json, member_json
from bot.playground.world import World


def get_full_chat(world: World, arguments: Arguments) -> Json:
    """Return all about a chat."""
    return full_chat_json(get_chat(world, arguments, Access.READ))


def get_chat_member(world: World, arguments: Arguments) -> Json:
    """Return what somebody is in a chat; one who was never there has left."""
    user_id = arguments.integer("user_id")
    if user_id <= 0:
        raise bad_request("Invalid user_id specified")
    is_self = user_id == world.bot.id
    chat = get_chat(world, arguments, Access.READ if is_self else Access.READ_MEMBERS)
    user = world.users.get(user_id)
    if chat.kind is ChatKind.PRIVATE:
        if user is None or user_id not in {chat.id, world.bot.id}:
            raise bad_request(refusals.MEMBER_NOT_FOUND)
        return member_json(chat, user, Status.MEMBER)
    if user is None:
        is_group = chat.kind is ChatKind.GROUP
        raise bad_request(refusals.MEMBER_NOT_FOUND if is_group else refusals.PARTICIPANT_INVALID)
    return member_json(chat, user, chat.status_of(user_id))


def get_chat_administrators(world: World, arguments: Arguments) -> list[Json]:
    """Return who runs a chat; of bots only this one is listed."""
    chat = get_chat(world, arguments, Access.READ_MEMBERS)
    if chat.kind is ChatKind.PRIVATE:
        raise bad_request(refusals.NO_ADMINISTRATORS)
    return [
        member_json(chat, user, status)
        for user, status in _members(world, chat)
        if status.is_admin and (not user.is_bot or user is world.bot)
    ]


def get_chat_member_count(world: World, arguments: Arguments) -> int:
    """Return how many are in a chat."""
    chat = get_chat(world, arguments, Access.READ_MEMBERS)
    if chat.kind is ChatKind.PRIVATE:
        return 2
    return sum(status.is_inside for _, status in _members(world, chat))


def leave_chat(world: World, arguments: Arguments) -> bool:
    """Have the bot leave a chat."""
    chat = get_chat(world, arguments, Access.READ)
    if chat.kind is ChatKind.PRIVATE:
        raise bad_request(refusals.CANNOT_LEAVE)
    membership.remove_member(world, chat, world.bot, by=world.bot)
    return True


def _members(world: World, chat: Chat) -> list[tuple[User, Status]]:
    return [(world.users[user_id], status) for user_id, status in chat.members.items()]
