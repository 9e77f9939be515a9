"""The settings, in groups. Each part of the bot is handed its own group, never the whole."""

import re
from datetime import time
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
)

_TIME = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")

Way = Literal["cli", "folder", "http", "chat"]
Publish = Literal["clean", "all", "never"]
WAYS: tuple[Way, ...] = ("cli", "folder", "http", "chat")


def _listed(value: object) -> object:
    """Take "1, 2" for the list of 1 and 2: that is how a variable states it."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, int):
        return [value]
    return value


def _http(value: str | None) -> str | None:
    if value is not None and not value.startswith(("http://", "https://")):
        msg = "is no address; write one that starts with https:// or http://"  # may hold a secret
        raise ValueError(msg)
    return value.rstrip("/") if value else None


def _ids(value: object) -> object:
    listed = _listed(value)
    if isinstance(listed, list) and not all(str(part).isdecimal() for part in listed):
        msg = f"is {value!r}; write Telegram user ids, comma separated, such as 123456789"
        raise ValueError(msg)
    return listed


def _database(value: SecretStr) -> SecretStr:
    """Take a URL of a database that there is a driver for; what is wrong never shows it whole."""
    stated = value.get_secret_value()
    scheme, found, rest = stated.partition("://")
    if not found or not _has_sound_port(stated):
        msg = (
            "is no database URL; write sqlite:///data/counterpoint.db"
            " or postgresql://user@host/name"
        )
        raise ValueError(msg)
    if scheme.partition("+")[0] not in {"sqlite", "postgresql"}:
        msg = f"starts with {scheme!r}; write sqlite:/// or postgresql://"
        raise ValueError(msg)
    if scheme.startswith("sqlite") and rest.strip("/") in {"", ":memory:"}:
        msg = "names no file; write sqlite:///data/counterpoint.db"
        raise ValueError(msg)
    return value


def _has_sound_port(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


Ids = Annotated[frozenset[int], BeforeValidator(_ids)]
Address = Annotated[str | None, AfterValidator(_http)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_database)]


class Group(BaseModel):
    """A group of settings; it cannot be changed, and takes no name that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TelegramSettings(Group):
    """How Telegram is reached."""

    token: SecretStr | None = None
    api_url: Address = "https://api.telegram.org"
    proxy: Address = Field(default=None, repr=False)  # may hold a password


class DatabaseSettings(Group):
    """Where everything is kept."""

    url: DatabaseUrl = SecretStr("sqlite:///data/counterpoint.db")


class AccessSettings(Group):
    """Who may do what, by Telegram user id."""

    owners: Ids = frozenset()
    editors: Ids = frozenset()


class DigestSettings(Group):
    """What a digest is made of, and when a new reader gets it."""

    tick_seconds: float = Field(default=10, ge=0.1, le=60)
    default_time: time = time(8, 0)
    default_zone: str = "UTC"
    keep_seat: bool = True

    @field_validator("default_time", mode="before")
    @classmethod
    def _time_of_day(cls, value: object) -> object:
        if isinstance(value, str) and _TIME.fullmatch(value):
            return time.fromisoformat(value.zfill(5))
        if isinstance(value, time) and value.replace(second=0, microsecond=0) == value:
            return value
        msg = f"is {str(value)!r}; write a time from 00:00 to 23:59"
        raise ValueError(msg)

    @field_validator("default_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            msg = f"is {value!r}; write a zone such as Europe/Berlin"
            raise ValueError(msg)
        return value


class DeliverySettings(Group):
    """How fast messages may go out, and over how long those that are due at one instant."""

    per_second: int = Field(default=25, ge=1, le=1000)
    spread_minutes: int = Field(default=0, ge=0, le=60)


class IngestSettings(Group):
    """How documents come in, and which go out without an editor."""

    drop_folder: str | None = None
    key: SecretStr | None = None
    publish: dict[Way, Publish] = Field(default_factory=dict)

    @field_validator("publish", mode="before")
    @classmethod
    def _by_way(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        if "=" not in value:
            return dict.fromkeys(WAYS, value.strip())
        pairs = (part.split("=", 1) for part in value.split(","))
        return {pair[0].strip(): pair[-1].strip() for pair in pairs}

    def publishes(self, way: Way) -> Publish:
        """Return what goes out without an editor when it comes in this way."""
        return self.publish.get(way, "never" if way == "chat" else "clean")


class WebSettings(Group):
    """Health, metrics, intake, and the webhook if there is a public address."""

    listen: str = "127.0.0.1:8080"
    public_url: Address = None
    secret: SecretStr | None = None

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdecimal() or int(port) > 65535:
            msg = f"is {value!r}; write host:port, such as 127.0.0.1:8080"
            raise ValueError(msg)
        return value


class MatchingSettings(Group):
    """How follows find briefs."""

    default_lang: str = "en"
    window_days: int = Field(default=30, ge=1, le=366)


class ReadingSettings(Group):
    """How a brief is opened from a digest: in the digest's place, or as a reply under it."""

    open: Literal["in_place", "reply"] = "in_place"


class OperationsSettings(Group):
    """What keeps the operator asleep."""

    heartbeat_url: Address = Field(default=None, repr=False)  # who knows it can call it
    copies_days: int = Field(default=400, ge=30)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_json: bool = False
