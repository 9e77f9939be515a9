"""What a call names, if the bot may have it: chats, messages, threads. Else Telegram's refusal."""

from enum import IntEnum

from bot.playground import refusals
from bot.playground.arguments import Arguments
from bot.playground.model import Chat, ChatKind, Message, Status
from bot.playground.refusals import bad_request, forbidden, migrated
from bot.playground.world import World

_GENERAL_TOPIC = 1


class Access(IntEnum):
    """What a call is about to do with a chat; each allows what is before it."""

    READ = 1
    READ_MEMBERS = 2
    EDIT = 3
    WRITE = 4


def get_chat(world: World, arguments: Arguments, access: Access, *, name: str = "chat_id") -> Chat:
    """Return the chat that a parameter names."""
    given = arguments.text(name)
    if not given:
        raise bad_request(refusals.CHAT_ID_EMPTY)
    if given.startswith("@"):
        chat = world.find_public_chat(given[1:])
    else:
        chat = world.chats.get(arguments.integer(name))
    if chat is None:
        raise bad_request(refusals.CHAT_NOT_FOUND)
    if chat.kind is ChatKind.PRIVATE:
        _check_private(world, chat, access)
    else:
        _check_shared(world, chat, access)
    return chat


def check_reachable(chat: Chat) -> None:
    """Raise ``Refused`` where a person does not want to hear from the bot."""
    if chat.is_blocked:
        raise forbidden(refusals.BLOCKED)


def check_may_post(world: World, chat: Chat, complaint: str) -> None:
    """Raise ``Refused`` where the bot may read but not write."""
    status = chat.status_of(world.bot.id)
    if chat.kind is ChatKind.CHANNEL and not status.is_admin:
        raise bad_request(refusals.NEED_ADMINISTRATOR)
    is_group = chat.kind in {ChatKind.GROUP, ChatKind.SUPERGROUP}
    if is_group and not chat.members_may_send and not status.is_admin:
        raise bad_request(complaint)


def get_message(chat: Chat, message_id: int, called: str) -> Message:
    """Return a message of a chat; ``called`` is what the refusal calls it."""
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request(f"{called} not found")
    return message


def get_thread(chat: Chat, arguments: Arguments) -> int:
    """Return the topic a message goes to, 0 for none; chats without topics ignore it."""
    thread_id = arguments.integer("message_thread_id")
    if thread_id <= 0 or not (chat.is_forum or chat.kind is ChatKind.PRIVATE):
        return 0
    topic = chat.topics.get(thread_id)
    if topic is None or thread_id == _GENERAL_TOPIC:
        raise bad_request(refusals.THREAD_NOT_FOUND)
    if topic.is_closed:
        raise bad_request(refusals.TOPIC_CLOSED)
    return thread_id


def find_reply(chat: Chat, arguments: Arguments) -> Message | None:
    """Return the message a new one answers, if it names one."""
    message_id, may_miss = _reply_parameters(arguments)
    if message_id <= 0:
        return None
    message = chat.messages.get(message_id)
    if message is None and not may_miss:
        raise bad_request("message to be replied not found")
    return message


def _reply_parameters(arguments: Arguments) -> tuple[int, bool]:
    if not arguments.values.get("reply_parameters"):
        may_miss = arguments.flag("allow_sending_without_reply")
        return arguments.integer("reply_to_message_id"), may_miss
    try:
        given = arguments.json("reply_parameters")
    except ValueError:
        raise bad_request("Can't parse reply parameters JSON object") from None
    if not isinstance(given, dict):
        raise bad_request("Object expected as reply parameters")
    if "message_id" not in given:
        raise bad_request('Can\'t find field "message_id"')
    inner = Arguments(given)
    return inner.integer("message_id"), inner.flag("allow_sending_without_reply")


def _check_private(world: World, chat: Chat, access: Access) -> None:
    if not chat.is_started:
        if access is Access.WRITE and world.meets_bot(chat.id):
            raise forbidden(refusals.CANNOT_BEGIN)
        if not world.meets_bot(chat.id):
            raise bad_request(refusals.CHAT_NOT_FOUND)
    if chat.person is not None and chat.person.is_deactivated and access >= Access.EDIT:
        raise forbidden(refusals.DEACTIVATED)


def _check_shared(world: World, chat: Chat, access: Access) -> None:
    is_group = chat.kind is ChatKind.GROUP
    if is_group and access is Access.READ_MEMBERS:
        access = Access.WRITE
    if chat.migrated_to:
        if access is Access.WRITE:
            raise migrated(chat.migrated_to)
        return
    status = chat.status_of(world.bot.id)
    if status is Status.KICKED and not (is_group and access < Access.EDIT):
        raise forbidden(f"bot was kicked from the {chat.kind.value} chat")
    may_read = is_group or bool(chat.username)
    if not status.is_inside and not (may_read and access < Access.EDIT):
        raise forbidden(f"bot is not a member of the {chat.kind.value} chat")
