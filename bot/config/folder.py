"""The settings folder and the seeds: where they are, and the word lists in them."""

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import ConfigError

PACKAGE = Path(__file__).resolve().parents[1]
VARIABLE = "COUNTERPOINT_CONFIG"


@dataclass(frozen=True, slots=True)
class SettingsFolder:
    """A settings folder; files that it lacks are read from the one shipped."""

    path: Path

    @property
    def settings_file(self) -> Path:
        """The file of settings, which may be missing."""
        return self.path / "counterpoint.toml"

    def stop_words(self) -> Mapping[str, Sequence[str]]:
        """Return the stop words, by language."""
        return self._table("stopwords.toml")

    def sections(self) -> list[Mapping[str, Any]]:
        """Return the sections in the order in which they are listed."""
        return self._list("sections.toml", "section")

    def aliases(self) -> list[Mapping[str, Any]]:
        """Return the groups of names that mean the same."""
        return self._list("aliases.toml", "alias")

    def _list(self, name: str, entry: str) -> list[Mapping[str, Any]]:
        listed = self._table(name).get(entry, [])
        for number, table in enumerate(listed, start=1):
            if not isinstance(table, dict) or not isinstance(table.get("name"), str):
                msg = f'{self.path / name}: entry {number} has no name; write name = "…"'
                raise ConfigError(msg)
        return list(listed)

    def _table(self, name: str) -> dict[str, Any]:
        path = self.path / name
        if not path.exists():
            path = shipped("config") / name
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            msg = f"{path}: {error}"
            raise ConfigError(msg) from error


def find_folder() -> SettingsFolder:
    """Return the settings folder: $COUNTERPOINT_CONFIG, else ./config, else the one shipped."""
    named = os.environ.get(VARIABLE)
    if named:
        if not Path(named).is_dir():
            msg = f"{VARIABLE} is {named!r}, which is no folder"
            raise ConfigError(msg)
        return SettingsFolder(Path(named))
    here = Path("config")
    has_settings = (here / "counterpoint.toml").is_file()
    return SettingsFolder(here.resolve() if has_settings else shipped("config"))


def find_seeds() -> Path:
    """Return the folder of the demonstration documents."""
    return shipped("seeds")


def shipped(name: str) -> Path:
    """Return a folder that ships with the bot: inside an installed package, else in the clone."""
    inside = PACKAGE / "shipped" / name
    return inside if inside.is_dir() else PACKAGE.parent / name
