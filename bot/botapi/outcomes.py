"""Every answer and every failure of a call that sends or edits, as one of a few outcomes.

What proves what was established by experiment; the table in the test has a row for each text.
Texts are compared in lower case, since the server changed their case before. A text that is not
known never means "try for ever".
"""

from dataclasses import dataclass
from typing import Any

from storage.model.subscriber import ChatStatus


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram took it. The message is unknown where Telegram could not show it."""

    message_id: int | None


@dataclass(frozen=True, slots=True)
class Wait:
    """Refused for now, certainly not sent; may be repeated after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class NotSent:
    """The request never reached Telegram; may be repeated."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat cannot be written to until something changes there."""

    status: ChatStatus
    reason: str


@dataclass(frozen=True, slots=True)
class NoThread:
    """The forum topic is not there; the chat is."""

    reason: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group has become a supergroup under another id."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class BadMessage:
    """Telegram refuses what the message says, whoever it is for."""

    reason: str


@dataclass(frozen=True, slots=True)
class Uneditable:
    """The message to be edited is not there, or not to be edited any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal that is not known: this delivery ends; only when others agree it means more."""

    code: int
    reason: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The answer is lost: it may have been sent, or not."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stop:
    """The bot itself is refused: nothing more may be sent until Telegram knows it again."""

    reason: str


Outcome = (
    Sent
    | Wait
    | NotSent
    | Gone
    | NoThread
    | Migrated
    | BadMessage
    | Uneditable
    | Refused
    | Ambiguous
    | Stop
)

#: A 429 that does not say how long.
UNSTATED_WAIT_SECONDS = 30.0

_GONE = (
    ("bot was blocked by the user", ChatStatus.BLOCKED),
    ("user is deactivated", ChatStatus.GONE),
    ("can't initiate conversation", ChatStatus.NOT_STARTED),
    ("can't send messages to the bot", ChatStatus.INVALID),
    ("can't send messages to bots", ChatStatus.INVALID),
    ("bot was kicked from", ChatStatus.KICKED),
    ("bot is not a member of", ChatStatus.LEFT),
    ("the group chat was deleted", ChatStatus.GONE),
    ("chat not found", ChatStatus.NOT_FOUND),
    ("peer_id_invalid", ChatStatus.NOT_FOUND),
    ("user_id_invalid", ChatStatus.NOT_FOUND),
    ("channel_invalid", ChatStatus.NOT_FOUND),
    ("channel_private", ChatStatus.LEFT),
    ("channel_public_group_na", ChatStatus.LEFT),
    ("user_deleted", ChatStatus.GONE),
    ("user_bot_invalid", ChatStatus.INVALID),
    ("have no write access to the chat", ChatStatus.LEFT),
    ("not enough rights to", ChatStatus.NO_RIGHTS),
    ("need administrator rights", ChatStatus.NO_RIGHTS),
    ("chat_write_forbidden", ChatStatus.NO_RIGHTS),
    ("chat_restricted", ChatStatus.NO_RIGHTS),
    ("chat_admin_required", ChatStatus.NO_RIGHTS),
    ("chat_send_plain_forbidden", ChatStatus.NO_RIGHTS),
    ("chat_guest_send_forbidden", ChatStatus.NO_RIGHTS),
    ("user_banned_in_channel", ChatStatus.NO_RIGHTS),
    ("user_restricted", ChatStatus.NO_RIGHTS),
    ("have no rights to send a message", ChatStatus.NO_RIGHTS),
    ("allow_payment_required", ChatStatus.PAID_ONLY),
)
_NO_THREAD = ("message thread not found", "topic_closed", "topic_deleted")
_BAD = (
    "message text is empty",
    "text must be non-empty",
    "message is too long",
    "text is too long",
    "can't parse entities",
    "can't parse messageentity",
    "unsupported parse_mode",
    "strings must be encoded in utf-8",
    "entities_too_long",
    "entity_bounds_invalid",
    "button_data_invalid",
    "button_url_invalid",
    "button_type_invalid",
    "reply markup is too long",
    "inline keyboard button",
    "text buttons are unallowed",
    "wrong http url specified",
    "json object",
    "message to be replied not found",
    "message_too_long",
)
_DONE = ("message is not modified", "message to delete not found")
_UNEDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "message can't be deleted",
    "message_id_invalid",
)
_DELETED_AT_ONCE = "sent message was immediately deleted"


def read_answer(status: int, answer: Any) -> Outcome:
    """Return what an answer of the Bot API means; ``answer`` is its JSON, None if it was none."""
    if not isinstance(answer, dict):
        return _without_json(status)
    if answer.get("ok") is True and status < 300:
        return read_result(answer.get("result"))
    code = answer.get("error_code")
    said = str(answer.get("description", "")).lower()
    parameters = answer.get("parameters")
    return _refused(
        code if isinstance(code, int) else status,
        said,
        parameters if isinstance(parameters, dict) else {},
    )


def read_result(result: Any) -> Outcome:
    """Return what the result of a call that was done means."""
    if isinstance(result, dict) and isinstance(result.get("message_id"), int):
        return Sent(result["message_id"])
    if result is True:
        return Sent(None)
    return Ambiguous("the answer has no result")


def _without_json(status: int) -> Outcome:
    reason = f"HTTP {status} without JSON"
    if status == 429:
        return Wait(UNSTATED_WAIT_SECONDS)
    if status == 413:
        return BadMessage(reason)
    if status in (401, 404, 421):
        return Stop(reason)
    return Ambiguous(reason)


def _refused(code: int, said: str, parameters: dict[str, Any]) -> Outcome:
    migrated = parameters.get("migrate_to_chat_id")
    if isinstance(migrated, int) and migrated:
        return Migrated(migrated)
    if code == 429:
        seconds = parameters.get("retry_after")
        stated = isinstance(seconds, int | float) and seconds > 0
        return Wait(float(seconds) if stated and seconds else UNSTATED_WAIT_SECONDS)
    if code in (401, 404, 421):
        return Stop(said)
    if code == 413:
        return BadMessage(said)
    if code >= 500:
        return Sent(None) if _DELETED_AT_ONCE in said else Ambiguous(said)
    return _by_text(code, said)


def _by_text(code: int, said: str) -> Outcome:
    if any(part in said for part in _DONE):
        return Sent(None)
    if any(part in said for part in _UNEDITABLE):
        return Uneditable(said)
    if any(part in said for part in _NO_THREAD):
        return NoThread(said)
    for part, status in _GONE:
        if part in said:
            return Gone(status, said)
    if any(part in said for part in _BAD):
        return BadMessage(said)
    return Refused(code, said)
