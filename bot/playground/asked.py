"""What may be asked for over HTTP under ``/play``, checked where it comes in."""

from pydantic import BaseModel, ConfigDict, Field, field_validator

from bot.playground.faults import Fault, Kind
from bot.playground.presets import PRESETS


class Asked(BaseModel):
    """A request's body; a field nobody knows is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AddPerson(Asked):
    """Bring somebody in."""

    name: str = Field(min_length=1, max_length=64)
    language: str = "en"
    username: str = ""
    id: int | None = Field(default=None, gt=0)
    started: bool = False


class AddCommunity(Asked):
    """Found a group or a channel; the first member runs it."""

    title: str = Field(min_length=1, max_length=128)
    member_ids: tuple[int, ...] = Field(min_length=1)
    with_bot: bool = True


class InChat(Asked):
    """Something that happens to a chat."""

    chat_id: int


class Say(InChat):
    """Write a message; in shared chats ``person_id`` says who."""

    text: str = Field(min_length=1, max_length=4096)
    person_id: int | None = None
    reply_to: int | None = None
    thread_id: int = 0


class Tap(InChat):
    """Tap a button by its data or its label."""

    message_id: int | None = None
    label: str = ""
    data: str = ""
    person_id: int | None = None


class Edit(InChat):
    """Rewrite a message of a person's own."""

    message_id: int
    text: str = Field(min_length=1, max_length=4096)


class Open(InChat):
    """Follow a link to the bot."""

    address: str


class MoveClock(Asked):
    """Move the clock: to ``next``, on by ``+1h``, or to an instant."""

    to: str


class AddFault(Asked):
    """Add a fault: a preset by its name, or one described in full."""

    preset: str | None = None
    kind: Kind = Kind.ANSWER
    method: str = "*"
    chat_id: int | None = None
    contains: str = ""
    after: int = Field(default=0, ge=0)
    times: int | None = Field(default=1, gt=0)
    accepted: bool = False
    code: int = Field(default=500, ge=400, le=599)
    description: str = "Internal Server Error"
    retry_after: int | None = None
    migrate_to_chat_id: int | None = None
    delay: float = Field(default=0.0, ge=0)

    @field_validator("preset")
    @classmethod
    def _is_known(cls, preset: str | None) -> str | None:
        if preset is not None and preset not in PRESETS:
            raise ValueError(f"no fault is called {preset!r}")
        return preset

    def fault(self) -> Fault:
        """Return the fault that is meant."""
        if self.preset is not None:
            return PRESETS[self.preset]
        return Fault(**self.model_dump(exclude={"preset"}))
