"""The views of one message."""

import pytest

from bot.digest.compose import Shown
from bot.digest.items import Fragments
from bot.digest.recipe import Item, Recipe
from bot.digest.views import (
    LIST,
    View,
    below_view,
    briefs_of,
    card_view,
    compose_view,
    other_view,
    read_view,
)
from bot.markup import Message, parse_callback
from storage.model.brief import Brief, BriefState
from storage.model.subscriber import Style
from tests.factories import make_brief
from tests.fakes import NOON
from tests.unit.digest.telegram import Telegram

LONG = "A sentence that goes on. " * 500


def viewed(
    view: str, *briefs: Brief, others: tuple[Brief, ...] = (), delivery_id: int = 77
) -> Message:
    """Return a view of the digest of these briefs."""
    recipe = Recipe(
        items=tuple(Item(brief.id, 1) for brief in briefs),
        language="en",
        style=Style.FOLDED,
        zone="UTC",
        day=NOON.date(),
    )
    shown = Shown(briefs={brief.id: brief for brief in (*briefs, *others)}, labels={})
    return compose_view(view, recipe, shown, delivery_id=delivery_id, fragments=Fragments())


def buttons(message: Message) -> list[list[tuple[str, object]]]:
    return [
        [(button.label, parse_callback(button.data)) for button in row] for row in message.keyboard
    ]


@pytest.mark.parametrize(
    ("kept", "view"),
    [
        pytest.param(LIST, View("list"), id="list"),
        pytest.param(card_view(3, 2), View("card", (3, 2)), id="card"),
        pytest.param(card_view(3), View("card", (3, 1)), id="first page"),
        pytest.param(other_view(2**62, 4), View("other", (2**62, 4)), id="other"),
        pytest.param(other_view(12345), View("other", (12345, 1)), id="first page of another"),
        pytest.param(below_view([1, 36, 2**62]), View("below", (1, 36, 2**62)), id="below"),
        pytest.param(below_view([]), View("below"), id="nothing below"),
        pytest.param("below.?.1", View("below", (1,)), id="a number that is none"),
        pytest.param("other.?.1", View("other", (0, 1)), id="an id that is none"),
    ],
)
def test_a_view_is_read_as_it_was_kept(kept: str, view: View):
    assert read_view(kept) == view


@pytest.mark.parametrize(
    ("kept", "needed"),
    [
        (LIST, ()),
        (card_view(3), ()),
        (other_view(40, 2), (40,)),
        (below_view([40, 41]), (40, 41)),
    ],
)
def test_a_view_names_the_briefs_that_it_needs_besides(kept: str, needed: tuple[int, ...]):
    assert briefs_of(kept) == needed


def test_the_list_is_the_digest():
    message = viewed(LIST, make_brief(headline="Rates rose."))

    assert message.body.shown.startswith("1 · Rates rose.")


@pytest.mark.parametrize("view", [card_view(0), card_view(3), other_view(999), "unknown"])
def test_a_view_of_what_is_not_there_is_the_list(view: str):
    briefs = [make_brief(), make_brief()]

    assert viewed(view, *briefs) == viewed(LIST, *briefs)


def test_a_card_goes_back_to_the_list_or_on_to_its_neighbours():
    briefs = [make_brief(id=40 + n, headline=f"News {n}.", body=f"News {n}.") for n in range(3)]

    message = viewed(card_view(2), *briefs)

    assert message.body.shown.startswith("News 1.")
    assert buttons(message) == [
        [
            ("‹ Digest", ("d", ("25",))),
            ("‹ 1", ("b", ("14", "25", "1"))),
            ("3 ›", ("b", ("16", "25", "3"))),
        ]
    ]


@pytest.mark.parametrize(("place", "labels"), [(1, ["‹ Digest", "2 ›"]), (2, ["‹ Digest", "‹ 1"])])
def test_the_first_or_last_card_has_one_neighbour(place: int, labels: list[str]):
    (row,) = viewed(card_view(place), make_brief(), make_brief()).keyboard

    assert [button.label for button in row] == labels


@pytest.mark.parametrize(
    ("page", "labels"),
    [
        pytest.param(1, ["Read on"], id="first"),
        pytest.param(2, ["Back", "Read on"], id="middle"),
        pytest.param(99, ["Back"], id="beyond the last"),
        pytest.param(0, ["Read on"], id="before the first"),
    ],
)
def test_the_pages_of_a_card_are_turned(page: int, labels: list[str]):
    message = viewed(card_view(1, page), make_brief(body=LONG))

    assert [button.label for button in message.keyboard[0]] == labels


def test_the_last_page_but_one_reads_on():
    brief = make_brief(body="A sentence that goes on. " * 250)

    labels = [
        [button.label for button in viewed(card_view(1, page), brief).keyboard[0]]
        for page in (1, 2)
    ]

    assert labels == [["Read on"], ["Back"]]


def test_turning_a_page_names_the_page_to_turn_to():
    (back, on), _ = viewed(card_view(1, 2), make_brief(id=40, body=LONG)).keyboard

    assert parse_callback(back.data) == ("b", ("14", "25", "1", "1"))
    assert parse_callback(on.data) == ("b", ("14", "25", "1", "3"))


def test_a_brief_that_is_not_in_the_digest_has_no_neighbours():
    other = make_brief(id=50, headline="Elsewhere.", body="Elsewhere.")

    message = viewed(other_view(50), make_brief(), make_brief(), others=(other,))

    assert message.body.shown.startswith("Elsewhere.")
    assert [[label for label, _ in row] for row in buttons(message)] == [["‹ Digest"]]


def test_a_card_without_a_digest_has_no_way_back():
    assert viewed(card_view(1), make_brief(), delivery_id=0).keyboard == ()


def test_what_is_below_is_listed_with_its_impact(telegram: Telegram):
    others = (
        make_brief(id=50, headline="Rates <fell>.", impact=3.5),
        make_brief(id=51, headline="Word " * 50, impact=2),
    )

    message = viewed(below_view([50, 51]), make_brief(), others=others)

    lines = telegram.take_message(message).text.splitlines()
    assert lines[0] == "Also matched, not shown:"
    assert lines[2] == "1. Rates <fell>. · 3.5"
    assert lines[3].endswith("Word… · 2")
    assert len(lines[3]) < 160
    assert lines[-1] == "That's all."
    assert buttons(message) == [
        [("1", ("b", ("1e", "25", "0"))), ("2", ("b", ("1f", "25", "0")))],
        [("‹ Digest", ("d", ("25",)))],
    ]


def test_what_was_retracted_is_no_longer_listed_below():
    others = (make_brief(id=50, state=BriefState.RETRACTED), make_brief(id=51, headline="Here."))

    message = viewed(below_view([50, 51, 52]), make_brief(), others=others)

    assert "1. Here. ·" in message.body.shown
    assert [len(row) for row in message.keyboard] == [1, 1]


def test_nothing_left_below_leaves_the_way_back():
    message = viewed(below_view([52]), make_brief())

    assert buttons(message) == [[("‹ Digest", ("d", ("25",)))]]
