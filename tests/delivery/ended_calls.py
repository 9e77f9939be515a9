"""Calls that came to an end, on marked rows of a ledger."""

from typing import Any

from bot.botapi.outcomes import Outcome
from bot.delivery.record import Finished, record
from bot.delivery.render import Prepared
from bot.delivery.retry import next_step
from bot.digest.compose import Shown
from bot.digest.recipe import Recipe, unpack
from storage.database import Database
from storage.model.copies import Copy
from storage.model.delivery import Delivery
from tests.fakes import NOON
from tests.storage.rows import OWNER, claim, mark


async def marked(db: Database, count: int = 1) -> list[Delivery]:
    """Claim and mark what is due; return it by id."""
    leased = await claim(db)
    await mark(db, leased)
    assert len(leased) == count
    return sorted(leased, key=lambda one: one.id)


def ended(
    delivery: Delivery,
    outcome: Outcome,
    *,
    recipe: Recipe | None = None,
    copy: Copy | None = None,
) -> Finished:
    """Return the end of a call, with the step that follows from it."""
    prepared = Prepared(
        delivery=delivery,
        recipe=recipe or unpack(delivery.recipe),
        shown=Shown(briefs={}, labels={}),
        copy=copy,
    )
    step = next_step(outcome, delivery, jitter=0.0)
    return Finished(prepared=prepared, outcome=outcome, step=step)


async def note(db: Database, *finished: Finished, **more: Any) -> set[int]:
    """Note ends of calls in one transaction."""
    values = {"owner": OWNER, "now": NOON} | more
    async with db.writing() as tx:
        return await record(tx, finished=finished, **values)
