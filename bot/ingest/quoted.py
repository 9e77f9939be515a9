"""Texts in straight double quotes, as JSON writes them."""

import json
import re

# An atomic group: a quote left open is looked at once.
QUOTED = re.compile(r'"(?>(?:[^"\\\n]|\\.)*)"')


def unquote(text: str) -> str | None:
    """Return what stands between the quotes of a text that is one JSON string, else None."""
    if not QUOTED.fullmatch(text):
        return None
    if "\\" not in text:
        return text[1:-1]
    try:
        return str(json.loads(text))
    except json.JSONDecodeError:
        return None
