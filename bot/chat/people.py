"""Who is speaking: a reader in a private chat, and whether they may give orders."""

from dataclasses import dataclass

from telegram import Chat, Message, Update

from bot.texts import languages
from storage.model.subscriber import ChatKind

_KINDS = {
    Chat.PRIVATE: ChatKind.PRIVATE,
    Chat.GROUP: ChatKind.GROUP,
    Chat.SUPERGROUP: ChatKind.SUPERGROUP,
    Chat.CHANNEL: ChatKind.CHANNEL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """The person behind an update."""

    chat_id: int
    user_id: int
    language: str


def speaker_of(update: Update) -> Speaker | None:
    """Return who speaks in a private chat, None for anything else."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None or chat.type != Chat.PRIVATE or user.is_bot:
        return None
    return Speaker(chat_id=chat.id, user_id=user.id, language=known_language(user.language_code))


def known_language(code: str | None) -> str:
    """Return the language to speak with somebody whose app is set to ``code``."""
    known = languages()
    wanted = (code or "").lower()
    return next((tag for tag in (wanted, wanted.split("-")[0]) if tag in known), known[0])


def can_order(message: Message) -> bool:
    """Tell whether a message can be an order at all, whoever sends it.

    An order is new, typed by the person themselves, in their private chat with the bot: not
    forwarded, not by way of another bot, not in the name of a chat or a channel.
    """
    return (
        message.chat.type == Chat.PRIVATE
        and message.from_user is not None
        and not message.from_user.is_bot
        and message.from_user.id == message.chat.id
        and message.sender_chat is None
        and message.forward_origin is None
        and message.via_bot is None
        and message.edit_date is None
        and not message.is_automatic_forward
    )


def kind_of(chat: Chat) -> ChatKind:
    """Return what kind of chat this is."""
    return _KINDS[chat.type]
