"""The page in a Chromium, with a playground and a bot behind it."""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

from bot.playground.server import Playground
from tests.browser.fakebot import FakeBot

TOKEN = "123456:TEST"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

OpenPage = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.fail("there is no Chromium on this machine; on Debian: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=_ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def playground() -> AsyncIterator[Playground]:
    instant = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)

    async def move(to: datetime | None) -> None:
        nonlocal instant
        instant = to or instant + timedelta(days=1)

    async def data() -> dict[str, object]:
        return {"subscribers": [{"chat": "Reader One", "status": "active"}], "briefs": 18}

    async with Playground(
        token=TOKEN, now=lambda: instant, move_clock=move, data=data
    ) as playground:
        playground.person("Reader One")
        playground.person("قارئ", language="ar", started=True)
        editor = playground.person("Editor One", started=True)
        playground.group("Newsroom", [editor])
        async with ClientSession() as session:
            bot = FakeBot(session, f"{playground.url}/bot{TOKEN}")
            running = asyncio.create_task(bot.run())
            yield playground
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, playground: Playground) -> AsyncIterator[OpenPage]:
    """Give what opens the page; at the end the page must have had nothing to complain of."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    async def open_page(*, width: int = 1280, scheme: str = "light") -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]  # the tests name it
            locale="en-GB",
            timezone_id="Europe/Berlin",
            reduced_motion="reduce",
        )
        page = await context.new_page()
        page.set_default_timeout(5000)
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(playground.url)
        await page.locator("#chat-list button").first.wait_for(state="attached")
        await page.get_by_role("button", name="Got it").click()
        return page

    yield open_page
    for context in browser.contexts:
        await context.close()
    assert complaints == []
