"""The fields of a brief: what each may hold, whatever form the document has."""

from collections.abc import Callable
from typing import TypeVar

from bot.ingest import characters, doubts, headline, names, prose, scores, values, words
from bot.ingest.headline import MAX_HEADLINE
from bot.ingest.labels import Label
from bot.ingest.prose import BLANKS
from bot.ingest.results import WarningCode
from bot.ingest.scores import MAX_READ_SECONDS
from bot.ingest.sheet import Sheet
from storage.model.brief import BriefDraft

_Value = TypeVar("_Value")


def read_fields(sheet: Sheet, *, sections: frozenset[str], default_lang: str) -> BriefDraft | None:
    """Return the draft that the sheet describes, or None with every fault among its findings."""
    body = _block(sheet, Label.BODY, tidy=prose.tidy_paragraphs, is_needed=True)
    counter_argument = _block(sheet, Label.COUNTER_ARGUMENT, tidy=prose.tidy_text, is_needed=True)
    ai_context = _block(sheet, Label.AI_CONTEXT, tidy=prose.tidy_text)
    topics, entities = names.read_names(sheet)
    impact = scores.read_impact(sheet)
    confidence = scores.read_confidence(sheet)
    stated_seconds = scores.read_stated_seconds(sheet)
    stated_headline = _line(sheet, Label.HEADLINE, read=_headline)
    published_at = _line(sheet, Label.PUBLISHED_AT, read=values.read_instant)
    section = _section(sheet, sections)
    source_url = _line(sheet, Label.SOURCE_URL, read=values.read_url)
    lang = _line(sheet, Label.LANG, read=values.read_language)
    extras = _extras(sheet)
    if sheet.findings.faults or impact is None:
        return None
    language = lang or default_lang
    counted_seconds = _count_seconds(body, counter_argument)
    _warn_of_read_time(sheet, stated=stated_seconds, counted=counted_seconds)
    _warn_of_counter_argument(sheet, counter_argument, body=body, lang=language)
    return BriefDraft(
        headline=stated_headline or headline.first_sentence(body, lang=language),
        headline_stated=stated_headline is not None,
        body=body,
        counter_argument=counter_argument,
        ai_context=ai_context or None,
        topics=topics,
        entities=entities,
        impact=impact,
        confidence=confidence,
        read_seconds=counted_seconds if stated_seconds is None else stated_seconds,
        read_seconds_stated=stated_seconds is not None,
        published_at=published_at,
        section=section,
        source_url=source_url,
        lang=lang,
        extras=extras,
    )


def _block(
    sheet: Sheet, label: Label, *, tidy: Callable[[str], str], is_needed: bool = False
) -> str:
    """Return a text of any number of lines; empty where none was read."""
    entry = sheet.texts.get(label)
    if entry is None:
        if is_needed and not sheet.has(label):
            sheet.findings.fault(f"{label} is missing; {label.ask}", label=label)
        return ""
    text = characters.clean_text(entry.text, sheet.findings, label=label, first_line=entry.line)
    if text is None or prose.has_ink(text):
        return tidy(text or "")
    if is_needed:
        sheet.findings.fault(f"{label} is empty; {label.ask}", label=label, line=entry.line)
    else:
        message = f"{label} is empty; read as if it were not there"
        sheet.findings.warn(WarningCode.EMPTY_LABEL, message, label=label, line=entry.line)
    return ""


def _line(
    sheet: Sheet, label: Label, *, read: Callable[[str], _Value | None], ask: str | None = None
) -> _Value | None:
    """Return what a one-line value is read as, or None without the label or with a fault."""
    entry = sheet.texts.get(label)
    if entry is None:
        return None
    text = characters.clean_text(entry.text, sheet.findings, label=label, first_line=entry.line)
    if text is None:
        return None
    text = prose.tidy_line(text)
    value = read(text) if prose.has_ink(text) else None
    if value is None:
        shown = prose.quote(_without_user(text)) if prose.has_ink(text) else "empty"
        what = f"{label} is {shown}; {ask or label.ask}"
        sheet.findings.fault(what, label=label, line=entry.line)
    return value


def _without_user(text: str) -> str:
    """Leave out what stands before an ``@``: in an address it may be a password."""
    _, at, rest = text.rpartition("@")
    return f"…@{rest}" if at else text


def _headline(text: str) -> str | None:
    return text if len(text) <= MAX_HEADLINE else None


def _section(sheet: Sheet, sections: frozenset[str]) -> str | None:
    known = {name.casefold(): name for name in sections}
    ask = f"write one of: {', '.join(sorted(sections))}" if sections else "leave the label out"
    return _line(sheet, Label.SECTION, read=lambda text: known.get(text.casefold()), ask=ask)


def _extras(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    cleaned = (
        (
            name,
            characters.clean_text(value.text, sheet.findings, label=name, first_line=value.line),
        )
        for name, value in sheet.extras
    )
    return tuple((name, text.strip(BLANKS)) for name, text in cleaned if text is not None)


def _count_seconds(body: str, counter_argument: str) -> int:
    return min(words.count_read_seconds(f"{body}\n{counter_argument}"), MAX_READ_SECONDS)


def _warn_of_read_time(sheet: Sheet, *, stated: int | None, counted: int) -> None:
    if stated is not None and not counted / 2 <= stated <= counted * 2:
        label = Label.READTIMESECS
        message = f"{label} is {stated}; the words take about {counted} seconds"
        line = sheet.line_of(label)
        sheet.findings.warn(WarningCode.READ_TIME, message, label=label, line=line)


def _warn_of_counter_argument(sheet: Sheet, text: str, *, body: str, lang: str) -> None:
    label = Label.COUNTER_ARGUMENT
    for code, doubt in doubts.weigh(text, body=body, lang=lang):
        message = f"{label} {doubt}; held for an editor"
        sheet.findings.warn(code, message, label=label, line=sheet.line_of(label))
