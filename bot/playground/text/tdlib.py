"""Telegram's own parser, offline: the synchronous calls of TDLib."""

from collections.abc import Callable, Iterable
from typing import Any

import orjson

from bot.playground import refusals
from bot.playground.refusals import bad_request
from bot.playground.text.entities import Entity, FormattedText

_KINDS = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "TextUrl": "text_link",
    "MentionName": "text_mention",
    "CustomEmoji": "custom_emoji",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "DateTime": "date_time",
    "Mention": "mention",
    "Hashtag": "hashtag",
    "Cashtag": "cashtag",
    "BotCommand": "bot_command",
    "Url": "url",
    "EmailAddress": "email",
    "PhoneNumber": "phone_number",
    "BankCardNumber": "bank_card_number",
}
_NAMES = {kind: name for name, kind in _KINDS.items() if name != "PreCode"}
_ARGUMENTS = {"PreCode": "language", "TextUrl": "url"}
_NUMBERS = {
    "MentionName": "user_id",
    "CustomEmoji": "custom_emoji_id",
    "DateTime": "unix_time",
}
_PRECISIONS = {"dateTimePartPrecisionShort": 0, "dateTimePartPrecisionLong": 1}
_PARSE_MODES = {
    "html": {"@type": "textParseModeHTML"},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
}
_MARKERS = "*_~|`[]()"
_PRIVATE_USE = range(0xE000, 0xF900)


def _load() -> Callable[[bytes], bytes | None] | None:
    try:
        from tdjson import td_execute
    except ImportError:  # no wheel for this platform
        return None
    return td_execute


_td_execute = _load()


def is_available() -> bool:
    """Say whether the library is installed."""
    return _td_execute is not None


class TdlibEngine:
    """The parser and the normaliser of Telegram's clients and servers."""

    def __init__(self) -> None:
        _execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})

    def parse(self, text: str, parse_mode: str) -> FormattedText:
        """Return what the markup says, or raise ``Refused`` with Telegram's words."""
        mode = _PARSE_MODES.get(parse_mode)
        if mode is None:
            raise bad_request(refusals.PARSE_MODE)
        return _read(_execute({"@type": "parseTextEntities", "text": text, "parse_mode": mode}))

    def normalise(self, text: FormattedText) -> FormattedText:
        """Return the text as Telegram delivers it, blanks at both ends kept.

        The normaliser runs when a message is sent; the only synchronous call that runs it too
        is the one for Markdown, so the marks of Markdown are hidden from it.
        """
        hidden = _hide_markers(text.text)
        written = {
            "@type": "formattedText",
            "text": text.text.translate(hidden),
            "entities": [_entity_to_tdlib(entity) for entity in text.entities],
        }
        normal = _read(_execute({"@type": "parseMarkdown", "text": written}))
        shown = {replacement: marker for marker, replacement in hidden.items()}
        return FormattedText(normal.text.translate(shown), normal.entities)

    def detect(self, text: str) -> tuple[Entity, ...]:
        """Return the addresses, mentions, tags and commands that Telegram finds by itself."""
        found = _execute({"@type": "getTextEntities", "text": text})
        return tuple(_entities(found["entities"]))


def _execute(request: dict[str, object]) -> dict[str, Any]:
    answer = _td_execute(orjson.dumps(request)) if _td_execute else None
    if answer is None:
        raise RuntimeError("TDLib gave no answer; is the wheel tdjson installed")
    read: dict[str, Any] = orjson.loads(answer)
    return read


def _read(answer: dict[str, Any]) -> FormattedText:
    if answer["@type"] == "error":
        raise bad_request(answer["message"])
    return FormattedText(answer["text"], tuple(_entities(answer["entities"])))


def _entities(found: Iterable[dict[str, Any]]) -> Iterable[Entity]:
    for entity in found:
        what = entity["type"]
        name = what["@type"].removeprefix("textEntityType")
        if name in _KINDS:  # a time stamp in a video is of no use to a bot
            argument = _date_format(what) if name == "DateTime" else what.get(_ARGUMENTS.get(name))
            number = int(what.get(_NUMBERS.get(name), 0))
            yield Entity(
                _KINDS[name], entity["offset"], entity["length"], str(argument or ""), number
            )


def _date_format(what: dict[str, Any]) -> str:
    formatting = what.get("formatting_type")
    if formatting is None:
        return ""
    if formatting["@type"] == "dateTimeFormattingTypeRelative":
        return "r"
    written = "w" if formatting["show_day_of_week"] else ""
    for letters, part in (("dD", "date_precision"), ("tT", "time_precision")):
        precision = _PRECISIONS.get(formatting[part]["@type"])
        written += "" if precision is None else letters[precision]
    return written


def _entity_to_tdlib(entity: Entity) -> dict[str, object]:
    name = _NAMES[entity.kind]
    what: dict[str, object] = {"@type": f"textEntityType{name}"}
    if entity.kind == "pre" and entity.argument:
        what = {"@type": "textEntityTypePreCode", "language": entity.argument}
    elif name in _ARGUMENTS:
        what[_ARGUMENTS[name]] = entity.argument
    elif name in _NUMBERS:
        what[_NUMBERS[name]] = entity.number
    if name == "DateTime" and entity.argument:
        what["formatting_type"] = _formatting_type(entity.argument)
    return {"offset": entity.offset, "length": entity.length, "type": what}


def _formatting_type(written: str) -> dict[str, object]:
    if written == "r":
        return {"@type": "dateTimeFormattingTypeRelative"}

    def precision(short: str, long: str) -> dict[str, str]:
        size = "Long" if long in written else "Short" if short in written else "None"
        return {"@type": f"dateTimePartPrecision{size}"}

    return {
        "@type": "dateTimeFormattingTypeAbsolute",
        "date_precision": precision("d", "D"),
        "time_precision": precision("t", "T"),
        "show_day_of_week": "w" in written,
    }


def _hide_markers(text: str) -> dict[int, int]:
    if not set(_MARKERS) & set(text):
        return {}
    unused = (code for code in _PRIVATE_USE if chr(code) not in text)
    return {ord(marker): code for marker, code in zip(_MARKERS, unused, strict=False)}
