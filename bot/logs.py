"""Logs: a sentence for people, an event and its fields for machines, and never a secret.

Tokens are hidden in the finished line, so that it does not matter where in it they stood: in
the text, in an argument, in a field, in a traceback. Libraries put the token into addresses,
and addresses into exceptions.
"""

import hashlib
import json
import logging
import re
import secrets
import sys
from typing import ClassVar

#: In an address it follows "/bot" without a border between, and the colon may be escaped.
_TOKEN = re.compile(r"\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE | re.ASCII)
_HIDDEN = "<token>"
#: Libraries that log addresses, or what people write, below this.
_QUIET = ("httpx", "httpcore", "telegram", "aiosqlite", "asyncio", "alembic")
_OWN_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_KEY = secrets.token_bytes(16)


def set_up_logs(*, level: str, as_json: bool) -> None:
    """Send logs to standard error, as lines for people or as JSON, without secrets."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if as_json else PlainLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    # It warns every second of a long run that sending is still under way.
    logging.getLogger("apscheduler").setLevel(max(logging.ERROR, root.level))


def hide_tokens(line: str) -> str:
    """Return a line of the log with every bot token taken out."""
    return _TOKEN.sub(_HIDDEN, line)


def chat_tag(chat_id: int) -> str:
    """Return what stands for a chat in the logs of this run: the same each time, no way back."""
    return hashlib.blake2b(str(chat_id).encode(), key=_KEY, digest_size=5).hexdigest()


class PlainLines(logging.Formatter):
    """``16:03:07 INFO  a sentence (event=…, n=…)``."""

    _FORMAT: ClassVar[str] = "%(asctime)s %(levelname)-7s %(message)s"

    def __init__(self) -> None:
        super().__init__(self._FORMAT, datefmt="%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a line, with the traceback under it."""
        return hide_tokens(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        """Return the line with the fields behind it."""
        fields = ", ".join(f"{name}={value}" for name, value in _fields(record).items())
        return super().formatMessage(record) + (f" ({fields})" if fields else "")


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON."""
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "said": record.getMessage(),
            **_fields(record),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        if record.stack_info:
            line["stack"] = self.formatStack(record.stack_info)
        return hide_tokens(json.dumps(line, default=str))


def _fields(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in vars(record).items() if name not in _OWN_FIELDS}
