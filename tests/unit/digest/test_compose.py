"""From a recipe to the digest that is sent."""

from datetime import date, timedelta

import pytest

from bot.digest.compose import Shown, compose
from bot.digest.items import Fragments
from bot.digest.recipe import Item, Recipe, Remark
from bot.markup import Message, parse_callback, units
from storage.model.brief import Brief, BriefState
from storage.model.subscriber import Style
from tests.factories import make_brief
from tests.fakes import NOON
from tests.unit.digest.telegram import Telegram, covered, of_kind

DELIVERY = 77


def make_recipe(*items: Item, **changed) -> Recipe:
    values = {
        "items": items,
        "language": "en",
        "style": Style.FOLDED,
        "zone": "Europe/Berlin",
        "day": date(2026, 11, 22),
    }
    return Recipe(**(values | changed))


def made(*briefs: Brief, labels=None, items=None, **changed) -> Message:
    """Return the digest of these briefs, in this order."""
    items = items or [Item(brief.id, 1, n) for n, brief in enumerate(briefs, start=1)]
    shown = Shown(briefs={brief.id: brief for brief in briefs}, labels=labels or {})
    recipe = make_recipe(*items, **changed)
    return compose(recipe, shown, delivery_id=DELIVERY, fragments=Fragments())


def test_a_digest_is_the_news_then_the_counterpoint_then_the_count():
    brief = make_brief(
        headline="Rates rose.", counter_argument="Not by much.", impact=8.5, confidence=0.92
    )

    assert made(brief).body.shown == (
        "1 · Rates rose.\n"
        "Impact 8.5 · 92% confident · 2 min\n"
        "Counterpoint Not by much.\n\n"
        "That's all for Sunday: 1 brief, 2 min."
    )


def test_the_first_line_is_the_news():
    assert made(make_brief(headline="Rates rose.")).body.shown.startswith("1 · Rates rose.\n")


def test_the_ending_counts_briefs_with_their_minutes():
    message = made(make_brief(read_seconds=60), make_brief(read_seconds=180))

    ending = message.body.shown.splitlines()[-1]
    assert ending == "That's all for Sunday: 2 briefs, 4 min, most consequential first."


def test_the_follow_that_brought_an_item_is_named(telegram: Telegram):
    message = made(make_brief(headline="Rates rose."), labels={1: "Energy <3"})

    arrived = telegram.take_message(message)
    assert "\nfor Energy <3\n" in arrived.text
    assert covered(arrived, "italic") == ["Energy <3"]


def test_a_follow_that_the_headline_names_is_not_named_again():
    message = made(make_brief(headline="SPACEX won an order."), labels={1: "SpaceX"})

    assert "for SpaceX" not in message.body.shown


def test_a_follow_whose_label_is_not_known_is_not_named():
    assert "\nfor " not in made(make_brief(), labels={9: "Energy"}).body.shown


def test_others_of_the_same_story_are_counted():
    brief = make_brief()

    assert "+2 on this" in made(brief, items=[Item(brief.id, 1, -1, 2)]).body.shown


def test_an_update_names_the_local_day_of_what_it_updates():
    brief = make_brief()
    earlier = make_brief(released_at=NOON.replace(day=20, hour=23))
    shown = Shown(briefs={brief.id: brief, earlier.id: earlier}, labels={})
    recipe = make_recipe(Item(brief.id, 1, -1, 0, earlier.id))

    message = compose(recipe, shown, delivery_id=1, fragments=Fragments())

    assert "Update to what you read on Saturday" in message.body.shown


def test_an_update_to_what_is_gone_is_not_mentioned():
    brief = make_brief()

    assert "Update" not in made(brief, items=[Item(brief.id, 1, -1, 0, 999)]).body.shown


def test_an_update_to_what_was_never_released_is_not_mentioned():
    brief, earlier = make_brief(), make_brief(released_at=None)
    shown = Shown(briefs={brief.id: brief, earlier.id: earlier}, labels={})
    recipe = make_recipe(Item(brief.id, 1, -1, 0, earlier.id))

    message = compose(recipe, shown, delivery_id=1, fragments=Fragments())

    assert "Update" not in message.body.shown


