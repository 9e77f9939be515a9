"""Characters that a document may hold and a Telegram message may not."""

import re

from bot.ingest.findings import Findings
from bot.ingest.results import WarningCode

LINE_ENDS = "\n\r\u2028\u2029"

_UNUSUAL = re.compile("[\0-\t\x0b-\x1f\u2028-\u202e\ud800-\udfff]")
_UNSOUND = re.compile("[\0\ud800-\udfff]")
_OTHER_LINE_END = re.compile("[\r\u2028\u2029]")
_DROPPED = re.compile("[\1-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e]")
_SHOWN = 5  # distinct removed characters that a warning names


def clean_text(
    text: str, findings: Findings, *, label: str | None = None, first_line: int | None = None
) -> str | None:
    r"""Return ``text`` with line ends as ``\n`` and without what Telegram would drop.

    Warns once for each kind of change, at its first line. A NUL or half of a surrogate pair,
    which only an escape in JSON can bring here, is a fault, and there is no text then.
    """
    text = text.replace("\r\n", "\n")
    # The first question is a few times cheaper and settles nearly every text.
    if text.replace("\n", "").isprintable() or not _UNUSUAL.search(text):
        return text
    if unsound := _UNSOUND.search(text):
        where = label or "a label"
        what = f"{where} holds U+{ord(unsound.group()):04X}, which no text may hold; remove it"
        findings.fault(what, label=label, line=first_line)
        return None
    notes: list[tuple[int, str]] = []
    if first := _OTHER_LINE_END.search(text):
        at = first.start()
        text, count = _OTHER_LINE_END.subn("\n", text)
        notes.append((at, f"{_times(count, 'unusual line end')} read as an ordinary one"))
    if (at := text.find("\t")) >= 0:
        notes.append((at, f"{_times(text.count(chr(9)), 'tab')} read as a blank"))
        text = text.replace("\t", " ")
    for at, message in notes:
        _warn(findings, message, label=label, line=_line(text, at, first_line))
    if first := _DROPPED.search(text):
        kinds = sorted({f"U+{ord(found):04X}" for found in set(_DROPPED.findall(text))})
        line = _line(text, first.start(), first_line)
        text, count = _DROPPED.subn("", text)
        names = ", ".join(kinds[:_SHOWN]) + (", …" if len(kinds) > _SHOWN else "")
        message = f"{_times(count, 'control character')} removed ({names})"
        _warn(findings, message, label=label, line=line)
    return text


def count_line_ends(text: str, *, start: int, end: int) -> int:
    """Return how many line ends of any kind stand between two places of the text."""
    return sum(text.count(each, start, end) for each in LINE_ENDS)


def _warn(findings: Findings, message: str, *, label: str | None, line: int | None) -> None:
    where = f"{label}: " if label else ""
    findings.warn(WarningCode.CHARACTERS, where + message, label=label, line=line)


def _line(text: str, at: int, first_line: int | None) -> int | None:
    return None if first_line is None else first_line + text.count("\n", 0, at)


def _times(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"
