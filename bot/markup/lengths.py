"""Lengths as Telegram counts them, and cuts that fall where a reader would cut."""

import re

#: Telegram's limit of a message after its entities are read, in UTF-16 units, which is never
#: laxer than what the server counts (https://core.telegram.org/bots/api#sendmessage).
LIMIT = 4096

_SENTENCE_END = re.compile(r"[.!?…。؟][\"'”’)\]]*(?=\s)")
_BASIC_PLANE = 0xFFFF


def units(shown: str) -> int:
    """Return the length of a text in UTF-16 units: an emoji weighs two."""
    return len(shown) + sum(1 for char in shown if ord(char) > _BASIC_PLANE)


def cut(shown: str, most: int) -> tuple[str, str]:
    """Return a text cut in two: at most ``most`` units, and the rest; both without blank ends.

    It is cut after a paragraph, else after a sentence, else at a blank, else where it must be;
    a border in the first half is no border, since it would throw too much away.
    """
    if units(shown) <= most:
        return shown, ""
    end = _fitting(shown, most)
    window = shown[: end + 1]
    for border in (_last_paragraph(window), _last_sentence(window), window.rfind(" ")):
        if end // 2 <= border <= end:
            return shown[:border].rstrip(), shown[border:].lstrip()
    return shown[:end].rstrip(), shown[end:].lstrip()


def _fitting(shown: str, most: int) -> int:
    """Return how many characters fit, never parting what belongs together."""
    end = min(len(shown), most)
    while units(shown[:end]) > most:
        end -= max(1, (units(shown[:end]) - most) // 2)
    while end > 1 and _joins(shown[end]):
        end -= 1
    return end


def _joins(char: str) -> bool:
    # Combining marks, joiners, variation selectors and skin tones belong to what stands before.
    code = ord(char)
    return (
        0x0300 <= code <= 0x036F or code in (0x200D, 0xFE0E, 0xFE0F) or 0x1F3FB <= code <= 0x1F3FF
    )


def _last_paragraph(window: str) -> int:
    return window.rfind("\n\n")


def _last_sentence(window: str) -> int:
    ends = [found.end() for found in _SENTENCE_END.finditer(window)]
    return ends[-1] if ends else -1
