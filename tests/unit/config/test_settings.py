"""Settings: which source wins, what is refused, what is never shown."""

import os
from datetime import time
from pathlib import Path

import pytest

from bot.config import WAYS, Settings, SettingsFolder, load_settings
from bot.errors import ConfigError

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch):
    """Leave the variables of the machine out of it."""
    for name in [name for name in os.environ if name.startswith("COUNTERPOINT_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def folder(tmp_path: Path) -> SettingsFolder:
    return SettingsFolder(tmp_path)


def write(folder: SettingsFolder, toml: str) -> None:
    folder.settings_file.write_text(toml, encoding="utf-8")


def complaint(folder: SettingsFolder, **options) -> str:
    """Return what is said of settings that must be refused."""
    with pytest.raises(ConfigError) as refused:
        load_settings(folder, **options)
    return str(refused.value)


def test_without_any_source_the_defaults_hold(folder: SettingsFolder):
    settings = load_settings(folder)

    assert settings.telegram.token is None
    assert settings.telegram.api_url == "https://api.telegram.org"
    assert settings.digest.default_time == time(8)
    assert settings.delivery.per_second == 25


def test_the_file_goes_over_the_defaults(folder: SettingsFolder):
    write(folder, "[delivery]\nper_second = 5")

    assert load_settings(folder).delivery.per_second == 5


def test_a_variable_goes_over_the_file(folder: SettingsFolder, monkeypatch):
    write(folder, "[delivery]\nper_second = 5\n[digest]\ntick_seconds = 3")
    monkeypatch.setenv("COUNTERPOINT_DELIVERY__PER_SECOND", "6")

    settings = load_settings(folder)

    assert (settings.delivery.per_second, settings.digest.tick_seconds) == (6, 3)


def test_an_option_goes_over_a_variable(folder: SettingsFolder, monkeypatch):
    monkeypatch.setenv("COUNTERPOINT_DELIVERY__PER_SECOND", "6")

    assert load_settings(folder, delivery={"per_second": 7}).delivery.per_second == 7


def test_sources_may_set_different_names_of_one_group(folder: SettingsFolder, monkeypatch):
    write(folder, "[web]\nlisten = '0.0.0.0:80'")
    monkeypatch.setenv("COUNTERPOINT_WEB__PUBLIC_URL", "https://bot.example/")
    monkeypatch.setenv("COUNTERPOINT_WEB__SECRET", "variable")

    web = load_settings(folder, web={"secret": "option"}).web

    assert (web.listen, web.public_url) == ("0.0.0.0:80", "https://bot.example")
    assert web.secret is not None
    assert web.secret.get_secret_value() == "option"


def test_a_secret_may_stand_in_a_file(folder: SettingsFolder, monkeypatch, tmp_path: Path):
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    monkeypatch.setenv("COUNTERPOINT_TELEGRAM__TOKEN_FILE", str(tmp_path / "token"))

    token = load_settings(folder).telegram.token

    assert token is not None
    assert token.get_secret_value() == TOKEN


def test_a_variable_goes_over_one_that_names_a_file(folder, monkeypatch, tmp_path: Path):
    (tmp_path / "url").write_text("sqlite:///file.db")
    monkeypatch.setenv("COUNTERPOINT_DATABASE__URL_FILE", str(tmp_path / "url"))
    monkeypatch.setenv("COUNTERPOINT_DATABASE__URL", "sqlite:///variable.db")

    assert load_settings(folder).database.url.get_secret_value() == "sqlite:///variable.db"


def test_a_named_file_goes_over_the_settings_file(folder, monkeypatch, tmp_path: Path):
    write(folder, "[database]\nurl = 'sqlite:///settings.db'")
    (tmp_path / "url").write_text("sqlite:///file.db")
    monkeypatch.setenv("COUNTERPOINT_DATABASE__URL_FILE", str(tmp_path / "url"))

    assert load_settings(folder).database.url.get_secret_value() == "sqlite:///file.db"


@pytest.mark.parametrize("name", ["TELEGRAM__TOKEN", "TELEGRAM__PROXY", "TELEGRAM__TOKEN_FILE"])
def test_an_empty_variable_is_as_if_it_were_not_there(folder, monkeypatch, name: str):
    monkeypatch.setenv(f"COUNTERPOINT_{name}", "")

    assert load_settings(folder).telegram == Settings().telegram


@pytest.mark.parametrize(
    ("variable", "near"),
    [
        ("COUNTERPOINT_TELEGRAM_TOKEN", "COUNTERPOINT_TELEGRAM__TOKEN"),
        ("COUNTERPOINT_DELIVERY__PERSECOND", "COUNTERPOINT_DELIVERY__PER_SECOND"),
        ("COUNTERPOINT_ACCESS__OWNER", "COUNTERPOINT_ACCESS__OWNERS"),
        ("COUNTERPOINT_CONFIGURATION", "COUNTERPOINT_CONFIG"),
        ("COUNTERPOINT_delivery__per_second", "COUNTERPOINT_DELIVERY__PER_SECOND"),
        ("COUNTERPOINT_ACCESS__OWNERS_FILES", "COUNTERPOINT_ACCESS__OWNERS"),
    ],
)
def test_an_unknown_variable_is_told_the_near_one(folder, monkeypatch, variable: str, near: str):
    monkeypatch.setenv(variable, "1")

    assert complaint(folder) == f"{variable} is not a setting; did you mean {near}?"


@pytest.mark.parametrize("name", ["no_such_file", "."], ids=["missing", "a folder"])
def test_a_named_file_that_cannot_be_read_is_told(folder, monkeypatch, tmp_path, name: str):
    path = str(tmp_path / name)
    monkeypatch.setenv("COUNTERPOINT_TELEGRAM__TOKEN_FILE", path)

    said = complaint(folder)

    assert said.startswith(f"COUNTERPOINT_TELEGRAM__TOKEN_FILE names {path!r}, which cannot be")


def test_a_named_file_that_is_empty_is_told(folder, monkeypatch, tmp_path: Path):
    (tmp_path / "token").write_text("\n")
    monkeypatch.setenv("COUNTERPOINT_TELEGRAM__TOKEN_FILE", str(tmp_path / "token"))

    assert complaint(folder).endswith("which is empty")


@pytest.mark.parametrize("toml", ["[delivery", "= 3", "a = 1\na = 2"])
def test_a_settings_file_that_is_no_toml_is_named(folder: SettingsFolder, toml: str):
    write(folder, toml)

    assert complaint(folder).startswith(f"{folder.settings_file}: ")


def test_a_settings_file_that_is_no_text_is_named(folder: SettingsFolder):
    folder.settings_file.write_bytes(b"\xff")

    assert complaint(folder).startswith(f"{folder.settings_file}: ")


@pytest.mark.parametrize(
    ("toml", "name"),
    [
        ("[delivery]\nper_minute = 3", "COUNTERPOINT_DELIVERY__PER_MINUTE"),
        ("[colours]\nred = 3", "colours"),
    ],
)
def test_an_unknown_name_in_the_file_is_told(folder: SettingsFolder, toml: str, name: str):
    write(folder, toml)

    assert complaint(folder) == f"{name} is not a setting; docs/settings.md lists them"


def test_settings_cannot_be_changed(folder: SettingsFolder):
    settings = load_settings(folder)

    with pytest.raises(ValueError, match="frozen"):
        settings.delivery.per_second = 1000


@pytest.mark.parametrize(
    ("stated", "ids"),
    [("1", {1}), ("1,2", {1, 2}), (" 1 , 2, ", {1, 2}), ("1,1", {1}), ("", set())],
)
def test_ids_are_listed_with_commas(folder, monkeypatch, stated: str, ids: set[int]):
    monkeypatch.setenv("COUNTERPOINT_ACCESS__OWNERS", stated)

    assert load_settings(folder).access.owners == ids


@pytest.mark.parametrize("toml", ["owners = [1, 2]", "owners = '1, 2'"])
def test_ids_in_the_file_are_a_list_or_a_text(folder: SettingsFolder, toml: str):
    write(folder, f"[access]\n{toml}")

    assert load_settings(folder).access.owners == {1, 2}


def test_one_id_in_the_file_may_be_a_number(folder: SettingsFolder):
    write(folder, "[access]\neditors = 7")

    assert load_settings(folder).access.editors == {7}


def test_without_a_word_what_comes_by_chat_waits_for_an_editor(folder: SettingsFolder):
    ingest = load_settings(folder).ingest

    assert [ingest.publishes(way) for way in WAYS] == ["clean", "clean", "clean", "never"]


@pytest.mark.parametrize(
    ("stated", "by_way"),
    [
        ("all", ["all", "all", "all", "all"]),
        ("cli=all, http=never", ["all", "clean", "never", "never"]),
        ("chat=clean", ["clean", "clean", "clean", "clean"]),
    ],
)
def test_what_goes_out_may_be_set_for_all_or_by_way(folder, monkeypatch, stated, by_way):
    monkeypatch.setenv("COUNTERPOINT_INGEST__PUBLISH", stated)
    ingest = load_settings(folder).ingest

    assert [ingest.publishes(way) for way in WAYS] == by_way


def test_what_goes_out_may_be_a_table_in_the_file(folder: SettingsFolder):
    write(folder, "[ingest.publish]\nchat = 'all'")

    assert load_settings(folder).ingest.publishes("chat") == "all"


@pytest.mark.parametrize(
    "url", ["sqlite:///a.db", "sqlite:////srv/a.db", "postgresql://me@db:5432/bot"]
)
def test_a_database_is_named_by_its_url(folder: SettingsFolder, url: str):
    settings = load_settings(folder, database={"url": url})

    assert settings.database.url.get_secret_value() == url
