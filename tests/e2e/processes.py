"""Real processes of the bot, watched by what they print.

Most are forked from a server that has done the imports, since those take longer than all the
rest; a fork has signals, files and an end of its own like any other process.
"""

import asyncio
import multiprocessing
import os
import socket
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any, Protocol

from tests.e2e import child

DEADLINE_SECONDS = 30.0

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.e2e.child"])


class Handle(Protocol):
    pid: int

    async def wait(self) -> int: ...


class Process:
    """A process under watch: its lines, and the end that it came to."""

    def __init__(self, handle: Handle, out: IO[bytes], err: IO[bytes]) -> None:
        self.pid = handle.pid
        self.out: list[str] = []
        self.err: list[str] = []
        self._news = asyncio.Condition()
        self._open_pipes = 2
        self._reading = [
            asyncio.create_task(self._read(out, self.out)),
            asyncio.create_task(self._read(err, self.err)),
        ]
        self._ending = asyncio.create_task(handle.wait())

    def send(self, signal: int) -> None:
        """Send a signal."""
        os.kill(self.pid, signal)

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self._ending.done()

    async def said(self, words: str) -> str:
        """Wait for a line on standard error that holds the words, and return it."""
        async with _deadline(self, f"did not say {words!r}"), self._news:
            while True:
                for line in self.err:
                    if words in line:
                        return line
                if not self._open_pipes:
                    raise AssertionError(f"ended without saying {words!r}:\n{self.transcript()}")
                await self._news.wait()

    async def end(self) -> int:
        """Wait for the end and return the exit code, a signal as its negative number."""
        async with _deadline(self, "did not end"):
            code = await asyncio.shield(self._ending)
            await asyncio.gather(*self._reading)
        return code

    async def lives_on(self, seconds: float) -> bool:
        """Wait so long, or until it ends, and tell whether it lives."""
        await asyncio.wait({self._ending}, timeout=seconds)
        return not self.is_over

    def transcript(self) -> str:
        """Return everything that was printed."""
        return "\n".join([*self.out, "--- standard error", *self.err])

    async def _read(self, pipe: IO[bytes], lines: list[str]) -> None:
        reader = asyncio.StreamReader(limit=1 << 20)
        loop = asyncio.get_running_loop()
        transport, _ = await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), pipe
        )
        async for line in reader:
            lines.append(line.decode().rstrip("\n"))
            await self._tell()
        transport.close()
        self._open_pipes -= 1
        await self._tell()

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()


async def fork(arguments: Sequence[str], environment: dict[str, str], folder: Path) -> Process:
    """Start ``counterpoint`` with the arguments as a process of its own."""
    (out, out_end), (err, err_end) = _FORKS.Pipe(duplex=False), _FORKS.Pipe(duplex=False)
    forked: Any = _FORKS.Process(
        target=child.live, args=(list(arguments), environment, folder, out_end, err_end)
    )
    forked.start()
    out_end.close()
    err_end.close()
    return Process(_Forked(forked), _file(out), _file(err))


async def execute(command: Sequence[str], environment: dict[str, str], folder: Path) -> Process:
    """Start a command as an operator does, imports and all."""
    (out, out_end), (err, err_end) = os.pipe(), os.pipe()
    started = await asyncio.create_subprocess_exec(
        *command, env=environment, cwd=folder, stdin=asyncio.subprocess.DEVNULL,
        stdout=out_end, stderr=err_end,
    )  # fmt: skip
    os.close(out_end)
    os.close(err_end)
    return Process(started, os.fdopen(out, "rb", 0), os.fdopen(err, "rb", 0))


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


PYTHON_M_BOT = (sys.executable, "-m", "bot")
COUNTERPOINT = (str(Path(sys.executable).with_name("counterpoint")),)


class _Forked:
    def __init__(self, forked: Any) -> None:
        self.pid = forked.pid
        self._forked = forked

    async def wait(self) -> int:
        loop = asyncio.get_running_loop()
        ended = loop.create_future()
        loop.add_reader(self._forked.sentinel, lambda: ended.done() or ended.set_result(None))
        try:
            await ended
        finally:
            loop.remove_reader(self._forked.sentinel)
        self._forked.join()
        code: int = self._forked.exitcode
        self._forked.close()
        return code


class _deadline:  # noqa: N801 - reads as a statement
    def __init__(self, process: Process, failing: str) -> None:
        self._process = process
        self._failing = failing
        self._timeout = asyncio.timeout(DEADLINE_SECONDS)

    async def __aenter__(self) -> None:
        await self._timeout.__aenter__()

    async def __aexit__(self, *error: Any) -> None:
        try:
            await self._timeout.__aexit__(*error)
        except TimeoutError:
            raise AssertionError(
                f"the process {self._failing} in time:\n{self._process.transcript()}"
            ) from None


def _file(end: Connection) -> IO[bytes]:
    file = os.fdopen(os.dup(end.fileno()), "rb", 0)
    end.close()
    return file
