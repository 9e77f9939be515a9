"""One brief as an item of a digest: the news in bold, the scores, its Counterpoint."""

from collections import OrderedDict
from dataclasses import dataclass

from bot.digest.lead import bold_part
from bot.markup import Html, bold, cut, join, lines, quote, spoiler, struck, text, units
from bot.texts import Texts
from storage.model.brief import Brief, BriefState
from storage.model.subscriber import Style

#: What a number, a follow's name and the lines between items may add to an item.
PERSONAL_UNITS = 120
_CACHED = 4096


@dataclass(frozen=True, slots=True)
class Size:
    """How many units of its long texts an item shows; what is cut is whole in the brief."""

    headline: int
    counterpoint: int


#: A counter-argument is shown whole up to 420 units, else to the last sentence before. The
#: others are for a message that would be too long: revisions, names and languages weigh more
#: than was reckoned when it was filled. Seven items of the last one always fit.
SIZES = (Size(600, 420), Size(600, 280), Size(200, 200), Size(120, 100))
WHOLE = SIZES[0]


def headline(brief: Brief, before: str = "", *, size: Size = WHOLE) -> Html:
    """Return the headline, in bold as far as a glance goes; ``before`` is its number."""
    said, left = cut(text(brief.content.headline).shown, size.headline)
    head, rest = bold_part(f"{said}…" if left else said, lang=brief.content.lang or "en")
    if brief.state is BriefState.RETRACTED:
        return join((bold(before), struck(head + rest)))
    return join((bold(before + head), rest))


def scores(brief: Brief, words: Texts) -> Html:
    """Return the line of impact, confidence and minutes; what is not stated is said so."""
    content = brief.content
    return words.html(
        "brief-scores",
        impact=words.number(content.impact),
        confidence="unstated" if content.confidence is None else words.share(content.confidence),
        minutes=str(minutes(content.read_seconds)),
    )


def minutes(seconds: int) -> int:
    """Return a reading time in whole minutes, at least one."""
    return max(1, round(seconds / 60))


def counterpoint(brief: Brief, words: Texts, *, style: Style, size: Size = WHOLE) -> Html:
    """Return the labelled counter-argument in a quote, cut at a sentence if it is long."""
    shown = _shortened(brief.content.counter_argument, size.counterpoint)
    label = bold(words.html("brief-counterpoint"))
    if style is Style.HIDDEN:
        return quote(join((label, words.html("brief-hidden"), spoiler(shown)), " "))
    return quote(join((label, shown), " "), expandable=style is Style.FOLDED)


def withdrawn(brief: Brief, words: Texts, *, size: Size | None = None) -> Html:
    """Return what stands in the place of a retracted brief's text."""
    reason = brief.retract_reason or ""
    if size is not None:
        reason = _shortened(reason, size.counterpoint)
    return words.html("brief-withdrawn-because", reason=reason)


def item_units(brief: Brief, words: Texts) -> int:
    """Return the length that an item is reckoned with, in whatever style it is shown."""
    shown = lines(
        headline(brief), scores(brief, words), counterpoint(brief, words, style=Style.HIDDEN)
    )
    return units(shown.shown) + PERSONAL_UNITS


class Fragments:
    """Items already made, by brief, revision, language, style and place; nothing personal."""

    def __init__(self, *, most: int = _CACHED) -> None:
        self._most = most
        self._made: OrderedDict[tuple[object, ...], tuple[Html, Html]] = OrderedDict()

    def item(
        self, brief: Brief, words: Texts, *, style: Style, place: int, size: Size = WHOLE
    ) -> tuple[Html, Html]:
        """Return the upper and the lower half of an item; what is personal goes between."""
        # The first one stands open, the others as the reader likes them.
        style = Style.OPEN if place == 1 and style is Style.FOLDED else style
        key = (brief.id, brief.revision, brief.state, words.language, style, place, size)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = _halves(brief, words, style=style, place=place, size=size)
            if len(self._made) > self._most:
                self._made.popitem(last=False)
        return made


def _halves(
    brief: Brief, words: Texts, *, style: Style, place: int, size: Size
) -> tuple[Html, Html]:
    head = headline(brief, f"{place} · ", size=size)
    if brief.state is BriefState.RETRACTED:
        return lines(head, withdrawn(brief, words, size=size)), Html("", "")
    return lines(head, scores(brief, words)), counterpoint(brief, words, style=style, size=size)


def _shortened(said: str, most: int) -> str:
    head, rest = cut(text(said).shown, most)
    return f"{head} …" if rest else head
