"""Single values: what is allowed in each field, whatever form the document has."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_OUT_OF_TEN = re.compile(r"([0-9.]+)[ ]?/[ ]?10")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,9})?)[ ]?%")
_LONGEST_NUMBER = 100  # characters; float() takes its time with more
_INSTANT = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}[T ][0-9:]+(?:[.,][0-9]+)?(?:Z|[+-][0-9:]+)")
_LONGEST_INSTANT = 50
_LONGEST_TAG = 35  # characters, which RFC 5646 calls enough for every tag
_TAG = re.compile(
    r"""
    [a-z]{2,3} (?:-[a-z]{3}){0,3}  # the language, with extended language subtags
    (?:-(?P<script>[a-z]{4}))?
    (?:-(?P<region>[a-z]{2}|[0-9]{3}))?
    (?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*  # variants
    (?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*  # extensions
    (?:-x(?:-[a-z0-9]{1,8})+)?  # private use
    """,
    re.VERBOSE,
)


def read_number(text: str, *, low: float, high: float) -> float | None:
    """Return a finite number from ``low`` to ``high``, else None."""
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value + 0.0 if low <= value <= high else None  # adding turns -0.0 into 0.0


def read_whole_number(text: str, *, low: int, high: int) -> int | None:
    """Return a whole number from ``low`` to ``high``, else None; ``120.0`` is whole."""
    value = read_number(text, low=low, high=high)
    return int(value) if value is not None and value.is_integer() else None


def plain_score(text: str) -> str:
    """Return ``8.5/10`` as ``8.5`` and any other text as it is."""
    found = _OUT_OF_TEN.fullmatch(text)
    return found[1] if found else text


def plain_share(text: str) -> str:
    """Return ``92%`` as ``0.92`` and any other text as it is."""
    found = _PERCENT.fullmatch(text)
    return f"{found[1]}e-2" if found else text


def read_instant(text: str) -> datetime | None:
    """Return an ISO 8601 instant with its offset, in UTC, else None."""
    text = text.upper()
    if len(text) > _LONGEST_INSTANT or not _INSTANT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):  # no such day; or outside the years 1 to 9999 in UTC
        return None


def read_url(text: str) -> str | None:
    """Return an http or https address with a host and without a user part, else None."""
    if re.search(r"[\s\\\x00-\x20\x7f]", text):
        return None
    try:
        parts = urlsplit(text)
        has_place = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # brackets without an IPv6 address in them, a port that is no number
        return None
    is_web = parts.scheme in ("http", "https")
    return text if is_web and has_place and "@" not in parts.netloc else None


def read_language(text: str) -> str | None:
    """Return a BCP 47 tag in its customary case, such as ``es-MX``, else None.

    Languages have two or three letters: RFC 5646 keeps longer ones for a later day. Whether
    the subtags are registered is not looked up.
    """
    tag = text.lower()
    found = _TAG.fullmatch(tag) if len(tag) <= _LONGEST_TAG else None
    if found is None:
        return None
    for name, in_case in (("script", str.title), ("region", str.upper)):
        start, end = found.span(name)
        if start >= 0:
            tag = tag[:start] + in_case(tag[start:end]) + tag[end:]
    return tag
