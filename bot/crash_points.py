"""The numbered places where the death of the process means something else than a line before.

In a running bot they do nothing. A test that dies at each of them, and starts again, shows that
starting again is all the repair there is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum


class Point(IntEnum):
    """What has just happened; what the process was about to do is lost."""

    PLAN_READ = 1  # a page of due subscribers is read, nothing is chosen
    PLAN_WRITTEN = 2  # its digests are written, not committed
    PLAN_COMMITTED = 3
    MARK_WRITTEN = 4  # deliveries are claimed and marked as being sent, not committed
    MARK_COMMITTED = 5  # no call has been made
    CALL_BEGUN = 6  # the others of its group may be on the wire, this one is not
    CALL_REFUSED = 7  # refused for its formatting; its plain words have not left
    CALL_ANSWERED = 8  # nobody but this process knows the answer
    NOTE_WRITTEN = 9  # the answers are written, not committed
    NOTE_COMMITTED = 10
    RESCUE_WRITTEN = 11  # what a dead sender left is taken over, not committed
    RESCUE_COMMITTED = 12
    EDITS_WRITTEN = 13  # a page of edits is promised, not committed
    EDITS_COMMITTED = 14  # further pages are missing
    UPDATE_HANDLED = 15  # its effect is kept, Telegram has not been told
    SLOTS_COMMITTED = 16  # a page of slots is reckoned anew; further pages are missing


_hook: Callable[[Point], None] | None = None


def reach(point: Point) -> None:
    """Tell whoever watches that a point is reached; nobody does in a running bot."""
    if _hook is not None:
        _hook(point)


@contextmanager
def watched(hook: Callable[[Point], None]) -> Iterator[None]:
    """Have ``hook`` called at every point that is reached; what it raises ends the work there."""
    global _hook
    earlier, _hook = _hook, hook
    try:
        yield
    finally:
        _hook = earlier
