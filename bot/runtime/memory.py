"""How the interpreter is set for a process that lives long and plans while it answers."""

import gc
import sys

#: Planning makes a hundred objects a reader that all live until their page is written; at the
#: default of 700 the collector walks them again and again, for a quarter of the time.
OBJECTS = 50_000
#: While a thread chooses, every step of the loop and of SQLite's threads waits this long for its
#: turn; the default is 5 ms, ten times as long.
TURN_SECONDS = 0.0005


def settle() -> None:
    """Collect less often, without what is here now, and let threads take shorter turns.

    Called once, at start.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS, 20, 20)
    sys.setswitchinterval(TURN_SECONDS)
