"""docs/settings.md and the settings file say what the code does."""

import re
import tomllib
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.config import SettingsFolder, load_settings
from bot.config.groups import WAYS, IngestSettings
from bot.config.settings import Settings, variable_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / "config/secrets.env.example").read_text(encoding="utf-8")


def listed():
    """Return variable, default and example of every row of the page."""
    found = {}
    for line in PAGE.splitlines():
        if line.startswith("| `COUNTERPOINT_"):
            variable, default, _, _, example = (
                cell.strip().strip("`") for cell in line.strip("|").split("|")
            )
            assert variable not in found, f"{variable} is there twice"
            found[variable] = (default, example)
    return found


def known():
    """Return group, name and default of every setting, by variable."""
    defaults = Settings.model_construct(
        **{name: field.get_default(call_default_factory=True) for name, field in fields().items()}
    )
    return {
        variable_of(group, name): (group, name, getattr(getattr(defaults, group), name))
        for group in fields()
        for name in type(getattr(defaults, group)).model_fields
    }


def fields() -> dict[str, Any]:
    return Settings.model_fields


def as_written(name, value):
    if name == "publish":
        return ",".join(f"{way}={IngestSettings().publishes(way)}" for way in WAYS)
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    return str(value) if value else "none"


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """No variable is set and the settings folder is empty."""
    for variable in [*known(), "COUNTERPOINT_CONFIG"]:
        monkeypatch.delenv(variable, raising=False)
    return SettingsFolder(tmp_path)


def test_the_page_lists_every_setting_there_is():
    assert set(listed()) == set(known())


@pytest.mark.parametrize("variable", sorted(known()))
def test_the_page_states_the_default(variable):
    _, name, default = known()[variable]

    assert listed()[variable][0] == as_written(name, default)


@pytest.mark.parametrize("variable", sorted(known()))
def test_the_example_is_a_value_other_than_the_default(variable, bare, monkeypatch):
    group, name, default = known()[variable]
    monkeypatch.setenv(variable, listed()[variable][1])

    settings = load_settings(bare)

    assert getattr(getattr(settings, group), name) != default


def test_the_shipped_settings_file_states_the_defaults(bare):
    shipped = load_settings(SettingsFolder(ROOT / "config"))
    built_in = load_settings(bare)

    changed = {"ingest": {"publish": {way: built_in.ingest.publishes(way) for way in WAYS}}}
    assert shipped.model_dump() == merged(built_in.model_dump(), changed)


def merged(values, changed):
    return values | {group: values[group] | names for group, names in changed.items()}


def test_the_shipped_settings_file_leaves_out_only_what_is_unset_or_secret(bare):
    stated = tomllib.loads((ROOT / "config/counterpoint.toml").read_text(encoding="utf-8"))
    left_out = {
        variable: default
        for variable, (group, name, default) in known().items()
        if name not in stated.get(group, {})
    }

    assert [
        variable
        for variable, default in left_out.items()
        if default is not None and not isinstance(default, SecretStr)
    ] == []


def test_the_page_calls_a_setting_secret_where_the_code_hides_it():
    hidden = {
        variable_of(group, name)
        for group, field in fields().items()
        for name, one in field.annotation.model_fields.items()
        if "SecretStr" in str(one.annotation)
    }

    told = {
        line.split("`")[1]
        for line in PAGE.splitlines()
        if line.startswith("| `COUNTERPOINT_") and "Secret" in line
    }
    assert told == hidden


def test_the_example_of_secrets_has_every_secret():
    hidden = {
        line.split("`")[1]
        for line in PAGE.splitlines()
        if line.startswith("| `COUNTERPOINT_") and "Secret" in line
    }

    assert set(re.findall(r"^#(COUNTERPOINT_\w+)=", EXAMPLE, re.M)) == hidden
