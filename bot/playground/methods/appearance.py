"""Methods about the bot itself: who it is, and what people see before it speaks."""

from collections.abc import Mapping

from bot.playground.arguments import Arguments
from bot.playground.events import Event, EventKind
from bot.playground.refusals import bad_request
from bot.playground.shapes import Json, me_json
from bot.playground.world import World


def get_me(world: World, _arguments: Arguments) -> Json:
    """Return the bot."""
    return me_json(world.bot)


def set_my_name(world: World, arguments: Arguments) -> bool:
    """Set the bot's name for a language."""
    return _set_text(world, arguments, "name")


def get_my_name(world: World, arguments: Arguments) -> Json:
    """Return the name that a language gets."""
    return {"name": world.face.text("name", arguments.text("language_code"))}


def set_my_description(world: World, arguments: Arguments) -> bool:
    """Set the text of the empty chat for a language."""
    return _set_text(world, arguments, "description")


def get_my_description(world: World, arguments: Arguments) -> Json:
    """Return the text of the empty chat that a language gets."""
    return {"description": world.face.text("description", arguments.text("language_code"))}


def set_my_short_description(world: World, arguments: Arguments) -> bool:
    """Set the text of the bot's profile for a language."""
    return _set_text(world, arguments, "short_description")


def get_my_short_description(world: World, arguments: Arguments) -> Json:
    """Return the text of the bot's profile that a language gets."""
    text = world.face.text("short_description", arguments.text("language_code"))
    return {"short_description": text}


def set_chat_menu_button(world: World, arguments: Arguments) -> bool:
    """Set the button beside the input of one private chat or of all."""
    try:
        button = arguments.json("menu_button") or {"type": "default"}
    except ValueError:
        raise bad_request("Can't parse menu button JSON object") from None
    if not isinstance(button, dict):
        raise bad_request("Can't parse menu button: MenuButton must be an Object")
    if button.get("type") not in {"default", "commands", "web_app"}:
        raise bad_request("Can't parse menu button: MenuButton has unsupported type")
    world.face.set_menu_button(_private_chat_id(world, arguments), button)
    return True


def get_chat_menu_button(world: World, arguments: Arguments) -> Mapping[str, object]:
    """Return the button beside the input of one private chat or of all."""
    return world.face.menu_button(_private_chat_id(world, arguments))


def _set_text(world: World, arguments: Arguments, field: str) -> bool:
    world.face.set_text(field, arguments.text("language_code"), arguments.text(field))
    world.feed.tell(Event(kind=EventKind.FACE))
    return True


def _private_chat_id(world: World, arguments: Arguments) -> int:
    if not arguments.has("chat_id"):
        return 0
    chat_id = arguments.integer("chat_id")
    if chat_id <= 0:
        raise bad_request("Invalid chat_id specified")
    if chat_id not in world.users:
        raise bad_request("user not found")
    return chat_id
