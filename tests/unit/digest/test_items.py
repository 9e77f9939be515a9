"""One brief as an item of a digest."""

import pytest

from bot.digest.items import (
    SIZES,
    WHOLE,
    Fragments,
    counterpoint,
    headline,
    item_units,
    minutes,
    scores,
    withdrawn,
)
from bot.markup import lines, units
from bot.texts import texts_in
from storage.model.brief import BriefState
from storage.model.subscriber import Style
from tests.factories import make_brief
from tests.unit.digest.telegram import Telegram, covered

ENGLISH = texts_in("en")
SENTENCE = "It would cut outages more if it were spent on lines. "


def argued(length: int) -> str:
    """Return an argument of whole sentences, as long as that or a little less."""
    return (SENTENCE * (length // len(SENTENCE))).strip()


@pytest.mark.parametrize(
    ("seconds", "shown"), [(1, 1), (29, 1), (60, 1), (89, 1), (91, 2), (600, 10)]
)
def test_reading_time_is_whole_minutes_at_least_one(seconds: int, shown: int):
    assert minutes(seconds) == shown


def test_scores_say_impact_confidence_with_minutes():
    brief = make_brief(impact=8.5, confidence=0.92, read_seconds=120)

    assert scores(brief, ENGLISH).shown == "Impact 8.5 · 92% confident · 2 min"


def test_an_unstated_confidence_is_said_to_be_so():
    brief = make_brief(impact=9.0, confidence=None, read_seconds=10)

    assert scores(brief, ENGLISH).shown == "Impact 9 · confidence not stated · 1 min"


def test_a_headline_is_numbered_in_bold(telegram: Telegram):
    arrived = telegram.take(headline(make_brief(headline="Rates rose."), "2 · "))

    assert covered(arrived, "bold") == ["2 · Rates rose."]


def test_the_rest_of_a_long_headline_stands_in_regular_weight(telegram: Telegram):
    news = f"{'The operator approved a park'}{', which is a very long story' * 4}."

    arrived = telegram.take(headline(make_brief(headline=news), "1 · "))

    (bold,) = covered(arrived, "bold")
    assert arrived.text == f"1 · {news}"
    assert 30 < len(bold) < 100


def test_a_retracted_headline_is_struck_through(telegram: Telegram):
    brief = make_brief(headline="Rates rose.", state=BriefState.RETRACTED)

    assert covered(telegram.take(headline(brief)), "strikethrough") == ["Rates rose."]


def test_a_counter_argument_of_420_units_is_whole():
    said = "x" * 419 + "."

    shown = counterpoint(make_brief(counter_argument=said), ENGLISH, style=Style.OPEN).shown

    assert shown == f"Counterpoint {said}"


def test_a_longer_counter_argument_ends_with_a_sentence():
    brief = make_brief(counter_argument=argued(900))

    shown = counterpoint(brief, ENGLISH, style=Style.OPEN).shown

    assert shown == f"Counterpoint {argued(420)} …"


def test_a_counter_argument_without_sentences_ends_with_a_word():
    brief = make_brief(counter_argument="word " * 100)

    shown = counterpoint(brief, ENGLISH, style=Style.OPEN).shown

    assert shown.endswith(" word …")
    assert 400 < units(shown.removeprefix("Counterpoint ")) <= 422


@pytest.mark.parametrize(
    ("style", "kind"),
    [
        (Style.FOLDED, "expandable_blockquote"),
        (Style.OPEN, "blockquote"),
        (Style.HIDDEN, "blockquote"),
    ],
)
def test_a_counterpoint_is_a_quote(telegram: Telegram, style: Style, kind: str):
    arrived = telegram.take(counterpoint(make_brief(), ENGLISH, style=style))

    assert covered(arrived, kind) == [arrived.text]
    assert covered(arrived, "bold") == ["Counterpoint"]


def test_a_hidden_counterpoint_is_a_spoiler(telegram: Telegram):
    brief = make_brief(counter_argument="Not so fast.")

    arrived = telegram.take(counterpoint(brief, ENGLISH, style=Style.HIDDEN))

    assert covered(arrived, "spoiler") == ["Not so fast."]
    assert arrived.text == "Counterpoint (guess first, then tap) Not so fast."


def test_a_withdrawn_brief_gives_its_reason():
    brief = make_brief(state=BriefState.RETRACTED, retract_reason="the figure was wrong")

    assert withdrawn(brief, ENGLISH).shown == "We withdrew this brief: the figure was wrong"


def test_a_retracted_item_shows_nothing_of_its_text():
    brief = make_brief(state=BriefState.RETRACTED, retract_reason="it was wrong")

    upper, lower = Fragments().item(brief, ENGLISH, style=Style.OPEN, place=1)

    assert upper.shown.endswith("\nWe withdrew this brief: it was wrong")
    assert not lower


def test_the_first_item_stands_open_where_the_others_fold():
    first = Fragments().item(make_brief(), ENGLISH, style=Style.FOLDED, place=1)[1]
    second = Fragments().item(make_brief(), ENGLISH, style=Style.FOLDED, place=2)[1]

    assert first.markup.startswith("<blockquote>")
    assert second.markup.startswith("<blockquote expandable>")


def test_a_reader_who_hides_counterpoints_has_the_first_one_hidden_too():
    _, lower = Fragments().item(make_brief(), ENGLISH, style=Style.HIDDEN, place=1)

    assert "<tg-spoiler>" in lower.markup


def test_the_same_item_is_made_once():
    fragments, brief = Fragments(), make_brief()

    first = fragments.item(brief, ENGLISH, style=Style.OPEN, place=1)

    assert fragments.item(brief, ENGLISH, style=Style.OPEN, place=1) is first


@pytest.mark.parametrize(
    "changed", [{"revision": 2}, {"state": BriefState.RETRACTED}, {"id": 10**6}], ids=str
)
def test_what_differs_is_made_anew(changed):
    fragments = Fragments()
    values = {"id": 10**5, "headline": "Rates rose."}
    first = fragments.item(make_brief(**values), ENGLISH, style=Style.OPEN, place=1)

    other = make_brief(**(values | {"headline": "Rates fell."} | changed))

    assert fragments.item(other, ENGLISH, style=Style.OPEN, place=1) != first


def test_items_long_not_asked_for_are_forgotten():
    fragments, brief = Fragments(most=2), make_brief()
    first = fragments.item(brief, ENGLISH, style=Style.OPEN, place=1)

    for place in (2, 3):
        fragments.item(brief, ENGLISH, style=Style.OPEN, place=place)

    assert fragments.item(brief, ENGLISH, style=Style.OPEN, place=1) is not first


@pytest.mark.parametrize("style", list(Style))
def test_an_item_is_no_longer_than_it_is_reckoned_with(style: Style):
    brief = make_brief(counter_argument=argued(900), headline="word " * 60, confidence=None)

    upper, lower = Fragments().item(brief, ENGLISH, style=style, place=7)

    assert units(lines(upper, lower).shown) <= item_units(brief, ENGLISH)


def test_sizes_get_smaller():
    assert SIZES[0] is WHOLE
    assert [size.counterpoint for size in SIZES] == sorted(
        (size.counterpoint for size in SIZES), reverse=True
    )
