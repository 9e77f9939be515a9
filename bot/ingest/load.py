"""Documents from the disk: single files, folders and zips, in the order of their names."""

import lzma
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.errors import WrongUse
from bot.ingest.limits import MAX_DOCUMENT_BYTES
from bot.ingest.parse import parse_document
from bot.ingest.results import BriefRefused, BriefResult, DocumentKind, Fault

#: A zip may hold so many documents; it is never unpacked to the disk.
MAX_ENTRIES = 20_000
#: What a damaged, locked or unusual zip raises, when it is opened and when it is unpacked.
_DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(RuntimeError, NotImplementedError, OSError, ValueError, EOFError),
)
_SUFFIXES = frozenset(f".{kind.value}" for kind in DocumentKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document: what it is called in reports, its form, and its bytes or why it has none."""

    file: str
    kind: DocumentKind
    data: bytes
    unreadable: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads documents by the rules that hold here."""

    sections: frozenset[str]
    default_lang: str

    def read(self, document: Document) -> tuple[BriefResult, ...]:
        """Return a result for each brief of the document."""
        if document.unreadable is not None:
            fault = Fault(line=None, label=None, message=document.unreadable)
            return (BriefRefused(position=None, faults=(fault,)),)
        return parse_document(
            document.data,
            kind=document.kind,
            sections=self.sections,
            default_lang=self.default_lang,
        )


def list_documents(paths: Iterable[Path]) -> Iterator[Document]:
    """Give the documents at the paths: files as they are, folders and zips in name order.

    From a folder or a zip only ``.txt``, ``.json`` and ``.jsonl`` are taken. Raises ``WrongUse``
    for a path that is not there or is no document.
    """
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.is_file() and _kind(p.name))
            yield from (_from_file(p) for p in inside)
        elif not path.is_file():
            msg = f"there is no file or folder {str(path)!r}"
            raise WrongUse(msg)
        elif path.suffix.lower() == ".zip":
            yield from _from_zip(path)
        elif _kind(path.name) is None:
            msg = f"{str(path)!r} is no document; .txt, .json, .jsonl, folders and .zip are read"
            raise WrongUse(msg)
        else:
            yield _from_file(path)


def document_of(name: str, data: bytes) -> Document | None:
    """Return bytes as a document by the name that they came under, None if it is none."""
    kind = _kind(name)
    return None if kind is None else Document(file=name, kind=kind, data=data)


def documents_in_zip(name: str, source: Path | zipfile.ZipFile) -> Iterator[Document]:
    """Give the documents in a zip, in name order; one that lies about its size is unreadable."""
    archive = source if isinstance(source, zipfile.ZipFile) else zipfile.ZipFile(source)
    with archive:
        entries = sorted(
            (entry for entry in archive.infolist() if _is_document(entry)),
            key=lambda entry: entry.filename,
        )
        for entry in entries[:MAX_ENTRIES]:
            yield _from_entry(f"{name}/{entry.filename}", archive, entry)


def _from_file(path: Path) -> Document:
    kind = _kind(path.name)
    assert kind is not None
    try:
        with path.open("rb") as file:
            data = file.read(MAX_DOCUMENT_BYTES + 1)  # one more, so that the parser says too large
    except OSError as error:
        said = f"cannot be read: {error.strerror}"
        return Document(file=str(path), kind=kind, data=b"", unreadable=said)
    return Document(file=str(path), kind=kind, data=data)


def _from_zip(path: Path) -> Iterator[Document]:
    try:
        yield from documents_in_zip(str(path), path)
    except _DAMAGES:
        said = "is no zip, or a damaged one"
        yield Document(file=str(path), kind=DocumentKind.TEXT, data=b"", unreadable=said)


def _from_entry(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Document:
    kind = _kind(entry.filename)
    assert kind is not None
    try:
        with archive.open(entry) as file:
            data = file.read(MAX_DOCUMENT_BYTES + 1)
    except _DAMAGES as error:
        return Document(file=name, kind=kind, data=b"", unreadable=f"cannot be unpacked: {error}")
    return Document(file=name, kind=kind, data=data)


def _is_document(entry: zipfile.ZipInfo) -> bool:
    hidden = any(
        part.startswith((".", "__MACOSX")) for part in PurePosixPath(entry.filename).parts
    )
    return not entry.is_dir() and not hidden and _kind(entry.filename) is not None


def _kind(name: str) -> DocumentKind | None:
    suffix = Path(name).suffix.lower()
    return DocumentKind(suffix.removeprefix(".")) if suffix in _SUFFIXES else None
