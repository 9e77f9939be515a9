"""Every bad value gives one clear line that names the variable; no secret is ever in it."""

from datetime import time

import pytest

from bot.config import SettingsFolder, load_settings
from bot.errors import ConfigError

SECRET = "hunter2-is-no-good"


def complaint(tmp_path, **options) -> str:
    with pytest.raises(ConfigError) as refused:
        load_settings(SettingsFolder(tmp_path), **options)
    return str(refused.value)


@pytest.mark.parametrize(
    ("group", "name", "value", "hint"),
    [
        ("access", "owners", "me", "write Telegram user ids"),
        ("access", "owners", "1, -2", "write Telegram user ids"),
        ("access", "editors", "1;2", "write Telegram user ids"),
        ("access", "editors", [True], "write Telegram user ids"),
        ("database", "url", "counterpoint.db", "is no database URL"),
        ("database", "url", "postgresql://me@db:port/bot", "is no database URL"),
        ("database", "url", "postgresql://me@db:0/bot", "is no database URL"),
        ("database", "url", "mysql://me@db/bot", "starts with 'mysql'"),
        ("database", "url", "sqlite://", "names no file"),
        ("database", "url", "sqlite:///:memory:", "names no file"),
        ("delivery", "per_second", "0", "greater than or equal to 1"),
        ("delivery", "per_second", "1001", "less than or equal to 1000"),
        ("delivery", "per_second", "fast", "valid integer"),
        ("delivery", "spread_minutes", "-1", "greater than or equal to 0"),
        ("delivery", "spread_minutes", "61", "less than or equal to 60"),
        ("digest", "tick_seconds", "0", "greater than or equal to 0.1"),
        ("digest", "tick_seconds", "nan", "less than or equal to 60"),
        ("digest", "default_time", "24:00", "write a time from 00:00 to 23:59"),
        ("digest", "default_time", "8", "write a time from 00:00 to 23:59"),
        ("digest", "default_time", 8, "write a time from 00:00 to 23:59"),
        ("digest", "default_time", "08:00:30", "write a time from 00:00 to 23:59"),
        ("digest", "default_time", time(8, 0, 30), "write a time from 00:00 to 23:59"),
        ("digest", "default_time", "08:00+02:00", "write a time from 00:00 to 23:59"),
        ("digest", "default_zone", "Berlin", "write a zone such as Europe/Berlin"),
        ("digest", "default_zone", "../UTC", "write a zone such as Europe/Berlin"),
        ("digest", "keep_seat", "perhaps", "valid boolean"),
        ("ingest", "publish", "some", "'clean', 'all' or 'never'"),
        ("ingest", "publish", "cli=some", "'clean', 'all' or 'never'"),
        ("ingest", "publish", "mail=all", "'cli', 'folder', 'http' or 'chat'"),
        ("ingest", "publish", "cli=all,folder", "'clean', 'all' or 'never'"),
        ("matching", "window_days", "0", "greater than or equal to 1"),
        ("operations", "copies_days", "1", "greater than or equal to 30"),
        ("operations", "heartbeat_url", "example.org", "write one that starts with https://"),
        ("operations", "log_level", "LOUD", "'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("reading", "open", "window", "'in_place' or 'reply'"),
        ("telegram", "api_url", "api.telegram.org", "write one that starts with https://"),
        ("web", "listen", "8080", "write host:port"),
        ("web", "listen", "localhost:http", "write host:port"),
        ("web", "listen", "localhost:²", "write host:port"),
        ("web", "listen", "localhost:65536", "write host:port"),
        ("web", "listen", ":80", "write host:port"),
    ],
)
def test_a_bad_value_gives_a_line_that_names_its_variable(tmp_path, group, name, value, hint):
    said = complaint(tmp_path, **{group: {name: value}})

    variable = f"COUNTERPOINT_{group}__{name}".upper()
    assert all(line.startswith(f"{variable} ") for line in said.splitlines())
    assert hint in said
    assert "pydantic" not in said


def test_every_bad_value_is_named_at_once(tmp_path):
    said = complaint(tmp_path, delivery={"per_second": 0}, web={"listen": "8080"})

    assert [line.split()[0] for line in said.splitlines()] == [
        "COUNTERPOINT_DELIVERY__PER_SECOND",
        "COUNTERPOINT_WEB__LISTEN",
    ]


def test_the_value_that_was_found_is_shown(tmp_path):
    assert "'fast'" in complaint(tmp_path, delivery={"per_second": "fast"})


@pytest.mark.parametrize(
    ("group", "name", "value"),
    [
        ("telegram", "token", SECRET),
        ("telegram", "proxy", f"http://me:{SECRET}@proxy.example"),
        ("database", "url", f"postgresql://me:{SECRET}@db/bot"),
        ("ingest", "key", SECRET),
        ("web", "secret", SECRET),
        ("operations", "heartbeat_url", f"https://ping.example/{SECRET}"),
    ],
)
def test_a_secret_is_in_no_text_of_the_settings(tmp_path, group: str, name: str, value: str):
    settings = load_settings(SettingsFolder(tmp_path), **{group: {name: value}})

    for shown in (repr(settings), str(settings), repr(getattr(settings, group))):
        assert SECRET not in shown


@pytest.mark.parametrize(
    ("group", "name"),
    [("telegram", "token"), ("database", "url"), ("ingest", "key"), ("web", "secret")],
)
def test_a_secret_of_the_wrong_type_is_not_shown(tmp_path, group: str, name: str):
    said = complaint(tmp_path, **{group: {name: [SECRET]}})

    assert said.startswith(f"COUNTERPOINT_{group.upper()}__{name.upper()} ")
    assert SECRET not in said


@pytest.mark.parametrize("group", ["telegram", "database"])
def test_a_secret_in_the_place_of_its_group_is_not_shown(tmp_path, group: str):
    said = complaint(tmp_path, **{group: SECRET})

    assert said.startswith(f"{group} ")
    assert SECRET not in said


def test_a_proxy_of_a_wrong_scheme_is_not_shown(tmp_path):
    said = complaint(tmp_path, telegram={"proxy": f"socks5://me:{SECRET}@proxy.example"})

    assert said.startswith("COUNTERPOINT_TELEGRAM__PROXY ")
    assert SECRET not in said
