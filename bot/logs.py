"""Logs: a sentence for people, an event and its fields for machines, and never a secret.

The filter hangs on the root handlers, since a filter of a logger does not see what its children
log. It goes over the text, the arguments and the traceback: libraries put the token into
addresses, and addresses into exceptions.
"""

import hashlib
import logging
import re
import secrets
import sys
from typing import ClassVar

import orjson

_TOKEN = re.compile(r"\b\d{6,}:[A-Za-z0-9_-]{30,}")
_HIDDEN = "<token>"
#: Libraries that log addresses, or what people write, below this.
_QUIET = ("httpx", "httpcore", "telegram", "aiosqlite", "asyncio", "apscheduler", "alembic")
_OWN_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_KEY = secrets.token_bytes(16)


def set_up_logs(*, level: str, as_json: bool) -> None:
    """Send logs to standard error, as lines for people or as JSON, without secrets."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if as_json else PlainLines())
    handler.addFilter(hide_tokens)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def hide_tokens(record: logging.LogRecord) -> bool:
    """Take every bot token out of a record; always let it pass."""
    said = record.getMessage()
    if record.exc_info and not record.exc_text:
        record.exc_text = logging.Formatter().formatException(record.exc_info)
    if record.exc_text:
        record.exc_text = _TOKEN.sub(_HIDDEN, record.exc_text)
    record.msg, record.args = _TOKEN.sub(_HIDDEN, said), None
    for name, value in _fields(record).items():
        if isinstance(value, str):
            setattr(record, name, _TOKEN.sub(_HIDDEN, value))
    return True


def chat_tag(chat_id: int) -> str:
    """Return what stands for a chat in the logs of this run: the same each time, no way back."""
    return hashlib.blake2b(str(chat_id).encode(), key=_KEY, digest_size=5).hexdigest()


class PlainLines(logging.Formatter):
    """``16:03:07 INFO  a sentence (event=…, n=…)``."""

    _FORMAT: ClassVar[str] = "%(asctime)s %(levelname)-7s %(message)s"

    def __init__(self) -> None:
        super().__init__(self._FORMAT, datefmt="%H:%M:%S")

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
        if record.exc_text:
            line["traceback"] = record.exc_text
        return orjson.dumps(line, default=str).decode()


def _fields(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in vars(record).items() if name not in _OWN_FIELDS}
