"""Words: how many a text has, how long they take to read, and which they are."""

import re

WORDS_PER_MINUTE = 230

# Chinese and Japanese put no blanks between words, so their characters are told apart.
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_WORD = re.compile(rf"[{_IDEOGRAPHS}]|[^\W{_IDEOGRAPHS}]+")


def count_read_seconds(text: str) -> int:
    """Return how long the text takes at 230 words a minute, at least one second.

    Two ideographs count as a word.
    """
    text, ideographs = _IDEOGRAPH.subn(" ", text)
    words = len(text.split()) + ideographs / 2
    return max(1, round(words * 60 / WORDS_PER_MINUTE))


def list_words(text: str) -> list[str]:
    """List the words of a text in their order, case folded, without punctuation."""
    return _WORD.findall(text.casefold())
