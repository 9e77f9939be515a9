"""Topics and entities: what the two lists of names may hold."""

from collections import Counter
from collections.abc import Iterator

from bot.ingest import characters, prose
from bot.ingest.labels import Label
from bot.ingest.results import WarningCode
from bot.ingest.sheet import Sheet

MAX_NAMES = 32  # of both lists together
MAX_CHARACTERS = 80  # of one name


def read_names(sheet: Sheet) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return topics and entities as they were read; what is not allowed becomes a fault."""
    topics, entities = _list(sheet, Label.TOPICS), _list(sheet, Label.ENTITIES)
    stated = [label for label in (Label.TOPICS, Label.ENTITIES) if sheet.has(label)]
    count = len(topics) + len(entities)
    if not stated:
        what = "topics and entities are missing; write one of them or both"
        sheet.findings.fault(what, label=Label.TOPICS)
    elif count > MAX_NAMES:
        longer = Label.TOPICS if len(topics) >= len(entities) else Label.ENTITIES
        what = f"topics and entities hold {count} strings; write 1 to {MAX_NAMES} in all"
        sheet.findings.fault(what, label=longer, line=sheet.line_of(longer))
    elif not any(sheet.lists.get(label, True) for label in stated):
        what = f"topics and entities hold no string; write 1 to {MAX_NAMES} in all"
        sheet.findings.fault(what, label=stated[0], line=sheet.line_of(stated[0]))
    return topics, entities


def _list(sheet: Sheet, label: Label) -> tuple[str, ...]:
    counts = Counter(_strings(sheet, label))
    doubles = [name for name, times in counts.items() if times > 1]
    if doubles:
        more = f" and {len(doubles) - 1} more" if len(doubles) > 1 else ""
        message = f"{label} names {prose.quote(doubles[0])}{more} more than once; kept once"
        line = sheet.line_of(label)
        sheet.findings.warn(WarningCode.DOUBLES, message, label=label, line=line)
    return tuple(counts)


def _strings(sheet: Sheet, label: Label) -> Iterator[str]:
    """Give the strings of one list, tidied; those that are not allowed become faults."""
    for entry in sheet.lists.get(label, ()):
        cleaned = characters.clean_text(
            entry.text, sheet.findings, label=label, first_line=entry.line
        )
        if cleaned is None:
            continue
        name = prose.tidy_line(cleaned)
        if not prose.has_ink(name):
            what = f"{label} holds {prose.quote(entry.text)}, which shows nothing; remove it"
            sheet.findings.fault(what, label=label, line=entry.line)
        elif len(name) > MAX_CHARACTERS:
            what = f"{label} holds {prose.quote(name)}; write at most {MAX_CHARACTERS}"
            sheet.findings.fault(what, label=label, line=entry.line)
        else:
            yield name
