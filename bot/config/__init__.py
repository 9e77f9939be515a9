"""The one reader of the environment and of the settings folder."""

from bot.config.folder import SettingsFolder, find_folder, find_seeds
from bot.config.groups import (
    WAYS,
    AccessSettings,
    DatabaseSettings,
    DeliverySettings,
    DigestSettings,
    IngestSettings,
    MatchingSettings,
    OperationsSettings,
    Publish,
    ReadingSettings,
    TelegramSettings,
    Way,
    WebSettings,
)
from bot.config.settings import Settings, load_settings

__all__ = [
    "WAYS",
    "AccessSettings",
    "DatabaseSettings",
    "DeliverySettings",
    "DigestSettings",
    "IngestSettings",
    "MatchingSettings",
    "OperationsSettings",
    "Publish",
    "ReadingSettings",
    "Settings",
    "SettingsFolder",
    "TelegramSettings",
    "Way",
    "WebSettings",
    "find_folder",
    "find_seeds",
    "load_settings",
]
