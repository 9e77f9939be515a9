"""Settings: defaults, under the settings file, under the environment, under the command line."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from rapidfuzz import process

from bot.config.folder import VARIABLE, SettingsFolder, find_folder
from bot.config.groups import (
    AccessSettings,
    DatabaseSettings,
    DeliverySettings,
    DigestSettings,
    IngestSettings,
    MatchingSettings,
    OperationsSettings,
    ReadingSettings,
    TelegramSettings,
    WebSettings,
)
from bot.errors import ConfigError

PREFIX = "COUNTERPOINT_"
FROM_FILE = "_FILE"


class Settings(BaseSettings):
    """Everything that can be set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_ignore_empty=True,  # "" is how a container's environment leaves a variable out
        enable_decoding=False,  # "1, 2" is a list here, not broken JSON
        extra="forbid",
        frozen=True,
    )

    telegram: TelegramSettings = Field(default_factory=TelegramSettings)
    database: DatabaseSettings = Field(default_factory=DatabaseSettings)
    access: AccessSettings = Field(default_factory=AccessSettings)
    digest: DigestSettings = Field(default_factory=DigestSettings)
    delivery: DeliverySettings = Field(default_factory=DeliverySettings)
    ingest: IngestSettings = Field(default_factory=IngestSettings)
    web: WebSettings = Field(default_factory=WebSettings)
    matching: MatchingSettings = Field(default_factory=MatchingSettings)
    reading: ReadingSettings = Field(default_factory=ReadingSettings)
    operations: OperationsSettings = Field(default_factory=OperationsSettings)


class _Variables(EnvSettingsSource):
    """Reads the variables that hold a value themselves."""

    def __call__(self) -> dict[str, Any]:
        """Return what they hold, by group and name."""
        ending = FROM_FILE.lower()
        return {
            group: {name: value for name, value in stated.items() if not name.endswith(ending)}
            for group, stated in super().__call__().items()
        }


class _VariablesThatNameFiles(PydanticBaseSettingsSource):
    """Reads ``COUNTERPOINT_TELEGRAM__TOKEN_FILE=/run/secrets/token`` and the like."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002 - the interface is the library's
        """Say nothing of single fields; the whole is read at once."""
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """Return what the named files hold, by group and name."""
        stated: dict[str, dict[str, str]] = {}
        for variable in _variables():
            if variable.endswith(FROM_FILE) and os.environ[variable]:
                group, _, name = variable[len(PREFIX) : -len(FROM_FILE)].lower().partition("__")
                stated.setdefault(group, {})[name] = _read(variable)
        return stated


def load_settings(folder: SettingsFolder | None = None, **options: dict[str, Any]) -> Settings:
    """Return the settings, or raise ``ConfigError`` that names every wrong one.

    ``options`` are groups as the command line states them, e.g. ``database={"url": …}``.
    """
    settings_file = (folder or find_folder()).settings_file

    class Sourced(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - it takes _FILE for a name
            dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - not read
            file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - not read
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return (
                init_settings,
                _Variables(settings_cls),
                _VariablesThatNameFiles(settings_cls),
                TomlConfigSettingsSource(settings_cls, settings_file),
            )

    _refuse_unknown_variables()
    sourced: Callable[..., Settings] = Sourced
    try:
        return sourced(**options)
    except ValidationError as error:
        raise ConfigError("\n".join(_sentence(dict(one)) for one in error.errors())) from None
    except (OSError, ValueError) as error:  # the settings file cannot be read, or is no TOML
        msg = f"{settings_file}: {error}"
        raise ConfigError(msg) from None


def variable_of(group: str, name: str) -> str:
    """Return the environment variable of a setting."""
    return f"{PREFIX}{group}__{name}".upper()


def _sentence(error: dict[str, Any]) -> str:
    group, *names = (str(part) for part in error["loc"])
    name = variable_of(group, names[0]) if names else group
    if error["type"] == "extra_forbidden":
        return f"{name} is not a setting; docs/settings.md lists them"
    if error["type"] == "value_error":
        return f"{name} {error['ctx']['error']}"
    # A secret of the wrong type is a secret all the same.
    found = "" if _is_secret(group, *names) else f" is {error['input']!r}:"
    return f"{name}{found} {error['msg'][0].lower()}{error['msg'][1:]}"


def _is_secret(group: str, *names: str) -> bool:
    group_type: Any = Settings.model_fields[group].annotation
    fields: dict[str, FieldInfo] = group_type.model_fields
    stated = [fields[names[0]]] if names else fields.values()
    return any("SecretStr" in str(field.annotation) or not field.repr for field in stated)


def _refuse_unknown_variables() -> None:
    known = {VARIABLE}
    for group, field in Settings.model_fields.items():
        group_type: Any = field.annotation
        known |= {variable_of(group, name) for name in group_type.model_fields}
    for variable in _variables():
        if variable.removesuffix(FROM_FILE) not in known:
            near = process.extractOne(variable.upper(), sorted(known))[0]
            msg = f"{variable} is not a setting; did you mean {near}?"
            raise ConfigError(msg)


def _variables() -> list[str]:
    return sorted(name for name in os.environ if name.upper().startswith(PREFIX))


def _read(variable: str) -> str:
    path = Path(os.environ[variable])
    try:
        held = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{variable} names {str(path)!r}, which cannot be read: {error}"
        raise ConfigError(msg) from error
    if not held:
        msg = f"{variable} names {str(path)!r}, which is empty"
        raise ConfigError(msg)
    return held
