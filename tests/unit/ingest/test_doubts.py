"""Counter-arguments that make an editor look first."""

import pytest

from bot.ingest.results import WarningCode
from tests.unit.ingest.documents import BODY, COUNTER, list_codes, make_text, read_one


def codes_for(counter: str, *, body: str = BODY) -> list[WarningCode]:
    return list_codes(make_text(body=body, counter=f"Counter_argument: {counter}"))


@pytest.mark.parametrize(
    "counter",
    [
        "N/A",
        "n/a.",
        "None",
        "(none)",
        "No counter-argument.",
        "Not applicable",
        "—",
        "...",
        "[TBD]",
        "Ninguno",
    ],
)
def test_a_placeholder_is_doubted(counter: str) -> None:
    assert codes_for(counter) == [WarningCode.PLACEHOLDER]


def test_a_counter_argument_under_forty_characters_is_doubted() -> None:
    assert codes_for("x" * 39) == [WarningCode.SHORT]


def test_a_counter_argument_of_forty_characters_is_not() -> None:
    assert codes_for("x" * 40) == []


@pytest.mark.parametrize(
    "counter",
    [
        pytest.param("Critics call the dredging a waste of public money.", id="a sentence"),
        pytest.param("“Critics call the dredging  a waste of public\nmoney”", id="other marks"),
        pytest.param("CRITICS call the dredging a waste of public money!", id="other case"),
        pytest.param(
            "Critics call the dredging a waste of public money. They say so in No. 5.",
            id="several sentences",
        ),
    ],
)
def test_a_counter_argument_that_repeats_the_body_is_doubted(counter: str) -> None:
    body = f"{BODY} Critics call the dredging a waste of public money. They say so in No. 5."

    assert codes_for(counter, body=body) == [WarningCode.COPIED]


@pytest.mark.parametrize(
    "counter",
    [
        pytest.param("Critics call the dredging a waste of public money, all of it.", id="more"),
        pytest.param("The dredging a waste of public money, say its critics.", id="other order"),
        pytest.param(f"They call it a waste. {COUNTER}", id="one new"),
    ],
)
def test_a_counter_argument_with_something_of_its_own_is_not_doubted(counter: str) -> None:
    body = f"{BODY} Critics call the dredging a waste of public money. They call it a waste."

    assert codes_for(counter, body=body) == []


def test_a_copy_in_a_script_without_blanks_is_doubted() -> None:
    sentence = "批评者认为疏浚港口是在浪费公共资金，" + "无法让离开的航运公司回来，" * 2 + "完。"

    assert codes_for(f"“{sentence}”", body=f"港口将被疏浚。{sentence}") == [WarningCode.COPIED]


def test_a_short_copy_is_doubted_twice() -> None:
    assert codes_for("It will cost a lot.", body=f"{BODY} It will cost a lot.") == [
        WarningCode.SHORT,
        WarningCode.COPIED,
    ]


def test_a_doubted_brief_is_held() -> None:
    assert read_one(make_text(counter="Counter_argument: None")).is_held


def test_other_warnings_hold_nothing() -> None:
    assert not read_one(make_text(last='topics: ["a",] impact_score: 5/10')).is_held


def test_these_codes_hold() -> None:
    assert {code for code in WarningCode if code.is_held} == {
        WarningCode.PLACEHOLDER,
        WarningCode.SHORT,
        WarningCode.COPIED,
        WarningCode.LIKELY_VERSION,
    }
