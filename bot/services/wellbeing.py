"""Is the bot well: from the ledger, the last answer of Telegram and the last tick."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

import orjson

from storage import deliveries, markers, subscribers
from storage.database import Database
from storage.model.delivery import DeliveryState, Kind

#: Ticks note every ten seconds that they run, updates are asked for every thirty.
PULSE_WITHIN = timedelta(minutes=1)
UPDATES_WITHIN = timedelta(minutes=2)
PLANNED_WITHIN = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Wellbeing:
    """What was found, a line each, and which of it is a problem."""

    lines: tuple[str, ...]
    problems: tuple[str, ...]
    standing: Mapping[tuple[Kind, DeliveryState], int] = field(default_factory=dict)
    oldest: datetime | None = None  # since when the longest overdue message is due


async def look(
    db: Database, *, now: datetime, failing: Mapping[str, str] = MappingProxyType({})
) -> Wellbeing:
    """Look at what the bot leaves in the store.

    ``failing`` are the ticks whose last run failed and with what, which only the bot itself knows.
    """
    async with db.reading() as tx:
        marked = await markers.load(tx)
        standing = await deliveries.count_open(tx)
        oldest = await deliveries.find_oldest_waiting(tx, now=now)
        next_due_at = await subscribers.find_next_due_at(tx)
    problems = [f"{tick} failed: {said}" for tick, said in failing.items()]
    pulse = marked.get("pulse")
    if pulse is None:
        problems.append("the bot has never run on this database")
    else:
        problems += _pulse_problems(pulse, now)
    if next_due_at is not None and now - next_due_at > PLANNED_WITHIN:
        problems.append(f"digests due since {_age(now, next_due_at)} are not planned")
    by_state = Counter[DeliveryState]()
    for (_, state), count in standing.items():
        by_state[state] += count
    under_way = by_state[DeliveryState.LEASED] + by_state[DeliveryState.SENDING]
    lines = [
        "well" if not problems else "not well",
        *problems,
        f"waiting {by_state[DeliveryState.PENDING]}, under way {under_way},"
        f" uncertain {by_state[DeliveryState.UNCERTAIN]}",
    ]
    if oldest is not None:
        lines.append(f"the longest waiting message is due since {_age(now, oldest)}")
    return Wellbeing(tuple(lines), tuple(problems), standing, oldest)


def _pulse_problems(pulse: markers.Marker, now: datetime) -> list[str]:
    if now - pulse.at > PULSE_WITHIN:
        return [f"no sign of life since {_age(now, pulse.at)}"]
    found = []
    said = orjson.loads(pulse.value)
    polled_at = said.get("polled_at")
    if polled_at is not None and now - datetime.fromisoformat(polled_at) > UPDATES_WITHIN:
        found.append(
            f"no answer from Telegram since {_age(now, datetime.fromisoformat(polled_at))}"
        )
    if said.get("problem"):
        found.append(said["problem"])
    if said.get("refused"):
        found.append("Telegram refuses the bot; nothing is sent")
    return found


def _age(now: datetime, instant: datetime) -> str:
    seconds = int((now - instant).total_seconds())
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"
