"""One brief as an item of a digest: the news in bold, the scores, its Counterpoint."""

from collections import OrderedDict

from bot.digest.lead import bold_part
from bot.markup import Html, bold, cut, italic, join, lines, quote, spoiler, struck, text, units
from bot.texts import Texts
from storage.model.brief import Brief, BriefState
from storage.model.subscriber import Style

#: A counter-argument is shown whole up to this many units, else to the last sentence before.
COUNTERPOINT_UNITS = 420
#: What a number, a follow's name and the lines between items may add to an item.
PERSONAL_UNITS = 120
_CACHED = 4096


def headline(brief: Brief, before: str = "") -> Html:
    """Return the headline, in bold as far as a glance goes; ``before`` is its number."""
    head, rest = bold_part(brief.content.headline, lang=brief.content.lang or "en")
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


def counterpoint(brief: Brief, words: Texts, *, style: Style) -> Html:
    """Return the labelled counter-argument in a quote, cut at a sentence if it is long."""
    said = text(brief.content.counter_argument).shown
    head, rest = cut(said, COUNTERPOINT_UNITS)
    shown = f"{head} …" if rest else head
    label = bold(words.html("brief-counterpoint"))
    if style is Style.HIDDEN:
        return quote(join((label, words.html("brief-hidden"), spoiler(shown)), " "))
    return quote(join((label, shown), " "), expandable=style is Style.FOLDED)


def withdrawn(brief: Brief, words: Texts) -> Html:
    """Return what stands in the place of a retracted brief's text."""
    return words.html("brief-withdrawn-because", reason=brief.retract_reason or "")


def item_units(brief: Brief, words: Texts) -> int:
    """Return the length that an item may reach in a digest, in UTF-16 units."""
    shown = lines(
        headline(brief), scores(brief, words), counterpoint(brief, words, style=Style.OPEN)
    )
    return units(shown.shown) + PERSONAL_UNITS


class Fragments:
    """Items already made, by brief, revision, language, style and place; nothing personal."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[object, ...], tuple[Html, Html]] = OrderedDict()

    def item(self, brief: Brief, words: Texts, *, style: Style, place: int) -> tuple[Html, Html]:
        """Return the upper and the lower half of an item; what is personal goes between."""
        # The first one stands open, the others as the reader likes them.
        style = Style.OPEN if place == 1 and style is Style.FOLDED else style
        key = (brief.id, brief.revision, brief.state, words.language, style, place)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = _halves(brief, words, style=style, place=place)
            if len(self._made) > _CACHED:
                self._made.popitem(last=False)
        return made


def _halves(brief: Brief, words: Texts, *, style: Style, place: int) -> tuple[Html, Html]:
    head = headline(brief, f"{place} · ")
    if brief.state is BriefState.RETRACTED:
        return lines(head, withdrawn(brief, words)), Html("", "")
    return lines(head, scores(brief, words)), counterpoint(brief, words, style=style)


def brought_by(label: str, words: Texts) -> Html:
    """Return the line that names the follow which brought an item."""
    return words.html("item-for", subject=italic(label))
