"""One brief, whole: the first paragraph, the rest folded, the Counterpoint, how it was written."""

from bot.digest.items import headline, scores, withdrawn
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

#: What labels, scores, page number and blank lines may take of a page.
_FRAME_UNITS = 400
_PAGE_UNITS = LIMIT - _FRAME_UNITS
#: On the first page each part may take so much; what is left goes on to the next pages.
_LEAD_UNITS = 1200
_COUNTERPOINT_UNITS = 1600
_HOW_UNITS = 700


def card_pages(brief: Brief, words: Texts, *, zone: str) -> list[Html]:
    """Return a brief as pages, each of which Telegram takes; most briefs have one.

    The first page has the lead, the Counterpoint and how it was written. What is too long goes
    on, nothing is lost.
    """
    if brief.state is BriefState.RETRACTED:
        return [lines(headline(brief), withdrawn(brief, words))]
    whole = _one_page(brief, words, zone)
    if units(whole.shown) <= LIMIT and len(whole.markup.encode()) <= 8 * LIMIT:
        return [whole]
    return _pages(brief, words, zone)


def _one_page(brief: Brief, words: Texts, zone: str) -> Html:
    first, rest = _paragraphs(brief)
    return join(
        (
            lines(_lead(brief, first), quote(rest, expandable=True) if rest else None),
            lines(
                _counterpoint(brief.content.counter_argument, words),
                "",
                _how(_how_said(brief, words), brief, words),
                _foot(brief, words, zone),
            ),
        ),
        "\n\n",
    )


def _pages(brief: Brief, words: Texts, zone: str) -> list[Html]:
    first, rest = _paragraphs(brief)
    lead, lead_left = cut(first, _LEAD_UNITS)
    said, said_left = cut(text(brief.content.counter_argument).shown, _COUNTERPOINT_UNITS)
    how, how_left = cut(_how_said(brief, words), _HOW_UNITS)
    front = join(
        (
            _lead(brief, lead),
            lines(
                _counterpoint(said, words),
                "",
                _how(how, brief, words),
                _foot(brief, words, zone),
            ),
        ),
        "\n\n",
    )
    pages = [front]
    for label, left in (
        (None, "\n\n".join(part for part in (lead_left, rest) if part)),
        ("brief-counterpoint", said_left),
        ("brief-how", how_left),
    ):
        while left:
            part, left = cut(left, _PAGE_UNITS)
            pages.append(_further(label, part, words))
    return [
        join((page, words.html("brief-page", page=str(n), pages=str(len(pages)))), "\n\n")
        for n, page in enumerate(pages, start=1)
    ]


def _further(label: str | None, part: str, words: Texts) -> Html:
    if label is None:
        return text(part)
    continued = join((words.html(label), words.html("brief-continued")), " ")
    return quote(lines(bold(continued), part))


def _paragraphs(brief: Brief) -> tuple[str, str]:
    first, _, rest = text(brief.content.body).shown.partition("\n\n")
    return first, rest


def _lead(brief: Brief, first: str) -> Html:
    """Return the first paragraph with its news in bold, under a headline of its own if stated."""
    content = brief.content
    if content.headline_stated:
        return lines(headline(brief), "", first)
    stem = text(content.headline.removesuffix("…").rstrip()).shown
    if first.startswith(stem) and not content.headline.endswith("…"):
        return join((headline(brief), first.removeprefix(stem)))
    head, rest = cut(first, 90)
    return join((bold(head), " " if rest else "", rest))


def _counterpoint(said: str, words: Texts) -> Html:
    return quote(lines(bold(words.html("brief-counterpoint")), said))


def _how_said(brief: Brief, words: Texts) -> str:
    said = brief.content.ai_context
    return text(said).shown if said else words.plain("brief-how-unstated")


def _how(said: str, brief: Brief, words: Texts) -> Html:
    label = words.html("brief-how")
    if brief.source:
        label = words.html("brief-source", source=brief.source, how=label)
    return quote(lines(bold(label), said), expandable=True)


def _foot(brief: Brief, words: Texts, zone: str) -> Html:
    dated = join((words.day(brief.published_at, zone), " · ", code(base36(brief.id))))
    return lines(scores(brief, words), dated)
