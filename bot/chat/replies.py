"""Answers: our messages as python-telegram-bot takes them."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.markup import Html, Keyboard, Message

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
#: A toast shows at most so much (https://core.telegram.org/bots/api#answercallbackquery).
TOAST_CHARACTERS = 200


async def answer(update: Update, body: Html, keyboard: Keyboard = ()) -> TelegramMessage:
    """Send a message to the chat of an update; return it as it stands there."""
    return await answer_with(update, Message(body=body, keyboard=keyboard))


async def answer_with(update: Update, message: Message) -> TelegramMessage:
    """Send a message to the chat of an update; return it as it stands there."""
    chat = update.effective_chat
    assert chat is not None, "only updates of chats are answered"
    return await chat.send_message(
        message.body.markup,
        parse_mode=ParseMode.HTML,
        link_preview_options=_NO_PREVIEW,
        reply_markup=keyboard_of(message.keyboard),
    )


async def change(update: Update, message: Message) -> None:
    """Let the tapped message show something else; that it shows it already is no matter."""
    query = update.callback_query
    assert query is not None, "only taps change messages"
    try:
        await query.edit_message_text(
            message.body.markup,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard_of(message.keyboard),
        )
    except BadRequest as error:
        if "not modified" not in str(error).lower():
            raise


async def toast(update: Update, said: str = "", *, alert: bool = False) -> None:
    """Answer a tap, which ends its spinner; one that waited too long is no matter."""
    query = update.callback_query
    assert query is not None, "only taps are toasted"
    try:
        await query.answer(said[:TOAST_CHARACTERS] or None, show_alert=alert)
    except BadRequest as error:
        if "query is too old" not in str(error).lower():
            raise


def keyboard_of(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """Return a keyboard as the library takes it, None for none."""
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(button.label, callback_data=button.data, style=button.style)
                for button in row
            ]
            for row in keyboard
        ]
    )
