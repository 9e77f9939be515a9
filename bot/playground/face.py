"""The bot as people see it before it speaks: name, descriptions, commands, menu button."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.playground import refusals
from bot.playground.model import Chat, ChatKind, User
from bot.playground.refusals import bad_request

Command = Mapping[str, str]

_LANGUAGE = re.compile(r"[a-z]{2}")
_NAME = re.compile(r"[a-z0-9_]{1,32}")
_MOST_COMMANDS = 100
_MOST_DESCRIPTION = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose command menu is meant; chat and user only where the kind names one."""

    kind: str = "default"
    chat_id: int = 0
    user_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limit:
    most: int
    complaint: str


_LIMITS = {
    "name": _Limit(most=64, complaint=refusals.NAME_INVALID),
    "description": _Limit(most=512, complaint=refusals.DESCRIPTION_INVALID),
    "short_description": _Limit(most=120, complaint=refusals.SHORT_DESCRIPTION_INVALID),
}


class Face:
    """Keeps every text by language, and hands out the one that a language gets."""

    def __init__(self, name: str) -> None:
        self._texts: dict[tuple[str, str], str] = {("name", ""): name}
        self._own_name = name
        self._commands: dict[tuple[Scope, str], Sequence[Command]] = {}
        self._menu_buttons: dict[int, Mapping[str, object]] = {}

    def set_text(self, field: str, language: str, text: str) -> None:
        """Set ``name``, ``description`` or ``short_description``; an empty one is taken back."""
        check_language(language)
        limit = _LIMITS[field]
        if len(text) > limit.most:
            raise bad_request(limit.complaint)
        if text:
            self._texts[field, language] = text
        else:
            self._texts.pop((field, language), None)

    def text(self, field: str, language: str) -> str:
        """Return what people with a language see: the text for it, else the general one."""
        check_language(language)
        last = self._own_name if field == "name" else ""
        return self._texts.get((field, language)) or self._texts.get((field, ""), last)

    def set_commands(self, scope: Scope, language: str, commands: Sequence[Command]) -> None:
        """Set the commands of a scope and language; none takes them back."""
        check_language(language)
        if len(commands) > _MOST_COMMANDS:
            raise bad_request(refusals.COMMANDS_TOO_MANY)
        if commands:
            self._commands[scope, language] = tuple(map(_checked, commands))
        else:
            self._commands.pop((scope, language), None)

    def commands(self, scope: Scope, language: str) -> Sequence[Command]:
        """Return what was set for just this scope and language."""
        check_language(language)
        return self._commands.get((scope, language), ())

    def shown_commands(self, chat: Chat, user: User) -> Sequence[Command]:
        """Return the menu that a person sees in a chat, the narrowest scope first."""
        for scope in _scopes(chat, user):
            for language in (user.language_code[:2], ""):
                found = self._commands.get((scope, language))
                if found:
                    return found
        return ()

    def set_menu_button(self, chat_id: int, button: Mapping[str, object]) -> None:
        """Set the button beside the input of a private chat; 0 stands for all of them."""
        self._menu_buttons[chat_id] = button

    def menu_button(self, chat_id: int) -> Mapping[str, object]:
        """Return the button of a private chat, else the general one."""
        general = self._menu_buttons.get(0, {"type": "commands"})
        own = self._menu_buttons.get(chat_id, general)
        return general if own["type"] == "default" else own


def check_language(language: str) -> None:
    """Raise ``Refused`` unless it is two small letters or nothing."""
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request(refusals.LANGUAGE_INVALID)


def _checked(command: Command) -> Command:
    name = command["command"].strip().removeprefix("/")
    description = command["description"].strip()
    if not name:
        raise bad_request("Command must be non-empty")
    if len(name) > 32:
        raise bad_request("Command length must not exceed 32")
    if not description:
        raise bad_request("Command description must be non-empty")
    if len(description) > _MOST_DESCRIPTION:
        raise bad_request("Command description length must not exceed 256")
    if not _NAME.fullmatch(name):
        raise bad_request(refusals.COMMAND_INVALID)
    return {"command": name, "description": description}


def _scopes(chat: Chat, user: User) -> Iterator[Scope]:
    is_private = chat.kind is ChatKind.PRIVATE
    is_admin = chat.status_of(user.id).is_admin
    if not is_private:
        yield Scope(kind="chat_member", chat_id=chat.id, user_id=user.id)
        if is_admin:
            yield Scope(kind="chat_administrators", chat_id=chat.id)
    yield Scope(kind="chat", chat_id=chat.id)
    if is_private:
        yield Scope(kind="all_private_chats")
    else:
        if is_admin:
            yield Scope(kind="all_chat_administrators")
        yield Scope(kind="all_group_chats")
    yield Scope()
