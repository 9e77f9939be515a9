"""Commands, run in this process as the shell would run them."""

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli.app import main
from bot.config import find_seeds
from tests.factories import make_document

Run = Callable[..., "Ended"]


@dataclass(frozen=True)
class Ended:
    """What a command printed, and the code it ended with."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@pytest.fixture
def counterpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Run a command in an empty folder, with no settings but those of the call."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("COUNTERPOINT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def run(*arguments: object, **settings: str) -> Ended:
        capfd.readouterr()
        with monkeypatch.context() as during:
            for name, value in settings.items():
                during.setenv(f"COUNTERPOINT_{name}", value)
            with pytest.raises(SystemExit) as ended:
                main([str(argument) for argument in arguments])
        printed = capfd.readouterr()
        return Ended(int(ended.value.code or 0), printed.out, printed.err)

    yield run
    root.handlers[:], root.level = handlers, level


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a document into the test's folder."""

    def put(name: str = "brief.txt", data: bytes | None = None, **changed: object) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make_document(**changed) if data is None else data)
        return path

    return put


@pytest.fixture
def new_store(used_store: Path, tmp_path: Path) -> Path:
    """The database that commands use when nothing is set, without a brief or a reader."""
    path = tmp_path / "data" / "counterpoint.db"
    path.parent.mkdir(mode=0o700)
    shutil.copy(used_store, path)
    return path


@pytest.fixture
def the_seed() -> Path:
    """The seed about satellites."""
    return find_seeds() / "000_1d59a4781fe81040.txt"
