"""One brief, whole: the first paragraph, the rest folded, the Counterpoint, how it was written."""

from collections.abc import Sequence

from bot.digest.items import headline, scores, withdrawn
from bot.digest.lead import bold_part
from bot.markup import (
    LIMIT,
    Html,
    base36,
    bold,
    code,
    cut,
    join,
    lines,
    quote,
    text,
    units,
)
from bot.texts import Texts
from storage.model.brief import Brief, BriefState

#: On a first page that cannot hold everything, body, counter-argument and how it was written are
#: each sure of so much; what is left over goes to them in this order.
_SHARES = (1200, 1200, 400)
#: Room for the number of a page, and on further ones for the label.
_NUMBER_UNITS = 40
_LABEL_UNITS = 160


def card_pages(brief: Brief, words: Texts, *, zone: str) -> list[Html]:
    """Return a brief as pages, each of which Telegram takes; most briefs have one.

    The first page has a part of everything, most of the body. What is too long goes on, nothing
    is lost.
    """
    if brief.state is BriefState.RETRACTED:
        return [lines(headline(brief), withdrawn(brief, words))]
    content = brief.content
    parts = (
        text(content.body).shown,
        text(content.counter_argument).shown,
        text(content.ai_context).shown
        if content.ai_context
        else words.plain("brief-how-unstated"),
    )
    whole = _front(brief, parts, words, zone)
    return [whole] if units(whole.shown) <= LIMIT else _pages(brief, parts, words, zone)


def _front(brief: Brief, parts: Sequence[str], words: Texts, zone: str) -> Html:
    """Return the page that has body, counter-argument and how it was written."""
    body, said, how = parts
    first, _, rest = body.partition("\n\n")
    return join(
        (
            lines(_lead(brief, first), quote(rest, expandable=True) if rest else None),
            lines(
                _counterpoint(said, words),
                "",
                _how(how, brief, words),
                _foot(brief, words, zone),
            ),
        ),
        "\n\n",
    )


def _pages(brief: Brief, parts: Sequence[str], words: Texts, zone: str) -> list[Html]:
    frame = units(_front(brief, ("", "", ""), words, zone).shown) + _NUMBER_UNITS
    shares = _shares([units(part) for part in parts], LIMIT - frame)
    heads, lefts = zip(*map(cut, parts, shares), strict=True)
    pages = [_front(brief, heads, words, zone)]
    for label, left in zip((None, "brief-counterpoint", "brief-how"), lefts, strict=True):
        while left:
            part, left = cut(left, LIMIT - _LABEL_UNITS - _NUMBER_UNITS)
            pages.append(_further(label, part, words))
    return [
        join((page, words.html("brief-page", page=str(n), pages=str(len(pages)))), "\n\n")
        for n, page in enumerate(pages, start=1)
    ]


def _shares(needs: Sequence[int], room: int) -> list[int]:
    """Return how much of each part the first page takes."""
    given = [min(need, share) for need, share in zip(needs, _SHARES, strict=True)]
    left = room - sum(given)
    for part, need in enumerate(needs):
        more = min(need - given[part], left)
        given[part] += more
        left -= more
    return given


def _further(label: str | None, part: str, words: Texts) -> Html:
    if label is None:
        return text(part)
    continued = join((words.html(label), words.html("brief-continued")), " ")
    return quote(lines(bold(continued), part))


def _lead(brief: Brief, first: str) -> Html:
    """Return the first paragraph with its news in bold, under a headline of its own if stated."""
    content = brief.content
    if content.headline_stated:
        return lines(headline(brief), "", first)
    news = text(content.headline).shown
    if first.startswith(news):
        return join((headline(brief), first.removeprefix(news)))
    # The first sentence is too long for a headline, or runs over several lines.
    head, rest = bold_part(first, lang=content.lang or "en")
    return join((bold(head), rest))


def _counterpoint(said: str, words: Texts) -> Html:
    return quote(lines(bold(words.html("brief-counterpoint")), said))


def _how(said: str, brief: Brief, words: Texts) -> Html:
    label = words.html("brief-how")
    if brief.source:
        label = words.html("brief-source", source=brief.source, how=label)
    return quote(lines(bold(label), said), expandable=True)


def _foot(brief: Brief, words: Texts, zone: str) -> Html:
    dated = join((words.day(brief.published_at, zone), " · ", code(base36(brief.id))))
    return lines(scores(brief, words), dated)
