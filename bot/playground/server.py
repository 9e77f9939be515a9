"""The playground: a Bot API server on a loopback port, its people, and the page to be them."""

from collections.abc import Callable, Sequence
from datetime import datetime

from aiohttp import web

from bot.playground.actions import Stage
from bot.playground.arguments import Arguments
from bot.playground.botapi import BotApi, Records
from bot.playground.cast import Cast
from bot.playground.faults import Faults
from bot.playground.guard import add_headers, guard_for
from bot.playground.inbox import Inbox
from bot.playground.journal import Accepted, Call, Journal
from bot.playground.lean import LEAN_METHODS
from bot.playground.limits import RealLimits
from bot.playground.methods.receiving import Receiving
from bot.playground.methods.table import METHODS
from bot.playground.model import ChatKind, Status, User
from bot.playground.pages import add_pages
from bot.playground.people import Community, Person
from bot.playground.play import Data, Given, MoveClock, Play
from bot.playground.polling import Poller
from bot.playground.text.engine import Engine
from bot.playground.text.reading import TextReader
from bot.playground.webhook import Webhook
from bot.playground.world import World

_MOST_BODY = 2 << 20
_MOST_CALLS = 1000
_MOST_ACCEPTED = 1_000_000
_BACKLOG = 1024


class Playground:
    """A Telegram of one's own.

    ``now`` is the clock of the chats: dates, expiry, what is too old to delete. Waiting is done in
    real time. With ``strict=False`` texts are taken unread for any chat and nothing is kept but
    the journal of what was accepted. ``real_limits`` holds the bot to Telegram's published limits.
    """

    def __init__(  # noqa: PLR0913  # named by the caller, all but two with a default
        self,
        *,
        token: str,
        now: Callable[[], datetime],
        host: str = "127.0.0.1",
        port: int = 0,
        name: str = "Counterpoint",
        username: str = "CounterpointBot",
        strict: bool = True,
        real_limits: bool = False,
        callback_seconds: float = 15.0,
        engine: Engine | None = None,
        move_clock: MoveClock | None = None,
        data: Data | None = None,
        on_accepted: Callable[[Accepted], None] | None = None,
    ) -> None:
        bot = User(id=int(token.partition(":")[0]), first_name=name, username=username)
        bot.is_bot = True
        self.token = token
        self.faults = Faults()
        self.accepted: Journal[Accepted] = Journal(_MOST_ACCEPTED, on_accepted)
        self.calls: Journal[Call] = Journal(_MOST_CALLS)
        self.inbox = Inbox(now, self.faults.repeats)
        self.world = World(bot=bot, now=now, inbox=self.inbox, texts=TextReader(engine))
        self.cast = Cast(self.world, callback_seconds)
        self._webhook = Webhook(self.inbox, now, self._call)
        self._poller = Poller(self.inbox)
        records = Records(accepted=self.accepted, calls=self.calls if strict else None)
        self._api = BotApi(
            self.world,
            token=token,
            methods=METHODS if strict else LEAN_METHODS,
            receiving=Receiving(self.inbox, self._poller, self._webhook),
            faults=self.faults,
            records=records,
        )
        self._api.limits = RealLimits() if real_limits else None
        stage = Stage(world=self.world, cast=self.cast, faults=self.faults)
        self._play = Play(stage, records, Given(move_clock=move_clock, data=data))
        self._host, self._port = host, port
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen; afterwards ``url`` says where."""
        runner = web.AppRunner(
            self._make_app(), access_log=None, handler_cancellation=True, shutdown_timeout=1.0
        )
        await runner.setup()
        site = web.TCPSite(runner, self._host, self._port, backlog=_BACKLOG)
        await site.start()
        self._port = runner.addresses[0][1]
        self._runner = runner

    async def stop(self) -> None:
        """Answer who waits, close all connections and listen no more."""
        self._api.stopping.set()
        self._play.streams.close()
        self._poller.wake()
        await self._webhook.remove()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> "Playground":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """Where the server listens; calls go to ``<url>/bot<token>/<method>``."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    def person(
        self,
        name: str,
        *,
        language: str = "en",
        username: str = "",
        id: int | None = None,  # noqa: A002  # it is the person's id
        started: bool = False,
    ) -> Person:
        """Bring somebody in; the bot cannot write to them until they have ``started``."""
        user = User(
            id=id or self.world.draw_person_id(),
            first_name=name,
            username=username,
            language_code=language,
        )
        return self.cast.add_person(user, is_started=started)

    def group(self, title: str, members: Sequence[Person], *, with_bot: bool = True) -> Community:
        """Found a group; the first member runs it."""
        bot = Status.MEMBER if with_bot else Status.LEFT
        return self.cast.add_community(ChatKind.GROUP, title, members, bot)

    def supergroup(
        self, title: str, members: Sequence[Person], *, with_bot: bool = True
    ) -> Community:
        """Found a supergroup; the first member runs it."""
        bot = Status.MEMBER if with_bot else Status.LEFT
        return self.cast.add_community(ChatKind.SUPERGROUP, title, members, bot)

    def channel(
        self, title: str, members: Sequence[Person], *, bot: Status = Status.ADMINISTRATOR
    ) -> Community:
        """Found a channel; the first member runs it, and so does the bot."""
        return self.cast.add_community(ChatKind.CHANNEL, title, members, bot)

    def migrate(self, group: Community) -> Community:
        """Turn a group into a supergroup and return that."""
        return self.cast.migrate(group)

    def _make_app(self) -> web.Application:
        app = web.Application(client_max_size=_MOST_BODY, middlewares=[guard_for(self._host)])
        app.router.add_route("*", "/bot{token}/{method}", self._api.handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._api.handle_file)
        app.router.add_route("*", "/bot{rest:.*}", self._api.handle_unknown)
        self._play.add_routes(app)
        add_pages(app)
        app.on_response_prepare.append(add_headers)
        return app

    async def _call(self, method: str, arguments: Arguments) -> None:
        await self._api.call(method, arguments)
