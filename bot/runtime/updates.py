"""Where updates come from: fetched by the leader, or pushed to any process."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.botapi.connect import AnyBot
from bot.chat.insisting import insist
from bot.chat.intake import Intake
from bot.chat.polling import Poller
from bot.chat.updates import have_kept, have_pushed, secret_of
from bot.errors import ConfigError
from bot.metrics import Metrics
from bot.runtime.parts import Parts
from bot.web.parts import WebParts
from bot.web.server import WebServer
from bot.web.telegram import PATH

log = logging.getLogger(__name__)


class Updates:
    """The web server, and the loop that fetches updates where none are pushed."""

    def __init__(
        self,
        parts: Parts,
        bot: AnyBot,
        intake: Intake,
        metrics: Metrics,
        *,
        wake: Callable[[], None],
        failing: Callable[[], Mapping[str, str]],
    ) -> None:
        self._parts, self._bot, self._intake, self._metrics = parts, bot, intake, metrics
        self._poller = Poller(bot, intake, parts.clock)
        self._polling: asyncio.Task[None] | None = None
        self.web_port: int | None = None
        self._pushed_at: datetime | None = None
        web, ingest = parts.settings.web, parts.settings.ingest
        self._url = web.public_url
        self._secret = secret_of(web, parts.settings.telegram)
        host, _, port = web.listen.rpartition(":")
        self._server = WebServer(
            WebParts(
                db=parts.db,
                clock=parts.clock,
                metrics=metrics,
                intake=parts.intake,
                ingest=ingest,
                handle_update=self._take,
                wake=wake,
                failing=failing,
                key=ingest.key.get_secret_value() if ingest.key else None,
                webhook_secret=self._secret if self._url else None,
            ),
            host=host,
            port=int(port),
        )

    @property
    def last_answer_at(self) -> datetime | None:
        """When Telegram last answered or pushed."""
        return self._pushed_at if self._url else self._poller.last_answer_at

    @property
    def is_pushed(self) -> bool:
        """Whether Telegram pushes updates, and so may be silent for long."""
        return self._url is not None

    @property
    def problem(self) -> str | None:
        """What keeps updates away, None for nothing."""
        return self._poller.problem

    async def start(self, *, leads: bool) -> None:
        """Listen, and fetch or have pushed. Raises ``ConfigError`` if that cannot be."""
        try:
            self.web_port = await self._server.start()
        except OSError as error:
            listen = self._parts.settings.web.listen
            reason = str(error.strerror).rpartition(": ")[2]  # without the address, once more
            msg = f"COUNTERPOINT_WEB__LISTEN is {listen!r}: {reason}"
            if self._url or self._parts.settings.ingest.key:
                raise ConfigError(msg) from None
            log.warning("%s; health and metrics are not served", msg)
        bot, clock = self._bot, self._parts.clock
        if self._url:
            url, secret = self._url + PATH, self._secret
            await insist(lambda: have_pushed(bot, url=url, secret=secret), clock)
        elif leads:
            await insist(lambda: have_kept(bot), clock)
            self._fetch()

    async def follow(self, *, leads: bool) -> None:
        """Begin or stop to fetch as the leadership comes and goes."""
        if self._url:
            return
        if leads and self._polling is None:
            await have_kept(self._bot)
            self._fetch()
        elif not leads and self._polling is not None:
            await self._stop_fetching()

    async def stop(self) -> None:
        """Take no more updates; those under way end."""
        await self._stop_fetching()
        await self._server.stop()

    def _fetch(self) -> None:
        self._poller = Poller(self._bot, self._intake, self._parts.clock)
        self._polling = asyncio.create_task(self._poller.run())

    async def _stop_fetching(self) -> None:
        if self._polling is not None:
            self._poller.stop()
            await self._polling
            self._polling = None

    async def _take(self, raw: dict[str, Any]) -> None:
        self._pushed_at = self._parts.clock.now()
        self._metrics.updates.inc()
        await self._intake.start(raw)
