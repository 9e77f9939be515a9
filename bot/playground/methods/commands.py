"""Methods about the command menu, by scope and language."""

from bot.playground import refusals
from bot.playground.access import Access, get_chat
from bot.playground.arguments import Arguments
from bot.playground.events import Event, EventKind
from bot.playground.face import Command, Scope
from bot.playground.model import ChatKind
from bot.playground.refusals import bad_request
from bot.playground.world import World

_WIDE_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


def set_my_commands(world: World, arguments: Arguments) -> bool:
    """Set the commands of a scope and language."""
    commands = _commands(arguments)
    scope = _scope(world, arguments)
    world.face.set_commands(scope, arguments.text("language_code"), commands)
    world.feed.tell(Event(kind=EventKind.FACE))
    return True


def get_my_commands(world: World, arguments: Arguments) -> list[Command]:
    """Return the commands set for just this scope and language."""
    scope = _scope(world, arguments)
    return list(world.face.commands(scope, arguments.text("language_code")))


def delete_my_commands(world: World, arguments: Arguments) -> bool:
    """Take back the commands of a scope and language; wider ones show instead."""
    scope = _scope(world, arguments)
    world.face.set_commands(scope, arguments.text("language_code"), ())
    world.feed.tell(Event(kind=EventKind.FACE))
    return True


def _commands(arguments: Arguments) -> list[Command]:
    try:
        given = arguments.json("commands")
    except ValueError:
        raise bad_request("Can't parse commands JSON object") from None
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad_request("Expected an Array of BotCommand")
    return [_command(command) for command in given]


def _command(given: object) -> Command:
    if not isinstance(given, dict):
        raise bad_request("Can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if name not in given:
            raise bad_request(f"Can't parse BotCommand: Can't find field \"{name}\"")
    return {"command": str(given["command"]), "description": str(given["description"])}


def _scope(world: World, arguments: Arguments) -> Scope:
    try:
        given = arguments.json("scope")
    except ValueError:
        raise bad_request("Can't parse BotCommandScope JSON object") from None
    if given is None:
        return Scope()
    if not isinstance(given, dict):
        raise bad_request("Can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = given.get("type")
    if kind in _WIDE_SCOPES:
        return Scope(kind=str(kind))
    if kind not in _CHAT_SCOPES:
        raise bad_request("Can't parse BotCommandScope: Unsupported type specified")
    return _chat_scope(world, str(kind), Arguments(given))


def _chat_scope(world: World, kind: str, given: Arguments) -> Scope:
    if not given.text("chat_id"):
        raise bad_request("Can't parse BotCommandScope: Empty chat_id specified")
    user_id = given.integer("user_id")
    if kind == "chat_member" and user_id <= 0:
        raise bad_request("Can't parse BotCommandScope: Invalid user_id specified")
    chat = get_chat(world, given, Access.READ)
    if chat.kind is ChatKind.PRIVATE and kind != "chat":
        raise bad_request(refusals.SCOPE_NOT_PRIVATE)
    if chat.kind is ChatKind.CHANNEL:
        raise bad_request(refusals.SCOPE_NOT_CHANNEL)
    return Scope(kind=kind, chat_id=chat.id, user_id=user_id if kind == "chat_member" else 0)
