"""The bot's own web server: health, metrics, and documents by HTTP."""

import io
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import orjson
import pytest

from tests.factories import make_document
from tests.flow.stage import Scene

KEY = "a-key-of-the-newsroom"


@pytest.fixture
def scene_settings() -> dict[str, dict[str, Any]]:
    return {"ingest": {"key": KEY}}


@pytest.fixture
async def web(scene: Scene) -> AsyncIterator[aiohttp.ClientSession]:
    base = f"http://127.0.0.1:{scene.bot.web_port}"
    async with aiohttp.ClientSession(base) as session:
        yield session


async def post(
    web: aiohttp.ClientSession,
    data: bytes | io.BytesIO,
    *,
    key: str | None = KEY,
    kind: str = "text/plain",
) -> tuple[int, list[Any]]:
    headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {key}"} if key else {})
    async with web.post("/briefs", data=data, headers=headers) as answer:
        body = await answer.read()
        is_report = answer.content_type == "application/x-ndjson"
        lines = [orjson.loads(line) for line in body.splitlines()] if is_report else [body]
        return answer.status, lines


async def get(web: aiohttp.ClientSession, path: str) -> tuple[int, str]:
    async with web.get(path) as answer:
        return answer.status, await answer.text()


async def test_a_process_that_answers_is_alive(web):
    assert await get(web, "/healthz") == (200, "alive\n")


async def test_a_bot_at_work_is_ready(web):
    status, said = await get(web, "/readyz")

    assert (status, said.splitlines()[0]) == (200, "well")


async def test_a_bot_without_a_pulse_is_not_ready(scene, web):
    scene.clock.move_to(scene.clock.now().replace(hour=23))

    status, said = await get(web, "/readyz")

    assert (status, said.splitlines()[0]) == (503, "not well")
    assert "no sign of life since" in said


async def test_what_was_sent_is_counted(scene, web):
    await scene.joins(scene.reader, follows="battery storage")
    await scene.release(make_document())
    await scene.ask(scene.reader, "/digest")
    await scene.all_sent()

    status, said = await get(web, "/metrics")

    assert status == 200
    assert 'counterpoint_deliveries_total{kind="now",outcome="sent"} 1.0' in said
    assert "counterpoint_well 1.0" in said


async def test_a_document_is_stored_with_a_line_for_each_brief(scene, web):
    status, (line,) = await post(web, make_document())

    assert status == 200
    assert (line["ok"], line["id"], line["state"], line["is_new"]) == (True, "1", "released", True)
    assert line["topics"] == ["battery storage", "offshore wind"]


async def test_the_same_document_changes_nothing(web):
    await post(web, make_document())

    status, (line,) = await post(web, make_document())

    assert (status, line["id"], line["is_new"]) == (200, "1", False)


async def test_a_refused_brief_is_told_with_its_faults(web):
    status, (line,) = await post(web, make_document(impact_score="11"))

    assert (status, line["ok"]) == (422, False)
    assert line["errors"][0]["label"] == "impact_score"


@pytest.mark.parametrize("key", [None, "", "another-key", KEY + "x", "ключ"])
async def test_a_document_without_the_key_is_refused(web, key):
    status, said = await post(web, make_document(), key=key)

    assert (status, said) == (401, [b"Unauthorized"]) or said == [b"Unauthorized\n"]


async def test_a_document_of_another_type_is_refused(web):
    status, _ = await post(web, b"<html>", kind="text/html")

    assert status == 415


async def test_a_document_that_is_too_large_is_refused(web):
    status, _ = await post(web, io.BytesIO(b"x" * (1024 * 1024 + 1)))

    assert status == 413


async def test_what_is_not_there_is_said_in_one_line(web):
    assert await get(web, "/admin") == (404, "Not Found\n")


async def test_another_method_is_refused(web):
    assert await get(web, "/briefs") == (405, "Method Not Allowed\n")


class TestWithoutAKey:
    @pytest.fixture
    def scene_settings(self) -> dict[str, dict[str, Any]]:
        return {}

    async def test_no_document_is_taken(self, web):
        status, _ = await post(web, make_document())

        assert status == 404
