"""What a document says label by label, before anybody asked whether it is allowed."""

import re
from dataclasses import dataclass, field

from bot.ingest import characters, labels, prose
from bot.ingest.findings import Findings
from bot.ingest.labels import Label
from bot.ingest.results import WarningCode

MAX_EXTRAS = 64  # labels nobody knows; they are stored with the brief
MAX_NAME = 80  # characters of such a label


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the line where it begins, None in JSON."""

    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Number(Text):
    """A number as it was written."""

    is_quoted: bool = False


@dataclass(slots=True, kw_only=True)
class Sheet:
    """The values of one brief by label; a label without a value was read and made no sense."""

    findings: Findings
    texts: dict[Label, Text] = field(default_factory=dict)
    lists: dict[Label, list[Text]] = field(default_factory=dict)
    numbers: dict[Label, Number] = field(default_factory=dict)
    extras: list[tuple[str, Text]] = field(default_factory=list)
    lines: dict[str, int | None] = field(default_factory=dict)  # by squeezed name

    def clean_name(self, name: str, *, line: int | None) -> str | None:
        """Return a label's name as it is looked up, or None, with a fault, if it is no text."""
        text = characters.clean_text(name, self.findings, first_line=line)
        return None if text is None else prose.tidy_line(text)

    def claim(self, name: str, *, line: int | None) -> bool:
        """Note that a label stands there; a fault, and False, if it stood somewhere before."""
        key = labels.squeeze(name)
        if key not in self.lines:
            self.lines[key] = line
            return True
        first = self.lines[key]
        where = "" if first is None else f", first in line {first}"
        self.findings.fault(f"{name} stands twice{where}; keep one", label=name, line=line)
        return False

    def claim_found(self, found: re.Match[str], *, line: int) -> bool:
        """Do the same for a match of `LABEL`, and warn if it is bold or a heading."""
        label = labels.label_of(found)
        if labels.is_marked_up(found):
            message = f"{label} stands in bold or as a heading; read all the same"
            self.findings.warn(WarningCode.MARKDOWN, message, label=label, line=line)
        return self.claim(label, line=line)

    def warn_quoted(self, label: Label, *, line: int | None) -> None:
        """Warn that the label or its value stands in quotes that are left out."""
        message = f"{label} stands in quotes; read without them"
        self.findings.warn(WarningCode.QUOTED, message, label=label, line=line)

    def has(self, label: Label) -> bool:
        """Tell whether the label stands in the document, whatever its value."""
        return labels.SQUEEZED[label] in self.lines

    def line_of(self, label: Label) -> int | None:
        """Return the line of the label, or None where there is none."""
        return self.lines.get(labels.SQUEEZED[label])

    def add_extra(self, name: str, value: Text) -> None:
        """Keep a label that nobody knows, with a warning; a fault if there are very many."""
        if len(self.extras) == MAX_EXTRAS or len(name) > MAX_NAME:
            what = f"{prose.quote(name)} is an unknown label too long or too many to keep"
            at_most = f"at most {MAX_EXTRAS} of {MAX_NAME} characters"
            self.findings.fault(f"{what}; write {at_most}", line=value.line)
            return
        self.extras.append((name, value))
        near = labels.find_near_label(name)
        hint = f"; did you mean {near}?" if near else ""
        message = f"{prose.quote(name)} is no label of the format, kept unread{hint}"
        self.findings.warn(WarningCode.UNKNOWN_LABEL, message, label=name, line=value.line)
