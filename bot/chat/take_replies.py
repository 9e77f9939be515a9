"""The report on documents that came in: a line a brief, and the button that lets them out."""

from collections import Counter
from collections.abc import Sequence

from bot.ingest.results import BriefRead, BriefRefused, list_report_lines
from bot.markup import (
    LIMIT,
    Button,
    Html,
    Message,
    base36,
    callback,
    code,
    cut,
    join,
    lines,
    units,
)
from bot.services.taking_in import Taken
from bot.texts import Texts
from storage.model.brief import BriefState

HEADLINE_UNITS = 60
_STATES = {
    BriefState.RELEASED: "take-released",
    BriefState.QUEUED: "take-queued",
    BriefState.SCHEDULED: "take-queued",
    BriefState.ARCHIVED: "take-archived",
    BriefState.RETRACTED: "take-known",
}


def report(file: str, taken: Sequence[Taken], batch: int, words: Texts) -> Message:
    """Return what became of every brief, as much of it as a message holds."""
    if not taken:
        return Message(body=words.html("take-nothing"))
    head = words.html("take-head", count=len(taken), file=code(file[:60]))
    said = [line for one in taken for line in _lines(one, words)]
    body = _fitting(head, _counts(taken, words), said, words)
    waiting = [one for one in taken if one.state is BriefState.QUEUED]
    if not waiting:
        return Message(body=body)
    label = words.plain("button-publish", count=str(len(waiting)))
    button = Button(label, callback("ai", batch, "p"), "primary")
    return Message(body=body, keyboard=((button,),))


def headline_of(headline: str) -> str:
    """Return a headline for a line of a list."""
    head, rest = cut(headline, HEADLINE_UNITS)
    return f"{head}…" if rest else head


def _counts(taken: Sequence[Taken], words: Texts) -> Html:
    found = Counter(one.state if one.is_new else None for one in taken)
    refused = sum(1 for one in taken if one.brief_id is None)
    known = sum(1 for one in taken if one.brief_id is not None and not one.is_new)
    return words.html(
        "take-counts",
        out=str(found[BriefState.RELEASED]),
        waiting=str(found[BriefState.QUEUED]),
        archived=str(found[BriefState.ARCHIVED]),
        known=str(known),
        refused=str(refused),
    )


def _lines(one: Taken, words: Texts) -> list[Html]:
    result = one.piece.result
    told = list_report_lines(result, file=one.piece.file, in_batch=one.piece.in_batch)
    if isinstance(result, BriefRefused) or one.brief_id is None:
        return [words.html("take-fault", line=line) for line in told]
    return [_stored(one, result, words), *(words.html("take-warning", line=line) for line in told)]


def _stored(one: Taken, result: BriefRead, words: Texts) -> Html:
    assert one.brief_id is not None
    assert one.state is not None
    values: dict[str, str | Html] = {
        "id": code(base36(one.brief_id)),
        "headline": headline_of(result.draft.headline),
    }
    if not one.is_new:
        return words.html("take-known", **values)
    if one.state is BriefState.QUEUED and result.is_held:
        held = (warning.code.replace("_", " ") for warning in result.warnings)
        why = [code for code, w in zip(held, result.warnings, strict=True) if w.code.is_held]
        return words.html("take-held", why=words.listing(why), **values)
    return words.html(_STATES[one.state], **values)


def _fitting(head: Html, counts: Html, said: Sequence[Html], words: Texts) -> Html:
    """Return as many lines as fit, and how many are left out."""
    room = LIMIT - units(head.shown) - units(counts.shown) - 60
    kept: list[Html] = []
    for line in said:
        room -= units(line.shown) + 1
        if room < 0:
            kept.append(words.html("take-more", count=str(len(said) - len(kept))))
            break
        kept.append(line)
    return lines(join((head, counts), "\n"), "", *kept)
