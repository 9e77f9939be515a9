"""Documents into drafts: what counterpoint makes of the bytes of one file."""

from collections.abc import Callable
from functools import partial
from itertools import islice

from bot.ingest import characters, fields, json_fields, json_form, limits, pieces, text_form
from bot.ingest.findings import Findings, TooManyFaults, Unreadable
from bot.ingest.json_form import Element
from bot.ingest.limits import MAX_BRIEFS, MAX_DOCUMENT_BYTES
from bot.ingest.pieces import Piece
from bot.ingest.results import (
    BriefRead,
    BriefRefused,
    BriefResult,
    DocumentKind,
    Fault,
    WarningCode,
)
from bot.ingest.sheet import Sheet

_Reader = Callable[[Sheet], None]


def parse_document(
    data: bytes, *, kind: DocumentKind, sections: frozenset[str], default_lang: str = "en"
) -> tuple[BriefResult, ...]:
    """Return one result for each brief of a document, in their order there.

    A document that cannot be read at all gives one refusal without a position. ``sections`` are
    the names that ``section`` may have; a brief without ``lang`` is read as ``default_lang``.
    Whatever the bytes are, this raises nothing, and its time grows with their number only.
    """
    try:
        readers = _list_readers(_decode(data, kind=kind), kind=kind)
    except Unreadable as unreadable:
        fault = Fault(line=unreadable.line, label=None, message=str(unreadable))
        return (BriefRefused(position=None, faults=(fault,)),)
    return tuple(
        _read(reader, position=position, sections=sections, default_lang=default_lang)
        for position, reader in enumerate(readers, start=1)
    )


def _decode(data: bytes, *, kind: DocumentKind) -> str:
    if len(data) > MAX_DOCUMENT_BYTES:
        what = f"document has {len(data)} bytes; write at most {MAX_DOCUMENT_BYTES}"
        raise Unreadable(what)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        what = f"byte 0x{data[error.start]:02x} is not UTF-8; save it as UTF-8"
        raise _not_text(what, before=data[: error.start].decode(), kind=kind) from error
    before, nul, _ = text.partition("\0")
    if nul:
        raise _not_text("it holds a NUL; save it as plain text", before=before, kind=kind)
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _not_text(why: str, *, before: str, kind: DocumentKind) -> Unreadable:
    before = before.replace("\r\n", "\n")
    line = characters.count_line_ends(before, start=0, end=len(before)) + 1
    is_text = kind is DocumentKind.TEXT
    return Unreadable(f"not a text document: {why}", line=line if is_text else None)


def _list_readers(text: str, *, kind: DocumentKind) -> list[_Reader]:
    """List what puts each brief of the document on a sheet."""
    readers: list[_Reader]
    if kind is DocumentKind.TEXT:
        found = pieces.list_pieces(text, at_most=MAX_BRIEFS + 1)
        readers = [partial(_read_piece, piece) for piece in found]
    else:
        inner = pieces.unfence(text)
        is_array = kind is DocumentKind.JSON
        split = json_form.split_array if is_array else json_form.split_lines
        readers = [
            partial(_read_element, element, is_fenced=inner is not None)
            for element in islice(split(inner or text), MAX_BRIEFS + 1)
        ]
    if len(readers) > MAX_BRIEFS:
        raise Unreadable(f"document holds more than {MAX_BRIEFS} briefs; part it")
    if not readers:
        raise Unreadable("document holds no brief; write one")
    return readers


def _read(
    reader: _Reader, *, position: int, sections: frozenset[str], default_lang: str
) -> BriefResult:
    findings = Findings()
    sheet = Sheet(findings=findings)
    draft = None
    try:
        reader(sheet)
        draft = fields.read_fields(sheet, sections=sections, default_lang=default_lang)
    except Unreadable as unreadable:
        findings.fault(str(unreadable), line=unreadable.line)
    except TooManyFaults:
        pass
    warnings = findings.list_warnings()
    if draft is None:
        return BriefRefused(position=position, faults=findings.list_faults(), warnings=warnings)
    return BriefRead(position=position, draft=draft, warnings=warnings)


def _read_piece(piece: Piece, sheet: Sheet) -> None:
    if excess := limits.find_excess(piece.text):
        raise Unreadable(excess, line=piece.line)
    if piece.is_fenced:
        _warn_of_fence(sheet, line=piece.line)
    text = characters.clean_text(piece.text, sheet.findings, first_line=piece.first_line)
    text_form.read_text(text or "", first_line=piece.first_line, sheet=sheet)


def _read_element(element: Element, sheet: Sheet, *, is_fenced: bool) -> None:
    if element.fault:
        raise Unreadable(element.fault)
    if is_fenced:
        _warn_of_fence(sheet, line=None)
    json_fields.read_object(element.value, sheet=sheet)


def _warn_of_fence(sheet: Sheet, *, line: int | None) -> None:
    message = "a code fence stands around the brief; read without it"
    sheet.findings.warn(WarningCode.MARKDOWN, message, line=line)
