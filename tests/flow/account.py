"""The plainest account of what a reader must and must not get.

It knows nothing of slots that moved, windows or masks: a brief that a reader wants when it goes
out is owed, and the next digest that comes, or that should have come, pays.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.playground.faults import Scripted
from bot.playground.people import Person
from bot.playground.shown import Shown
from storage.model.brief import BriefId
from tests.factories import make_document

#: What readers type, and what briefs carry for it: a topic, a longer one, a section's word, the
#: name that an alias stands for.
CARRIED = {
    "battery storage": "battery storage",
    "wheat": "winter wheat",
    "Space": "satellite",
    "Fed": "Federal Reserve",
}
NAMES = tuple(CARRIED)
FULL = 7
#: A digest looks back on eight days at most; what is nearly so old is owed no longer.
OWED_FOR = timedelta(days=7)
_SITE = re.compile(r"^\d+ · Site (\d+) was approved\.", re.MULTILINE)
_ITEM = re.compile(r"^\d+ · Site (\d+) was approved\..*\n(.*)$", re.MULTILINE)


@dataclass(slots=True)
class Released:
    """A brief that went out."""

    id: BriefId
    names: frozenset[str]
    impact: float
    at: datetime
    is_retracted: bool = False


@dataclass(slots=True)
class Account:
    """What is known of one reader."""

    person: Person
    hours: frozenset[int] = frozenset({8})
    zone: str = "UTC"
    follows: set[str] = field(default_factory=set)
    mutes: set[str] = field(default_factory=set)
    had: set[int] = field(default_factory=set)
    owed: set[int] = field(default_factory=set)
    messages: set[int] = field(default_factory=set)
    is_paused: bool = False
    is_blocking: bool = False
    refusal: Scripted | None = None  # which is to strike the next digest

    def wants(self, one: Released) -> bool:
        """Tell whether a brief is to come."""
        return bool(one.names & self.follows) and not one.names & self.mutes

    def is_due(self, now: datetime) -> bool:
        """Tell whether a digest is to come at this hour."""
        local = now.astimezone(ZoneInfo(self.zone))
        return local.hour in self.hours and not self.is_paused and not self.is_blocking

    def settle(self, briefs: Sequence[Released], now: datetime) -> None:
        """Owe no longer what has come, is not wanted any more, is withdrawn or old."""
        self.owed = {
            number
            for number in self.owed - self.had
            if self.wants(one := briefs[number])
            and not one.is_retracted
            and now - one.at < OWED_FOR
        }

    def judge(self, digest: Shown, briefs: Sequence[Released]) -> None:
        """Fail where a digest that came shows what it must not; note that it came."""
        sites = sites_of(digest)
        shown = [briefs[number] for number in sites]
        impacts = [one.impact for one in shown]
        assert impacts == sorted(impacts, reverse=True), f"order: {digest.text}"
        assert len(sites) <= FULL
        assert digest.text.count("Counterpoint Critics object") == len(sites)
        assert not self.had & set(sites), f"came before: {self.had & set(sites)}"
        assert not any(one.is_retracted for one in shown), "a withdrawn brief came"
        if "Nothing matched" not in digest.text:
            assert all(self.wants(one) for one in shown), f"not wanted: {digest.text}"
        self.messages.add(digest.id)
        self.had.update(sites)
        if len(sites) == FULL:
            self.owed.clear()  # what was too much is counted under it

    def judge_corrections(self, briefs: Sequence[Released]) -> None:
        """Fail where what stands in the chat shows a withdrawn brief as if it held."""
        for message in self.person.messages:
            for number, below in _ITEM.findall(message.text):
                is_withdrawn = below.startswith("We withdrew this brief")
                assert is_withdrawn == briefs[int(number)].is_retracted, message.text


def document_of(number: int, names: set[str], impact: int) -> bytes:
    """Return a document, none like another, about some of the names."""
    listed = ", ".join(f'"{CARRIED[name]}"' for name in sorted(names))
    return make_document(
        body=f"Site {number} was approved. " + " ".join(f"w{number}x{n}" for n in range(9)),
        counter_argument="Critics object: " + " ".join(f"c{number}x{n}" for n in range(8)),
        topics=f"[{listed}]",
        entities=f'["Site {number} Company"]',
        impact_score=str(impact),
        readtimesecs="20",
    )


def sites_of(message: Shown) -> list[int]:
    """Return the numbers of the briefs that a message shows, in its order."""
    return [int(number) for number in _SITE.findall(message.text)]
