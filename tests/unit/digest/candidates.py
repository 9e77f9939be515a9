"""Candidates, and the rule of selection once more: plain, slow, one brief after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.digest.rank import Wishes, select
from bot.digest.window import Candidate, Window
from storage.model.subject import EVERYTHING
from tests.factories import at

LONG_AGO = at(days=-100)


def make_candidate(brief_id: int, **changed: Any) -> Candidate:
    values: dict[str, Any] = {
        "id": brief_id,
        "revision": 1,
        "impact": 5.0,
        "confidence": 0.5,
        "released_at": at(-1),
        "seconds": 60,
        "units": 500,
        "story_id": brief_id,
    }
    return Candidate(**(values | changed))


def make_window(
    *candidates: Candidate,
    wants: Mapping[int, Sequence[int]] | None = None,
    mutes: Mapping[int, Sequence[int]] | None = None,
    heads: Mapping[int, int] | None = None,
) -> Window:
    """Return a window; without ``wants`` subject 1 wants every brief."""
    if wants is None:
        wants = {1: [candidate.id for candidate in candidates]}
    return Window(
        candidates,
        wants=[(subject, brief) for subject, briefs in wants.items() for brief in briefs],
        mutes=[(subject, brief) for subject, briefs in (mutes or {}).items() for brief in briefs],
        heads=heads or {},
    )


def make_wishes(**changed: Any) -> Wishes:
    values: dict[str, Any] = {
        "follows": (1,),
        "mutes": (),
        "impact_floor": 0.0,
        "confidence_floor": 0.0,
        "seconds": None,
    }
    return Wishes(**(values | changed))


def list_shown(
    window: Window, *, seat: int | None = None, had: int = 0, **wishes: Any
) -> list[int]:
    """List the ids of what a reader with these wishes is shown."""
    since = window.since(LONG_AGO)
    selection = select(window, make_wishes(**wishes), since=since, had=had, seat=seat)
    return [window.ids[one.place] for one in selection.picked]


@dataclass(frozen=True)
class Asked:
    """All that a selection depends on."""

    candidates: tuple[Candidate, ...]
    wants: Mapping[int, Sequence[int]]
    mutes: Mapping[int, Sequence[int]]
    heads: Mapping[int, int]
    wishes: Wishes
    since: datetime
    had: Sequence[int]
    seat: int | None


@dataclass(frozen=True)
class Answer:
    """What is shown as (brief, follow, more), and what is not."""

    shown: list[tuple[int, int, int]]
    below: int
    over: int
    told: list[int]


def choose_plainly(asked: Asked) -> Answer:
    """Return what the rule selects, reckoned the long way."""
    ordered = sorted(asked.candidates, key=_order)
    fresh = [brief for brief in ordered if brief.released_at > asked.since]
    follows = {
        subject: _wanted_by(subject, asked, fresh)
        for subject in sorted(asked.wishes.follows)
        if _wanted_by(subject, asked, list(asked.candidates)) or subject == EVERYTHING
    }
    spared = {
        brief for subject in asked.wishes.mutes for brief in _in_group(asked.mutes, subject, asked)
    }
    wanted = [
        brief
        for brief in fresh
        if any(brief.id in ids for ids in follows.values())
        and brief.id not in spared
        and brief.id not in asked.had
    ]
    above = [brief for brief in wanted if _is_above(brief, asked.wishes)]
    chosen = _fill(above, asked.wishes.seconds)
    if asked.seat is not None and len(chosen) > 1 and _not_told(above, chosen):
        chosen = _with_seat(above, chosen, follows, asked)
    return Answer(
        shown=[
            (
                brief.id,
                max(f for f, ids in follows.items() if brief.id in ids),
                _more(brief, above),
            )
            for brief in sorted(chosen, key=_order)
        ],
        below=len(wanted) - len(above),
        over=len(_not_told(above, chosen)),
        told=[brief.id for brief in above if brief not in _not_told(above, chosen)],
    )


def _order(brief: Candidate) -> tuple[float, float, timedelta, int]:
    confidence = brief.confidence if brief.confidence is not None else -1
    return -brief.impact, -confidence, at() - brief.released_at, brief.id


def _in_group(listed: Mapping[int, Sequence[int]], subject: int, asked: Asked) -> set[int]:
    head = asked.heads.get(subject, subject)
    group = {head, *(one for one, its_head in asked.heads.items() if its_head == head)}
    known = {brief.id for brief in asked.candidates}
    return {brief for one in group for brief in listed.get(one, ())} & known


def _wanted_by(subject: int, asked: Asked, briefs: list[Candidate]) -> set[int]:
    if subject == EVERYTHING:
        return {brief.id for brief in sorted(briefs, key=_order)[:5]}
    return _in_group(asked.wants, subject, asked)


def _is_above(brief: Candidate, wishes: Wishes) -> bool:
    if brief.impact < wishes.impact_floor:
        return False
    if wishes.confidence_floor <= 0:
        return True
    return brief.confidence is not None and brief.confidence >= wishes.confidence_floor


def _fill(above: list[Candidate], seconds: int | None) -> list[Candidate]:
    chosen: list[Candidate] = []
    for brief in above:
        tells_anew = brief.story_id not in {one.story_id for one in chosen}
        if len(chosen) < 7 and tells_anew and (not chosen or _fits(brief, chosen, seconds)):
            chosen.append(brief)
    return chosen


def _fits(brief: Candidate, chosen: list[Candidate], seconds: int | None) -> bool:
    together = [*chosen, brief]
    if seconds is not None and sum(one.seconds for one in together) > seconds:
        return False
    return sum(one.units for one in together) <= 3900


def _with_seat(
    above: list[Candidate],
    chosen: list[Candidate],
    follows: Mapping[int, set[int]],
    asked: Asked,
) -> list[Candidate]:
    kept = chosen[:-1]
    told = {brief.id for brief in above if brief not in _not_told(above, kept)}
    open_to = {brief.id for brief in above}
    unseen = [ids & open_to for ids in follows.values() if ids & open_to and not ids & told]
    if not unseen or asked.seat is None:
        return chosen
    turn = unseen[asked.seat % len(unseen)]
    for brief in above:
        if brief.id in turn and _fits(brief, kept, asked.wishes.seconds):
            return [*kept, brief]
    return chosen


def _not_told(above: list[Candidate], chosen: list[Candidate]) -> list[Candidate]:
    stories = {brief.story_id for brief in chosen}
    return [brief for brief in above if brief.story_id not in stories]


def _more(brief: Candidate, above: list[Candidate]) -> int:
    return sum(other.story_id == brief.story_id for other in above) - 1
