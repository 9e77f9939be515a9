"""Note what became of calls: many at once, with all that follows for chats and copies."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.botapi.outcomes import Outcome
from bot.delivery.render import Prepared
from bot.delivery.retry import Step
from bot.digest.recipe import pack, unpack
from bot.digest.views import LIST
from storage import briefs, chats, copies, deliveries, sending, subscribers
from storage.copies import Made
from storage.deliveries import Promise
from storage.model.brief import BriefState
from storage.model.delivery import DeliveryState, Kind
from storage.sending import Again, Ended, Sent
from storage.transactions import WriteTx

log = logging.getLogger(__name__)

_GIVES = frozenset({Kind.DIGEST, Kind.NOW, Kind.ALERT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A call that came to an end, and what follows from it."""

    prepared: Prepared
    outcome: Outcome
    step: Step


async def record(
    tx: WriteTx, *, finished: Sequence[Finished], owner: str, now: datetime
) -> set[int]:
    """Note the ends of calls; return the deliveries that were still ours to note."""
    noted = await _ledger(tx, finished, owner, now)
    ours = [one for one in finished if one.prepared.delivery.id in noted]
    sent = [one for one in ours if one.step.state is DeliveryState.SENT]
    await _copies(tx, sent, now)
    await _chats(tx, ours, now)
    await _lengthen(tx, ours)
    await _give_back(tx, sent)
    for one in ours:
        if one.step.state in (DeliveryState.DEAD, DeliveryState.POISONED):
            await _unsent(tx, one)
    return noted


async def _ledger(
    tx: WriteTx, finished: Sequence[Finished], owner: str, now: datetime
) -> set[int]:
    sent, again, ended = [], [], []
    for one in finished:
        delivery, step = one.prepared.delivery, one.step
        if step.state is DeliveryState.SENT:
            sent.append(Sent(delivery.id, delivery.fence, step.message_id))
        elif step.state is DeliveryState.PENDING:
            at = step.not_before(now)
            again.append(
                Again(delivery.id, delivery.fence, at, step.attempts, step.doubt, step.note[:200])
            )
        else:
            ended.append(Ended(delivery.id, delivery.fence, step.state, step.note[:200]))
    noted = await sending.mark_sent(tx, sent=sent, owner=owner, now=now)
    noted |= await sending.put_back(tx, again=again, owner=owner, now=now)
    noted |= await sending.mark_ended(tx, ended=ended, owner=owner, now=now)
    return noted


async def _lengthen(tx: WriteTx, ours: Sequence[Finished]) -> None:
    """Put back what messages that were certainly not sent had left out, to be judged anew."""
    whole = [
        (one.prepared.delivery.recipe, one.prepared.delivery.id)
        for one in ours
        if one.prepared.is_shortened
        and one.step.state is DeliveryState.PENDING
        and not one.step.doubt
    ]
    if whole:
        await sending.set_recipes(tx, recipes=whole)


async def _give_back(tx: WriteTx, sent: Sequence[Finished]) -> None:
    """Take back what messages went without, so that its correction can still come."""
    for one in sent:
        prepared, delivery = one.prepared, one.prepared.delivery
        if prepared.is_shortened and delivery.kind in _GIVES:
            promised = {item.brief_id for item in unpack(delivery.recipe).items}
            await deliveries.give_back(
                tx,
                delivery_ids=[delivery.id],
                chat_id=delivery.chat_id,
                brief_ids=promised.difference(prepared.brief_ids),
            )


async def _copies(tx: WriteTx, sent: Sequence[Finished], now: datetime) -> None:
    """Note what is shown where; what changed while it was under way is edited next."""
    made = []
    for one in sent:
        prepared, message_id = one.prepared, one.step.message_id
        if prepared.copy is not None:
            recipe = pack(prepared.recipe)
            await copies.set_recipe(tx, copy_id=prepared.copy.id, recipe=recipe, now=now)
        elif message_id is not None and prepared.brief_ids:
            delivery = prepared.delivery
            made.append(
                Made(
                    delivery.chat_id,
                    message_id,
                    delivery.id,
                    pack(prepared.recipe),
                    LIST,
                    prepared.brief_ids,
                )
            )
    if not sent:
        return
    ids = await copies.add_copies(tx, made=made, now=now)
    await chats.mark_found(tx, chat_ids=[one.prepared.delivery.chat_id for one in sent])
    fresh = [one for one in sent if one.prepared.copy is None and one.step.message_id is not None]
    shown = {i for one in fresh for i in one.prepared.brief_ids}
    heads = await briefs.load_heads(tx, brief_ids=shown)
    for copy_id, one in zip(ids, (f for f in fresh if f.prepared.brief_ids), strict=True):
        stale = [
            item
            for item in one.prepared.recipe.items
            if heads[item.brief_id] != (item.revision, BriefState.RELEASED)
        ]
        if stale:
            await deliveries.promise(
                tx, one=_edit(one.prepared, copy_id, max(i.revision for i in stale), now)
            )


def _edit(prepared: Prepared, copy_id: int, change: int, now: datetime) -> Promise:
    delivery = prepared.delivery
    return Promise(
        kind=Kind.EDIT,
        chat_id=delivery.chat_id,
        thread_id=delivery.thread_id,
        slot=copy_id,
        ref=-change,  # apart from those that a correction or retraction promises
        recipe=b"",
        due_at=now,
    )


async def _chats(tx: WriteTx, ours: Sequence[Finished], now: datetime) -> None:
    for one in ours:
        delivery, step = one.prepared.delivery, one.step
        if step.chat_status is not None:
            gone = await chats.mark_gone(
                tx, chat_id=delivery.chat_id, status=step.chat_status, now=now
            )
            if gone:
                log.info(
                    "a chat cannot be written to",
                    extra={"event": "chat.gone", "status": step.chat_status.value},
                )
        if step.chat_wait_seconds:
            until = now + timedelta(seconds=step.chat_wait_seconds)
            await subscribers.hold_until(tx, chat_id=delivery.chat_id, instant=until)
        if step.migrated_to is not None:
            await chats.move(tx, old=delivery.chat_id, new=step.migrated_to, now=now)
        if step.drop_thread:
            await subscribers.drop_thread(tx, chat_id=delivery.chat_id)


async def _unsent(tx: WriteTx, one: Finished) -> None:
    """Take back what an unsent digest gave, and note a copy that is out of reach."""
    delivery = one.prepared.delivery
    if delivery.kind in _GIVES:
        await deliveries.give_back(tx, delivery_ids=[delivery.id], chat_id=delivery.chat_id)
    if one.step.copy_gone and one.prepared.copy is not None:
        await copies.mark_gone(tx, copy_id=one.prepared.copy.id)
