"""The first call of a run is answered badly, then the second, and so on: every kind of answer."""

import asyncio
from dataclasses import replace

import pytest

from bot.playground.faults import Fault, Kind
from bot.playground.server import Playground
from storage.database import Database
from storage.model.delivery import Kind as Of
from tests.fakes import NOON
from tests.faults.checker import gather
from tests.faults.lives import TOKEN, Ground, Life, add_promises, add_readers
from tests.storage.rows import add_brief

READERS = range(1001, 1006)
DELETED = "Internal Server Error: sent message was immediately deleted and can't be returned"
FLOOD = "Too Many Requests: retry after 2"


def one(name, doubts, twice, **fault):
    """Return a fault with how many doubts and repeats it makes each time it strikes."""
    return pytest.param(Fault(**fault, method="sendMessage"), doubts, twice, id=name)


MENDED = [
    one("500, lost before", 1, 0),
    one("500, arrived", 1, 1, accepted=True),
    one("500, deleted at once", 0, 0, accepted=True, description=DELETED),
    one("502 as a page", 1, 0, kind=Kind.HTML, code=502),
    one("504 as a page, arrived", 1, 1, kind=Kind.HTML, code=504, accepted=True),
    one("empty", 1, 1, kind=Kind.EMPTY, accepted=True),
    one("without a result", 1, 1, kind=Kind.NO_RESULT, accepted=True),
    one("of the wrong type", 0, 0, kind=Kind.WRONG_TYPE, accepted=True),
    one("cut in the header", 1, 0, kind=Kind.CUT_HEADER),
    one("cut in the header, arrived", 1, 1, kind=Kind.CUT_HEADER, accepted=True),
    one("cut in the body, arrived", 1, 1, kind=Kind.CUT_BODY, accepted=True),
    one("reset", 1, 0, kind=Kind.RESET),
    one("reset, arrived", 1, 1, kind=Kind.RESET, accepted=True),
    one("429", 0, 0, code=429, description=FLOOD, retry_after=2),
    one("429 that does not say how long", 0, 0, code=429, description="Too Many Requests"),
    one("401", 0, 0, code=401, description="Unauthorized"),
    one("404", 0, 0, code=404, description="Not Found"),
]
ENDED = [
    one("409", 0, 0, code=409, description="Conflict: something else"),
    one("400 that nobody knows", 0, 0, code=400, description="Bad Request: something new"),
]
ONLY_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def strike_each(ground, fault):
    """Send five messages for each of the calls that such a run makes, the nth of it struck."""
    db = Database(ground.url)
    await add_readers(ground, db, READERS)

    async def runs(life):
        for nth in range(len(READERS)):
            brief_id = await add_brief(db, headline=f"Island number {nth} runs on tides.")
            await add_promises(db, Of.DIGEST, READERS, [brief_id])
            scripted = ground.playground.faults.add(replace(fault, after=nth))
            await life.send_all()
            assert scripted.struck == 1

    assert await ground.live(runs)
    evidence = await gather(db, ground.playground.accepted)
    await db.close()
    return evidence


def count_twice(evidence):
    return len(evidence.took) - len({(call.chat_id, call.fingerprint) for call in evidence.took})


@ONLY_SQLITE
@pytest.mark.parametrize(("fault", "doubts", "twice"), MENDED)
async def test_g4_a_bad_answer_to_any_call_is_mended(ground, fault, doubts, twice):
    evidence = await strike_each(ground, fault)

    strikes = len(READERS)
    assert await ground.faults() == []
    assert {row.state for row in evidence.promised} == {"sent"}
    assert sum(row.doubt for row in evidence.promised) == doubts * strikes
    assert count_twice(evidence) == twice * strikes


@ONLY_SQLITE
@pytest.mark.parametrize(("fault", "doubts", "twice"), ENDED)
async def test_g3_a_refusal_that_is_not_understood_ends_one_delivery(ground, fault, doubts, twice):
    evidence = await strike_each(ground, fault)

    strikes = len(READERS)
    states = [row.state for row in evidence.promised]
    assert await ground.faults() == []
    assert (states.count("dead"), states.count("sent")) == (strikes, strikes * (strikes - 1))
    assert sum(row.doubt for row in evidence.promised) == doubts
    assert count_twice(evidence) == twice


@ONLY_SQLITE
async def test_g4_a_server_that_hangs_until_it_is_gone_is_mended(database_url):
    hung = asyncio.Event()

    async with Playground(
        token=TOKEN, now=lambda: NOON, on_accepted=lambda _one: hung.set()
    ) as playground:
        ground = Ground(database_url, playground)
        db = Database(database_url)
        await add_readers(ground, db, READERS)
        await add_promises(db, Of.DIGEST, READERS, [await add_brief(db)])
        playground.faults.add(Fault(kind=Kind.HANG, method="sendMessage", accepted=True))

        living = asyncio.ensure_future(ground.live(Life.send_all))
        await hung.wait()
        await playground.stop()
        await playground.start()
        await living

        evidence = await gather(db, playground.accepted)
        await db.close()
        assert await ground.faults() == []
    assert {row.state for row in evidence.promised} == {"sent"}
    assert count_twice(evidence) <= sum(row.doubt for row in evidence.promised)
