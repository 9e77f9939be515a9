"""Buttons and the data that they carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markup import Button, base36, callback, parse_callback, read_base36
from tests.unit.examples import examples

routes = st.from_regex(r"[a-z]{1,3}", fullmatch=True)
numbers = st.integers(0, 2**63 - 1)


@examples()
@given(routes, st.lists(numbers, max_size=4))
def test_the_data_of_a_button_is_read_as_it_was_written(route: str, arguments: list[int]):
    data = callback(route, *arguments)

    assert len(data.encode()) <= 64
    assert parse_callback(data) == (route, tuple(map(base36, arguments)))


def test_texts_are_arguments_as_they_are():
    assert parse_callback(callback("z", "Europe/Berlin", "on")) == ("z", ("Europe/Berlin", "on"))


@pytest.mark.parametrize("arguments", [("a b",), ("",), ("é",), ("x" * 41,), (1,) * 6])
def test_data_that_no_button_may_carry_is_not_made(arguments):
    with pytest.raises(AssertionError):
        callback("b", *arguments)


def test_data_of_more_than_64_bytes_is_not_made():
    with pytest.raises(AssertionError):
        callback("b", "x" * 40, "y" * 30)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "1",
        "b",
        "2b",
        "0b",
        "1B",
        "1abcd",
        "1b.",
        "1b..1",
        "1b.a b",
        "1b.é",
        "1b\n",
        "x" * 65,
        "1b." + "x" * 41,
        "1b.1.2.3.4.5.6",
        "1b." + "x" * 40 + "." + "y" * 40,
        "١b",
    ],
)
def test_data_that_is_not_ours_is_refused(data: str):
    assert parse_callback(data) is None


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, "0"), (35, "z"), (36, "10"), (1935, "1hr"), (2**63 - 1, "1y2p0ij32e8e7")],
)
def test_ids_are_shown_in_base_36(number: int, shown: str):
    assert base36(number) == shown


@examples()
@given(numbers)
def test_a_number_in_base_36_is_read_as_it_was_shown(number: int):
    assert read_base36(base36(number)) == number


@pytest.mark.parametrize("written", ["1HR", " 1hr ", "001hr", "1Hr\n"])
def test_neither_case_nor_blanks_around_an_id_matter(written: str):
    assert read_base36(written) == 1935


@pytest.mark.parametrize(
    "written", ["", " ", "-1", "1.5", "1_0", "é", "١", "1 2", "z" * 14, "zzzzzzzzzzzzz", "+1"]
)
def test_what_is_no_id_gives_none(written: str):
    assert read_base36(written) is None


def test_a_number_above_the_most_gives_none():
    assert (read_base36("z", most=35), read_base36("10", most=35)) == (35, None)


def test_a_button_has_a_style_if_it_is_given_one():
    assert Button("a", "1b").as_json() == {"text": "a", "callback_data": "1b"}
    assert Button("a", "1b", "danger").as_json()["style"] == "danger"
