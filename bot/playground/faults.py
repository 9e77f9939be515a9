"""Scripted mishaps: which call is struck, how, and whether it still took effect."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from bot.playground.arguments import NO_ARGUMENTS, Arguments
from bot.playground.refusals import Refusal


class Kind(StrEnum):
    """How a fault shows itself to the bot."""

    ANSWER = "answer"
    HTML = "html"
    EMPTY = "empty"
    NO_RESULT = "no_result"
    WRONG_TYPE = "wrong_type"
    CUT_HEADER = "cut_header"
    CUT_BODY = "cut_body"
    RESET = "reset"
    HANG = "hang"
    DELAY = "delay"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One line of a script.

    It strikes calls of ``method`` (``*``: any) for ``chat_id`` (None: any) whose text or caption
    ``contains`` the words, ``times`` times (None: for ever), after it has let ``after`` of them
    through. Where ``accepted`` holds the call takes effect before the fault shows: the message is
    there, the bot does not learn of it. A ``DELAY`` that is not accepted takes effect when the
    delay is over. ``DUPLICATE`` strikes an update instead: it comes once more.
    """

    kind: Kind = Kind.ANSWER
    method: str = "*"
    chat_id: int | None = None
    contains: str = ""
    after: int = 0
    times: int | None = 1
    accepted: bool = False
    code: int = 500
    description: str = "Internal Server Error"
    retry_after: int | None = None
    migrate_to_chat_id: int | None = None
    delay: float = 0.0

    @property
    def refusal(self) -> Refusal:
        """What an ``ANSWER`` says."""
        return Refusal(
            code=self.code,
            description=self.description,
            retry_after=self.retry_after,
            migrate_to_chat_id=self.migrate_to_chat_id,
        )

    def is_for(self, method: str) -> bool:
        """Say whether the fault may strike calls of a method."""
        return self.method == "*" or self.method.lower() == method.lower()

    @property
    def needs_arguments(self) -> bool:
        """Whether one must read a call's parameters to know if it is struck."""
        return self.chat_id is not None or bool(self.contains)


@dataclass(slots=True)
class Scripted:
    """A fault in the script, with how often it was met and how often it struck."""

    fault: Fault
    met: int = 0
    struck: int = 0

    @property
    def is_spent(self) -> bool:
        """Whether it will never strike again."""
        return self.fault.times is not None and self.struck >= self.fault.times

    def meet(self) -> bool:
        """Count a call that fits, and say whether it is struck."""
        self.met += 1
        if self.met <= self.fault.after or self.is_spent:
            return False
        self.struck += 1
        return True


@dataclass(slots=True)
class _Chance:
    faults: Sequence[Fault]
    rate: float
    random: Random


class Faults:
    """The script: asked in order, the first fault that fits strikes."""

    def __init__(self) -> None:
        self._script: list[Scripted] = []
        self._chance: _Chance | None = None

    def add(self, fault: Fault) -> Scripted:
        """Append a fault and return its place in the script, where its strikes are counted."""
        scripted = Scripted(fault)
        self._script.append(scripted)
        return scripted

    def strike_at_random(self, faults: Sequence[Fault], *, rate: float, seed: int) -> None:
        """Strike that share of the calls that no scripted fault strikes; equal seeds, equal luck.

        Of each fault only what it does and its method count.
        """
        self._chance = _Chance(faults, rate, Random(seed))  # noqa: S311  # no secret hangs on it

    def clear(self) -> None:
        """Forget the script and leave nothing to chance."""
        self._script.clear()
        self._chance = None

    def __bool__(self) -> bool:
        return bool(self._script) or self._chance is not None

    def __iter__(self) -> Iterator[Scripted]:
        return iter(tuple(self._script))

    def need_arguments(self, method: str) -> bool:
        """Say whether a call's parameters must be read to know if it is struck."""
        return any(scripted.fault.needs_arguments for scripted in self._open(method))

    def find(self, method: str, arguments: Arguments = NO_ARGUMENTS) -> Fault | None:
        """Return the fault that strikes a call, if any does, and count the strike."""
        for scripted in self._open(method):
            if _fits(scripted.fault, arguments) and scripted.meet():
                return scripted.fault
        return self._by_chance(method)

    def repeats(self, update: str, chat_id: int) -> bool:
        """Say whether an update, given as JSON, is to come once more."""
        return any(
            scripted.fault.kind is Kind.DUPLICATE
            and scripted.fault.chat_id in {None, chat_id}
            and scripted.fault.contains in update
            and scripted.meet()
            for scripted in self._script
            if not scripted.is_spent
        )

    def _open(self, method: str) -> Iterator[Scripted]:
        for scripted in self._script:
            fault = scripted.fault
            if fault.kind is not Kind.DUPLICATE and not scripted.is_spent and fault.is_for(method):
                yield scripted

    def _by_chance(self, method: str) -> Fault | None:
        if self._chance is None:
            return None
        fitting = [fault for fault in self._chance.faults if fault.is_for(method)]
        if not fitting or self._chance.random.random() >= self._chance.rate:
            return None
        return self._chance.random.choice(fitting)


def _fits(fault: Fault, arguments: Arguments) -> bool:
    if fault.chat_id is not None and arguments.text("chat_id") != str(fault.chat_id):
        return False
    return fault.contains in (arguments.text("text") or arguments.text("caption"))
