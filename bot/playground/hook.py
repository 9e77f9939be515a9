"""Where updates are pushed to, and what the bot may say in reply."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import orjson

from bot.playground import refusals
from bot.playground.arguments import Arguments
from bot.playground.refusals import bad_request
from bot.playground.text.links import BadLink, checked_link

_KEY = re.compile(r"[A-Za-z0-9_-]*")
_MOST_KEY = 256
_MOST_CONNECTIONS = 100
_DEFAULT_CONNECTIONS = 40
_MOST_RETRY_AFTER = 3600
_NOT_BY_REPLY = frozenset({"deletewebhook", "setwebhook", "close", "logout"})
_SECONDS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """An address that was set, and how it is to be called."""

    url: str
    key: str
    connections: int
    ip_address: str = ""
    slots: asyncio.Semaphore = field(compare=False)

    @property
    def headers(self) -> Mapping[str, str]:
        """What every push says besides the update."""
        headers = {"Content-Type": "application/json"}
        return headers | {"X-Telegram-Bot-Api-Secret-Token": self.key} if self.key else headers


def read_hook(arguments: Arguments) -> Hook:
    """Return the hook a call asks for.

    Like the official server with ``--local``, plain HTTP and any port are allowed.
    """
    url = arguments.text("url")
    try:
        checked_link(url)
    except BadLink:
        raise bad_request(refusals.WEBHOOK_URL) from None
    key = arguments.text("secret_token")
    if len(key) > _MOST_KEY:
        raise bad_request(refusals.WEBHOOK_KEY_LONG)
    if not _KEY.fullmatch(key):
        raise bad_request(refusals.WEBHOOK_KEY_CHARACTERS)
    connections = arguments.within("max_connections", _DEFAULT_CONNECTIONS, 1, _MOST_CONNECTIONS)
    return Hook(
        url=url,
        key=key,
        connections=connections,
        ip_address=arguments.text("ip_address"),
        slots=asyncio.Semaphore(connections),
    )


def reply_call(content_type: str, body: bytes) -> tuple[str, Arguments] | None:
    """Return the call that the bot put into its reply, unless it is one that needs an answer."""
    if content_type == "application/json":
        try:
            read = orjson.loads(body)
        except orjson.JSONDecodeError:
            return None
        values = read if isinstance(read, dict) else {}
    elif content_type == "application/x-www-form-urlencoded":
        values = dict(parse_qsl(body.decode("utf-8", "replace")))
    else:
        return None
    method = str(values.pop("method", "")).lower()
    if not method or method.startswith("get") or method in _NOT_BY_REPLY:
        return None
    return method, Arguments(values)


def retry_after(header: str) -> int:
    """Return the seconds a refusal asks for, an hour at most; 0 when it asks for none."""
    found = _SECONDS.match(header)
    return min(int(found[0]), _MOST_RETRY_AFTER) if found else 0
