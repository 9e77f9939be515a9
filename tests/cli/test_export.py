"""export writes every brief as a document that can be read again."""

import shutil
import zipfile

import pytest

from bot.config import find_seeds

pytestmark = pytest.mark.usefixtures("new_store")


def test_every_brief_becomes_a_file_by_its_id(counterpoint, write, tmp_path):
    counterpoint("ingest", write())

    ended = counterpoint("export", "out")

    assert (ended.code, ended.lines) == (0, ["1 briefs written to out"])
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["1.txt"]


def test_the_document_comes_out_as_it_went_in(counterpoint, the_seed, tmp_path):
    counterpoint("ingest", the_seed)

    counterpoint("export", "out")

    assert (tmp_path / "out" / "1.txt").read_bytes().strip() == the_seed.read_bytes().strip()


def test_taking_the_export_in_again_stores_nothing_new(counterpoint):
    counterpoint("ingest", find_seeds())
    counterpoint("export", "out")

    ended = counterpoint("ingest", "out")

    assert (ended.code, ended.lines[-1]) == (0, "19 briefs: 19 already stored")


def test_the_export_of_an_import_is_the_same_again(counterpoint, new_store, tmp_path):
    shutil.copy(new_store, tmp_path / "other.db")
    counterpoint("ingest", find_seeds())
    counterpoint("export", "one")
    elsewhere = {"DATABASE__URL": f"sqlite:///{tmp_path}/other.db"}
    counterpoint("ingest", "one", **elsewhere)

    ended = counterpoint("export", "two", **elsewhere)

    assert ended.lines == ["19 briefs written to two"]
    read = {name: sorted(p.read_bytes() for p in (tmp_path / name).iterdir()) for name in
            ("one", "two")}  # fmt: skip
    assert len(read["one"]) == 19
    assert read["one"] == read["two"]


def test_an_empty_database_gives_an_empty_folder(counterpoint, tmp_path):
    ended = counterpoint("export", "out/deep")

    assert (ended.code, ended.lines) == (0, ["0 briefs written to out/deep"])
    assert list((tmp_path / "out" / "deep").iterdir()) == []


def test_a_file_in_the_folders_place_is_one_line(counterpoint, write):
    write("out", b"a file")

    ended = counterpoint("export", "out")

    assert ended.code == 2
    assert ended.err == "counterpoint: 'out' is a file; name a folder\n"


def test_a_zip_of_the_export_can_be_taken_in(counterpoint, write, tmp_path):
    counterpoint("ingest", write())
    counterpoint("export", "out")
    with zipfile.ZipFile(tmp_path / "out.zip", "w") as archive:
        archive.write(tmp_path / "out" / "1.txt", "1.txt")

    ended = counterpoint("ingest", "out.zip")

    assert ended.lines[-1] == "1 briefs: 1 already stored"