def test_the_next_digest_is_announced_as_a_moment(telegram: Telegram):
    next_at = NOON.replace(hour=7) + timedelta(days=1)

    arrived = telegram.take_message(made(make_brief(), next_at=next_at))

    (moment,) = of_kind(arrived, "date_time")
    assert (moment.number, moment.argument) == (int(next_at.timestamp()), "wt")
    assert arrived.text.endswith("Next Monday 08:00")


def test_a_late_digest_says_when_it_was_due():
    message = made(make_brief(), remarks=Remark.LATE, due_at=NOON.replace(hour=7))

    assert "Late: this was due on Sunday 08:00. Nothing is lost." in message.body.shown


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"remarks": Remark.LATE}, id="no instant"),
        pytest.param({"due_at": NOON}, id="not late"),
    ],
)
def test_a_digest_that_is_not_known_to_be_late_does_not_say_so(changed):
    assert "Late" not in made(make_brief(), **changed).body.shown


def test_a_first_digest_without_a_match_says_that_silence_is_normal():
    message = made(make_brief(), remarks=Remark.NOTHING_MATCHED)

    assert "From now on, no match means no message." in message.body.shown


@pytest.mark.parametrize(
    ("below", "over", "label"),
    [pytest.param(2, 0, "2 more", id="below"), pytest.param(1, 3, "4 more", id="both")],
)
def test_what_matched_besides_is_a_button(below: int, over: int, label: str):
    (_, (button,)) = made(make_brief(), below=below, over=over).keyboard

    assert button.label == label
    assert parse_callback(button.data) == ("m", ("25",))


def test_numbers_open_the_briefs():
    briefs = [make_brief(id=40), make_brief(id=41)]

    (numbers,) = made(*briefs).keyboard

    assert [button.label for button in numbers] == ["1", "2"]
    assert [parse_callback(button.data) for button in numbers] == [
        ("b", ("14", "25", "1")),
        ("b", ("15", "25", "2")),
    ]


def test_a_retracted_item_keeps_its_number_without_a_button(telegram: Telegram):
    retracted = make_brief(state=BriefState.RETRACTED, retract_reason="it was wrong")

    message = made(retracted, make_brief(headline="Rates rose."), labels={1: "Energy"})

    arrived = telegram.take_message(message)
    assert [button.label for (row,) in [message.keyboard] for button in row] == ["2"]
    assert "2 · Rates rose." in arrived.text
    assert "for Energy" not in arrived.text


def test_nothing_but_retracted_items_leaves_no_numbers():
    retracted = make_brief(state=BriefState.RETRACTED)

    assert made(retracted).keyboard == ()
    assert [len(row) for row in made(retracted, below=1).keyboard] == [1]


@pytest.mark.parametrize("style", list(Style))
def test_seven_of_the_longest_items_fit_one_message(telegram: Telegram, style: Style):
    briefs = [
        make_brief(headline="Wide 🛰 " * 40, counter_argument="Words 🛰 without an end " * 300)
        for _ in range(7)
    ]
    items = [Item(brief.id, 1, 1, 999, 0) for brief in briefs]
    labels = {1: "🛰" * 64}
    remarks = Remark.LATE | Remark.NOTHING_MATCHED

    message = made(
        *briefs,
        items=items,
        labels=labels,
        style=style,
        remarks=remarks,
        due_at=NOON,
        next_at=NOON,
    )

    arrived = telegram.take_message(message)
    quotes = covered(arrived, "blockquote") + covered(arrived, "expandable_blockquote")
    assert [quote.split()[0] for quote in quotes] == ["Counterpoint"] * 7
    assert units(arrived.text) > 2500


def test_the_same_recipe_makes_the_same_words():
    briefs = [make_brief(), make_brief()]

    assert made(*briefs) == made(*briefs)
