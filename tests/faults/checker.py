"""One judge of what became of deliveries: it knows the ledger's SQL and the server's log.

It shares no code with the sender and trusts none of its conclusions. Which delivery a message
belongs to it learns from the message ids that the ledger states; a repeat is known by its words.
So within a chat no two deliveries may say the same, and no brief may change during a campaign.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import text

from storage.database import Database

EDIT, GIVES = 4, frozenset({1, 2, 3})
OPEN = frozenset({"pending", "leased", "sending"})
UNSENT = frozenset({"dead", "cancelled", "expired", "poisoned"})
STATES = OPEN | UNSENT | {"sent", "uncertain"}
#: Where a row may stand when this is the last that was written down of it: moves before a mark,
#: and those of rows that wait, are not written down.
STANDS = {
    "pending": {"pending", "leased", "dead", "cancelled", "expired", "poisoned"},
    "sending": {"sending"},
    "sent": {"sent"},
    "uncertain": {"uncertain"},
    "dead": {"dead"},
    "poisoned": {"poisoned"},
}
NEXT = {
    "leased": {"sending"},
    "sending": {"sent", "pending", "uncertain", "dead", "poisoned"},
    "uncertain": {"pending", "sent", "dead"},
    "pending": {"uncertain"},  # by a restore
}


class Promised(NamedTuple):
    """A row of ``delivery``."""

    id: int
    kind: int
    chat_id: int
    slot: int
    ref: int
    state: str
    attempts: int
    doubt: int
    message_id: int | None


class Move(NamedTuple):
    """A row of ``delivery_event``."""

    delivery_id: int
    was: str
    became: str
    who: str
    note: str | None


class Kept(NamedTuple):
    """A row of ``copy``."""

    id: int
    chat_id: int
    message_id: int
    delivery_id: int | None


class Took(NamedTuple):
    """A call that took effect at the server."""

    chat_id: int
    method: str
    message_id: int
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that is judged; rows in the order of their ids, calls in that of their effect."""

    promised: Sequence[Promised]
    moves: Sequence[Move] = ()
    kept: Sequence[Kept] = ()
    had: Sequence[tuple[int, int, int]] = ()  # chat, brief, delivery
    took: Sequence[Took] = ()
    unsound: Sequence[str] = ()
    in_flight: int = 8
    chats: dict[int, list[Promised]] = field(default_factory=lambda: defaultdict(list), init=False)

    def __post_init__(self) -> None:
        for one in self.promised:
            self.chats[one.chat_id].append(one)


async def gather(db: Database, accepted: Iterable[NamedTuple], *, in_flight: int = 8) -> Evidence:
    """Read a ledger by SQL alone, beside what the server says that it accepted."""
    async with db.reading() as tx:

        async def read(statement: str) -> list:
            return [tuple(row) for row in await tx.execute(text(statement))]

        columns = "id, kind, chat_id, slot, ref, state, attempts, doubt, message_id"
        promised = await read(f"SELECT {columns} FROM delivery ORDER BY id")
        moves = await read(
            "SELECT delivery_id, was, became, who, note FROM delivery_event ORDER BY id"
        )
        kept = await read("SELECT id, chat_id, message_id, delivery_id FROM copy ORDER BY id")
        had = await read("SELECT chat_id, brief_id, delivery_id FROM had")
        unsound = []
        if db.is_sqlite:
            unsound += [row[0] for row in await read("PRAGMA integrity_check") if row[0] != "ok"]
            unsound += [str(row) for row in await read("PRAGMA foreign_key_check")]
    return Evidence(
        promised=[Promised(*row) for row in promised],
        moves=[Move(*row) for row in moves],
        kept=[Kept(*row) for row in kept],
        had=had,
        took=[Took(one[1], one[2], one[3], one[4]) for one in accepted],
        unsound=unsound,
        in_flight=in_flight,
    )


def judge(evidence: Evidence) -> list[str]:
    """Return everything that is wrong, a sentence each."""
    checks = (_states, _keys, _messages, _edits, _chains, _doubts, _flights, _copies, _had)
    wrong = [f"the database is not sound: {what}" for what in evidence.unsound]
    return wrong + [sentence for check in checks for sentence in check(evidence)]


def _states(evidence: Evidence) -> Iterator[str]:
    for one in evidence.promised:
        if one.state in OPEN:
            yield f"{_name(one)} is still {one.state}"
        if one.state not in STATES:
            yield f"{_name(one)} is in no known state: {one.state!r}"


def _keys(evidence: Evidence) -> Iterator[str]:
    times = Counter((one.kind, one.chat_id, one.slot, one.ref) for one in evidence.promised)
    for key, count in times.items():
        if count > 1:
            yield f"{count} deliveries have the key {key}"


def _messages(evidence: Evidence) -> Iterator[str]:
    sends = defaultdict(list)
    for call in evidence.took:
        if not call.method.startswith("edit"):
            sends[call.chat_id].append(call)
    for chat_id in sends.keys() | evidence.chats.keys():
        ours = [one for one in evidence.chats.get(chat_id, ()) if one.kind != EDIT]
        yield from _chat(chat_id, ours, sends[chat_id])


def _chat(chat_id: int, ours: Sequence[Promised], sends: Sequence[Took]) -> Iterator[str]:
    """Judge the messages of one chat."""
    times = Counter(call.fingerprint for call in sends)
    owner: dict[str, Promised] = {}
    yield from _attribute(ours, sends, owner)
    # Messages that nobody was told of: what is in doubt may have sent them, and nothing else.
    strange = sum(words not in owner for words in times)
    doubtful = sum(one.message_id is None and _may_have_arrived(one) for one in ours)
    if strange > doubtful:
        yield f"chat {chat_id} got {strange - doubtful} messages that no delivery accounts for"
    for words, count in times.items():
        one = owner.get(words)
        who = _name(one) if one else f"a delivery in doubt to chat {chat_id}"
        if count > 2:
            yield f"{who} came {count} times"
        elif count == 2 and one is not None and not one.doubt:
            yield f"{who} came twice and is not listed in doubt"
    first = [owner[words].id for words in times if words in owner]
    if first != sorted(first):
        yield f"chat {chat_id} got its deliveries in the order {first}"


