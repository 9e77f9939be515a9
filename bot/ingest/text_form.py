"""One brief as a text document: a body, then labelled parts, lists and numbers last."""

import re

from bot.ingest import labels, last_part, prose, quoted
from bot.ingest.labels import LABEL, Label, Shape
from bot.ingest.prose import BLANKS, BYTE_ORDER_MARK
from bot.ingest.results import WarningCode
from bot.ingest.sheet import Sheet, Text

_LIST_OR_NUMBER = re.compile(r"""[ ]*(?:\[|["'“‘]?[+-]?[0-9])""")


def read_text(text: str, *, first_line: int, sheet: Sheet) -> None:
    r"""Put all that the text of one brief says on the sheet; its line ends are ``\n``.

    Text that belongs to no label is a fault, with its line.
    """
    texts = _Texts(sheet, first_line=first_line)
    lines = [line.lstrip(BYTE_ORDER_MARK) for line in text.split("\n")]
    for index, line in enumerate(lines):
        found = LABEL.match(line)
        if found is None:
            texts.add_line(line, number=first_line + index)
        elif labels.label_of(found).shape in (Shape.TEXT, Shape.LINE):
            texts.add_label(found, number=first_line + index)
        elif texts.has_text_label:
            texts.end()
            rest = "\n".join(lines[index:])
            last_part.read_last_part(rest, first_line=first_line + index, sheet=sheet)
            return
        else:
            texts.add_body_line(found, number=first_line + index)
    texts.end()


class _Texts:
    """Collects the lines of the body and of the texts behind it, up to the last part."""

    def __init__(self, sheet: Sheet, *, first_line: int) -> None:
        self.has_text_label = False
        self._sheet = sheet
        self._body: list[str] = []
        self._label: Label | None = Label.BODY  # whose lines they are; None: nobody's
        self._lines = self._body
        self._line = first_line
        self._warned: set[Label] = set()

    def add_line(self, line: str, *, number: int) -> None:
        """Take a line that begins with no label."""
        text = line.lstrip(" ")
        if text != line and labels.is_structure(text):
            # One blank makes such a line text and is no part of it: bot.ingest.write relies on it.
            line = line[1:]
            if found := LABEL.match(text):
                self._warn(labels.label_of(found), "stands behind a blank", number=number)
        if self._label is None and text.strip(BLANKS):
            what = f"{prose.quote(text)} belongs to no label"
            self._sheet.findings.fault(f"{what}; move or remove it", line=number)
        self._lines.append(line)

    def add_body_line(self, found: re.Match[str], *, number: int) -> None:
        """Take a line of the body that begins as the last part would begin."""
        if _LIST_OR_NUMBER.match(found.string, found.end()):
            where = "stands before counter_argument and ai_context"
            self._warn(labels.label_of(found), where, number=number)
        self._lines.append(found.string)

    def add_label(self, found: re.Match[str], *, number: int) -> None:
        """Take a line that begins with the label of a text or of a one-line value."""
        label, rest = labels.label_of(found), found.string[found.end() :]
        self._sheet.claim_found(found, line=number)
        self._end_text()
        if label.shape is Shape.TEXT:
            self.has_text_label = True
            self._label, self._line, self._lines = label, number, [rest]
            return
        self._keep(label, rest, line=number)
        if self.has_text_label:
            self._label = None
        else:
            self._body.append("")

    def end(self) -> None:
        """Put what was collected on the sheet."""
        self._end_text()
        self._sheet.texts[Label.BODY] = Text("\n".join(self._body))

    def _end_text(self) -> None:
        if self._label not in (None, Label.BODY):
            self._keep(self._label, "\n".join(self._lines), line=self._line)

    def _keep(self, label: Label, text: str, *, line: int) -> None:
        inner = quoted.unquote(text.strip(BLANKS))
        if inner is not None:
            self._sheet.warn_quoted(label, line=line)
        self._sheet.texts.setdefault(label, Text(text if inner is None else inner, line))

    def _warn(self, label: Label, where: str, *, number: int) -> None:
        """Warn once for each label that a line of text is not taken for it."""
        if label not in self._warned:
            self._warned.add(label)
            message = f"{label} {where}, so its line is text"
            findings = self._sheet.findings
            findings.warn(WarningCode.LABEL_IN_TEXT, message, label=label, line=number)
