"""What Telegram's server says when it refuses: every text in one table.

The texts are those of the official server (github.com/tdlib/telegram-bot-api, 10.0). A bot tells
refusals apart by them, so they are kept to the letter.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An error code and its description, with what the server adds for the caller to act on."""

    code: int
    description: str
    retry_after: int | None = None
    migrate_to_chat_id: int | None = None

    def parameters(self) -> Mapping[str, int]:
        """Return the ``parameters`` of the answer; empty when there are none."""
        named = {"retry_after": self.retry_after, "migrate_to_chat_id": self.migrate_to_chat_id}
        return {name: value for name, value in named.items() if value is not None}


class Refused(Exception):
    """The server does not do what was asked."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.description)
        self.refusal = refusal


def bad_request(text: str) -> Refused:
    """Return a 400 with its prefix; like the server, begin small what is no constant."""
    is_constant = len(text) > 1 and (text[1] == "_" or "A" <= text[1] <= "Z")
    shown = text if is_constant else text[:1].lower() + text[1:]
    return Refused(Refusal(code=400, description=f"Bad Request: {shown}"))


def forbidden(text: str) -> Refused:
    """Return a 403 with its prefix."""
    return Refused(Refusal(code=403, description=f"Forbidden: {text}"))


def conflict(text: str) -> Refused:
    """Return a 409 with its prefix."""
    return Refused(Refusal(code=409, description=f"Conflict: {text}"))


def too_many_requests(seconds: int) -> Refused:
    """Return the 429 that asks to wait so many seconds."""
    text = f"Too Many Requests: retry after {seconds}"
    return Refused(Refusal(code=429, description=text, retry_after=seconds))


def migrated(chat_id: int) -> Refused:
    """Return the 400 that names the supergroup a group has become."""
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refused(Refusal(code=400, description=text, migrate_to_chat_id=chat_id))


PATH_UNKNOWN = Refusal(code=404, description="Not Found")
METHOD_UNKNOWN = Refusal(code=404, description="Not Found: method not found")
TOKEN_MALFORMED = Refusal(code=401, description="Unauthorized: invalid token specified")
TOKEN_UNKNOWN = Refusal(code=401, description="Unauthorized")
TOO_LARGE = Refusal(code=413, description="Request Entity Too Large")
TOO_MANY_PARAMETERS = Refusal(
    code=413, description="Request Entity Too Large: too many parameters"
)

CHAT_ID_EMPTY = "chat_id is empty"
CHAT_NOT_FOUND = "chat not found"
CHAT_UNSPECIFIED = "Chat identifier is not specified"
CANNOT_BEGIN = "bot can't initiate conversation with a user"
BLOCKED = "bot was blocked by the user"
DEACTIVATED = "user is deactivated"
NEED_ADMINISTRATOR = "need administrator rights in the channel chat"
NO_RIGHT_TO_TEXT = "not enough rights to send text messages to the chat"
NO_RIGHT_TO_DOCUMENTS = "not enough rights to send documents to the chat"
NO_RIGHT_TO_PIN = "not enough rights to manage pinned messages in the chat"
NO_ADMINISTRATORS = "there are no administrators in the private chat"
CANNOT_LEAVE = "Can't leave private chats"
MEMBER_NOT_FOUND = "Member not found"
PARTICIPANT_INVALID = "PARTICIPANT_ID_INVALID"
THREAD_NOT_FOUND = "Message thread not found"
TOPIC_CLOSED = "TOPIC_CLOSED"

TEXT_MISSING = "Message text is empty"
TEXT_BLANK = "Text must be non-empty"
TEXT_BYTES = "Text is too long"
TEXT_LONG = "Message is too long"
CAPTION_LONG = "Message caption is too long"
PARSE_MODE = "Unsupported parse_mode"
NOT_UTF8 = "Strings must be encoded in UTF-8"

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
CANNOT_EDIT = "Message can't be edited"
NO_TEXT_TO_EDIT = "There is no text in the message to edit"
CANNOT_DELETE = "Message can't be deleted"
CANNOT_DELETE_FOR_EVERYONE = "Message can't be deleted for everyone"
CANNOT_COPY = "Message can't be copied"
CANNOT_FORWARD = "Message can't be forwarded"
CANNOT_PIN_SERVICE = "Service messages can't be pinned"
MESSAGE_UNSPECIFIED = "Message identifier is not specified"
INLINE_MESSAGE_INVALID = "MESSAGE_ID_INVALID"

KEYBOARD_TOO_LARGE = "reply markup is too long"
BUTTON_DATA = "BUTTON_DATA_INVALID"
BUTTON_COPY = "BUTTON_COPY_TEXT_INVALID"
INLINE_EXPECTED = "Inline keyboard expected"

NO_DOCUMENT = "There is no document in the request"
FILE_EMPTY = "File must be non-empty"
FILE_TOO_BIG = "file is too big"
FILE_ID_MALFORMED = (
    "Wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
)
FILE_ID_UNKNOWN = "Wrong file identifier/HTTP URL specified"
URL_UNREACHABLE = "Failed to get HTTP URL content"
FILE_ID_INVALID = "invalid file_id"
FILE_UNAVAILABLE = "wrong file_id or the file is temporarily unavailable"

QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
ANSWER_TOO_LONG = "MESSAGE_TOO_LONG"
ACTION_UNKNOWN = "Wrong parameter action in request"

LANGUAGE_INVALID = "Invalid language code specified"
SCOPE_NOT_PRIVATE = "Can't use specified scope in private chats"
SCOPE_NOT_CHANNEL = "Can't change commands in channel chats"
COMMAND_INVALID = "BOT_COMMAND_INVALID"
COMMANDS_TOO_MANY = "BOT_COMMANDS_TOO_MUCH"
NAME_INVALID = "BOT_TITLE_INVALID"
DESCRIPTION_INVALID = "BOT_DESCRIPTION_INVALID"
SHORT_DESCRIPTION_INVALID = "BOT_ABOUT_INVALID"

OTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_SET = "terminated by setWebhook request"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook"
    " first"
)
WEBHOOK_URL = "invalid webhook URL specified"
WEBHOOK_KEY_LONG = "secret token is too long"
WEBHOOK_KEY_CHARACTERS = "secret token contains unallowed characters"
