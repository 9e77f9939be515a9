"""A place in the last part of a text document, which knows where the labels stand."""

import re
from bisect import bisect_left

from bot.ingest import quoted
from bot.ingest.labels import LABEL
from bot.ingest.quoted import QUOTED

# The name of a label that is none of ours: up to four words, or anything in quotes.
_NAME = re.compile(
    r"(?P<mark>\*{0,3})(?P<name>[^\W\d_]\w*+(?>(?:[ -]\w++){0,3}))"
    r"(?:(?P=mark)[ ]*:|:(?P=mark))(?!//)"
)
_QUOTED_NAME = re.compile(rf"(?P<name>{QUOTED.pattern})[ ]*:")
_QUOTED_VALUE = re.compile(rf"[^\S\n]*+({QUOTED.pattern})[^\S\n]*+")


class Cursor:
    """Reads a text from its beginning to its end; ``at`` is the place reached.

    What stands in quotes or in a list is passed over as a whole, so that a label there is text.
    """

    def __init__(self, text: str, *, first_line: int) -> None:
        self.text = text
        self.at = 0
        self._first_line = first_line
        self._line_ends = [found.start() for found in re.finditer("\n", text)]
        self._labels = list(LABEL.finditer(text))
        self._label_starts = [found.start() for found in self._labels]

    def line_at(self, at: int) -> int:
        """Return the line of a place, counted in the document."""
        return self._first_line + bisect_left(self._line_ends, at)

    def next_label(self, at: int) -> int:
        """Return the first place from ``at`` on where a label stands, else the end of the text."""
        nearest = bisect_left(self._label_starts, at)
        return self._label_starts[nearest] if nearest < len(self._labels) else len(self.text)

    def skip_blanks(self) -> str:
        """Move over blanks and line ends; return the character there, nothing at the end."""
        while (character := self.text[self.at : self.at + 1]).isspace():
            self.at += 1
        return character

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Move behind what the pattern matches here, if it does."""
        found = pattern.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def take_label(self) -> re.Match[str] | None:
        """Move behind the label that stands here, if one does, to its value."""
        if self.next_label(self.at) != self.at:
            return None
        found = self._labels[bisect_left(self._label_starts, self.at)]
        self.at = found.end()
        return found

    def take_name(self) -> str | None:
        """Move behind the name of a label that is none of ours, if one stands here."""
        found = self._name_at(self.at)
        if found is None:
            return None
        self.at = found.end()
        inner = quoted.unquote(found["name"])
        return found["name"] if inner is None else inner

    def take_quoted(self, *, over_lines: bool) -> str | None:
        """Move behind a value that stands wholly in quotes and return it without them.

        With ``over_lines`` the value could go on in the next line, so only a label ends it.
        """
        found = _QUOTED_VALUE.match(self.text, self.at)
        inner = quoted.unquote(found[1]) if found else None
        if found is None or inner is None:
            return None
        start, self.at = self.at, found.end()
        if not over_lines and self.text[self.at : self.at + 1] in ("", "\n"):
            return inner
        is_whole = not self.skip_blanks() or self.next_label(self.at) == self.at
        if is_whole or (not over_lines and self._name_at(self.at)):
            return inner
        self.at = start
        return None

    def take_line(self) -> str:
        """Move to the end of the line or the next label, and return what is passed over."""
        start, self.at = self.at, self._reach(self.at)
        return self.text[start : self.at].strip()

    def take_block(self) -> str:
        """Move to the next label and return what is passed over."""
        start, self.at = self.at, self.next_label(self.at)
        return self.text[start : self.at]

    def _name_at(self, at: int) -> re.Match[str] | None:
        in_quotes = _QUOTED_NAME.match(self.text, at)
        return in_quotes or _NAME.match(self.text, at, self._reach(at))

    def _reach(self, at: int) -> int:
        line_end = self.text.find("\n", at)
        return min(self.next_label(at), len(self.text) if line_end < 0 else line_end)
