"""A lean playground in a process of its own, for load: ``python -m bot.playground.bench_server``.

It prints its address in one line and then serves until SIGTERM or SIGINT. ``--log FILE`` has the
journal of what was accepted written there at the end, as ``GET /play/log`` gives it at any time.
"""

import argparse
import asyncio
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.playground.play import log_lines
from bot.playground.server import Playground

_TOKEN = "123456:BENCH"  # noqa: S105  # opens nothing but this server
_EPOCH = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


async def serve(port: int, log: Path | None, *, real_limits: bool) -> None:
    """Serve until told to end. Dates begin at a fixed instant: load needs no calendar."""
    loop = asyncio.get_running_loop()
    started = loop.time()
    playground = Playground(
        token=_TOKEN,
        now=lambda: _EPOCH + timedelta(seconds=loop.time() - started),
        port=port,
        strict=False,
        real_limits=real_limits,
    )
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    async with playground:
        sys.stdout.write(f"{playground.url} {_TOKEN}\n")
        sys.stdout.flush()
        await ended.wait()
    if log is not None:
        log.write_bytes(b"".join(log_lines(playground.accepted)))  # noqa: ASYNC240  # all is over


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log", type=Path, default=None)
    parser.add_argument("--real-limits", action="store_true")
    options = parser.parse_args()
    asyncio.run(serve(options.port, options.log, real_limits=options.real_limits))


if __name__ == "__main__":
    main()
