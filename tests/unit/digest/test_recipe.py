"""A recipe is kept small, and read as it was."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.recipe import Item, Recipe, Remark, pack, unpack
from storage.model.subscriber import Style
from tests.fakes import NOON
from tests.unit.examples import examples

BIG = 2**62
instants = st.none() | st.integers(1, 253_402_300_799).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
numbers = st.integers(0, BIG)
items = st.builds(Item, numbers, numbers, st.integers(-1, BIG), numbers, numbers)
recipes = st.builds(
    Recipe,
    items=st.lists(items, max_size=7).map(tuple),
    language=st.sampled_from(["en", "es", "zh-Hant"]),
    style=st.sampled_from(list(Style)),
    zone=st.sampled_from(["UTC", "America/Argentina/ComodRivadavia"]),
    day=st.dates(),
    next_at=instants,
    below=numbers,
    over=numbers,
    remarks=st.integers(0, 15).map(Remark),
    due_at=instants,
)


def make_recipe(**changed) -> Recipe:
    values = {
        "items": (Item(1, 1),),
        "language": "en",
        "style": Style.FOLDED,
        "zone": "Europe/Berlin",
        "day": date(2026, 11, 22),
    }
    return Recipe(**(values | changed))


@examples()
@given(recipes)
def test_a_recipe_is_read_as_it_was_packed(recipe: Recipe):
    assert unpack(pack(recipe)) == recipe


def test_instants_are_kept_to_the_second():
    recipe = make_recipe(next_at=NOON + timedelta(microseconds=999_999))

    assert unpack(pack(recipe)).next_at == NOON


def test_an_item_may_be_all_but_bare():
    assert unpack(pack(make_recipe(items=(Item(5, 2),)))).items == (Item(5, 2, -1, 0, 0),)


@pytest.mark.parametrize("style", list(Style))
def test_seven_items_take_less_than_three_hundred_bytes(style: Style):
    recipe = make_recipe(
        items=tuple(Item(1_234_567 + n, 12, 123_456, 12) for n in range(7)),
        zone="America/Argentina/ComodRivadavia",
        style=style,
        next_at=NOON,
        due_at=NOON,
        below=1234,
        over=1234,
        remarks=Remark.LATE | Remark.SILENT,
    )

    assert len(pack(recipe)) < 300


def test_the_same_recipe_is_packed_the_same():
    assert pack(make_recipe()) == pack(make_recipe())
