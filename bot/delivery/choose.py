"""What a page of due subscribers gets: pure, so that it can run beside the event loop."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from bot.delivery.windows import since_slot
from bot.digest.due import Slot, is_quiet, next_slot, quiet_ends_at
from bot.digest.rank import Picked, Selection, Wishes, seat_of, select
from bot.digest.recipe import Item, Recipe, Remark, pack
from bot.digest.window import Window
from storage.model.instants import from_microseconds, to_microseconds
from storage.model.subject import FollowMode
from storage.model.subscriber import Style
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
        remarks = Remark.NONE
        if not selection.picked:
            if due.first_slot_at is not None:
                return None
            selection = self._most_consequential(due)
            remarks = Remark.NOTHING_MATCHED
            if not selection.picked:
                return None
        late_since = min(
            (from_microseconds(due_at) for _, due_at in waiting), default=timing.late_since
        )
        recipe = pack(self._recipe(due, timing, selection, remarks, late_since))
        self.decisions.planned.append(
            Planned(
                due.chat_id,
                due.thread_id,
                timing.slot.number,
                recipe,
                to_microseconds(timing.slot.due_at),
                to_microseconds(starts_at),
                tuple(self.window.briefs[place].id for place in selection.told),
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
        last = due.last_slot_at
        since = since_slot(None if last is None else from_microseconds(last), self.now)
        seat = seat_of(due.chat_id, timing.slot.day.toordinal()) if self.rules.keep_seat else None
        wishes = Wishes(
            follows=follows,
            mutes=mutes,
            impact_floor=due.impact_floor,
            confidence_floor=due.confidence_floor,
            seconds=None if due.minutes is None else due.minutes * 60,
        )
        return select(self.window, wishes, since=self.window.since(since), had=had, seat=seat)

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
        self,
        due: Due,
        timing: Timing,
        selection: Selection,
        remarks: Remark,
        late_since: datetime | None,
    ) -> Recipe:
        had = {brief_id for brief_id, _ in self.had.get(due.chat_id, ())}
        if late_since is not None:
            remarks |= Remark.LATE
        if due.zone is None or self._is_quiet(due, timing.slot.due_at):
            remarks |= Remark.SILENT
        return Recipe(
            items=tuple(self._item(picked, had) for picked in selection.picked),
            language=due.language,
            style=Style(due.style),
            zone=due.zone or self.rules.default_zone,
            day=timing.slot.day,
            next_at=timing.then.due_at,
            below=selection.below,
            over=selection.over,
            remarks=remarks,
            due_at=late_since,
        )

    def _item(self, picked: Picked, had: set[int]) -> Item:
        brief = self.window.briefs[picked.place]
        updates = 0
        if had and (mates := self.window.stories[picked.place]):
            updates = max((b.id for b in self.window.among(mates) if b.id in had), default=0)
        return Item(brief.id, brief.revision, picked.subject_id, picked.more, updates)

    def _timing(self, due: Due) -> Timing:
        key = (due.zone, due.times, due.days, due.next_due_at, due.next_slot)
        if key not in self.timings:
            self.timings[key] = self._read_timing(due)
        return self.timings[key]

    def _read_timing(self, due: Due) -> Timing:
        zone = due.zone or self.rules.default_zone
        times = read_times(due.times)
        slot = first = Slot(from_microseconds(due.next_due_at), due.next_slot)
        then = next_slot(zone=zone, times=times, days=due.days, after=slot.due_at)
        while then.due_at <= self.now:
            slot = then
            then = next_slot(zone=zone, times=times, days=due.days, after=slot.due_at)
        is_late = self.now - first.due_at > LATE_AFTER
        return Timing(slot, then, first.due_at if is_late else None)

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
        found: dict[int, tuple[list[int], list[int]]] = {}
        mute = FollowMode.MUTE.value
        for chat_id, subject_id, mode in self.page.follows:
            lists = found.get(chat_id)
            if lists is None:
                lists = found[chat_id] = ([], [])
            lists[mode == mute].append(subject_id)
        return found

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


def _moved(due: Due, timing: Timing, *, answered: bool, given: bool) -> Moved:
    at = to_microseconds(timing.slot.due_at)
    first: Sequence[int | None] = (due.first_slot_at, at if given else None)
    return Moved(
        to_microseconds(timing.then.due_at),
        timing.then.number,
        at if answered else due.last_slot_at,
        next((instant for instant in first if instant is not None), None),
        due.chat_id,
        due.next_due_at,
    )
