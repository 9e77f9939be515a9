"""Take documents in: store what they say, let out what may go out, report on every brief."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from bot.config import Publish, Way
from bot.ingest.fingerprint import fingerprint
from bot.ingest.likeness import Signature, signature_of
from bot.ingest.load import Document, Reader
from bot.ingest.results import BriefRead, BriefRefused, BriefResult, BriefWarning, WarningCode
from bot.ingest.versions import Versions
from bot.markup import base36
from bot.matching.briefs import find_source
from bot.matching.keys import key
from bot.services.matcher import Matcher
from bot.services.releasing import Placed, place, release
from storage import batches, briefs, intake, matches
from storage.batches import BatchId
from storage.database import Database
from storage.errors import Conflict
from storage.intake import Before
from storage.model.brief import Brief, BriefDraft, BriefId, BriefState
from storage.transactions import WriteTx

#: Older documents are for the archive, and so are more undated ones than this in one run.
OLD_AFTER = timedelta(days=8)
MOST_UNDATED = 50
#: So far back a document may be a version of another one.
VERSIONS_WITHIN = timedelta(days=8)
MOST_COMPARED = 5000
#: More signatures are kept in a thread: a tenth of a millisecond each, while people wait.
AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One brief of a document, as it was read."""

    file: str
    in_batch: bool  # its file holds several
    result: BriefResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a run of documents comes in."""

    publish: Publish  # what goes out without an editor
    order: Literal["archive", "publish"] | None = None  # a person's word, over every rule
    batch_id: BatchId | None = None
    undated: int = 0  # how many of the run state no date

    @property
    def may_let_out(self) -> bool:
        """Whether anything of it may go out without an editor."""
        return self.order == "publish" or (self.order is None and self.publish != "never")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of one brief: stored under an id, stored before, or refused."""

    piece: Piece
    brief_id: BriefId | None = None
    state: BriefState | None = None
    is_new: bool = False
    likely_version_of: BriefId | None = None


class _New(NamedTuple):
    """A brief on its way in."""

    piece: Piece
    read: BriefRead
    fingerprint: str
    run: Run
    now: datetime


