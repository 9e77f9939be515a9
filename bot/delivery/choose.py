"""What a page of due subscribers gets: pure, so that it can run beside the event loop.

This runs for every reader every morning, so the way of a reader without anything special makes
no object but what is stored (docs/performance.md).
"""

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime

from bot.delivery.timing import Timing, Timings
from bot.delivery.windows import since_slot
from bot.digest.rank import Shares, pick, places, seat_of
from bot.digest.recipe import Remark, pack_setting, pack_values
from bot.digest.window import Window
from storage.model.instants import from_microseconds
from storage.planning import Due, Moved, Page, Planned, Waiting

_SILENT, _LATE = Remark.SILENT.value, Remark.LATE.value
_SECOND = 1_000_000  # in microseconds
_NOTHING_MATCHED = Remark.NOTHING_MATCHED.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds for every subscriber."""

    default_zone: str
    keep_seat: bool
    spread_minutes: int = 0  # over which digests of a crowded instant leave; 0: at once


@dataclass(slots=True)
class Decisions:
    """What becomes of a page."""

    planned: list[Planned] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    merged: list[tuple[int, int]] = field(default_factory=list)  # chat, delivery


#: What is shown as (place, subject, more), the mask of what that tells, and how many matched
#: below the floors and over the budget.
_Chosen = tuple[Shares, int, int, int]


def choose(
    page: Page, window: Window, *, now: datetime, rules: Rules, crowded: Set[int] = frozenset()
) -> Decisions:
    """Return what is promised to the due subscribers, and where their slots move.

    ``crowded`` are the instants, in microseconds, whose digests are spread as the rules say.
    """
    return _Chooser(page, window, now, rules, crowded).decide()


class _Chooser:
    def __init__(
        self, page: Page, window: Window, now: datetime, rules: Rules, crowded: Set[int]
    ) -> None:
        self._page = page
        self._window = window
        self._now = now
        self._rules = rules
        self._spread_seconds = rules.spread_minutes * 60
        self._timings = Timings(
            now=now,
            default_zone=rules.default_zone,
            spread_seconds=self._spread_seconds,
            crowded=crowded,
        )
        self._waiting: dict[int, list[Waiting]] = defaultdict(list)
        for one in page.waiting:
            self._waiting[one.chat_id].append(one)
        self._new_since: dict[int | None, int] = {}

    def decide(self) -> Decisions:
        made = Decisions()
        for due in self._page.due:
            timing = self._timings.of(due)
            planned = None
            starts_at = timing.starts_at
            if due.taken and str(timing.number) in due.taken.split(","):
                starts_at = None
            if starts_at is not None:
                if timing.spread_seconds:
                    starts_at += self._put_off(due.chat_id, timing)
                planned = self._promise(due, timing, starts_at)
            if planned is not None:
                made.planned.append(planned)
                for one in self._waiting.get(due.chat_id, ()):
                    made.merged.append((due.chat_id, one.delivery_id))
            made.moved.append(
                _moved(
                    due, timing, is_answered=starts_at is not None, is_given=planned is not None
                )
            )
        return made

    def _put_off(self, chat_id: int, timing: Timing) -> int:
        """Return by how many microseconds a reader's digest is put off, the same every day.

        Not at all where that would be too long for this reader, or an older one still waits.
        """
        seconds = seat_of(chat_id, 0) % self._spread_seconds
        if seconds >= timing.spread_seconds or chat_id in self._waiting:
            return 0
        return seconds * _SECOND

    def _promise(self, due: Due, timing: Timing, starts_at: int) -> Planned | None:
        freed = self._freed(due.chat_id)
        had = self._window.mask_written(due.had) & ~freed if due.had else 0
        fresh = self._since(due.last_slot_at) | freed
        shares, told, below, over = self._select(due, timing, fresh=fresh, had=had)
        remarks = _SILENT if timing.is_silent else 0
        if not shares:
            # A new reader's first digest is never empty.
            place = self._most_consequential(due, had) if due.first_slot_at is None else None
            if place is None:
                return None
            shares, told, below, over = [(place, -1, 0)], 1 << place, 0, 0
            remarks |= _NOTHING_MATCHED
        packed = timing.packed
        late_since = timing.setting.due_at
        waiting = self._waiting.get(due.chat_id)
        if waiting:
            late_since = from_microseconds(min(one.due_at for one in waiting))
            packed = pack_setting(timing.setting._replace(due_at=late_since))
        if late_since is not None:
            remarks |= _LATE
        ids, revisions = self._window.ids, self._window.revisions
        items: list[tuple[int, ...]]
        if had:
            items = [
                (ids[place], revisions[place], subject, more, self._updated(place, had))
                for place, subject, more in shares
            ]
        else:
            items = [
                (ids[place], revisions[place], subject, more) for place, subject, more in shares
            ]
        own = (due.language, due.style, below, over, remarks)
        return Planned(
            due.chat_id,
            due.thread_id,
            timing.number,
            pack_values(items, own, packed),
            timing.slot_at,
            starts_at,
            tuple([ids[place] for place in places(told)])
            if told.bit_count() > len(items)
            else tuple([item[0] for item in items]),
        )

    def _freed(self, chat_id: int) -> int:
        """Return the mask of what digests give that have not left yet.

        They are merged into this one, so that is free again, and new however old it is.
        """
        freed = 0
        for one in self._waiting.get(chat_id, ()):
            freed |= self._window.mask_written(one.gives or "")
        return freed

    def _select(self, due: Due, timing: Timing, *, fresh: int, had: int) -> _Chosen:
        window = self._window
        written = due.follows or ""
        follows = written.split(",")
        hits = window.hits(follows, fresh)
        wanted = 0
        for _, mask in hits:
            wanted |= mask
        wanted &= fresh & ~had
        if "-" in written:
            wanted &= ~window.muted(follows)
        above = wanted & window.above(due.impact_floor, due.confidence_floor)
        seat = seat_of(due.chat_id, timing.day_number) if self._rules.keep_seat else None
        seconds = None if due.minutes is None else due.minutes * 60
        shares, told, over = pick(window, hits, above, seconds, seat)
        return shares, told, (wanted ^ above).bit_count(), over

    def _since(self, last_slot_at: int | None) -> int:
        """Return the mask of the briefs that are new since a slot."""
        found = self._new_since.get(last_slot_at)
        if found is None:
            last = None if last_slot_at is None else from_microseconds(last_slot_at)
            found = self._window.since(since_slot(last, self._now))
            self._new_since[last_slot_at] = found
        return found

    def _most_consequential(self, due: Due, had: int) -> int | None:
        """Return the place of the day's first brief that the reader has not had or muted."""
        muted = self._window.muted((due.follows or "").split(","))
        left = self._since(None) & ~had & ~muted
        return (left & -left).bit_length() - 1 if left else None

    def _updated(self, place: int, had: int) -> int:
        """Return the latest brief of the same story that the reader had, 0 for none."""
        mates = self._window.stories.get(place, 0) & had
        return max((self._window.ids[mate] for mate in places(mates)), default=0)


def _moved(due: Due, timing: Timing, *, is_answered: bool, is_given: bool) -> Moved:
    # A slot that is merged into the next one, or had its digest before its reader travelled,
    # leaves the mark where it was: the next digest then looks back over both.
    return Moved(
        due.chat_id,
        timing.next_at,
        timing.next_number,
        timing.slot_at if is_answered else due.last_slot_at,
        timing.slot_at if is_given and due.first_slot_at is None else None,
        due.next_due_at,
        due.last_slot_at,
    )
