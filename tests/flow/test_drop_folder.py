"""A folder that is watched: what is put there is taken in, and moved away."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from storage import briefs
from storage.model.brief import BriefState
from tests.factories import make_document
from tests.flow.stage import Scene


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "drop"
    made.mkdir()
    return made


@pytest.fixture
def scene_settings(folder: Path) -> dict[str, dict[str, Any]]:
    return {"ingest": {"drop_folder": str(folder)}}


def put(scene: Scene, folder: Path, name: str, data: bytes, *, age: float = 10) -> Path:
    path = folder / name
    path.write_bytes(data)
    written_at = (scene.clock.now() - timedelta(seconds=age)).timestamp()
    os.utime(path, (written_at, written_at))
    return path


async def test_a_document_goes_out(scene, folder):
    put(scene, folder, "one.txt", make_document())

    await scene.bot._take_dropped()

    async with scene.db.reading() as tx:
        assert (await briefs.get_brief(tx, brief_id=1)).state is BriefState.RELEASED
    assert [path.name for path in (folder / "taken").iterdir()] == ["one.txt"]


async def test_what_is_still_being_written_waits(scene, folder):
    path = put(scene, folder, "one.txt", make_document(), age=0)

    await scene.bot._take_dropped()

    assert path.exists()


async def test_a_refused_document_lies_apart_with_its_report(scene, folder):
    put(scene, folder, "one.txt", make_document(impact_score="11"))

    await scene.bot._take_dropped()

    report = (folder / "refused" / "one.txt.report").read_text()
    assert "impact_score is 11" in report
    assert (folder / "refused" / "one.txt").exists()


async def test_a_second_file_of_a_name_overwrites_nothing(scene, folder):
    put(scene, folder, "one.txt", make_document())
    await scene.bot._take_dropped()
    put(scene, folder, "one.txt", make_document(body="Something else was decided today."))

    await scene.bot._take_dropped()

    assert sorted(path.name for path in (folder / "taken").iterdir()) == ["one-2.txt", "one.txt"]


async def test_what_is_no_document_stays_where_it_is(scene, folder):
    path = put(scene, folder, "notes.pdf", b"%PDF")

    await scene.bot._take_dropped()

    assert path.exists()


async def test_a_folder_that_is_not_there_is_no_fault(scene, folder):
    folder.rmdir()

    await scene.bot._take_dropped()
