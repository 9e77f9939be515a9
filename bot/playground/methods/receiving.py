"""Methods by which updates come to the bot: asked for, or pushed."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import orjson

from bot.playground import refusals
from bot.playground.arguments import Arguments
from bot.playground.hook import read_hook
from bot.playground.inbox import DEFAULT_KINDS, KINDS, Inbox
from bot.playground.polling import Poller
from bot.playground.refusals import conflict, too_many_requests
from bot.playground.shapes import Json
from bot.playground.webhook import Webhook


@dataclass(frozen=True, slots=True)
class Remarked:
    """A result with the remark that the server adds to some."""

    result: object
    description: str


class Receiving:
    """The two ways, of which only one is open at a time.

    A hook can be set once in ``pause`` seconds.
    """

    def __init__(
        self, inbox: Inbox, poller: Poller, webhook: Webhook, *, pause: float = 1.0
    ) -> None:
        self._pause = pause
        self._inbox = inbox
        self._poller = poller
        self._webhook = webhook
        self._next_set_at = 0.0
        self.methods: dict[str, Callable[[Arguments], Awaitable[object]]] = {
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._get_webhook_info,
        }

    async def _get_updates(self, arguments: Arguments) -> list[orjson.Fragment]:
        if self._webhook.hook is not None:
            raise conflict(refusals.WEBHOOK_ACTIVE)
        return [orjson.Fragment(update.body) for update in await self._poller.poll(arguments)]

    async def _set_webhook(self, arguments: Arguments) -> Remarked:
        if not arguments.text("url"):
            return await self._delete_webhook(arguments)
        now = asyncio.get_running_loop().time()
        if now < self._next_set_at:
            raise too_many_requests(1)
        self._next_set_at = now + self._pause
        hook = read_hook(arguments)
        drops = arguments.flag("drop_pending_updates")
        self._allow(arguments)
        if hook == self._webhook.hook and not drops:
            return Remarked(result=True, description="Webhook is already set")
        self._poller.end(refusals.WEBHOOK_SET)
        await self._webhook.remove()
        if drops:
            self._inbox.keep_last(0)
        self._webhook.set(hook)
        return Remarked(result=True, description="Webhook was set")

    async def _delete_webhook(self, arguments: Arguments) -> Remarked:
        was_set = self._webhook.hook is not None
        await self._webhook.remove()
        if arguments.flag("drop_pending_updates"):
            self._inbox.keep_last(0)
        text = "Webhook was deleted" if was_set else "Webhook is already deleted"
        return Remarked(result=True, description=text)

    async def _get_webhook_info(self, _arguments: Arguments) -> Json:
        hook, webhook = self._webhook.hook, self._webhook
        info: Json = {
            "url": hook.url if hook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._inbox.pending()),
        }
        if webhook.last_error_at is not None:
            info["last_error_date"] = int(webhook.last_error_at.timestamp())
            info["last_error_message"] = webhook.last_error
        if hook is not None:
            info["max_connections"] = hook.connections
            info["ip_address"] = hook.ip_address or "<unknown>"
        if self._inbox.allowed != DEFAULT_KINDS:
            info["allowed_updates"] = [kind for kind in KINDS if kind in self._inbox.allowed]
        return info

    def _allow(self, arguments: Arguments) -> None:
        try:
            self._inbox.allow(arguments.json("allowed_updates"))
        except ValueError:
            return
