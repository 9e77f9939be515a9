"""A message as a person sees it, and a chat as text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from bot.playground.model import Button, MarkupKind, Message
from bot.playground.text.entities import Entity
from bot.playground.text.writing import to_html, to_lines

_ACTIONS = ("callback_data", "url", "switch_inline_query", "switch_inline_query_current_chat")
_NOTES = {
    "new_chat_member": "joined",
    "left_chat_member": "left",
    "pinned_message": "a message was pinned",
    "migrate_to_chat_id": "this group became a supergroup",
    "migrate_from_chat_id": "this supergroup was a group",
}


class ShownButton(NamedTuple):
    """A button: what stands on it, and its data or address."""

    label: str
    action: str


class ShownDocument(NamedTuple):
    """A file on a message."""

    file_name: str
    file_size: int
    file_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message as it stood when one looked; of a document, ``text`` is the caption."""

    id: int
    from_bot: bool
    sender: str
    text: str
    html: str
    entities: tuple[Entity, ...]
    buttons: tuple[tuple[ShownButton, ...], ...]
    edited: bool
    date: datetime
    silent: bool
    reply_to: int | None
    document: ShownDocument | None
    note: str
    thread_id: int

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons, row by row."""
        return [button.label for row in self.buttons for button in row]


def show(message: Message) -> Shown:
    """Return what a message looks like now."""
    content = message.content
    document = content.document
    rows = message.markup.rows if message.markup else ()
    return Shown(
        id=message.id,
        from_bot=message.is_outgoing,
        sender=message.sender.first_name if message.sender else message.chat.title,
        text=content.text.text,
        html=to_html(content.text),
        entities=content.text.entities,
        buttons=tuple(tuple(map(_button, row)) for row in rows),
        edited=message.edit_date > 0,
        date=datetime.fromtimestamp(message.date, UTC),
        silent=message.is_silent,
        reply_to=message.reply_to.id if message.reply_to else None,
        document=ShownDocument(document.file_name, document.file_size, document.file_id)
        if document
        else None,
        note=_note(message),
        thread_id=message.thread_id,
    )


def transcript(messages: Iterable[Message]) -> str:
    """Return a chat as text for people: who says what, marks for formats, buttons in brackets."""
    written = [line for message in messages for line in _lines(message)]
    return "\n".join(written) + "\n" if written else "(nothing yet)\n"


def _lines(message: Message) -> list[str]:
    shown = show(message)
    if shown.note:
        return [f"({shown.note})"]
    marks = [mark for mark in ("edited", "silent") if getattr(shown, mark)]
    head = shown.sender + (f" ({', '.join(marks)})" if marks else "") + ":"
    body = to_lines(message.content.text) if shown.text else []
    if shown.document:
        body = [f"[file {shown.document.file_name}, {shown.document.file_size} bytes]", *body]
    if message.markup is not None and message.markup.kind is MarkupKind.FORCE_REPLY:
        body.append("(asks for a reply)")
    body += [" ".join(f"[{button.label}]" for button in row) for row in shown.buttons]
    if len(body) == 1:
        return [f"{head} {body[0]}"]
    return [head, *(f"    {line}".rstrip() for line in body)]


def _button(button: Button) -> ShownButton:
    action = next((str(button[name]) for name in _ACTIONS if name in button), "")
    return ShownButton(str(button["text"]), action)


def _note(message: Message) -> str:
    service = message.content.service or {}
    for name, text in _NOTES.items():
        if name in service:
            who = service[name]
            return (
                f"{who['first_name']} {text}"
                if isinstance(who, dict) and "first_name" in who
                else text
            )
    return ""
