"""What Telegram finds in a text by itself: addresses, mentions, tags, commands.

Close to Telegram's own rules, not equal: of domains without a scheme only frequent endings are
known here, and numbers of bank cards are not looked for.
"""

import re
from collections.abc import Iterator

from bot.playground.text.entities import Entity, in_order, utf16_length

_ENDINGS = (
    "com|org|net|edu|gov|mil|int|info|io|ai|app|dev|news|tv|me|co|eu|uk|de|fr|es|it|nl|pl|ru|ua|ch"
    "|at|se|no|fi|dk|ie|us|ca|au|nz|jp|cn|in|br|mx|ar|il|tr|sa|ae"
)
_HOST = r"(?:[\w\-]+\.)+"
_TAIL = r"(?::\d{1,5})?(?:[/?#][^\s<>\"«»]*[^\s<>\"«».:;,('?!`)\]}])?/?"
_PATTERNS = (
    (
        "email",
        re.compile(rf"(?<![\w@/.+\-])[\w.+\-]+@{_HOST}[a-zA-Z]{{2,8}}(?![\w@\-])", re.ASCII),
    ),
    ("url", re.compile(rf"(?<![\w@])(?:https?|ftp)://[\w.\-]+\.\w+{_TAIL}", re.IGNORECASE)),
    ("url", re.compile(rf"(?<![\w@/#.\-])tg://[\w\-]+{_TAIL}", re.IGNORECASE)),
    (
        "url",
        re.compile(rf"(?<![\w@/#.\-]){_HOST}(?:{_ENDINGS})(?![\w@\-]){_TAIL}", re.IGNORECASE),
    ),
    ("mention", re.compile(r"(?<!\w)@[a-zA-Z0-9_]{4,32}(?!\w)")),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>@])"),
    ),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d_])\w{1,256}(?![\w#])")),
    ("cashtag", re.compile(r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?![\w$])")),
)


def detect(text: str) -> tuple[Entity, ...]:
    """Return what is found, earlier first; of two that overlap the earlier, then the longer."""
    kept: list[Entity] = []
    for entity in in_order(_matches(text)):
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return tuple(kept)


def _matches(text: str) -> Iterator[Entity]:
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            yield Entity(kind, utf16_length(text[: found.start()]), utf16_length(found[0]))
