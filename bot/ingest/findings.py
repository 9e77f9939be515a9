"""What is found wrong or odd while one document is read."""

from bot.ingest.results import BriefWarning, Fault, WarningCode

MAX_FAULTS = 100  # nobody reads more, and a hostile document could name millions


class Unreadable(Exception):
    """A document, or one brief's part of it, cannot be read at all; the message says why."""

    def __init__(self, message: str, *, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class TooManyFaults(Exception):
    """A brief has more faults than are listed; the rest of it is not read."""


class Findings:
    """Collects the faults and warnings of one brief."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.warnings: list[BriefWarning] = []

    def fault(self, message: str, *, label: str | None = None, line: int | None = None) -> None:
        """Note a reason to refuse the brief; raise `TooManyFaults` when the list is full."""
        if len(self.faults) == MAX_FAULTS:
            last = f"more than {MAX_FAULTS} faults; mend these, then read the document again"
            self.faults.append(Fault(line=line, label=None, message=last))
            raise TooManyFaults
        self.faults.append(Fault(line=line, label=label, message=message))

    def warn(
        self, code: WarningCode, message: str, *, label: str | None = None, line: int | None = None
    ) -> None:
        """Note something odd that does not stop the brief."""
        self.warnings.append(BriefWarning(code=code, line=line, label=label, message=message))

    def list_faults(self) -> tuple[Fault, ...]:
        """List the faults in the order of their lines, those without a line last."""
        return tuple(sorted(self.faults, key=lambda fault: (fault.line is None, fault.line or 0)))

    def list_warnings(self) -> tuple[BriefWarning, ...]:
        """List the warnings in the order of their lines, those without a line last."""
        return tuple(sorted(self.warnings, key=lambda each: (each.line is None, each.line or 0)))
