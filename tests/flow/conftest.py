"""A scene for each test, and what every test of a conversation demands of the bot."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.flow.making import furnish
from tests.flow.stage import Scene, open_scene

SQLITE = [pytest.param("sqlite", id="sqlite")]


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Play scenes on SQLite, unless a test asks for more."""
    chosen = {
        name
        for marker in metafunc.definition.iter_markers("parametrize")
        for name in str(marker.args[0]).split(",")
    }
    if {"scene", "database_url"} <= set(metafunc.fixturenames) and "database_url" not in chosen:
        marker = pytest.mark.parametrize("database_url", SQLITE, indirect=True)
        metafunc.definition.add_marker(marker)


@pytest.fixture
def scene_settings() -> dict[str, dict[str, Any]]:
    """The settings that a test changes, by group."""
    return {}


@pytest.fixture(scope="session")
def furnished_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with sections and aliases, which takes longer than a conversation."""
    path = tmp_path_factory.mktemp("furnished") / "furnished.db"
    shutil.copy(sqlite_template, path)
    with ThreadPoolExecutor(1) as thread:  # the test's loop may be running already
        thread.submit(asyncio.run, furnish(f"sqlite:///{path}")).result()
    return path


@pytest.fixture
async def scene_url(database_url: str, request: pytest.FixtureRequest) -> str:
    """The address of the test's own store, with sections and aliases."""
    if database_url.startswith("sqlite"):
        furnished: Path = request.getfixturevalue("furnished_sqlite")
        shutil.copy(furnished, database_url.removeprefix("sqlite:///"))
    else:
        await furnish(database_url)
    return database_url


@pytest.fixture
async def scene(
    scene_url: str,
    scene_settings: dict[str, dict[str, Any]],
    caplog: pytest.LogCaptureFixture,
) -> AsyncIterator[Scene]:
    """The bot at work; nothing may be refused, shown wrongly or logged as an error unawares."""
    async with open_scene(scene_url, is_furnished=True, **scene_settings) as scene:
        yield scene
    assert scene.faults_of_messages() == []
    assert scene.unscripted_refusals() == []
    assert _errors(caplog, scene) == []


def _errors(caplog: pytest.LogCaptureFixture, scene: Scene) -> list[str]:
    return [
        record.getMessage()
        for when in ("setup", "call", "teardown")
        for record in caplog.get_records(when)
        if record.levelno >= logging.ERROR
        and getattr(record, "event", "") not in scene.expected_events
    ]
