"""What a page of due subscribers gets: pure, so that it can run beside the event loop."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from bot.delivery.windows import since_slot
from bot.digest.due import Slot, is_quiet, next_slot, quiet_ends_at
from bot.digest.rank import Picked, Selection, Wishes, seat_of, select
from bot.digest.recipe import Remark, Setting, pack_values
from bot.digest.window import Window
from storage.model.instants import from_microseconds, to_microseconds
from storage.planning import Due, Moved, Page, Planned
from storage.subscribers import read_times

#: A digest that is planned so much after its time says that it is late.
LATE_AFTER = timedelta(minutes=15)
#: A late digest with the next slot nearer than this is merged into that one.
MERGE_WITHIN = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds for every subscriber."""

    default_zone: str
    keep_seat: bool


@dataclass(slots=True)
class Decisions:
    """What becomes of a page."""

    planned: list[Planned] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    merged: list[tuple[int, int]] = field(default_factory=list)  # chat, delivery


@dataclass(frozen=True, slots=True)
class Timing:
    """The latest slot that is due, the one after, and since when a missed one is late."""

    slot: Slot
    then: Slot
    late_since: datetime | None
    zone: str
    day: date
    is_silent: bool
    slot_us: int
    then_us: int


def choose(page: Page, window: Window, *, now: datetime, rules: Rules) -> Decisions:
    """Return what is promised to the due subscribers, and where their slots move."""
    return _Chooser(page, window, now, rules).decide()


