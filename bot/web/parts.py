"""What the server works with."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.clock import Clock
from bot.config import IngestSettings
from bot.metrics import Metrics
from bot.services.taking_in import Intake
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class WebParts:
    """The store, the intake of documents, and where updates go."""

    db: Database
    clock: Clock
    metrics: Metrics
    intake: Intake
    ingest: IngestSettings
    handle_update: Callable[[dict[str, Any]], Awaitable[None]]
    wake: Callable[[], None]
    failing: Callable[[], Mapping[str, str]]  # ticks whose last run failed, and with what
    key: str | None = None  # of POST /briefs; None: the way is closed
    webhook_secret: str | None = None  # None: updates are fetched
