"""Documents and pasted text from editors: read, stored, reported, let out by a button."""

import zipfile
from io import BytesIO
from typing import Any

from telegram import Document as TelegramDocument
from telegram import Update

from bot.chat import take_replies
from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.orders import editor_of
from bot.chat.replies import answer_with
from bot.errors import Refused
from bot.ingest.load import Document, document_of, documents_in_zip
from bot.services import newsroom

#: What the Bot API lets a bot fetch (https://core.telegram.org/bots/api#getfile).
MOST_BYTES = 20_000_000
PASTED = "pasted.txt"


async def document(deps: Deps, update: Update, context: Any) -> None:  # noqa: ARG001 - PTB's shape
    """Take in a file that an editor sent."""
    editor_of(deps, update)
    assert update.message is not None
    sent = update.message.document
    assert sent is not None
    if (sent.file_size or 0) > MOST_BYTES:
        raise Refused("take-too-large", size=f"{(sent.file_size or 0) / 1e6:.0f} MB")
    name = (sent.file_name or "document.txt").rpartition("/")[2]
    if not name.lower().endswith((".txt", ".json", ".jsonl", ".zip")):
        raise Refused("take-no-document")
    await take(deps, update, name, await _fetch(name, sent))


async def pasted(deps: Deps, update: Update, text: str) -> None:
    """Take in a brief that an editor pasted as text."""
    found = document_of(PASTED, text.encode(errors="replace"))
    await take(deps, update, PASTED, [found] if found else [])


async def take(deps: Deps, update: Update, name: str, documents: list[Document]) -> None:
    """Take documents in and report on every brief."""
    editor = editor_of(deps, update)
    now = deps.clock.now()
    batch, taken = await deps.intake.take_batch(
        documents, way="chat", publish=deps.ingest.publishes("chat"), now=now
    )
    await newsroom.note_batch(deps.db, batch_id=batch, taken=taken, who=editor.user_id, now=now)
    await answer_with(update, take_replies.report(name, taken, batch, words_for(update)))


async def _fetch(name: str, sent: TelegramDocument) -> list[Document]:
    file = await sent.get_file()
    data = bytes(await file.download_as_bytearray())
    if not name.lower().endswith(".zip"):
        found = document_of(name, data)
        return [found] if found else []
    try:
        return list(documents_in_zip(name, zipfile.ZipFile(BytesIO(data))))
    except zipfile.BadZipFile:
        raise Refused("take-no-document") from None
