"""Users, chats, members and messages as the Bot API writes them."""

from typing import Any

from bot.playground.model import (
    Chat,
    ChatKind,
    Document,
    Forward,
    Markup,
    MarkupKind,
    Message,
    Status,
    User,
)
from bot.playground.text.entities import FormattedText, entity_json

# What Telegram writes is Telegram's to shape.
Json = dict[str, Any]

_CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")
_GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics")
_ADMIN_RIGHTS = (
    *("can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_change_info"),
    *("can_restrict_members", "can_promote_members", "can_invite_users", "can_post_stories"),
    *("can_edit_stories", "can_delete_stories"),
)
_PERMISSIONS = (
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos"),
    *("can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls"),
    *("can_send_other_messages", "can_add_web_page_previews", "can_change_info"),
    *("can_invite_users", "can_pin_messages", "can_manage_topics"),
)
_GIFTS = (
    *("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"),
    "gifts_from_channels",
)


def user_json(user: User) -> Json:
    """Return a ``User``."""
    written: Json = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    if user.username:
        written["username"] = user.username
    if user.language_code:
        written["language_code"] = user.language_code
    return written


def me_json(bot: User) -> Json:
    """Return the ``User`` of ``getMe``, which says what the bot can do."""
    return user_json(bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "supports_guest_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def chat_json(chat: Chat) -> Json:
    """Return a ``Chat``."""
    written: Json = {"id": chat.id}
    if chat.person is not None:
        written["first_name"] = chat.person.first_name
        if chat.person.username:
            written["username"] = chat.person.username
    else:
        written["title"] = chat.title
        if chat.username:
            written["username"] = chat.username
    if chat.is_forum:
        written["is_forum"] = True
    written["type"] = chat.kind.value
    return written


def full_chat_json(chat: Chat) -> Json:
    """Return a ``ChatFullInfo``."""
    written = chat_json(chat) | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, chat.kind is ChatKind.PRIVATE),
    }
    if "username" in written:
        written["active_usernames"] = [written["username"]]
    if chat.kind in {ChatKind.GROUP, ChatKind.SUPERGROUP}:
        written["permissions"] = dict.fromkeys(_PERMISSIONS, chat.members_may_send)
    if chat.pinned:
        written["pinned_message"] = message_json(chat.messages[chat.pinned[-1]])
    return written


def member_json(chat: Chat, user: User, status: Status) -> Json:
    """Return a ``ChatMember``."""
    written: Json = {"user": user_json(user), "status": status.value}
    if status is Status.CREATOR:
        written["is_anonymous"] = False
    elif status is Status.ADMINISTRATOR:
        rights = _CHANNEL_RIGHTS if chat.kind is ChatKind.CHANNEL else _GROUP_RIGHTS
        written |= {"can_be_edited": False, "is_anonymous": False}
        written |= dict.fromkeys((*_ADMIN_RIGHTS, *rights), True)
    elif status is Status.RESTRICTED:
        written |= {"is_member": True, "until_date": 0} | dict.fromkeys(_PERMISSIONS, False)
    elif status is Status.KICKED:
        written["until_date"] = 0
    return written


def document_json(document: Document) -> Json:
    """Return a ``Document``."""
    return {
        "file_name": document.file_name,
        "mime_type": document.mime_type,
        "file_id": document.file_id,
        "file_unique_id": document.file_unique_id,
        "file_size": document.file_size,
    }


def message_json(message: Message, *, with_reply: bool = True) -> Json:
    """Return a ``Message``; the one it replies to comes along, without the one that replied to."""
    written: Json = {"message_id": message.id}
    if message.sender is not None:
        written["from"] = user_json(message.sender)
    else:
        written["sender_chat"] = chat_json(message.chat)
    written |= {"chat": chat_json(message.chat), "date": message.date}
    if message.edit_date:
        written["edit_date"] = message.edit_date
    if message.thread_id:
        written |= {"message_thread_id": message.thread_id, "is_topic_message": True}
    if message.forward is not None:
        written |= _forward_json(message.forward)
    if (
        with_reply
        and message.reply_to is not None
        and message.reply_to.id in message.chat.messages
    ):
        written["reply_to_message"] = message_json(message.reply_to, with_reply=False)
    written |= _content_json(message)
    if message.markup is not None and message.markup.kind is MarkupKind.INLINE:
        written["reply_markup"] = inline_keyboard_json(message.markup)
    return written


def inline_keyboard_json(markup: Markup) -> Json:
    """Return an ``InlineKeyboardMarkup``."""
    return {"inline_keyboard": markup.rows}


def text_json(text: FormattedText, name: str, entities_name: str) -> Json:
    """Return a text under one name and its entities, if it has any, under the other."""
    written: Json = {name: text.text}
    if text.entities:
        written[entities_name] = [entity_json(entity) for entity in text.entities]
    return written


def _content_json(message: Message) -> Json:
    content = message.content
    if content.service is not None:
        return dict(content.service)
    if content.document is None:
        return text_json(content.text, "text", "entities")
    written: Json = {"document": document_json(content.document)}
    if content.text.text:
        written |= text_json(content.text, "caption", "caption_entities")
    return written


def _forward_json(forward: Forward) -> Json:
    if forward.sender is not None:
        sender = user_json(forward.sender)
        origin: Json = {"type": "user", "sender_user": sender, "date": forward.date}
        return {"forward_origin": origin, "forward_from": sender, "forward_date": forward.date}
    chat = chat_json(forward.chat)
    origin = {
        "type": "channel",
        "chat": chat,
        "message_id": forward.message_id,
        "date": forward.date,
    }
    return {
        "forward_origin": origin,
        "forward_from_chat": chat,
        "forward_from_message_id": forward.message_id,
        "forward_date": forward.date,
    }
