"""Every refusal that Telegram is known to give for a send or an edit, in its own words."""

from bot.botapi.outcomes import BadMessage, Gone, Migrated, NoThread, Sent, Stop, Uneditable, Wait
from storage.model.subscriber import ChatStatus as Status

#: Code, text, and what it means.
ABOUT_THE_CHAT = [
    (403, "Forbidden: bot was blocked by the user", Status.BLOCKED),
    (403, "Forbidden: user is deactivated", Status.GONE),
    (403, "Forbidden: bot can't initiate conversation with a user", Status.NOT_STARTED),
    (403, "Forbidden: the bot can't send messages to the bot", Status.INVALID),
    (403, "Forbidden: bot can't send messages to bots", Status.INVALID),
    (403, "Forbidden: bot was kicked from the group chat", Status.KICKED),
    (403, "Forbidden: bot was kicked from the supergroup chat", Status.KICKED),
    (403, "Forbidden: bot was kicked from the channel chat", Status.KICKED),
    (403, "Forbidden: bot is not a member of the group chat", Status.LEFT),
    (403, "Forbidden: bot is not a member of the supergroup chat", Status.LEFT),
    (403, "Forbidden: bot is not a member of the channel chat", Status.LEFT),
    (403, "Forbidden: the group chat was deleted", Status.GONE),
    (400, "Bad Request: chat not found", Status.NOT_FOUND),
    (400, "Bad Request: private chat not found", Status.NOT_FOUND),
    (400, "Bad Request: PEER_ID_INVALID", Status.NOT_FOUND),
    (403, "Forbidden: PEER_ID_INVALID", Status.NOT_FOUND),
    (400, "Bad Request: USER_ID_INVALID", Status.NOT_FOUND),
    (400, "Bad Request: CHANNEL_INVALID", Status.NOT_FOUND),
    (400, "Bad Request: CHANNEL_PRIVATE", Status.LEFT),
    (400, "Bad Request: CHANNEL_PUBLIC_GROUP_NA", Status.LEFT),
    (400, "Bad Request: USER_DELETED", Status.GONE),
    (400, "Bad Request: USER_BOT_INVALID", Status.INVALID),
    (400, "Bad Request: have no write access to the chat", Status.LEFT),
    (400, "Bad Request: not enough rights to send text messages to the chat", Status.NO_RIGHTS),
    (400, "Bad Request: not enough rights to send photos to the chat", Status.NO_RIGHTS),
    (400, "Bad Request: not enough rights to send polls to the chat", Status.NO_RIGHTS),
    (400, "Bad Request: need administrator rights in the channel chat", Status.NO_RIGHTS),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN", Status.NO_RIGHTS),
    (400, "Bad Request: CHAT_RESTRICTED", Status.NO_RIGHTS),
    (400, "Bad Request: CHAT_ADMIN_REQUIRED", Status.NO_RIGHTS),
    (400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN", Status.NO_RIGHTS),
    (400, "Bad Request: CHAT_GUEST_SEND_FORBIDDEN", Status.NO_RIGHTS),
    (400, "Bad Request: USER_BANNED_IN_CHANNEL", Status.NO_RIGHTS),
    (400, "Bad Request: USER_RESTRICTED", Status.NO_RIGHTS),
    (400, "Bad Request: have no rights to send a message", Status.NO_RIGHTS),
    (400, "Bad Request: ALLOW_PAYMENT_REQUIRED", Status.PAID_ONLY),
    (400, "Bad Request: ALLOW_PAYMENT_REQUIRED_250", Status.PAID_ONLY),
]

ABOUT_THE_THREAD = [
    (400, "Bad Request: message thread not found"),
    (400, "Bad Request: TOPIC_CLOSED"),
    (400, "Bad Request: TOPIC_DELETED"),
]

ABOUT_THE_MESSAGE = [
    (400, "Bad Request: message text is empty"),
    (400, "Bad Request: text must be non-empty"),
    (400, "Bad Request: message is too long"),
    (400, "Bad Request: text is too long"),
    (400, "Bad Request: MESSAGE_TOO_LONG"),
    (400, 'Bad Request: can\'t parse entities: Unsupported start tag "h1" at byte offset 0'),
    (400, 'Bad Request: can\'t parse MessageEntity: Field "type" must be of type String'),
    (400, "Bad Request: unsupported parse_mode"),
    (400, "Bad Request: strings must be encoded in UTF-8"),
    (400, "Bad Request: ENTITIES_TOO_LONG"),
    (400, "Bad Request: ENTITY_BOUNDS_INVALID"),
    (400, "Bad Request: BUTTON_DATA_INVALID"),
    (400, "Bad Request: BUTTON_URL_INVALID"),
    (400, "Bad Request: BUTTON_TYPE_INVALID"),
    (400, "Bad Request: reply markup is too long"),
    (400, "Bad Request: inline keyboard button URL 'x' is invalid: Wrong HTTP URL"),
    (400, "Bad Request: text buttons are unallowed in the inline keyboard"),
    (400, "Bad Request: wrong HTTP URL specified"),
    (400, "Bad Request: can't parse reply keyboard markup JSON object"),
    (400, "Bad Request: message to be replied not found"),
    (413, "Request Entity Too Large"),
]

ABOUT_THE_EDIT = [
    (400, "Bad Request: message to edit not found"),
    (400, "Bad Request: message can't be edited"),
    (400, "Bad Request: message can't be deleted"),
    (400, "Bad Request: MESSAGE_ID_INVALID"),
]

DONE_ALREADY = [
    (
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are"
        " exactly the same as a current content and reply markup of the message",
    ),
    (400, "Bad Request: message to delete not found"),
    (
        500,
        "Internal Server Error: sent message was immediately deleted and can't be returned",
    ),
]

ABOUT_THE_BOT = [
    (401, "Unauthorized"),
    (401, "Unauthorized: invalid token specified"),
    (404, "Not Found"),
    (404, "Not Found: method not found"),
    (421, "Misdirected Request: unallowed token specified"),
]

LOST = [
    (500, "Internal Server Error"),
    (500, "Internal Server Error: restart"),
    (502, "Bad Gateway"),
    (504, "Gateway Timeout"),
]

NOT_KNOWN = [
    (400, "Bad Request: something new"),
    (403, "Forbidden: something new"),
    (409, "Conflict: terminated by other getUpdates request"),
    (406, "Not Acceptable"),
]

#: Texts with what they mean, for the outcomes that keep the text.
KEPT = [
    *((code, text, Gone(status, text.lower())) for code, text, status in ABOUT_THE_CHAT),
    *((code, text, NoThread(text.lower())) for code, text in ABOUT_THE_THREAD),
    *((code, text, BadMessage(text.lower())) for code, text in ABOUT_THE_MESSAGE),
    *((code, text, Uneditable(text.lower())) for code, text in ABOUT_THE_EDIT),
    *((code, text, Sent(None)) for code, text in DONE_ALREADY),
    *((code, text, Stop(text.lower())) for code, text in ABOUT_THE_BOT),
]

#: Code, text, parameters, and what they mean together.
WITH_PARAMETERS = [
    (429, "Too Many Requests: retry after 7", {"retry_after": 7}, Wait(7.0)),
    (429, "Too Many Requests: retry after 10072", {"retry_after": 10072}, Wait(10072.0)),
    (429, "Too Many Requests: retry after 0", {"retry_after": 0}, Wait(30.0)),
    (429, "Too Many Requests: retry after 5", {"retry_after": "5"}, Wait(30.0)),
    (429, "Too Many Requests", {}, Wait(30.0)),
    (429, "Too Many Requests", None, Wait(30.0)),
    (429, "Too Many Requests", [7], Wait(30.0)),
    (
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": -1001234567890},
        Migrated(-1001234567890),
    ),
]
