"""What reading a document gives: one result a brief, each with all that is to be said about it."""

from dataclasses import dataclass
from enum import StrEnum

from storage.model.brief import BriefDraft


class DocumentKind(StrEnum):
    """The forms a document may have; the value is the suffix of its file."""

    TEXT = "txt"
    JSON = "json"
    JSON_LINES = "jsonl"


class WarningCode(StrEnum):
    """What a warning is about, for code that decides; the message is for people."""

    CHARACTERS = "characters"  # characters were replaced or removed
    MARKDOWN = "markdown"  # bold or heading labels, a code fence around the whole
    QUOTED = "quoted"  # a value stood wholly in quotes
    NUMBER_STYLE = "number_style"  # 8.5/10, 92%
    LIST_STYLE = "list_style"  # other quotes than straight double ones, a trailing comma
    DOUBLES = "doubles"  # a list named something twice
    EMPTY_LABEL = "empty_label"  # an optional label without a value
    LABEL_IN_TEXT = "label_in_text"  # a line of text that looks like a label
    UNKNOWN_LABEL = "unknown_label"  # kept, but nothing reads it
    READ_TIME = "read_time"  # far from what the words take
    PLACEHOLDER = "placeholder"  # held: the counter-argument says that there is none
    SHORT = "short"  # held: the counter-argument is hardly a sentence
    COPIED = "copied"  # held: the counter-argument repeats the body
    LIKELY_VERSION = "likely_version"  # held: said by the loader, who knows the stored briefs

    @property
    def is_held(self) -> bool:
        """Tell whether a brief with this warning waits for an editor."""
        return self in _HELD


_HELD = frozenset(
    {
        WarningCode.PLACEHOLDER,
        WarningCode.SHORT,
        WarningCode.COPIED,
        WarningCode.LIKELY_VERSION,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One reason why a brief is refused, in words for an operator."""

    line: int | None  # from 1 in the file; None for JSON and for a missing label
    label: str | None  # the field, such as "impact_score"
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefWarning:
    """Something an editor should know about a brief that was read all the same."""

    code: WarningCode
    line: int | None
    label: str | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefRead:
    """A brief that follows the format."""

    position: int  # in its file, from 1
    draft: BriefDraft
    warnings: tuple[BriefWarning, ...] = ()

    @property
    def is_held(self) -> bool:
        """Tell whether a warning asks for an editor before readers see the brief."""
        return any(warning.code.is_held for warning in self.warnings)


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefRefused:
    """A brief that does not, or, without a position, a whole document that cannot be read."""

    position: int | None
    faults: tuple[Fault, ...]  # at least one, in the order of their lines
    warnings: tuple[BriefWarning, ...] = ()


BriefResult = BriefRead | BriefRefused


def list_report_lines(result: BriefResult, *, file: str, in_batch: bool) -> tuple[str, ...]:
    """Return one line for each fault and warning, faults first: ``file:line: message``.

    With ``in_batch``, for a file that holds several briefs, the line names the brief as well.
    """
    brief = f"brief {result.position}: " if in_batch and result.position else ""
    faults = result.faults if isinstance(result, BriefRefused) else ()
    return tuple(
        f"{_place(file, fault.line)}: {brief}{fault.message}" for fault in faults
    ) + tuple(
        f"{_place(file, warning.line)}: {brief}warning: {warning.message}"
        for warning in result.warnings
    )


def _place(file: str, line: int | None) -> str:
    return file if line is None else f"{file}:{line}"
