"""Documents and pasted text from editors: read, stored, reported, let out by a button."""

from collections.abc import Iterable
from typing import Any

from telegram import Update

from bot.chat import take_replies
from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.fetching import fetch_documents
from bot.chat.orders import editor_of
from bot.chat.replies import answer_with
from bot.ingest.load import Document, document_of
from bot.services import newsroom

PASTED = "pasted.txt"


async def document(deps: Deps, update: Update, context: Any) -> None:  # noqa: ARG001 - PTB's shape
    """Take in a file that an editor sent."""
    editor_of(deps, update)
    assert update.message is not None
    assert update.message.document is not None
    name, documents = await fetch_documents(update.message.document)
    await take(deps, update, name, documents)


async def pasted(deps: Deps, update: Update, text: str) -> None:
    """Take in a brief that an editor pasted as text."""
    found = document_of(PASTED, text.encode(errors="replace"))
    await take(deps, update, PASTED, [found] if found else [])


async def take(deps: Deps, update: Update, name: str, documents: Iterable[Document]) -> None:
    """Take documents in and report on every brief."""
    editor = editor_of(deps, update)
    now = deps.clock.now()
    batch, taken = await deps.intake.take_batch(
        documents, way="chat", publish=deps.ingest.publishes("chat"), now=now
    )
    await newsroom.note_batch(deps.db, batch_id=batch, taken=taken, who=editor.user_id, now=now)
    await answer_with(update, take_replies.report(name, taken, batch, words_for(update)))
