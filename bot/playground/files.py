"""Files that people and the bot have sent, in memory."""

import itertools
import mimetypes
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.playground import refusals
from bot.playground.model import Document
from bot.playground.refusals import bad_request

_ID_PREFIX = "BQACAgPLAY"
_UNIQUE_PREFIX = "AgADPLAY"
_MOST_DOWNLOAD = 20 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file's bytes, how messages name it, and where it can be fetched."""

    document: Document
    path: str
    data: bytes


class Files:
    """All files by id and by path."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, file_name: str, data: bytes) -> Document:
        """Keep a file and return it as it hangs on a message. An empty one is refused."""
        if not data:
            raise bad_request(refusals.FILE_EMPTY)
        number = next(self._numbers)
        kind = mimetypes.guess_type(file_name)[0] or "application/octet-stream"
        document = Document(
            file_id=f"{_ID_PREFIX}{number:06}",
            file_unique_id=f"{_UNIQUE_PREFIX}{number:06}",
            file_name=file_name,
            mime_type=kind,
            file_size=len(data),
        )
        path = f"documents/file_{number}{PurePosixPath(file_name).suffix}"
        stored = StoredFile(document=document, path=path, data=data)
        self._by_id[document.file_id] = self._by_path[path] = stored
        return document

    def find_sent(self, file_id: str) -> Document:
        """Return the document a bot sends again by its id; nothing is fetched from the web."""
        if file_id.startswith(("http://", "https://")):
            raise bad_request(refusals.URL_UNREACHABLE)
        if file_id in self._by_id:
            return self._by_id[file_id].document
        known = file_id.startswith(_ID_PREFIX)
        raise bad_request(refusals.FILE_ID_UNKNOWN if known else refusals.FILE_ID_MALFORMED)

    def find_download(self, file_id: str) -> StoredFile:
        """Return the file that ``getFile`` prepares, unless it is too big for a bot."""
        stored = self._by_id.get(file_id)
        if stored is None:
            known = file_id.startswith(_ID_PREFIX)
            raise bad_request(refusals.FILE_UNAVAILABLE if known else refusals.FILE_ID_INVALID)
        if len(stored.data) > _MOST_DOWNLOAD:
            raise bad_request(refusals.FILE_TOO_BIG)
        return stored

    def get(self, document: Document) -> StoredFile:
        """Return the file that hangs on a message."""
        return self._by_id[document.file_id]

    def find_path(self, path: str) -> StoredFile | None:
        """Return the file at a path, or None."""
        return self._by_path.get(path)
