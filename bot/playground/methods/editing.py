"""Methods that change or remove messages."""

from bot.playground import refusals
from bot.playground.access import Access, check_reachable, get_chat, get_message
from bot.playground.arguments import Arguments
from bot.playground.keyboards import check_markup, read_markup
from bot.playground.methods.contents import check_text, read_text
from bot.playground.model import Chat, ChatKind, Content, Markup, MarkupKind, Message
from bot.playground.posting import change, post, remove
from bot.playground.refusals import bad_request
from bot.playground.shapes import Json, message_json
from bot.playground.world import World

_MOST_AGE_TO_DELETE = 2 * 86_400
_MOST_AT_ONCE = 100


def edit_message_text(world: World, arguments: Arguments) -> Json:
    """Give a message of the bot another text; without a keyboard it loses its own."""
    text = read_text(world.texts, arguments)
    markup = read_markup(arguments)
    message = _editable(world, arguments)
    if message.content.document is not None:
        raise bad_request(refusals.NO_TEXT_TO_EDIT)
    markup = check_markup(markup, message.chat, is_edit=True)
    return _edit(world, message, Content(text=check_text(text)), markup)


def edit_message_reply_markup(world: World, arguments: Arguments) -> Json:
    """Give a message of the bot another keyboard, or none."""
    markup = read_markup(arguments)
    message = _editable(world, arguments)
    markup = check_markup(markup, message.chat, is_edit=True)
    return _edit(world, message, message.content, markup)


def delete_message(world: World, arguments: Arguments) -> bool:
    """Remove a message, the bot's own or, where it may, another's."""
    if not arguments.text("chat_id"):
        raise bad_request(refusals.CHAT_UNSPECIFIED)
    message_id = arguments.integer("message_id")
    if not message_id:
        raise bad_request(refusals.MESSAGE_UNSPECIFIED)
    chat = get_chat(world, arguments, Access.WRITE)
    message = get_message(chat, message_id, "message to delete")
    _check_deletable(world, message)
    remove(world, message)
    return True


def delete_messages(world: World, arguments: Arguments) -> bool:
    """Remove up to a hundred messages, skipping those that are not there."""
    try:
        given = arguments.json("message_ids")
    except ValueError:
        raise bad_request("Can't parse message_ids JSON object") from None
    if not given or not isinstance(given, list):
        raise bad_request("Message identifiers are not specified")
    if len(given) > _MOST_AT_ONCE:
        raise bad_request("Too many message identifiers specified")
    chat = get_chat(world, arguments, Access.WRITE)
    messages = [chat.messages[number] for number in given if number in chat.messages]
    for message in messages:
        _check_deletable(world, message)
    for message in messages:
        remove(world, message)
    return True


def pin_chat_message(world: World, arguments: Arguments) -> bool:
    """Pin a message to the top of its chat."""
    chat = get_chat(world, arguments, Access.WRITE)
    message = get_message(chat, arguments.integer("message_id"), "message to pin")
    _check_may_pin(world, chat)
    if message.content.service is not None:
        raise bad_request(refusals.CANNOT_PIN_SERVICE)
    check_reachable(chat)
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        note = {"pinned_message": message_json(message, with_reply=False)}
        post(world, chat, world.bot, Content(service=note))
    return True


def unpin_chat_message(world: World, arguments: Arguments) -> bool:
    """Unpin a message, or the latest pinned one where none is named."""
    chat = get_chat(world, arguments, Access.WRITE)
    message_id = arguments.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    _check_may_pin(world, chat)
    chat.pinned.remove(message_id)
    return True


def _editable(world: World, arguments: Arguments) -> Message:
    message_id = arguments.integer("message_id")
    if not arguments.text("chat_id") and not message_id:
        named = arguments.text("inline_message_id")
        raise bad_request(
            refusals.INLINE_MESSAGE_INVALID if named else refusals.MESSAGE_UNSPECIFIED
        )
    chat = get_chat(world, arguments, Access.EDIT)
    message = get_message(chat, message_id, "message to edit")
    is_own = message.is_outgoing or (
        chat.kind is ChatKind.CHANNEL and chat.status_of(world.bot.id).is_admin
    )
    has_other_markup = message.markup is not None and message.markup.kind is not MarkupKind.INLINE
    is_fixed = message.forward is not None or message.content.service is not None
    if not is_own or has_other_markup or is_fixed or chat.migrated_to:
        raise bad_request(refusals.CANNOT_EDIT)
    return message


def _edit(world: World, message: Message, content: Content, markup: Markup | None) -> Json:
    check_reachable(message.chat)
    if (content, markup) == (message.content, message.markup):
        raise bad_request(refusals.NOT_MODIFIED)
    change(world, message, content, markup)
    return message_json(message)


def _check_deletable(world: World, message: Message) -> None:
    chat = message.chat
    is_admin = chat.status_of(world.bot.id).is_admin
    is_own = message.is_outgoing or is_admin
    if chat.kind in {ChatKind.SUPERGROUP, ChatKind.CHANNEL}:
        if not is_own:
            raise bad_request(refusals.CANNOT_DELETE)
        return
    is_old = world.date() - message.date > _MOST_AGE_TO_DELETE
    if is_old or (chat.kind is ChatKind.GROUP and not is_own):
        raise bad_request(refusals.CANNOT_DELETE_FOR_EVERYONE)


def _check_may_pin(world: World, chat: Chat) -> None:
    if chat.kind is not ChatKind.PRIVATE and not chat.status_of(world.bot.id).is_admin:
        raise bad_request(refusals.NO_RIGHT_TO_PIN)
