"""The briefs that may go into digests now, as bit masks.

Briefs stand in the order in which readers see them: bit 0 is the most consequential. A subject
is a mask of the briefs that it wants; what a reader follows is an OR of masks, what a reader
mutes or had is an AND NOT, and the lowest set bits win.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import accumulate
from operator import or_

from storage.model.subject import EVERYTHING

#: Follows that want anything: subject id and mask of what it wants, in the order of the ids.
Hits = list[tuple[int, int]]

#: "Everything" is this many briefs a day, by impact.
EVERYTHING_BRIEFS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A released brief as ranking sees it."""

    id: int
    revision: int
    impact: float
    confidence: float | None
    released_at: datetime
    seconds: int  # reading time
    units: int  # length of its item in a digest, in UTF-16 units
    story_id: int  # briefs with one story id tell one story


def rank_key(brief: Candidate) -> tuple[float, float, float, int]:
    """Return what briefs are ordered by: impact, confidence, newest, lower id."""
    confidence = -1.0 if brief.confidence is None else brief.confidence
    return (-brief.impact, -confidence, -brief.released_at.timestamp(), brief.id)


class Window:
    """Candidates in reading order, and a mask of them for each subject.

    ``wants`` and ``mutes`` are pairs (subject id, brief id); ``heads`` says which subjects go by
    another one, so that the masks of a group are united.
    """

    def __init__(
        self,
        candidates: Iterable[Candidate],
        *,
        wants: Iterable[tuple[int, int]],
        mutes: Iterable[tuple[int, int]],
        heads: Mapping[int, int],
    ) -> None:
        self.briefs = tuple(sorted(candidates, key=rank_key))
        self.place = {brief.id: n for n, brief in enumerate(self.briefs)}
        self.ids = tuple(brief.id for brief in self.briefs)
        self.revisions = tuple(brief.revision for brief in self.briefs)
        self.seconds = tuple(brief.seconds for brief in self.briefs)
        self.units = tuple(brief.units for brief in self.briefs)
        self.heads = heads
        self.wants = self._masks(wants)
        self.mutes = self._masks(mutes)
        # Subjects as the planner reads them, "12" and muted "-12", with what they mean.
        self._by_text = {str(i): (i, mask) for i, mask in self.wants.items()}
        self._by_text[str(EVERYTHING)] = (EVERYTHING, 0)
        self._bit_by_text = {str(brief_id): 1 << n for brief_id, n in self.place.items()}
        self._muted_by_text = {f"-{i}": mask for i, mask in self.mutes.items()}
        self._since: dict[datetime, int] = {}
        self._floors: dict[tuple[float, float], int] = {}
        self.slowest = max(self.seconds, default=0)
        self.longest = max(self.units, default=0)
        self._by_seconds = self._at_most(self.seconds)
        self._by_units = self._at_most(self.units)

    def __len__(self) -> int:
        return len(self.briefs)

    def hits(self, follows: Iterable[str], since: int) -> Hits:
        """Return those of the followed subjects that want anything, in the order of their ids."""
        found = list(filter(None, map(self._by_text.get, follows)))
        found.sort()
        if found and found[0][0] == EVERYTHING:
            found[0] = (EVERYTHING, self.everything(since))
        return found

    def muted(self, follows: Iterable[str]) -> int:
        """Return the mask of the briefs that any of the subjects mutes: those with the sign."""
        found = 0
        for mask in filter(None, map(self._muted_by_text.get, follows)):
            found |= mask
        return found

    def mask(self, brief_ids: Iterable[int]) -> int:
        """Return the mask of those of the briefs that are in the window."""
        found = 0
        for brief_id in brief_ids:
            place = self.place.get(brief_id)
            if place is not None:
                found |= 1 << place
        return found

    def mask_written(self, brief_ids: str) -> int:
        """Return the mask of those of the briefs, as "4,5", that are in the window."""
        found = 0
        for bit in filter(None, map(self._bit_by_text.get, brief_ids.split(","))):
            found |= bit
        return found

    def among(self, mask: int) -> list[Candidate]:
        """Return the briefs of a mask, in reading order."""
        return [brief for place, brief in enumerate(self.briefs) if mask >> place & 1]

    def since(self, instant: datetime) -> int:
        """Return the mask of the briefs released after ``instant``."""
        if instant not in self._since:
            released, masks = self._by_release
            self._since[instant] = masks[bisect_right(released, instant)]
        return self._since[instant]

    def everything(self, since: int) -> int:
        """Return the mask of the top five among those in ``since``."""
        found = 0
        for _ in range(EVERYTHING_BRIEFS):
            lowest = since & -since
            found |= lowest
            since ^= lowest
        return found

    def above(self, impact: float, confidence: float) -> int:
        """Return the mask of the briefs at or above both floors; an unstated confidence fails."""
        if impact <= 0 and confidence <= 0:
            return -1
        floors = (impact, confidence)
        if floors not in self._floors:
            self._floors[floors] = self.mask(
                brief.id
                for brief in self.briefs
                if brief.impact >= impact
                and (confidence <= 0 or (brief.confidence or 0.0) >= confidence)
            )
        return self._floors[floors]

    def within(self, seconds: int) -> int:
        """Return the mask of the briefs that are read in at most that time."""
        values, masks = self._by_seconds
        return masks[bisect_right(values, seconds)]

    def fitting(self, units: int) -> int:
        """Return the mask of the briefs whose item has at most that length."""
        values, masks = self._by_units
        return masks[bisect_right(values, units)]

    @cached_property
    def stories(self) -> dict[int, int]:
        """For each brief that is not alone in its story, the mask of the others that tell it."""
        by_story: dict[int, int] = {}
        for place, brief in enumerate(self.briefs):
            by_story[brief.story_id] = by_story.get(brief.story_id, 0) | 1 << place
        return {
            place: others
            for place, brief in enumerate(self.briefs)
            if (others := by_story[brief.story_id] & ~(1 << place))
        }

    @cached_property
    def _by_release(self) -> tuple[list[datetime], list[int]]:
        """The instants of release in order, and for each place the mask of what came after."""
        ordered = sorted(self.briefs, key=lambda brief: brief.released_at)
        masks = [0]
        for brief in reversed(ordered):
            masks.append(masks[-1] | 1 << self.place[brief.id])
        return [brief.released_at for brief in ordered], masks[::-1]

    @staticmethod
    def _at_most(sizes: Iterable[int]) -> tuple[list[int], list[int]]:
        """Return the sizes in order, and for each number of the smallest ones their mask."""
        ordered = sorted((size, place) for place, size in enumerate(sizes))
        masks = list(accumulate((1 << place for _, place in ordered), or_, initial=0))
        return [size for size, _ in ordered], masks

    def _masks(self, pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
        masks: dict[int, int] = {}
        for subject_id, brief_id in pairs:
            place = self.place.get(brief_id)
            if place is not None:
                masks[subject_id] = masks.get(subject_id, 0) | 1 << place
        for subject_id, head in self.heads.items():
            masks[head] = masks.get(head, 0) | masks.get(subject_id, 0)
        for subject_id, head in self.heads.items():
            masks[subject_id] = masks[head]
        return {subject_id: mask for subject_id, mask in masks.items() if mask}
