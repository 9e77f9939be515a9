"""How much SQLite does for each statement, counted in steps of its machine: not a time."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Pool, event
from sqlalchemy.util import await_only

STEPS_AT_ONCE = 20


class Steps:
    """The steps of every statement that was run since ``clear``, in units of ``STEPS_AT_ONCE``."""

    def __init__(self) -> None:
        self.by_statement: Counter[str] = Counter()

    def clear(self) -> None:
        self.by_statement.clear()

    def _follow(self, connection: Any, _record: object) -> None:
        running = [""]

        def starts(statement: str) -> None:
            running[0] = statement

        def goes_on() -> None:
            self.by_statement[running[0]] += 1

        driver = connection.driver_connection
        await_only(driver.set_trace_callback(starts))
        await_only(driver.set_progress_handler(goes_on, STEPS_AT_ONCE))


@contextmanager
def counted() -> Iterator[Steps]:
    """Count what every connection does that is opened meanwhile."""
    steps = Steps()
    event.listen(Pool, "connect", steps._follow)
    try:
        yield steps
    finally:
        event.remove(Pool, "connect", steps._follow)
