"""The numbers of a brief, and what they may be."""

import re
from collections.abc import Callable
from typing import TypeVar

from bot.ingest import prose, values
from bot.ingest.labels import Label
from bot.ingest.results import WarningCode
from bot.ingest.sheet import Sheet

MAX_IMPACT = 10
MAX_CONFIDENCE = 1
MAX_READ_SECONDS = 7200

_Value = TypeVar("_Value", int, float)
_SHOWN_BARE = re.compile(r"[+-]?[0-9.]{1,40}")


def read_impact(sheet: Sheet) -> float | None:
    """Return the impact score; its absence is a fault like a wrong one."""
    label = Label.IMPACT_SCORE
    if not sheet.has(label):
        sheet.findings.fault(f"{label} is missing; {label.ask}", label=label)
    return _read(
        sheet,
        label,
        lambda text: values.read_number(values.plain_score(text), low=0, high=MAX_IMPACT),
    )


def read_confidence(sheet: Sheet) -> float | None:
    """Return the confidence, or None if none is stated."""
    return _read(
        sheet,
        Label.CONFIDENCE,
        lambda text: values.read_number(values.plain_share(text), low=0, high=MAX_CONFIDENCE),
    )


def read_stated_seconds(sheet: Sheet) -> int | None:
    """Return the reading time that the document states, or None."""
    return _read(
        sheet,
        Label.READTIMESECS,
        lambda text: values.read_whole_number(text, low=1, high=MAX_READ_SECONDS),
    )


def _read(sheet: Sheet, label: Label, read: Callable[[str], _Value | None]) -> _Value | None:
    entry = sheet.numbers.get(label)
    if entry is None:
        return None
    value = read(entry.text)
    if value is None:
        is_plain = _SHOWN_BARE.fullmatch(entry.text)
        shown = entry.text if is_plain else prose.quote(entry.text) if entry.text else "empty"
        what = f"{label} is {shown}; {label.ask}"
        sheet.findings.fault(what, label=label, line=entry.line)
        return None
    if entry.is_quoted:
        sheet.warn_quoted(label, line=entry.line)
    if entry.text[-1] == "%" or "/" in entry.text:
        message = f"{label} is {entry.text}; read as {value}"
        sheet.findings.warn(WarningCode.NUMBER_STYLE, message, label=label, line=entry.line)
    return value
