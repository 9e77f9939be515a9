"""A file that an editor sent, fetched from Telegram as the documents that it holds."""

import asyncio
import logging
import zipfile
from collections.abc import Iterable
from io import BytesIO

from telegram import Document as TelegramDocument
from telegram.error import TelegramError

from bot.errors import Refused
from bot.ingest.load import Document, document_of, documents_in_zip

log = logging.getLogger(__name__)

#: What the Bot API lets a bot fetch (https://core.telegram.org/bots/api#getfile).
MOST_BYTES = 20_000_000
SUFFIXES = (".txt", ".json", ".jsonl", ".zip")


async def fetch_documents(sent: TelegramDocument) -> tuple[str, Iterable[Document]]:
    """Return the name of a file and its documents, those of a zip to be unpacked one by one.

    Raises ``Refused`` for what is too large, no document, or cannot be had now.
    """
    size = sent.file_size or 0
    if size > MOST_BYTES:
        raise Refused("take-too-large", size=f"{size / 1e6:.0f} MB")
    name = (sent.file_name or "document.txt").rpartition("/")[2]
    if not name.lower().endswith(SUFFIXES):
        raise Refused("take-no-document")
    data = await _fetch(sent)
    if not name.lower().endswith(".zip"):
        found = document_of(name, data)
        return name, [found] if found else []
    try:
        archive = await asyncio.to_thread(zipfile.ZipFile, BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise Refused("take-no-document") from None
    return name, documents_in_zip(name, archive)


async def _fetch(sent: TelegramDocument) -> bytes:
    try:
        file = await sent.get_file()
        return bytes(await file.download_as_bytearray())
    except TelegramError as error:
        log.warning(
            "a document could not be fetched",
            extra={"event": "document.unfetched", "error": type(error).__name__},
        )
        raise Refused("take-unfetched") from None
