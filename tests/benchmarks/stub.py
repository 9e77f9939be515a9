"""A Bot API server that takes everything, in a process of its own: the least there can be.

    python -m tests.benchmarks.stub MILLISECONDS

It prints its address. Every call is answered after so many milliseconds with a Message that
carries 51 entities, as a digest of ten items does. ``GET /arrivals`` gives the instants at which
calls came, in seconds, and forgets them.
"""

import asyncio
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

import orjson

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_ENTITIES = [{"type": "bold", "offset": n * 40, "length": 12} for n in range(51)]
_TEXT = "It was decided that the work begins in spring, and others hold against it. " * 36
_ANSWER = orjson.dumps(
    {
        "ok": True,
        "result": {
            "message_id": 77,
            "date": 1795420800,
            "chat": {"id": 1001, "type": "private", "first_name": "Reader"},
            "from": {"id": 1, "is_bot": True, "first_name": "Bot", "username": "bench_bot"},
            "text": _TEXT,
            "entities": _ENTITIES,
        },
    }
)


def _response(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return head.encode() + b"\r\n\r\n" + body


class Stub(asyncio.Protocol):
    arrivals: ClassVar[list[float]] = []
    delay = 0.0
    answer = _response(_ANSWER)

    def connection_made(self, transport):
        self.transport = transport
        self.buffer = b""

    def data_received(self, data):
        self.buffer += data
        while True:
            head, found, rest = self.buffer.partition(b"\r\n\r\n")
            if not found:
                return
            length = _LENGTH.search(head)
            size = int(length[1]) if length else 0
            if len(rest) < size:
                return
            self.buffer = rest[size:]
            self._answer(head)

    def _answer(self, head):
        if head.startswith(b"GET /arrivals"):
            body = orjson.dumps(Stub.arrivals)
            Stub.arrivals = []
            self.transport.write(_response(body))
            return
        Stub.arrivals.append(time.monotonic())
        if Stub.delay:
            asyncio.get_running_loop().call_later(Stub.delay, self._write)
        else:
            self._write()

    def _write(self):
        if not self.transport.is_closing():
            self.transport.write(Stub.answer)


@contextmanager
def running(delay_ms: float) -> Iterator[str]:
    """Give the address of a stub in another process, and end it."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.stub", str(delay_ms)],
        stdout=subprocess.PIPE,
        text=True,
    ) as stub:
        assert stub.stdout is not None
        try:
            yield stub.stdout.readline().strip()
        finally:
            stub.terminate()


async def main(milliseconds: float) -> None:
    Stub.delay = milliseconds / 1000
    server = await asyncio.get_running_loop().create_server(Stub, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
