"""The page: somebody writes, taps, uploads, reads; by mouse, by keyboard, on a phone."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from bot.playground.server import Playground
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

EDITOR = "Editor One"


async def choose(page: Page, name: str) -> None:
    await page.locator("#chats").get_by_role("button", name=name).click()
    await expect(page.get_by_role("heading", name=name)).to_be_visible()


async def say(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Message").fill(text)
    await page.get_by_role("button", name="Send", exact=True).click()


async def show_digest(page: Page) -> None:
    await choose(page, EDITOR)
    await say(page, "/digest")
    await expect(page.get_by_text("SpaceX has secured")).to_be_visible()


async def test_somebody_says_something_and_is_answered(open_page: OpenPage) -> None:
    page = await open_page()
    await choose(page, EDITOR)

    await say(page, "space force")

    await expect(page.get_by_role("article", name="Counterpoint")).to_contain_text(
        "You said: space force"
    )


async def test_a_newcomer_begins_with_one_button(open_page: OpenPage) -> None:
    page = await open_page()
    await expect(page.get_by_text("One digest a day, finite.")).to_be_visible()

    await page.get_by_role("button", name="Start", exact=True).click()

    await expect(page.get_by_text("SpaceX has secured")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Message")).to_be_focused()


async def test_a_tap_changes_the_button_that_keeps_the_focus(open_page: OpenPage) -> None:
    page = await open_page()
    await show_digest(page)

    await page.get_by_role("button", name="Space", exact=True).click()

    chosen = page.get_by_role("button", name="✓ Space")
    await expect(chosen).to_be_focused()
    await expect(page.locator("#toast")).to_have_text("Noted")


async def test_an_alert_wants_to_be_closed(open_page: OpenPage) -> None:
    page = await open_page()
    await show_digest(page)

    await page.get_by_role("button", name="Delete all").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("This cannot be undone.")
    await page.keyboard.press("Enter")

    await expect(dialog).to_be_hidden()


async def test_a_long_quote_unfolds(open_page: OpenPage) -> None:
    page = await open_page()
    await show_digest(page)
    more = page.get_by_role("button", name="Show more")
    await expect(more).to_have_attribute("aria-expanded", "false")

    await more.click()

    less = page.get_by_role("button", name="Show less")
    await expect(less).to_have_attribute("aria-expanded", "true")
    await expect(page.get_by_text("The end of it.")).to_be_in_viewport()


async def test_a_spoiler_is_shown_when_it_is_pressed(open_page: OpenPage) -> None:
    page = await open_page()
    await show_digest(page)
    await expect(page.get_by_text("the hidden word")).to_be_hidden()

    await page.get_by_role("button", name="Hidden text").click()

    await expect(page.get_by_text("the hidden word")).to_be_visible()


async def test_a_file_is_sent(open_page: OpenPage) -> None:
    page = await open_page()
    await choose(page, EDITOR)

    await page.locator("#file").set_input_files(
        {"name": "briefs.txt", "mimeType": "text/plain", "buffer": b"TOPICS: x"}
    )

    await expect(page.get_by_text("Got briefs.txt, 9 bytes")).to_be_visible()
    await expect(page.get_by_role("link", name="briefs.txt")).to_be_visible()


async def test_an_edited_message_says_so(open_page: OpenPage) -> None:
    page = await open_page()
    await choose(page, EDITOR)
    await say(page, "one")

    await page.get_by_role("button", name="Edit “one”").click()
    await say(page, "two")

    mine = page.get_by_role("article", name=EDITOR)
    await expect(mine).to_contain_text("two")
    await expect(mine).to_contain_text("edited")


async def test_a_message_in_another_chat_is_counted(
    open_page: OpenPage, playground: Playground
) -> None:
    page = await open_page()

    await playground.cast.get_person(1000003).say("hello")

    chat = page.locator("#chats").get_by_role("button", name=EDITOR)
    await expect(chat).to_contain_text("1 new messages")


async def test_a_time_is_shown_in_the_readers_own_zone(open_page: OpenPage) -> None:
    page = await open_page()

    await show_digest(page)

    await expect(page.locator("time")).to_have_text("Tuesday 08:00")
    await expect(page.locator("time")).to_have_attribute("datetime", "2026-11-24T07:00:00.000Z")


async def test_a_command_is_chosen_from_the_menu(open_page: OpenPage) -> None:
    page = await open_page()
    await choose(page, EDITOR)

    await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("button", name="/help").click()

    await expect(page.get_by_text("You said: /help")).to_be_visible()


async def test_one_who_blocks_the_bot_can_take_it_back(open_page: OpenPage) -> None:
    page = await open_page()
    await choose(page, EDITOR)
    await page.get_by_text("More", exact=True).click()
    await page.get_by_role("button", name="Block the bot").click()
    await expect(page.get_by_role("textbox", name="Message")).to_be_hidden()

    await page.get_by_role("button", name="Unblock the bot").click()

    await expect(page.get_by_role("textbox", name="Message")).to_be_visible()


async def test_the_clock_is_moved(open_page: OpenPage) -> None:
    page = await open_page()
    await expect(page.locator("#clock-now")).to_contain_text("22 Nov 2026, 09:00")

    await page.get_by_role("button", name="Next due").click()

    await expect(page.locator("#clock-now")).to_contain_text("23 Nov 2026, 09:00")


async def test_a_fault_shows_among_the_calls(open_page: OpenPage) -> None:
    page = await open_page()
    await choose(page, EDITOR)
    await page.get_by_text("Faults", exact=True).click()
    await page.get_by_label("Fault", exact=True).select_option("server error, accepted")
    await page.locator("#fault-form").get_by_role("button", name="Add").click()
    await expect(
        page.get_by_text("answer on sendMessage: 1 to come, takes effect")
    ).to_be_visible()

    await say(page, "hello")

    await expect(page.locator("#calls .failed").first).to_have_text("500 answer")


async def test_what_is_stored_is_shown(open_page: OpenPage) -> None:
    page = await open_page()

    await page.get_by_text("Data", exact=True).click()

    await expect(page.get_by_role("cell", name="active")).to_be_visible()


async def test_a_group_is_written_to_as_one_of_its_members(open_page: OpenPage) -> None:
    page = await open_page()
    await choose(page, "Newsroom")

    await say(page, "/digest")

    await expect(page.get_by_text("SpaceX has secured")).to_be_visible()
    await expect(page.get_by_role("article", name=EDITOR)).to_have_class("message mine")


async def test_somebody_new_comes_in(open_page: OpenPage) -> None:
    page = await open_page()

    await page.get_by_label("Somebody new").fill("Reader Nine")
    await page.locator("#add-person").get_by_role("button", name="Add").click()

    await expect(page.get_by_role("heading", name="Reader Nine")).to_be_visible()


async def test_the_keyboard_is_enough(open_page: OpenPage) -> None:
    page = await open_page()
    chat = page.locator("#chats").get_by_role("button", name=EDITOR)
    await chat.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("textbox", name="Message")).to_be_focused()

    await page.keyboard.type("/digest")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("SpaceX has secured")).to_be_visible()
    for _ in range(20):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate("document.activeElement.textContent") == "Space":
            break
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("button", name="✓ Space")).to_be_focused()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everybody_can_use_it(open_page: OpenPage, scheme: str, width: int) -> None:
    page = await open_page(width=width, scheme=scheme)
    if width < 800:
        await page.get_by_role("button", name="Chats").click()
    await show_digest(page)
    await page.get_by_role("button", name="Show more").click()
    await page.get_by_role("button", name="Space", exact=True).click()
    await expect(page.locator("#toast")).to_have_text("Noted")

    found = await Axe().run(page)

    assert found.violations_count == 0, found.generate_report()


async def test_nothing_is_wider_than_a_phone(open_page: OpenPage) -> None:
    page = await open_page(width=360)
    await page.get_by_role("button", name="Chats").click()

    await show_digest(page)

    assert await page.evaluate("document.documentElement.scrollWidth") <= 360


async def test_on_a_phone_the_inspector_lies_over_the_chat(open_page: OpenPage) -> None:
    page = await open_page(width=390)
    toggle = page.get_by_role("button", name="Inspector")

    await toggle.click()
    await expect(page.locator("#clock-now")).to_be_visible()
    await page.keyboard.press("Escape")

    await expect(page.locator("#clock-now")).to_be_hidden()
    await expect(toggle).to_have_attribute("aria-expanded", "false")