@dataclass
class _Chooser:
    page: Page
    window: Window
    now: datetime
    rules: Rules
    decisions: Decisions = field(default_factory=Decisions)
    timings: dict[tuple[object, ...], Timing] = field(default_factory=dict)
    new_since: dict[int | None, int] = field(default_factory=dict)

    def decide(self) -> Decisions:
        for due in self.page.due:
            timing = self._timing(due)
            starts_at = self._starts_at(due, timing)
            recipe = None
            if starts_at is not None and (due.chat_id, timing.slot.number) not in self.page.taken:
                recipe = self._promise(due, timing, starts_at)
            # A slot merged into the next one leaves the mark where it was: that digest then
            # looks back over both.
            answered = starts_at is not None
            self.decisions.moved.append(_moved(due, timing, answered=answered, given=bool(recipe)))
        return self.decisions

    def _promise(self, due: Due, timing: Timing, starts_at: datetime) -> bytes | None:
        waiting = self.waiting.get(due.chat_id, [])
        selection = self._select(due, timing, {delivery_id for delivery_id, _ in waiting})
        remarks = 0
        if not selection.picked:
            if due.first_slot_at is not None:
                return None
            selection = self._most_consequential(due)
            remarks = Remark.NOTHING_MATCHED.value
            if not selection.picked:
                return None
        late = timing.late_since
        if waiting:
            late = from_microseconds(min(due_at for _, due_at in waiting))
        recipe = self._recipe(due, timing, selection, remarks, late)
        self.decisions.planned.append(
            Planned(
                due.chat_id,
                due.thread_id,
                timing.slot.number,
                recipe,
                timing.slot_us,
                timing.slot_us if starts_at is timing.slot.due_at else to_microseconds(starts_at),
                tuple([self.window.briefs[place].id for place in selection.told]),
            )
        )
        self.decisions.merged.extend((due.chat_id, delivery_id) for delivery_id, _ in waiting)
        return recipe

    def _select(self, due: Due, timing: Timing, unsent: set[int]) -> Selection:
        follows, mutes = self.wishes.get(due.chat_id, ((), ()))
        had = 0
        for brief_id, delivery_id in self.had.get(due.chat_id, ()):
            place = self.window.place.get(brief_id)
            if place is not None and delivery_id not in unsent:
                had |= 1 << place
        since = self._since(due.last_slot_at)
        seat = None
        if self.rules.keep_seat:
            seat = seat_of(due.chat_id, timing.day.toordinal())
        wishes = Wishes(
            follows,
            mutes,
            due.impact_floor,
            due.confidence_floor,
            None if due.minutes is None else due.minutes * 60,
        )
        return select(self.window, wishes, since=since, had=had, seat=seat)

    def _since(self, last_slot_at: int | None) -> int:
        """Return the mask of the briefs that are new since a slot."""
        found = self.new_since.get(last_slot_at)
        if found is None:
            last = None if last_slot_at is None else from_microseconds(last_slot_at)
            found = self.window.since(since_slot(last, self.now))
            self.new_since[last_slot_at] = found
        return found

    def _most_consequential(self, due: Due) -> Selection:
        """Return the day's first brief for a new reader whose follows matched nothing."""
        _, mutes = self.wishes.get(due.chat_id, ((), ()))
        left = self.window.since(since_slot(None, self.now))
        for brief_id, _ in self.had.get(due.chat_id, ()):
            left &= ~self.window.mask([brief_id])
        for subject_id in mutes:
            left &= ~self.window.mutes.get(subject_id, 0)
        if not left:
            return Selection((), 0, 0, ())
        place = (left & -left).bit_length() - 1
        return Selection((Picked(place, -1, 0),), 0, 0, (place,))

    def _recipe(
        self, due: Due, timing: Timing, selection: Selection, remarks: int, late: datetime | None
    ) -> bytes:
        had = self.had.get(due.chat_id)
        briefs = self.window.briefs
        items: list[tuple[int, ...]] = []
        for place, subject_id, more in selection.picked:
            brief = briefs[place]
            updates = self._updated(place, had) if had else 0
            items.append((brief.id, brief.revision, subject_id, more, updates))
        if late is not None:
            remarks |= Remark.LATE.value
        if timing.is_silent:
            remarks |= Remark.SILENT.value
        setting = Setting(timing.zone, timing.day, timing.then.due_at, late)
        own = (due.language, due.style, selection.below, selection.over, remarks)
        return pack_values(items, own, setting)

    def _updated(self, place: int, had: list[tuple[int, int]]) -> int:
        """Return the latest brief of the same story that the reader had, 0 for none."""
        mates = self.window.stories.get(place, 0)
        if not mates:
            return 0
        known = {brief_id for brief_id, _ in had}
        return max((b.id for b in self.window.among(mates) if b.id in known), default=0)

    def _timing(self, due: Due) -> Timing:
        # Chat, thread and what selects are left out: readers of one slot share their timing.
        key = (due[2], due[3], due[7:10], due[14:])
        found = self.timings.get(key)
        if found is None:
            found = self.timings[key] = self._read_timing(due)
        return found

    def _read_timing(self, due: Due) -> Timing:
        zone = due.zone or self.rules.default_zone
        times = read_times(due.times)
        slot = first = Slot(from_microseconds(due.next_due_at), due.next_slot)
        then = next_slot(zone=zone, times=times, days=due.days, after=slot.due_at)
        while then.due_at <= self.now:
            slot = then
            then = next_slot(zone=zone, times=times, days=due.days, after=slot.due_at)
        is_late = self.now - first.due_at > LATE_AFTER
        return Timing(
            slot,
            then,
            first.due_at if is_late else None,
            zone,
            slot.day,
            due.zone is None or self._is_quiet(due, slot.due_at),
            to_microseconds(slot.due_at),
            to_microseconds(then.due_at),
        )

    def _starts_at(self, due: Due, timing: Timing) -> datetime | None:
        """Return when the digest may leave, None if it is merged into the next one."""
        if timing.late_since is None:
            return timing.slot.due_at
        starts_at = self.now
        if due.quiet_to is not None and self._is_quiet(due, self.now):
            zone = due.zone or self.rules.default_zone
            starts_at = quiet_ends_at(self.now, zone=zone, quiet_to=due.quiet_to)
        return starts_at if timing.then.due_at - starts_at >= MERGE_WITHIN else None

    def _is_quiet(self, due: Due, instant: datetime) -> bool:
        if due.quiet_from is None or due.quiet_to is None:
            return False
        zone = due.zone or self.rules.default_zone
        return is_quiet(instant, zone=zone, quiet_from=due.quiet_from, quiet_to=due.quiet_to)

    @cached_property
    def wishes(self) -> dict[int, tuple[list[int], list[int]]]:
        """For each chat the subjects it follows and those it mutes."""
        return {
            chat_id: (_subjects(followed), _subjects(muted))
            for chat_id, followed, muted in self.page.follows
        }

    @cached_property
    def had(self) -> dict[int, list[tuple[int, int]]]:
        """For each chat the briefs of the window that it had, and by which delivery."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for chat_id, brief_id, delivery_id in self.page.had:
            found[chat_id].append((brief_id, delivery_id))
        return found

    @cached_property
    def waiting(self) -> dict[int, list[tuple[int, int]]]:
        """For each chat its digests that are certainly unsent, with when they were due."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for chat_id, delivery_id, due_at in self.page.waiting:
            found[chat_id].append((delivery_id, due_at))
        return found


def _subjects(joined: str | None) -> list[int]:
    """Return subject ids from "1,2,3", in order."""
    return sorted(map(int, joined.split(","))) if joined else []


def _moved(due: Due, timing: Timing, *, answered: bool, given: bool) -> Moved:
    first = due.first_slot_at
    if first is None and given:
        first = timing.slot_us
    return Moved(
        timing.then_us,
        timing.then.number,
        timing.slot_us if answered else due.last_slot_at,
        first,
        due.chat_id,
        due.next_due_at,
    )
