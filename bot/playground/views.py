"""Chats, people, calls and faults as the page needs them."""

from collections.abc import Iterable

from bot.playground.conversation import Conversation
from bot.playground.events import Event, EventKind
from bot.playground.faults import Scripted
from bot.playground.journal import Call
from bot.playground.model import Chat, Message, User
from bot.playground.people import Community, Person
from bot.playground.shapes import Json, chat_json, message_json
from bot.playground.shown import show
from bot.playground.world import World


def message_view(world: World, message: Message) -> Json:
    """Return a message with what only people see: who is who, how it came, its keyboard."""
    shown = show(message)
    view = message_json(message) | {
        "chat_id": message.chat.id,
        "from_bot": shown.from_bot,
        "sender": shown.sender,
        "is_silent": shown.silent,
        "note": shown.note,
    }
    if message.markup is not None:
        view["keyboard"] = {
            "kind": message.markup.kind.value,
            "rows": message.markup.rows,
            "placeholder": message.markup.placeholder,
        }
    if message.content.document is not None:
        view["file"] = f"/play/file/{world.files.get(message.content.document).path}"
    return view


def chat_view(world: World, conversation: Conversation) -> Json:
    """Return a chat for the list of chats."""
    chat = conversation.chat
    return chat_json(chat) | {
        "name": conversation.name if isinstance(conversation, Person) else chat.title,
        "is_started": chat.is_started,
        "is_blocked": chat.is_blocked,
        "is_dead": bool(chat.migrated_to) or _is_deactivated(chat.person),
        "language": chat.person.language_code if chat.person else "",
        "members": [user_id for user_id, status in chat.members.items() if status.is_inside],
        "topics": [{"id": topic.id, "name": topic.name} for topic in chat.topics.values()],
        "has_bot": chat.person is not None or chat.status_of(world.bot.id).is_inside,
    }


def open_chat_view(world: World, conversation: Conversation) -> Json:
    """Return a chat with its messages, and what the bot shows before it speaks."""
    chat = conversation.chat
    language = chat.person.language_code[:2] if chat.person else ""
    commands = (
        conversation.commands_for()
        if isinstance(conversation, Community)
        else world.face.shown_commands(chat, chat.person)
        if chat.person
        else ()
    )
    return chat_view(world, conversation) | {
        "messages": [message_view(world, message) for message in chat.messages.values()],
        "commands": list(commands),
        "bot": world.face.text("name", language),
        "description": world.face.text("description", language),
        "pinned": list(chat.pinned),
    }


def call_view(call: Call) -> Json:
    """Return a call for the inspector."""
    return {
        "at": call.at.isoformat(),
        "method": call.method,
        "parameters": call.parameters,
        "status": call.status,
        "answer": call.answer,
        "milliseconds": round(call.milliseconds, 1),
        "fault": call.fault,
    }


def faults_view(script: Iterable[Scripted]) -> list[Json]:
    """Return the script of faults for the inspector, those that are spent left out."""
    return [
        {
            "kind": scripted.fault.kind.value,
            "method": scripted.fault.method,
            "code": scripted.fault.code,
            "times": scripted.fault.times,
            "struck": scripted.struck,
            "accepted": scripted.fault.accepted,
        }
        for scripted in script
        if not scripted.is_spent
    ]


def event_view(world: World, event: Event) -> Json:
    """Return an event as the page hears it."""
    view: Json = {"kind": event.kind.value, "chat_id": event.chat_id}
    subject = event.subject
    if event.kind is EventKind.DELETE and isinstance(subject, Message):
        return view | {"message_id": subject.id}
    if isinstance(subject, Message):
        return view | {"message": message_view(world, subject)}
    if isinstance(subject, Call):
        return view | {"call": call_view(subject)}
    if isinstance(subject, Chat):
        return view
    return view | {"subject": subject}


def _is_deactivated(user: User | None) -> bool:
    return user is not None and user.is_deactivated
