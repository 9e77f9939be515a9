"""Keyboards as bots send them, checked as Telegram checks them."""

from collections.abc import Iterator

from bot.playground import refusals
from bot.playground.arguments import Arguments
from bot.playground.model import Button, Chat, ChatKind, Markup, MarkupKind
from bot.playground.refusals import Refused, bad_request
from bot.playground.text.links import BadLink, checked_link, linked_user

_ACTIONS = (
    *("url", "callback_data", "callback_game", "pay", "switch_inline_query"),
    *("switch_inline_query_chosen_chat", "switch_inline_query_current_chat", "login_url"),
    *("web_app", "copy_text"),
)
_NEEDS_A_NAME = ("switch_inline_query", "switch_inline_query_current_chat")
_STYLES = frozenset({"", "default", "primary", "success", "danger"})
_MOST_DATA = 64
_MOST_COPIED = 256
# Telegram publishes no figures; these are what its clients show well.
_MOST_IN_ROW = 8
_MOST_BUTTONS = 100


def read_markup(arguments: Arguments) -> Markup | None:
    """Return the ``reply_markup`` of a call, or None when there is none or it is empty."""
    if arguments.values.get("reply_markup", "") == "":
        return None
    try:
        given = arguments.json("reply_markup")
    except ValueError:
        raise bad_request("Can't parse reply keyboard markup JSON object") from None
    if not isinstance(given, dict):
        raise bad_request("Object expected as reply markup")
    placeholder = str(given.get("input_field_placeholder", ""))
    rows = tuple(_keyboard_rows(given))
    if any(rows):
        return Markup(kind=MarkupKind.KEYBOARD, rows=rows, placeholder=placeholder)
    rows = tuple(_inline_rows(given))
    if any(rows):
        return Markup(kind=MarkupKind.INLINE, rows=rows)
    if given.get("remove_keyboard") is True:
        return Markup(kind=MarkupKind.REMOVE)
    if given.get("force_reply") is True:
        return Markup(kind=MarkupKind.FORCE_REPLY, placeholder=placeholder)
    return None


def check_markup(markup: Markup | None, chat: Chat, *, is_edit: bool = False) -> Markup | None:
    """Return the keyboard as it is shown in a chat, or raise ``Refused`` where it may not be."""
    if markup is None:
        return None
    is_channel = chat.kind is ChatKind.CHANNEL
    if markup.kind is not MarkupKind.INLINE:
        if is_channel or is_edit:
            raise bad_request(refusals.INLINE_EXPECTED)
        return markup
    for row in markup.rows:
        for button in row:
            _check_button(button, is_channel=is_channel)
    sizes = [len(row) for row in markup.rows]
    if max(sizes) > _MOST_IN_ROW or sum(sizes) > _MOST_BUTTONS:
        raise bad_request(refusals.KEYBOARD_TOO_LARGE)
    return markup


def _keyboard_rows(given: dict[str, object]) -> Iterator[tuple[Button, ...]]:
    for row in _rows(given, "keyboard", 'Field "keyboard" must be an Array of Arrays'):
        yield tuple(_keyboard_button(button) for button in row)


def _inline_rows(given: dict[str, object]) -> Iterator[tuple[Button, ...]]:
    complaint = 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
    for row in _rows(given, "inline_keyboard", complaint):
        yield tuple(_inline_button(button) for button in row)


def _rows(given: dict[str, object], name: str, complaint: str) -> Iterator[list[object]]:
    rows = given.get(name)
    if rows is None:
        return
    if not isinstance(rows, list):
        raise bad_request(f'Field "{name}" must be of type Array')
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(complaint)
        if row:
            yield row


def _keyboard_button(button: object) -> Button:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        raise _bad_button("keyboard", "KeyboardButton must be a String or an Object")
    return {**button, "text": _text_of(button, "keyboard")}


def _inline_button(button: object) -> Button:
    if not isinstance(button, dict):
        raise _bad_button("inline keyboard", "InlineKeyboardButton must be an Object")
    text = _text_of(button, "inline keyboard")
    style = str(button.get("style", "")).lower()
    if style not in _STYLES:
        raise _bad_button("inline keyboard", "invalid button style specified")
    actions = [
        name for name in _ACTIONS if button.get(name) or name in _NEEDS_A_NAME & button.keys()
    ]
    if len(actions) != 1:
        raise _bad_button("inline keyboard", "Text buttons are unallowed in the inline keyboard")
    read: dict[str, object] = {"text": text, actions[0]: button[actions[0]]}
    return read | {"style": style} if style not in {"", "default"} else read


def _text_of(button: dict[str, object], where: str) -> str:
    if "text" not in button:
        raise _bad_button(where, 'Can\'t find field "text"')
    text = button["text"]
    if not isinstance(text, str | int) or isinstance(text, bool):
        raise _bad_button(where, 'Field "text" must be of type String')
    return str(text)


def _bad_button(where: str, text: str) -> Refused:
    return bad_request(f"Can't parse {where} button: {text}")


def _check_button(button: Button, *, is_channel: bool) -> None:
    if not button["text"]:
        raise bad_request("Inline keyboard button text must be non-empty")
    for name in _NEEDS_A_NAME:
        if is_channel and name in button:
            raise bad_request(
                f"Can't use {name} button in a channel chat, because users will not be able to use"
                " the button without knowing bot's username"
            )
    if "url" in button:
        _check_url(str(button["url"]))
    if len(str(button.get("callback_data", "")).encode()) > _MOST_DATA:
        raise bad_request(refusals.BUTTON_DATA)
    if "copy_text" in button:
        copied = button["copy_text"]
        text = copied.get("text") if isinstance(copied, dict) else None
        if not isinstance(text, str) or not 0 < len(text) <= _MOST_COPIED:
            raise bad_request(refusals.BUTTON_COPY)


def _check_url(address: str) -> None:
    if linked_user(address):
        return
    try:
        checked_link(address)
    except BadLink as why:
        raise bad_request(f"Inline keyboard button URL '{address}' is invalid: {why}") from None
