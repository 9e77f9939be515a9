"""Faults by chance: the same for the same seed."""

import pytest

from bot.playground.faults import Fault, Faults
from bot.playground.people import Person
from bot.playground.presets import PRESETS
from bot.playground.server import Playground
from tests.playground.botside import BotSide


async def test_a_fault_of_polling_strikes_no_other_method(
    bot: BotSide, playground: Playground, reader: Person
) -> None:
    playground.faults.add(PRESETS["other poller"])

    await bot.ok("sendMessage", chat_id=reader.id, text="x")

    assert (await bot.answer("getUpdates"))["error_code"] == 409


@pytest.mark.parametrize(
    ("fault", "struck"),
    [
        (Fault(), [True, False, False, False]),
        (Fault(times=2), [True, True, False, False]),
        (Fault(times=None), [True, True, True, True]),
        (Fault(after=1), [False, True, False, False]),
        (Fault(chat_id=1000002), [False, True, False, False]),
        (Fault(chat_id=1000001, times=None), [True, False, True, False]),
        (Fault(contains="c"), [False, False, True, False]),
        (Fault(method="SendMessage", after=3), [False, False, False, True]),
        (Fault(method="editMessageText"), [False, False, False, False]),
    ],
)
async def test_a_fault_strikes_the_calls_it_names(
    bot: BotSide,
    playground: Playground,
    reader: Person,
    editor: Person,
    fault: Fault,
    struck: list[bool],
) -> None:
    scripted = playground.faults.add(fault)

    answers = [
        await bot.answer("sendMessage", chat_id=chat_id, text=text)
        for chat_id, text in zip([reader.id, editor.id] * 2, "abcd", strict=True)
    ]

    assert [not answer["ok"] for answer in answers] == struck
    assert scripted.struck == sum(struck)


async def test_a_cleared_script_strikes_no_more(
    bot: BotSide, playground: Playground, reader: Person
) -> None:
    playground.faults.add(Fault(times=None))
    playground.faults.clear()

    assert (await bot.answer("getMe"))["ok"]


def strikes(seed: int, rate: float) -> list[bool]:
    faults = Faults()
    faults.strike_at_random([Fault(method="sendMessage")], rate=rate, seed=seed)
    return [faults.find("sendmessage") is not None for _ in range(400)]


def test_equal_seeds_strike_the_same_calls() -> None:
    assert strikes(seed=7, rate=0.1) == strikes(seed=7, rate=0.1)


def test_other_seeds_strike_other_calls() -> None:
    assert strikes(seed=7, rate=0.1) != strikes(seed=8, rate=0.1)


def test_the_rate_is_the_share_of_calls_that_are_struck() -> None:
    assert 20 <= sum(strikes(seed=7, rate=0.1)) <= 60


def test_chance_strikes_only_the_methods_it_names() -> None:
    faults = Faults()
    faults.strike_at_random([Fault(method="sendMessage")], rate=1.0, seed=1)

    assert faults.find("getme") is None
