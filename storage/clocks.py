"""What was noted while the machine's clock was ahead, brought back to now.

A retry that is set for next year holds up all that follows it in its chat, a brief that is let out
next year goes into no digest before, and an alarm that was told then is not told until then.
"""

from datetime import datetime, timedelta

from storage.drivers import driver_of
from storage.model.delivery import Kind
from storage.model.instants import to_microseconds
from storage.transactions import ReadTx, WriteTx

#: The clocks of several machines may differ so much.
APART = timedelta(minutes=1)
#: Nobody is let wait for longer, whatever Telegram asks for.
LONGEST_WAIT = timedelta(hours=48)

_AHEAD = "SELECT count(*) FROM marker WHERE at > {1}"
_BRIEFS = "UPDATE brief SET released_at = {1} WHERE state = 'released' AND released_at > {2}"
_MARKERS = "DELETE FROM marker WHERE at > {1}"
_CHATS = "UPDATE subscriber SET not_before = {1} WHERE not_before > {2}"
_DELIVERIES = (
    "UPDATE delivery SET not_before = {1} WHERE state = 'pending' AND not_before > {2}"
    " AND kind <> {3}"
)


async def was_ahead(tx: ReadTx, *, now: datetime) -> bool:
    """Tell whether the bot has noted that it did something later than now."""
    driver = await driver_of(tx)
    ((count,),) = await driver.fetch(_AHEAD, to_microseconds(now + APART))
    return bool(count)


async def bring_back(tx: WriteTx, *, now: datetime) -> int:
    """Bring it all back; return how many briefs, chats and messages had been put off.

    A broadcast may be meant for then.
    """
    driver = await driver_of(tx)
    instant, near = to_microseconds(now), to_microseconds(now + APART)
    far = to_microseconds(now + LONGEST_WAIT)
    await driver.change(_MARKERS, near)
    return (
        await driver.change(_BRIEFS, instant, near)
        + await driver.change(_CHATS, instant, far)
        + await driver.change(_DELIVERIES, instant, far, Kind.BROADCAST.value)
    )
