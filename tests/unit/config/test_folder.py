"""The settings folder: where it is, and the word lists in it."""

from pathlib import Path

import pytest

from bot.config import Settings, SettingsFolder, find_folder, find_seeds, load_settings
from bot.errors import ConfigError


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("COUNTERPOINT_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)


def test_the_folder_that_is_named_wins(monkeypatch, tmp_path: Path):
    (tmp_path / "config").mkdir()
    (tmp_path / "named").mkdir()
    (tmp_path / "config" / "counterpoint.toml").touch()
    monkeypatch.setenv("COUNTERPOINT_CONFIG", str(tmp_path / "named"))

    assert find_folder().path == tmp_path / "named"


def test_a_named_folder_that_is_none_is_told(monkeypatch):
    monkeypatch.setenv("COUNTERPOINT_CONFIG", "nowhere")

    with pytest.raises(ConfigError, match="COUNTERPOINT_CONFIG is 'nowhere', which is no folder"):
        find_folder()


def test_the_folder_here_comes_before_the_one_shipped(tmp_path: Path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "counterpoint.toml").touch()

    assert find_folder().path == (tmp_path / "config").resolve()


def test_a_folder_here_without_settings_is_somebody_elses(tmp_path: Path):
    (tmp_path / "config").mkdir()

    assert (find_folder().path / "sections.toml").is_file()


def test_what_is_shipped_states_the_defaults():
    assert load_settings(find_folder()).model_dump(exclude={"ingest"}) == Settings().model_dump(
        exclude={"ingest"}
    )


def test_what_is_shipped_has_every_list():
    folder = find_folder()

    assert 12 <= len(folder.sections()) <= 16
    assert {"en", "es"} <= folder.stop_words().keys()
    assert folder.aliases()


def test_seeds_are_shipped():
    assert list(find_seeds().glob("*.txt"))


def test_a_list_that_a_folder_lacks_is_the_one_shipped(tmp_path: Path):
    assert SettingsFolder(tmp_path).sections() == find_folder().sections()


def test_a_list_of_ones_own_goes_over_the_one_shipped(tmp_path: Path):
    (tmp_path / "sections.toml").write_text('[[section]]\nname = "Chess"\n')

    assert SettingsFolder(tmp_path).sections() == [{"name": "Chess"}]


def test_an_empty_list_is_an_empty_list(tmp_path: Path):
    (tmp_path / "aliases.toml").touch()

    assert SettingsFolder(tmp_path).aliases() == []


@pytest.mark.parametrize(
    "written", ['[[section]]\nname = "A"\n[[section]]\nalso = ["B"]', 'section = [{name="A"}, 3]']
)
def test_an_entry_without_a_name_is_told_by_its_number(tmp_path: Path, written: str):
    (tmp_path / "sections.toml").write_text(written)

    with pytest.raises(ConfigError, match=r"sections\.toml: entry 2 has no name"):
        SettingsFolder(tmp_path).sections()


@pytest.mark.parametrize("held", [b"[[", b"\xff"], ids=["no TOML", "no text"])
def test_a_list_that_cannot_be_read_is_named(tmp_path: Path, held: bytes):
    (tmp_path / "stopwords.toml").write_bytes(held)

    with pytest.raises(ConfigError, match=r"stopwords\.toml: "):
        SettingsFolder(tmp_path).stop_words()
