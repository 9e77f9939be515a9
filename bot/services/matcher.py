"""The phrases that are followed and the names of recent briefs, kept up with the store."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.matching.briefs import BriefNames, read_names
from bot.matching.lexicon import Lexicon
from bot.matching.recent import Recent
from bot.matching.reverse import Reverse
from bot.matching.sections import find_sections
from bot.matching.stories import SHARED_ENTITIES, find_story
from storage import briefs, matches, subjects
from storage.database import Database
from storage.matches import News, Wanted
from storage.model.brief import Brief, BriefId
from storage.model.subject import Match, Ring, SubjectId
from storage.transactions import ReadTx

#: Clocks of several processes may differ so much.
OVERLAP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The story that a brief belongs to, and the earlier brief that it updates."""

    id: BriefId
    updates_id: BriefId | None


class Matcher:
    """Finds the follows that want a brief and the briefs that a new follow wants.

    It holds what the store held when it was last refreshed; a use case refreshes it inside of
    the transaction in which it matches.
    """

    def __init__(self, lexicon: Lexicon, *, window: timedelta) -> None:
        self.lexicon = lexicon
        self.recent = Recent(lexicon)
        self._window = window
        self._reverse = Reverse(lexicon)
        self._published: dict[int, datetime] = {}
        self._stories: dict[int, int] = {}
        self._sections: dict[str, SubjectId] = {}
        self._seen_until: datetime | None = None
        self._adding = asyncio.Lock()
        self._is_warm = False

    def names(self, brief: Brief) -> BriefNames:
        """Return the names of a brief, ready to be compared."""
        return read_names(brief.content, source=brief.source, lexicon=self.lexicon)

    def wanted(self, now: datetime) -> Wanted | None:
        """Return since when it wants news; None before it is warm."""
        return self._wanted(now) if self._is_warm else None

    async def warm_up(self, db: Database, *, now: datetime) -> None:
        """Read all phrases, once, so that no transaction that writes has to wait for that."""
        if not self._is_warm:
            async with db.reading() as tx:
                await self.refresh(tx, now=now)
            await self.prepare(self.lexicon.default_lang)
            self._is_warm = True

    async def prepare(self, lang: str) -> None:
        """Make ready for briefs in a language, in a thread, so that people are answered."""
        if not self._reverse.is_ready(lang):
            async with self._adding:
                await asyncio.to_thread(self._reverse.prepare, lang)

    async def refresh(self, tx: ReadTx, *, now: datetime, released: Brief | None = None) -> None:
        """Take in what is new in the store: phrases and sections, and briefs that are out.

        ``released`` is one of these that the caller has read already.
        """
        news = await matches.load_news(tx, wanted=self._wanted(now))
        await self.take_in(tx, news, now=now, released=released)

    async def take_in(
        self, tx: ReadTx, news: News, *, now: datetime, released: Brief | None = None
    ) -> None:
        """Take in news that the caller has read; ``released`` may be missing in them."""
        async with self._adding:
            phrases = [one for one in news.phrases if one[0] > self._reverse.last_id]
            if len(phrases) > 1000:  # the first time; a thread, so that people are answered
                await asyncio.to_thread(self._reverse.add, phrases)
            else:
                self._reverse.add(phrases)
        if not self._sections:
            self._sections = {one.label: one.id for one in await subjects.list_sections(tx)}
        await self._take_in(tx, news.released, since=news.since, now=now, released=released)

    async def refresh_recent(self, tx: ReadTx, *, now: datetime) -> None:
        """Take in the briefs that were released since, and let go of those that are out no more.

        This is enough for a phrase that is new, and does not read all that are followed.
        """
        since = self._news_since(now)
        ids = await briefs.list_released_ids(tx, since=since)
        await self._take_in(tx, ids, since=since, now=now)

    def forget(self, brief_ids: Iterable[int]) -> None:
        """Let go of briefs that are old or retracted."""
        gone = list(brief_ids)
        self.recent.drop(gone)
        for brief_id in gone:
            self._published.pop(brief_id, None)
            self._stories.pop(brief_id, None)

    def match(self, names: BriefNames) -> list[Match]:
        """Return every follow that wants a brief: phrases, then sections."""
        found = self._reverse.find(names)
        for section, because in find_sections(names, lexicon=self.lexicon).items():
            subject_id = self._sections.get(section)
            if subject_id is not None:
                found.append(Match(subject_id=subject_id, ring=Ring.SECTION, because=because))
        return found

    def story(self, brief: Brief, names: BriefNames) -> Story | None:
        """Return the story that recent briefs tell with this one, None if it stands alone."""
        others = (
            (other_id, self._published[other_id], self.recent.names_of(other_id))
            for other_id in self.recent.sharing(names.entity_keys, least=SHARED_ENTITIES)
            if other_id != brief.id
        )
        mates = find_story(names, brief.published_at, among=others, lexicon=self.lexicon)
        if not mates:
            return None
        earlier = [i for i in mates if self._published[i] <= brief.published_at]
        latest = max(earlier, key=lambda i: (self._published[i], i), default=None)
        return Story(
            id=BriefId(min(self._stories[i] for i in mates)),
            updates_id=None if latest is None else BriefId(latest),
        )

    def _wanted(self, now: datetime) -> Wanted:
        return Wanted(phrases_after=self._reverse.last_id, released_since=self._news_since(now))

    def _news_since(self, now: datetime) -> datetime:
        since = now - self._window
        if self._seen_until is None:
            return since
        return max(since, min(self._seen_until, now) - OVERLAP)  # clocks are set back, too

    async def _take_in(
        self,
        tx: ReadTx,
        ids: list[BriefId],
        *,
        since: datetime,
        now: datetime,
        released: Brief | None = None,
    ) -> None:
        """Hold exactly those of ``ids`` that were released since then, and what is older."""
        out = set(ids)
        # Retracted by another process, or of a transaction that was not kept.
        gone = [i for i in self.recent.released_since(since) if i not in out]
        self.forget([*self.recent.released_before(now - self._window), *gone])
        unseen = [i for i in sorted(out) if i not in self.recent]
        if released is not None and released.id in unseen:
            unseen.remove(released.id)
        if unseen:
            self._add(await briefs.list_briefs(tx, brief_ids=unseen))
        if released is not None:
            # Last, since whoever refreshes meanwhile cannot see it yet and lets go of it; anew,
            # since under its id there may be one of a transaction that was not kept.
            self.forget([released.id])
            self._add([released])
        self._seen_until = now

    def _add(self, released: list[Brief]) -> None:
        for brief in released:
            assert brief.released_at is not None
            self.recent.add(brief.id, released_at=brief.released_at, names=self.names(brief))
            self._published[brief.id] = brief.published_at
            self._stories[brief.id] = brief.story_id or brief.id
