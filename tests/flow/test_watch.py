"""What owners are told without asking, and what is told to whoever watches the bot."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.playground.faults import Fault
from bot.playground.people import Person
from tests.factories import make_document
from tests.flow.making import OWNER
from tests.flow.stage import Scene, texts_to

TOMORROW = timedelta(days=1)


async def watch(scene: Scene) -> list[str]:
    """Let a minute's look at things happen, and return what the owner was told by it."""
    before = len(texts_to(scene.owner))
    await scene.bot._watch.run()
    return texts_to(scene.owner)[before:]


async def after_the_run(scene: Scene) -> None:
    """Push the clock past a morning's digests, and an hour more."""
    morning = (scene.clock.now() + TOMORROW).replace(hour=8, minute=0)
    await scene.move_to(morning)
    scene.clock.move_to(morning + timedelta(hours=1, minutes=1))


async def test_the_morning_run_is_reported(scene):
    await scene.joins(scene.reader, follows="battery storage")
    await scene.release(make_document())
    await after_the_run(scene)

    (report,) = await watch(scene)

    assert report.startswith("The morning run of Monday")
    assert "1 digest was due: 1 sent, 0 late, 0 waiting, 0 uncertain, 0 ended unsent." in report
    assert "1 brief went out since yesterday." in report


async def test_a_run_is_reported_once(scene):
    await after_the_run(scene)
    await watch(scene)

    assert await watch(scene) == []


async def test_a_run_is_reported_once_over_a_restart(scene):
    await after_the_run(scene)
    await watch(scene)
    await scene.bot.stop()

    await scene.restart()

    assert await watch(scene) == []


async def test_the_report_waits_for_the_run(scene):
    morning = (scene.clock.now() + TOMORROW).replace(hour=8, minute=0)
    scene.clock.move_to(morning - timedelta(minutes=1))
    await watch(scene)
    scene.clock.move_to(morning + timedelta(minutes=59))

    assert await watch(scene) == []


async def test_silence_of_the_source_is_told(scene):
    for hour in range(8):
        scene.clock.move_to(scene.clock.now() + timedelta(hours=1))
        await scene.release(make_document(body=f"Brief {hour} says that something happened."))
    await watch(scene)
    scene.clock.move_to(scene.clock.now() + timedelta(hours=3))

    (alarm,) = await watch(scene)

    assert alarm.startswith("No brief has come for 3 hours; usually one comes every 1 hours.")
    assert await watch(scene) == []


class TestLongWait:
    """Telegram asks the bot to wait for longer than ten minutes."""

    @pytest.fixture
    async def scene(self, scene):
        scene.expected_events.add("pace.long_wait")
        await scene.joins(scene.reader, follows="battery storage")
        await scene.release(make_document())
        await watch(scene)  # the report of the morning
        return scene

    async def flooded(self, scene: Scene, seconds: int, *people: Person) -> None:
        """Let a digest of each meet a 429."""
        asked = people or (scene.reader,)
        for person in asked:
            scene.playground.faults.add(
                Fault(
                    method="sendMessage",
                    code=429,
                    description="Too Many Requests",
                    retry_after=seconds,
                    chat_id=person.id,
                )
            )
            await person.say("/digest")
        await scene.handled()
        await scene.all_sent()

    async def test_owners_are_told_of_a_long_wait(self, scene):
        await self.flooded(scene, 10072)

        assert await watch(scene) == [
            "Telegram asks the bot to wait 2 h 48 min before it writes to one chat again."
            " Its digests wait, nothing is lost."
        ]

    async def test_a_wait_of_several_chats_is_told_once(self, scene):
        await scene.joins(scene.other, follows="battery storage")
        await self.flooded(scene, 1200, scene.reader, scene.other)
        await scene.clock.wait(60)  # while everything rests

        assert await watch(scene) == [
            "Telegram asks the bot to wait 19 min before it writes to 2 chats again."
            " Their digests wait, nothing is lost."
        ]

    async def test_a_wait_that_is_about_no_chat_is_told(self, scene):
        scene.bot._watch._pace.long_waits.note(1200)

        assert await watch(scene) == [
            "Telegram asks the bot to wait 20 min. Digests wait, nothing is lost."
        ]

    async def test_owners_are_told_of_long_waits_once_an_hour(self, scene):
        await self.flooded(scene, 10072)
        await watch(scene)
        scene.clock.move_to(scene.clock.now() + timedelta(minutes=59))

        assert await watch(scene) == []

    async def test_owners_are_told_again_after_an_hour(self, scene):
        await self.flooded(scene, 10072)
        await watch(scene)
        scene.clock.move_to(scene.clock.now() + timedelta(hours=1))

        assert len(await watch(scene)) == 1

    async def test_a_wait_of_ten_minutes_is_not_told(self, scene):
        await self.flooded(scene, 600)

        assert await watch(scene) == []

    async def test_the_metrics_say_how_long_is_left(self, scene):
        await self.flooded(scene, 10072)

        said = scene.bot.metrics.write().decode()

        (left,) = re.findall(r"^counterpoint_told_to_wait_seconds (.*)$", said, re.M)
        assert 10000 < float(left) <= 10072

    async def test_an_owner_who_cannot_be_told_is_left_alone_as_long(self, scene):
        await self.flooded(scene, 10072)
        scene.playground.faults.add(
            Fault(code=429, description="Too Many Requests", retry_after=900, chat_id=OWNER)
        )

        assert await watch(scene) == []
        assert scene.bot._watch._pace.chat_wait(OWNER) > 800


class TestHeartbeat:
    @pytest.fixture
    async def beats(self) -> AsyncIterator[list[str]]:
        heard: list[str] = []

        async def hear(request: web.Request) -> web.Response:
            heard.append(request.path)
            return web.Response()

        app = web.Application()
        app.router.add_get("/beat", hear)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]
        yield heard
        await runner.cleanup()

    @pytest.fixture
    def scene_settings(self, beats: list[str]) -> dict[str, dict[str, Any]]:
        assert beats == []
        return {"operations": {"heartbeat_url": f"http://127.0.0.1:{self.port}/beat"}}

    async def test_a_bot_that_is_well_says_so_every_minute(self, scene, beats):
        await watch(scene)

        assert beats == ["/beat"]

    async def test_a_bot_that_is_not_well_is_silent(self, scene, beats):
        scene.clock.move_to(scene.clock.now() + timedelta(minutes=30))

        await watch(scene)

        assert beats == []
