"""Telegram's HTML, read without Telegram's library: the same tags, the same complaints.

Offsets in complaints count bytes of the text as it came; offsets of entities count UTF-16 units
of the text that is left.
"""

import re
from dataclasses import replace

from bot.playground.refusals import Refused, bad_request
from bot.playground.text.entities import Entity, FormattedText, in_order, utf16_length
from bot.playground.text.meaning import NAMES, Tag, entity_of, with_code_in_pre

_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]*)|#(?P<dec>[0-9]*)|(?P<name>[a-zA-Z]*));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_LAST_CODE = 0x10FFFF
_LONGEST_REFERENCE = 10
_END = "\0"
_SPACE = " \t\r\n\v"
_TAG_NAME_ENDS = frozenset(_SPACE + _END + ">")
_ATTRIBUTE_ENDS = frozenset(_SPACE + _END + "=>/\"'")
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse_html(text: str) -> FormattedText:
    """Return what the markup says, or raise ``Refused`` with Telegram's words."""
    scan = _Scan(text)
    while scan.at < len(text):
        if text.startswith("</", scan.at):
            scan.read_end_tag()
        elif text[scan.at] == "<":
            scan.read_start_tag()
        else:
            scan.read_text()
    return scan.finish()


def _decoded(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    if found["name"] is not None:
        return _NAMED.get(found["name"], found[0])
    digits, radix = (found["dec"], 10) if found["hex"] is None else (found["hex"], 16)
    code = int(digits or "0", radix)
    is_bad = not 0 < code < _LAST_CODE or len(found[0].rstrip(";")) >= _LONGEST_REFERENCE
    return found[0] if is_bad else chr(code)


class _Scan:
    """One pass over a text."""

    def __init__(self, source: str) -> None:
        self.at = 0
        self._source = source
        self._written = ""
        self._units = 0
        self._opened: list[Tag] = []
        self._entities: list[Entity] = []

    def read_text(self) -> None:
        """Take what stands before the next tag."""
        upto = self._source.find("<", self.at)
        text = _decoded(self._source[self.at : upto if upto >= 0 else None])
        self._written += text
        self._units += utf16_length(text)
        self.at = upto if upto >= 0 else len(self._source)

    def read_start_tag(self) -> None:
        """Open a tag and take its attributes."""
        begin = self.at
        self.at += 1
        name = self._take_until(_TAG_NAME_ENDS).lower()
        if self._next() == _END:
            raise self._complaint("Unclosed start tag", begin)
        if name not in NAMES:
            raise self._complaint(f'Unsupported start tag "{name}"', begin)
        tag = Tag(name, self._units, len(self._written))
        while self._next_after_spaces() != ">":
            self._read_attribute(tag, begin)
        self.at += 1
        if name == "span" and tag.argument != "spoiler":
            raise self._complaint('Tag "span" must have class "tg-spoiler"', begin)
        self._opened.append(tag)

    def read_end_tag(self) -> None:
        """Close the latest tag and keep what it meant."""
        begin = self.at
        if not self._opened:
            raise self._complaint("Unexpected end tag", begin)
        self.at += 2
        name = self._take_until(_TAG_NAME_ENDS).lower()
        if self._next_after_spaces() != ">":
            raise self._complaint("Unclosed end tag", begin)
        self.at += 1
        tag = self._opened.pop()
        if name and name != tag.name:
            found = f', expected "</{tag.name}>", found "</{name}>"'
            raise self._complaint("Unmatched end tag", begin, found)
        if self._units > tag.offset:
            inside = self._written[tag.position :]
            entity = entity_of(tag, self._units - tag.offset, inside)
            if entity is not None:
                with_code_in_pre(self._entities, entity)

    def finish(self) -> FormattedText:
        """Return all that was read, or say which tag stayed open."""
        if self._opened:
            name = self._opened[-1].name
            raise bad_request(
                f"Can't parse entities: Can't find end tag corresponding to start tag \"{name}\""
            )
        if _SURROGATE.search(self._written):
            raise bad_request(
                "Can't parse entities: Text contains invalid Unicode characters after decoding"
                " HTML entities, check for unmatched surrogate code units"
            )
        kept = (
            replace(entity, argument="") if entity.kind == "code" else entity
            for entity in self._entities
        )
        return FormattedText(self._written, in_order(kept))

    def _read_attribute(self, tag: Tag, begin: int) -> None:
        name = self._take_until(_ATTRIBUTE_ENDS)
        if not name:
            raise self._complaint(f'Empty attribute name in the tag "{tag.name}"', begin)
        if self._next_after_spaces() == "=":
            self.at += 1
            self._next_after_spaces()
            tag.take(name, self._attribute_value(tag, begin))
        elif self._next() == _END:
            raise self._complaint(f'Unclosed start tag "{tag.name}"', begin)
        elif name == "expandable":
            tag.take(name, "")

    def _attribute_value(self, tag: Tag, begin: int) -> str:
        quote = self._next()
        if quote == _END:
            raise self._complaint(f'Unclosed start tag "{tag.name}"', begin)
        if quote in "\"'":
            self.at += 1
            value = _decoded(self._take_until({quote, _END}))
            self.at += self._next() == quote
        else:
            value = self._name_token()
        if self._next() == _END:
            raise self._complaint("Unclosed start tag", begin)
        return value

    def _name_token(self) -> str:
        begin = self.at
        while self._next().isascii() and (self._next().isalnum() or self._next() in ".-"):
            self.at += 1
        if self._next() not in _TAG_NAME_ENDS:
            raise self._complaint("Unexpected end of name token", begin)
        return self._source[begin : self.at].lower()

    def _next(self) -> str:
        return self._source[self.at] if self.at < len(self._source) else _END

    def _next_after_spaces(self) -> str:
        while self._next() in _SPACE:
            self.at += 1
        return self._next()

    def _take_until(self, ends: frozenset[str] | set[str]) -> str:
        begin = self.at
        while self._next() not in ends and self.at < len(self._source):
            self.at += 1
        return self._source[begin : self.at]

    def _complaint(self, text: str, at: int, found: str = "") -> Refused:
        offset = len(self._source[:at].encode())
        return bad_request(f"Can't parse entities: {text} at byte offset {offset}{found}")
