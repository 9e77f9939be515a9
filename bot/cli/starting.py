"""What most commands begin with: settings and logs."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.config import Settings, SettingsFolder, find_folder, load_settings
from bot.logs import set_up_logs

Result = TypeVar("Result")


def begin(*, quiet: bool = True, **options: dict[str, Any]) -> tuple[Settings, SettingsFolder]:
    """Return the settings and their folder; a command that people watch logs only warnings."""
    folder = find_folder()
    settings = load_settings(folder, **options)
    level = "WARNING" if quiet else settings.operations.log_level
    set_up_logs(level=level, as_json=settings.operations.log_json)
    return settings, folder


def run_async(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a command's work to its end."""
    return asyncio.run(work)