class Intake:
    """Takes documents in, one brief a transaction; a refused one changes nothing."""

    def __init__(self, db: Database, *, reader: Reader, matcher: Matcher) -> None:
        self._db = db
        self._reader = reader
        self._matcher = matcher
        self._versions = Versions[BriefId](most=MOST_COMPARED)
        self._compared_until = 0
        self._keeping = asyncio.Lock()

    def read(self, documents: Iterable[Document]) -> list[Piece]:
        """Read documents without storing anything, in their order."""
        return read_pieces(documents, reader=self._reader)

    async def take_batch(
        self, documents: Iterable[Document], *, way: Way, publish: Publish, now: datetime
    ) -> tuple[BatchId, list[Taken]]:
        """Take documents in as a batch; return it, and what became of every brief.

        Doing it again after a crash gives the same: what is stored and still waits joins the
        new batch.
        """
        pieces = await asyncio.to_thread(self.read, documents)  # so that people are answered
        async with self._db.writing() as tx:
            batch_id = await batches.add_batch(tx, way=way, now=now)
        run = Run(publish=publish, batch_id=batch_id, undated=count_undated(pieces))
        return batch_id, [await self.take(piece, run=run, now=now) for piece in pieces]

    async def take(self, piece: Piece, *, run: Run, now: datetime) -> Taken:
        """Store one brief, and let it out if it may go out."""
        read = piece.result
        if isinstance(read, BriefRefused):
            return Taken(piece=piece)
        new = _New(piece, read, fingerprint(read.draft), run, now)
        if run.may_let_out:
            await self._matcher.warm_up(self._db, now=now)
        try:
            async with self._db.writing() as tx:
                await matches.lock_matching(tx)
                before = await intake.look_before(
                    tx,
                    fingerprint=new.fingerprint,
                    since=now - VERSIONS_WITHIN,
                    after=self._compared_until,
                    limit=MOST_COMPARED,
                    wanted=self._matcher.wanted(now),
                )
                await self._keep(before.late)
                if before.known is None:
                    return await self._store(tx, new, before)
        except Conflict as error:
            # Another process stored the same document at the same instant.
            if error.constraint != "brief_fingerprint_unique":
                raise
        async with self._db.writing() as tx:
            known = await intake.find_id(tx, fingerprint=new.fingerprint)
            assert known is not None, "a brief is never deleted"
            stored = await briefs.get_brief(tx, brief_id=known)
            if run.batch_id is not None and stored.state is BriefState.QUEUED:
                await briefs.set_batch(tx, brief_id=stored.id, batch_id=run.batch_id)
            wants_out = run.order == "publish" and stored.state is not BriefState.RELEASED
            if wants_out and await release(tx, brief_id=stored.id, matcher=self._matcher, now=now):
                return Taken(piece=piece, brief_id=stored.id, state=BriefState.RELEASED)
        return Taken(piece=piece, brief_id=stored.id, state=stored.state)

    async def _store(self, tx: WriteTx, new: _New, before: Before) -> Taken:
        piece, read, run, now = new.piece, new.read, new.run, new.now
        draft, brief_id = read.draft, before.free_id
        signature = signature_of(draft)
        version_of = self._version_of(signature)
        warnings = [*read.warnings]
        if version_of is not None:
            warnings.append(_likely_version(version_of))
        state = decide_state(draft, warnings, run=run, now=now)
        source = find_source(draft)
        placed = Placed([], None, None)
        if state is BriefState.RELEASED:
            brief = Brief(
                id=brief_id,
                state=state,
                revision=1,
                content=draft,
                published_at=draft.published_at or now,
                ingested_at=now,
                released_at=now,
                source=source,
            )
            placed = await place(tx, brief=brief, matcher=self._matcher, now=now, news=before.news)
        waits = state is BriefState.QUEUED
        await intake.add_brief(
            tx,
            brief_id=brief_id,
            draft=draft,
            fingerprint=new.fingerprint,
            keys=[key(name) for name in (*draft.topics, *draft.entities)],
            now=now,
            source=source,
            state=state,
            released_at=now if state is BriefState.RELEASED else None,
            holds=" ".join(w.code for w in warnings if w.code.is_held) if waits else "",
            signature=f"{signature:x}",
            likely_version_of=version_of,
            batch_id=run.batch_id,
            file=piece.file,
            position=read.position,
            **placed._asdict(),
        )
        # This one is read back with the next, so that none stays that was not kept.
        self._compared_until = brief_id - 1
        piece = Piece(
            file=piece.file,
            in_batch=piece.in_batch,
            result=BriefRead(position=read.position, draft=draft, warnings=tuple(warnings)),
        )
        return Taken(
            piece=piece,
            brief_id=brief_id,
            state=state,
            is_new=True,
            likely_version_of=version_of,
        )

    async def _keep(self, late: Sequence[tuple[BriefId, str]]) -> None:
        """Keep signatures to compare with, given by id."""

        def keep() -> None:
            for brief_id, written in late:
                self._versions.add(brief_id, Signature(int(written, 16)))

        if not late:
            return
        async with self._keeping:
            if len(late) > AT_ONCE:  # the first time; a thread, so that people are answered
                await asyncio.to_thread(keep)
            else:
                keep()
        self._compared_until = late[-1][0]

    def _version_of(self, signature: Signature) -> BriefId | None:
        """Return the recent brief that this one is likely a version of."""
        likely = self._versions.list_likely(signature)
        return likely[0][0] if likely else None


def read_pieces(documents: Iterable[Document], *, reader: Reader) -> list[Piece]:
    """Return every brief of the documents, read or refused, in their order."""
    read = [(one.file, result) for one in documents for result in reader.read(one)]
    count = Counter(file for file, _ in read)
    return [Piece(file=file, in_batch=count[file] > 1, result=result) for file, result in read]


def count_undated(pieces: Sequence[Piece]) -> int:
    """Return how many of the briefs that were read state no date."""
    drafts = (one.result.draft for one in pieces if isinstance(one.result, BriefRead))
    return sum(1 for draft in drafts if draft.published_at is None)


def decide_state(
    draft: BriefDraft, warnings: Sequence[BriefWarning], *, run: Run, now: datetime
) -> BriefState:
    """Return where a brief stands when it has come in: out, waiting, or in the archive."""
    if run.order is not None:
        return BriefState.ARCHIVED if run.order == "archive" else BriefState.RELEASED
    if draft.published_at is None:
        is_old = run.undated > MOST_UNDATED
    else:
        is_old = now - draft.published_at > OLD_AFTER
    if is_old:
        return BriefState.ARCHIVED
    held = any(warning.code.is_held for warning in warnings)
    goes_out = run.publish == "all" or (run.publish == "clean" and not held)
    return BriefState.RELEASED if goes_out else BriefState.QUEUED


def _likely_version(brief_id: BriefId) -> BriefWarning:
    message = f"looks like a new version of brief {base36(brief_id)}; an editor decides"
    return BriefWarning(code=WarningCode.LIKELY_VERSION, line=None, label=None, message=message)