def _attribute(
    ours: Sequence[Promised], sends: Sequence[Took], owner: dict[str, Promised]
) -> Iterator[str]:
    """Find out whose words are whose, by the message ids that the ledger states."""
    words_of_message = {call.message_id: call.fingerprint for call in sends}
    for one in ours:
        if one.state == "sent" and not one.attempts:
            yield f"{_name(one)} was sent without an attempt"
        if one.message_id is None:
            continue
        words = words_of_message.get(one.message_id)
        if words is None:
            yield f"{_name(one)} counts as {one.state}, but the server never accepted it"
        elif words in owner:
            yield f"{_name(one)} says the same as {_name(owner[words])}"
        else:
            owner[words] = one


def _may_have_arrived(one: Promised) -> bool:
    return one.doubt > 0 or one.state == "sent"


def _edits(evidence: Evidence) -> Iterator[str]:
    copies = {one.id: (one.chat_id, one.message_id) for one in evidence.kept}
    edited = {(c.chat_id, c.message_id) for c in evidence.took if c.method.startswith("edit")}
    for one in evidence.promised:
        if one.kind == EDIT and one.state == "sent" and copies.get(one.slot) not in edited:
            yield f"{_name(one)} counts as sent, but the server never edited its copy"


def _chains(evidence: Evidence) -> Iterator[str]:
    last: dict[int, str] = {}
    for move in evidence.moves:
        before = last.get(move.delivery_id)
        expected = {None: {"leased", "pending"}, "pending": {"leased", "pending"}}
        if move.was not in expected.get(before, {before}):
            yield f"delivery {move.delivery_id} was {before}, then moved from {move.was}"
        if move.became not in NEXT.get(move.was, ()):
            yield f"delivery {move.delivery_id} moved from {move.was} to {move.became}"
        last[move.delivery_id] = move.became
    for one in evidence.promised:
        if one.id in last and one.state not in STANDS.get(last[one.id], ()):
            yield f"{_name(one)} is {one.state}, but was last seen to become {last[one.id]}"
        if one.id not in last and one.state in {"sending", "sent", "uncertain", "poisoned"}:
            yield f"{_name(one)} is {one.state}, and nothing was written down of it"


def _doubts(evidence: Evidence) -> Iterator[str]:
    lost = Counter(m.delivery_id for m in evidence.moves if m.became in {"pending", "uncertain"})
    for one in evidence.promised:
        if one.doubt > lost[one.id]:
            yield f"{_name(one)} has {one.doubt} doubts, {lost[one.id]} of them written down"


def _flights(evidence: Evidence) -> Iterator[str]:
    """Judge how many were under way at once: of a chat, of a sender, at the end of a sender."""
    chat_of = {one.id: one.chat_id for one in evidence.promised}
    flying: dict[int, tuple[int | None, str]] = {}
    senders: Counter[str] = Counter()
    rescued: Counter[str] = Counter()
    for move in evidence.moves:
        chat = chat_of.get(move.delivery_id)
        if move.became == "sending":
            if any(other == chat for other, _ in flying.values()):
                yield f"delivery {move.delivery_id} began while another to its chat was under way"
            flying[move.delivery_id] = chat, move.who
            senders[move.who] += 1
            if senders[move.who] > evidence.in_flight:
                yield f"{move.who} had {senders[move.who]} under way at once"
        elif move.delivery_id in flying:
            _, who = flying.pop(move.delivery_id)
            senders[who] -= 1
            rescued[who] += move.note == "rescued"
    for who, count in rescued.items():
        if count > evidence.in_flight:
            yield f"{who} left {count} in doubt when it died"


def _copies(evidence: Evidence) -> Iterator[str]:
    by_id = {one.id: one for one in evidence.promised}
    known = {(one.chat_id, one.message_id) for one in evidence.kept}
    for copy in evidence.kept:
        one = by_id.get(copy.delivery_id or 0)
        if one is not None and one.state != "sent":
            yield f"{_name(one)} is {one.state}, but has left a copy"
    for one in evidence.promised:
        if one.kind == EDIT or one.state != "sent" or one.message_id is None:
            continue
        if (one.chat_id, one.message_id) not in known:
            yield f"{_name(one)} was sent, but its copy is not kept"


def _had(evidence: Evidence) -> Iterator[str]:
    by_id = {one.id: one for one in evidence.promised}
    times = Counter((chat_id, brief_id) for chat_id, brief_id, _ in evidence.had)
    for (chat_id, brief_id), count in times.items():
        if count > 1:
            yield f"chat {chat_id} had brief {brief_id} {count} times"
    giving = set()
    for chat_id, brief_id, delivery_id in evidence.had:
        one = by_id.get(delivery_id)
        giving.add(delivery_id)
        if one is None:
            yield f"chat {chat_id} had brief {brief_id} by a delivery that is not there"
        elif one.state in UNSENT:
            yield f"chat {chat_id} counts as having had brief {brief_id} by {_name(one)}"
    for one in evidence.promised:
        if one.kind in GIVES and one.state in {"sent", "uncertain"} and one.id not in giving:
            yield f"{_name(one)} is {one.state}, but gave no brief"


def _name(one: Promised) -> str:
    return f"delivery {one.id} to chat {one.chat_id}"
