"""A text document as the pieces that each hold one brief."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.ingest import characters
from bot.ingest.characters import LINE_ENDS
from bot.ingest.prose import BLANKS

_HYPHENS = re.compile(r"-{3,}[ \t]*+")
# More such lines, with nothing but blank lines between them.
_MORE_HYPHENS = re.compile(
    rf"(?>(?:(?>(?:[ \t]*+[{LINE_ENDS}])+)-{{3,}}+[ \t]*+(?=[{LINE_ENDS}]|\Z))+)"
)
_OPENING_FENCE = re.compile(rf"\s*(`{{3,}}|~{{3,}})[\w-]*[ \t]*(?=[{LINE_ENDS}])")
_CLOSING_FENCE = re.compile(r"`{3,}|~{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One brief's part of a document, as it stands there."""

    text: str
    first_line: int  # in the document, from 1
    is_fenced: bool = False  # a code fence stood around it, or around the whole document

    @property
    def line(self) -> int:
        """The first line that is not blank, in the document."""
        blanks = len(self.text) - len(self.text.lstrip())
        return self.first_line + characters.count_line_ends(self.text, start=0, end=blanks)


def list_pieces(text: str, *, at_most: int) -> list[Piece]:
    """List the pieces between lines of three or more hyphens, leaving out empty ones.

    Stops after ``at_most``. A code fence around one piece or around all of them is blanked out.
    """
    pieces: list[Piece] = []
    for piece in _cut(text):
        if _has_text(piece):
            pieces.append(_without_fence(piece))
        if len(pieces) == at_most:
            break
    if len(pieces) > 1:
        opened, closed = _open(pieces[0].text), _close(pieces[-1].text)
        if opened != pieces[0].text and closed != pieces[-1].text:
            pieces[0] = replace(pieces[0], text=opened, is_fenced=True)
            pieces[-1] = replace(pieces[-1], text=closed, is_fenced=True)
    return [piece for piece in pieces if _has_text(piece)]


def unfence(text: str) -> str | None:
    """Return the text with the code fence around all of it blanked out, or None without one."""
    opened = _open(text)
    closed = _close(opened)
    return None if text == opened or opened == closed else closed


def _cut(text: str) -> Iterator[Piece]:
    """Give what stands between the separators; a piece begins at the end of a separator's line."""
    start, line = 0, 1
    at = 0
    while hyphens := _HYPHENS.search(text, at):
        first, at = hyphens.span()
        if (first == 0 or text[first - 1] in LINE_ENDS) and text[at : at + 1] in LINE_ENDS:
            if more := _MORE_HYPHENS.match(text, at):
                at = more.end()
            yield Piece(text=text[start:first], first_line=line)
            line += characters.count_line_ends(text, start=start, end=at)
            start = at
    yield Piece(text=text[start:], first_line=line)


def _has_text(piece: Piece) -> bool:
    return bool(piece.text.strip(BLANKS + LINE_ENDS + "\t"))


def _without_fence(piece: Piece) -> Piece:
    inner = unfence(piece.text)
    return piece if inner is None else replace(piece, text=inner, is_fenced=True)


def _open(text: str) -> str:
    """Return the text without a fence that it begins with; its lines stay as many."""
    found = _OPENING_FENCE.match(text)
    return text if found is None else text[: found.start(1)] + text[found.end() :]


def _close(text: str) -> str:
    tail = text.rstrip()
    last_line = max(tail.rfind(end) for end in LINE_ENDS) + 1
    return text[:last_line] if _CLOSING_FENCE.fullmatch(tail, last_line) else text
