"""The server for load: any chat, unread texts, a process of its own."""

import asyncio
import signal
import sys
from pathlib import Path

import orjson
from aiohttp import ClientSession

from bot.playground.faults import Fault
from bot.playground.journal import Accepted, Journal, fingerprint
from bot.playground.server import Playground
from tests.playground.botside import TOKEN, BotSide, MovableClock


async def test_any_chat_takes_any_text(clock: MovableClock, session: ClientSession) -> None:
    async with Playground(token=TOKEN, now=clock.now, strict=False) as playground:
        bot = BotSide(session, playground.url)

        sent = await bot.ok("sendMessage", chat_id=42, text="<b>unread", parse_mode="HTML")
        edited = await bot.ok("editMessageText", chat_id=42, message_id=7, text="again")

    assert (sent["text"], sent["chat"]["id"], edited["message_id"]) == ("<b>unread", 42, 7)
    assert [entry[1:] for entry in playground.accepted] == [
        (42, "sendMessage", sent["message_id"], fingerprint("<b>unread")),
        (42, "editMessageText", 7, fingerprint("again")),
    ]
    assert len(playground.calls) == 0


async def test_faults_strike_there_too(clock: MovableClock, session: ClientSession) -> None:
    async with Playground(token=TOKEN, now=clock.now, strict=False) as playground:
        playground.faults.add(Fault(code=500))

        refused = await BotSide(session, playground.url).no("sendMessage", chat_id=1, text="x")

    assert refused == "Internal Server Error"


async def test_people_are_there_too(clock: MovableClock, session: ClientSession) -> None:
    async with Playground(token=TOKEN, now=clock.now, strict=False) as playground:
        reader = playground.person("Reader One")
        await reader.say("/start")

        [update] = await BotSide(session, playground.url).updates()

    assert update["message"]["text"] == "/start"


async def test_every_accepted_message_can_be_followed(
    clock: MovableClock, session: ClientSession
) -> None:
    seen: list[Accepted] = []
    async with Playground(token=TOKEN, now=clock.now, on_accepted=seen.append) as playground:
        reader = playground.person("Reader One", started=True)
        await BotSide(session, playground.url).ok("sendMessage", chat_id=reader.id, text="x")

    assert seen == list(playground.accepted)


def test_a_full_journal_lets_the_oldest_go() -> None:
    journal: Journal[int] = Journal(2)

    for number in range(5):
        journal.add(number)

    assert (list(journal), journal.total, journal.dropped, journal[-1]) == ([3, 4], 5, 3, 4)


def test_a_cleared_journal_counts_anew() -> None:
    journal: Journal[int] = Journal(2)
    journal.add(1)

    journal.clear()

    assert (list(journal), journal.total) == ([], 0)


async def test_a_process_serves_and_leaves_its_journal(
    session: ClientSession, tmp_path: Path
) -> None:
    log = tmp_path / "accepted.jsonl"
    command = [sys.executable, "-m", "bot.playground.bench_server", "--log", str(log)]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    url, token = (await process.stdout.readline()).decode().split()

    async with session.post(
        f"{url}/bot{token}/SendMessage", json={"chat_id": 5, "text": "x"}
    ) as got:
        sent = await got.json()
    process.send_signal(signal.SIGTERM)
    await process.wait()

    [entry] = [orjson.loads(line) for line in log.read_bytes().splitlines()]
    assert (entry["chat_id"], entry["message_id"]) == (5, sent["result"]["message_id"])
    assert process.returncode == 0
