"""A formatted text written out again: as Telegram's HTML, or with marks for people to read."""

from collections.abc import Iterable
from html import escape

from bot.playground.text.entities import (
    QUOTES,
    STYLES,
    Entity,
    FormattedText,
    cut,
    in_order,
    utf16_length,
)
from bot.playground.text.nesting import joined

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "blockquote": "blockquote",
}
_MARKS = {"bold": "*", "italic": "_", "strikethrough": "~", "spoiler": "||", "code": "`"}
# Control characters stand in no text that Telegram delivers.
_OPENED, _OPENED_FOLDED, _CLOSED = "\x01", "\x02", "\x03"
_PREFIXES = {_OPENED: "> ", _OPENED_FOLDED: ">> "}
_WITHOUT_SENTINELS = dict.fromkeys(map(ord, (*_PREFIXES, _CLOSED)))

_Ends = tuple[str, str]


def to_html(text: FormattedText) -> str:
    """Return HTML that Telegram reads as this text; what it finds by itself has no tags."""
    written: list[str] = []
    opened: list[Entity] = []
    at = 0
    for border in _borders(text.entities, text.text):
        written.append(escape(cut(text.text, at, border - at), quote=False))
        while opened and opened[-1].end <= border:
            written.append(_html_ends(opened.pop())[1])
        begun = [entity for entity in text.entities if entity.offset == border]
        written += [_html_ends(entity)[0] for entity in begun]
        opened += begun
        at = border
    return "".join(written)


def to_lines(text: FormattedText) -> list[str]:
    """Return lines with marks: ``*bold*``, ``> quote``, ``>> quote that folds``."""
    shown: list[str] = []
    prefix = ""
    for line in _with_marks(text).split("\n"):
        for opened, quoted in _PREFIXES.items():
            prefix = quoted if opened in line else prefix
        shown.append((prefix + line.translate(_WITHOUT_SENTINELS)).rstrip())
        prefix = "" if _CLOSED in line else prefix
    return shown


def _with_marks(text: FormattedText) -> str:
    """Write the marks, styles that touch joined; marks may cross, which tags must not."""
    styles = [entity for entity in text.entities if entity.kind in STYLES]
    others = [entity for entity in text.entities if entity.kind not in STYLES]
    entities = in_order([*others, *joined(styles)])
    written: list[str] = []
    at = 0
    for border in _borders(entities, text.text):
        written.append(cut(text.text, at, border - at))
        written += [_mark_ends(entity)[1] for entity in reversed(entities) if entity.end == border]
        written += [_mark_ends(entity)[0] for entity in entities if entity.offset == border]
        at = border
    return "".join(written)


def _borders(entities: Iterable[Entity], text: str) -> list[int]:
    inner = {at for entity in entities for at in (entity.offset, entity.end)}
    return sorted({*inner, utf16_length(text)})


def _html_ends(entity: Entity) -> _Ends:
    attribute = escape(entity.argument)
    match entity.kind:
        case "text_link":
            return f'<a href="{attribute}">', "</a>"
        case "text_mention":
            return f'<a href="tg://user?id={entity.number}">', "</a>"
        case "pre":
            code = f'<code class="language-{attribute}">' if entity.argument else ""
            return f"<pre>{code}", "</code></pre>" if code else "</pre>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
        case "date_time":
            named = f' format="{attribute}"' if entity.argument else ""
            return f'<tg-time unix="{entity.number}"{named}>', "</tg-time>"
        case "custom_emoji":
            return f'<tg-emoji emoji-id="{entity.number}">', "</tg-emoji>"
    tag = _TAGS.get(entity.kind)
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")


def _mark_ends(entity: Entity) -> _Ends:
    if entity.kind == "text_link":
        return "", f" <{entity.argument}>"
    if entity.kind in QUOTES:
        return (_OPENED if entity.kind == "blockquote" else _OPENED_FOLDED), _CLOSED
    mark = _MARKS.get(entity.kind, "")
    return mark, mark
