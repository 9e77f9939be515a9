"""Pages of due subscribers and windows of briefs, as the planner hands them over."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.delivery.choose import Decisions, Rules, choose
from bot.digest.recipe import Recipe, unpack
from bot.digest.window import Candidate, Window
from storage.model.instants import from_microseconds, to_microseconds
from storage.planning import Due, Page, Waiting
from tests.factories import at
from tests.fakes import NOON

CHAT = 1001
WIND, SUN = 11, 12
RULES = Rules(default_zone="UTC", keep_seat=False)
#: Noon of the tests' day, a Sunday, and the slots after it.
TODAY, TOMORROW = 202611221200, 202611231200


def make_due(**changed: Any) -> Due:
    """Return a reader of wind in UTC whose daily digest is due at noon.

    Instants may be datetimes.
    """
    values: dict[str, Any] = {
        "chat_id": CHAT,
        "thread_id": None,
        "next_due_at": NOON,
        "next_slot": TODAY,
        "last_slot_at": at(-24),
        "first_slot_at": at(-240),
        "language": "en",
        "zone": "UTC",
        "times": "720",
        "days": 127,
        "impact_floor": 0.0,
        "confidence_floor": 0.0,
        "minutes": None,
        "style": "folded",
        "quiet_from": None,
        "quiet_to": None,
        "follows": str(WIND),
        "had": None,
        "taken": None,
        "waiting": None,
    }
    values |= changed
    kept = {
        name: to_microseconds(value) if isinstance(value, datetime) else value
        for name, value in values.items()
    }
    return Due(**kept)


def make_page(*due: Due, waiting: Iterable[Waiting] = ()) -> Page:
    return Page(list(due), list(waiting))


def make_waiting(
    delivery_id: int, *, hours: float, gives: str | None = None, chat_id: int = CHAT
) -> Waiting:
    """Return a digest that was due so many hours after noon, and has not left."""
    return Waiting(chat_id, delivery_id, to_microseconds(at(hours)), gives)


def make_candidate(brief_id: int, **changed: Any) -> Candidate:
    """Return a brief that was released an hour before noon."""
    values: dict[str, Any] = {
        "revision": 1,
        "impact": 5.0,
        "confidence": 0.8,
        "released_at": at(-1),
        "seconds": 60,
        "units": 500,
        "story_id": brief_id,
    }
    return Candidate(id=brief_id, **(values | changed))


def make_window(*briefs: Candidate, **changed: Any) -> Window:
    """Return a window of briefs that are all about wind, unless told otherwise."""
    wants = [(WIND, brief.id) for brief in briefs]
    values: dict[str, Any] = {"wants": wants, "mutes": wants, "heads": {}}
    return Window(briefs, **(values | changed))


def decide(
    page: Page,
    window: Window | None = None,
    *,
    now: datetime = NOON,
    rules: Rules = RULES,
    crowded: Iterable[datetime] = (),
) -> Decisions:
    """Choose from one brief about wind, number 1, unless told otherwise."""
    window = make_window(make_candidate(1)) if window is None else window
    instants = frozenset(map(to_microseconds, crowded))
    return choose(page, window, now=now, rules=rules, crowded=instants)


def recipe_of(made: Decisions) -> Recipe:
    """Return what the only digest of a page says."""
    (planned,) = made.planned
    return unpack(planned.recipe)


def shown(made: Decisions) -> list[int]:
    """Return the briefs that the only digest of a page shows."""
    return [item.brief_id for item in recipe_of(made).items]


def instants(*kept: int | None) -> tuple[datetime | None, ...]:
    """Return instants from the form in which they are kept."""
    return tuple(None if one is None else from_microseconds(one) for one in kept)
