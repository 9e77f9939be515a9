"""What handlers work with."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.config import AccessSettings, DigestSettings, IngestSettings, ReadingSettings
from bot.delivery.render import Renderer
from bot.services.matcher import Matcher
from bot.services.taking_in import Intake
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Deps:
    """Everything that a handler may need; ``db`` is bound to the update that is handled."""

    db: Database
    clock: Clock
    matcher: Matcher
    intake: Intake
    renderer: Renderer
    access: AccessSettings
    digest: DigestSettings
    ingest: IngestSettings
    reading: ReadingSettings
    wake: Callable[[], None]  # lets the sender look at the ledger at once

    def is_editor(self, user_id: int) -> bool:
        """Tell whether a person may take briefs in and retract them; owners may."""
        return user_id in self.access.editors or user_id in self.access.owners
