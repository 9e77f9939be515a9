"""What the page's clock is asked to do, read into an instant."""

import re
from datetime import UTC, datetime, timedelta

_ON = re.compile(r"\+(?P<count>\d{1,4})(?P<unit>[mhdw])")
_UNITS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}


def read_target(written: str, now: datetime) -> datetime | None:
    """Return the instant that ``+1h``, ``+2d`` or an ISO instant means; None for ``next``.

    Raises ``ValueError`` for anything else. An instant without a zone is UTC.
    """
    if written == "next":
        return None
    on = _ON.fullmatch(written)
    if on:
        return now + int(on["count"]) * _UNITS[on["unit"]]
    target = datetime.fromisoformat(written)
    return target if target.tzinfo else target.replace(tzinfo=UTC)
