"""The bot from another working directory, and from an installed wheel."""

import os
import sys
import zipfile
from pathlib import Path

import pytest

from tests.e2e.processes import PYTHON_M_BOT, execute

ROOT = Path(__file__).parents[2]


async def test_a_relative_database_is_made_where_one_stands(launch, tmp_path):
    (tmp_path / "elsewhere").mkdir()

    migrated = await launch("migrate", folder=tmp_path / "elsewhere")

    assert await migrated.end() == 0
    assert (tmp_path / "elsewhere" / "data" / "counterpoint.db").is_file()


@pytest.mark.slow
async def test_an_installed_wheel_brings_all_that_the_tour_needs(tmp_path):
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "NO_COLOR": "1"}
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q"]
    built = await execute([*pip, "-w", str(tmp_path), str(ROOT)], environment, tmp_path)
    assert await built.end() == 0, built.transcript()
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    environment["PYTHONPATH"] = str(tmp_path / "site")

    where = await execute(
        [sys.executable, "-c", "import bot; print(bot.__file__)"], environment, tmp_path
    )
    tour = await execute([*PYTHON_M_BOT, "playground", "--tour"], environment, tmp_path)

    assert await tour.end() == 0, tour.transcript()
    await where.end()
    assert where.out == [str(tmp_path / "site" / "bot" / "__init__.py")]
