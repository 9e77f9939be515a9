"""Lengths as Telegram counts them, and cuts that fall where a reader would cut."""

import re
import unicodedata

#: Telegram's limit of a message after its entities are read, in UTF-16 units, which is never
#: laxer than what the server counts (https://core.telegram.org/bots/api#sendmessage).
LIMIT = 4096

#: A stop behind a single letter ends no sentence: U.S., e.g., J. Smith. Those of Chinese and
#: Japanese need no blank behind them.
_SENTENCE_END = re.compile(
    r"""(?: (?<!\b[^\W\d_])\. | [!?…؟।۔] ) ["'”’»)\]]* (?=\s) | [。！？] [」』”’）]*""", re.VERBOSE
)
_BLANK = re.compile(r"\s(?=\S)")
_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)  # spell the flags of England, Scotland, Wales
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)  # two of them are a flag
#: What belongs together is at most so long; a letter with a thousand accents is cut anywhere.
_LONGEST_CLUSTER = 64


def units(shown: str) -> int:
    """Return the length of a text in UTF-16 units: an emoji weighs two."""
    return len(shown) if shown.isascii() else len(shown.encode("utf-16-le", "surrogatepass")) // 2


def cut(shown: str, most: int) -> tuple[str, str]:
    """Return a text cut in two: at most ``most`` units, and the rest; both without blank ends.

    It is cut after a paragraph, else after a sentence, else at a blank, else where it must be;
    a border in the first half is no border, since it would throw too much away. ``most`` is at
    least 2, so that something always comes off.
    """
    if len(shown) <= most and units(shown) <= most:
        return shown, ""
    fitting = _fitting(shown, most)
    border = _border(shown[: fitting + 2], fitting)
    end = join_before(shown, fitting) if border is None else border
    return shown[:end].rstrip(), shown[end:].lstrip()


def join_before(shown: str, end: int) -> int:
    """Return the last place up to ``end`` that does not part what is seen as one character."""
    least = max(1, end - _LONGEST_CLUSTER)
    for place in range(min(end, len(shown)), least - 1, -1):
        if not _parts_a_cluster(shown, place):
            return place
    return end


def _fitting(shown: str, most: int) -> int:
    """Return how many characters fit."""
    end = min(len(shown), most)
    while (over := units(shown[:end]) - most) > 0:
        end -= max(1, over // 2)
    return end


def _border(window: str, end: int) -> int | None:
    """Return where a reader would cut, in the second half of what fits; None for nowhere."""
    sentences = [found.end() for found in _SENTENCE_END.finditer(window)]
    blanks = [found.start() for found in _BLANK.finditer(window)]
    paragraph = window.rfind("\n\n")
    for border in (paragraph, _last(sentences, end), _last(blanks, end)):
        if max(1, end // 2) <= border <= end:
            return border
    return None


def _last(borders: list[int], end: int) -> int:
    return max((border for border in borders if border <= end), default=-1)


def _parts_a_cluster(shown: str, place: int) -> bool:
    if not 0 < place < len(shown):
        return False
    before, after = shown[place - 1], shown[place]
    if _JOINER in (before, after) or unicodedata.category(after)[0] == "M":
        return True
    if ord(after) in _SKIN_TONES or ord(after) in _TAGS:
        return True
    return ord(after) in _FLAG_LETTERS and _flag_letters_before(shown, place) % 2 == 1


def _flag_letters_before(shown: str, place: int) -> int:
    count = 0
    while count < place and ord(shown[place - 1 - count]) in _FLAG_LETTERS:
        count += 1
    return count
