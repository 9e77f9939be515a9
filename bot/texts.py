"""The one way to words: an id and values become a sentence in a language.

Messages are Fluent files in ``bot/locales/<language>/``; they hold no tags. ``html`` escapes
the sentence and every value that is not ``Html``, so emphasis is a value. Numbers, shares and
dates are written as the language writes them.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale, dates, lists, numbers
from fluent.runtime import FluentBundle, FluentResource

from bot.clock import zone_of
from bot.markup import Html, moment, text

LOCALES = Path(__file__).parent / "locales"
SOURCE = "en"
#: Values that are Html travel through Fluent as single noncharacters, which no text may hold.
_MARKS = range(0xFDD0, 0xFDF0)
_NO_MARKS = dict.fromkeys(_MARKS)
_MARK = re.compile("[\ufdd0-\ufdef]")
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})

Value = str | int | float | Html


class Texts:
    """The words in one language; what it lacks is said in English."""

    def __init__(self, language: str = SOURCE) -> None:
        self.language = language if language in languages() else SOURCE
        self._locale = Locale.parse(self.language, sep="-")
        self._bundles = [_bundle(tag) for tag in dict.fromkeys((self.language, SOURCE))]

    def html(self, message: str, **values: Value) -> Html:
        """Return the sentence with its values, escaped; an ``Html`` value keeps its markup."""
        pieces: dict[str, Html] = {}
        plain: dict[str, Value] = {}
        for name, value in values.items():
            if isinstance(value, Html):
                mark = plain[name] = chr(_MARKS[len(pieces)])
                pieces[mark] = value
            elif isinstance(value, str):
                plain[name] = text(value).shown.translate(_NO_MARKS)
            else:
                plain[name] = value
        said = text(self._format(message, plain), keep_isolates=True)
        # In one pass, so that what looks like a mark inside a piece is left as it is.
        return Html(
            _MARK.sub(lambda mark: pieces[mark[0]].markup, said.markup),
            _MARK.sub(lambda mark: pieces[mark[0]].shown, said.shown),
        )

    def plain(self, message: str, **values: str | float) -> str:
        """Return the sentence as text without formatting: for buttons, toasts and commands."""
        return self._format(message, values)

    def number(self, value: float) -> str:
        """Return a number with at most one decimal: 8.5, 9."""
        return numbers.format_decimal(value, "0.#", locale=self._locale)

    def share(self, value: float) -> str:
        """Return a share of 1 in percent: 92%."""
        return numbers.format_percent(value, locale=self._locale)

    def listing(self, names: Iterable[str]) -> str:
        """Return names as a list in words: a, b, and c."""
        return lists.format_list(list(names), locale=self._locale)

    def weekday(self, day: date) -> str:
        """Return the name of a day of the week."""
        return dates.format_date(day, "EEEE", locale=self._locale)

    def weekday_of(self, instant: datetime, zone: str) -> str:
        """Return the name of the day of the week that an instant falls on in a zone."""
        return self.weekday(_local(instant, zone).date())

    def day(self, instant: datetime, zone: str) -> Html:
        """Return the date of an instant, as clients show it in the reader's own zone."""
        local = _local(instant, zone)
        return moment(instant, "D", dates.format_date(local, "d MMMM y", locale=self._locale))

    def when(self, instant: datetime, zone: str) -> Html:
        """Return weekday and time of an instant, as clients show it in the reader's own zone."""
        local = _local(instant, zone)
        said = f"{self.weekday(local.date())} {self.clock(local.time())}"
        return moment(instant, "wt", said)

    def clock(self, of_day: time) -> str:
        """Return a time of day as it is typed: 07:30."""
        return f"{of_day:%H:%M}"

    def _format(self, message: str, values: dict[str, Value] | dict[str, str | float]) -> str:
        for bundle in self._bundles:
            if bundle.has_message(message):
                pattern = bundle.get_message(message).value
                assert pattern is not None, message
                said, errors = bundle.format_pattern(pattern, values)
                if errors:
                    msg = f"the text {message!r} in {self.language!r} lacks a value: {errors}"
                    raise LookupError(msg)
                return str(said)
        msg = f"there is no text {message!r}"
        raise LookupError(msg)


def _local(instant: datetime, zone: str) -> datetime:
    try:
        return instant.astimezone(zone_of(zone))
    except OverflowError:  # on the first and the last day that there is
        return instant


@lru_cache(maxsize=64)
def texts_in(language: str) -> Texts:
    """Return the words in a language; an unknown one is English."""
    return Texts(language)


def languages() -> list[str]:
    """Return the languages that there are words in, English first."""
    tags = sorted(path.name for path in LOCALES.iterdir() if path.is_dir())
    return [SOURCE, *(tag for tag in tags if tag != SOURCE)]


@cache
def _bundle(tag: str) -> FluentBundle:
    # Isolation marks help where text runs both ways; elsewhere they are only weight.
    bundle = FluentBundle([tag], use_isolating=tag in _RIGHT_TO_LEFT)
    for path in sorted((LOCALES / tag).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle
