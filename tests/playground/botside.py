"""What the tests of the playground hold in their hands: a clock, and a bot's side of the wire."""

from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import ClientSession

TOKEN = "123456:TEST"


class MovableClock:
    """An instant that stays until it is moved."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant

    def advance(self, **by: float) -> None:
        self.instant += timedelta(**by)


class BotSide:
    """Calls methods as a bot does, with JSON bodies."""

    def __init__(self, session: ClientSession, url: str) -> None:
        self.session = session
        self.url = url
        self.offset = 0

    async def answer(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Return the whole answer."""
        url = f"{self.url}/bot{TOKEN}/{method}"
        async with self.session.post(url, json=parameters) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == answer.get("error_code", 200)
            return answer

    async def ok(self, method: str, **parameters: Any) -> Any:
        """Return the result of a call that must be done."""
        answer = await self.answer(method, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    async def no(self, method: str, **parameters: Any) -> str:
        """Return the description of a call that must be refused."""
        answer = await self.answer(method, **parameters)
        assert not answer["ok"], answer
        description: str = answer["description"]
        return description

    async def updates(self, **parameters: Any) -> list[Any]:
        """Return what has come since the last look, and confirm it at the next."""
        updates: list[Any] = await self.ok("getUpdates", offset=self.offset, **parameters)
        if updates:
            self.offset = updates[-1]["update_id"] + 1
        return updates


class Browser:
    """Calls ``/play`` as the page does."""

    def __init__(self, session: ClientSession, url: str) -> None:
        self.session = session
        self.url = url

    async def post(self, action: str, **body: Any) -> tuple[int, Any]:
        async with self.session.post(f"{self.url}/play/{action}", json=body) as response:
            return response.status, await response.json()

    async def get(self, path: str) -> Any:
        async with self.session.get(f"{self.url}/play/{path}") as response:
            return await response.json()
