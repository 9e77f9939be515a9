"""A 429 to a call that answers a person: it leaves once more, and the pace knows."""

from datetime import timedelta

import pytest
from telegram.error import RetryAfter

from bot.botapi.long_waits import LongWait
from bot.playground.faults import Fault
from tests.fakes import NOON
from tests.unit.botapi.wire import CHAT, send_as_sender

OTHER = 1002

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


def flood(seconds: int, **more) -> Fault:
    return Fault(code=429, description="Too Many Requests", retry_after=seconds, **more)


@pytest.fixture
def other(playground):
    return playground.person("Reader Two", id=OTHER, started=True)


async def test_an_answer_refused_for_a_moment_leaves_once_more(bot, playground, reader):
    playground.faults.add(flood(3))

    await bot.send_message(CHAT, "hello")

    assert [shown.text for shown in reader.messages if shown.from_bot] == ["hello"]
    assert playground.calls.total == 2


async def test_an_answer_leaves_once_more_when_the_time_is_over(bot, playground, reader, pace):
    playground.faults.add(flood(3))

    await bot.send_message(CHAT, "hello")

    assert pace.clock.now() == NOON + timedelta(seconds=3)


async def test_an_answer_that_leaves_once_more_has_its_turn(bot, playground, reader, pace):
    playground.faults.add(flood(3))

    await bot.send_message(CHAT, "hello")

    assert len(pace.asked) == 2


async def test_an_answer_refused_twice_is_given_up(bot, playground, reader):
    playground.faults.add(flood(3, times=None))

    with pytest.raises(RetryAfter):
        await bot.send_message(CHAT, "hello")

    assert playground.calls.total == 2


async def test_the_second_refusal_counts_too(bot, playground, reader, pace):
    playground.faults.add(flood(3))
    playground.faults.add(flood(40))

    with pytest.raises(RetryAfter):
        await bot.send_message(CHAT, "hello")

    assert pace.chat_wait(CHAT) == pytest.approx(40, abs=1)


@pytest.mark.parametrize(("seconds", "calls"), [(5, 2), (6, 1)])
async def test_nobody_is_kept_waiting_for_more_than_five_seconds(
    bot, playground, reader, seconds, calls
):
    playground.faults.add(flood(seconds, times=None))

    with pytest.raises(RetryAfter):
        await bot.send_message(CHAT, "hello")

    assert playground.calls.total == calls


async def test_an_edit_refused_for_a_moment_leaves_once_more(bot, playground, reader):
    sent = await bot.send_message(CHAT, "hello")
    playground.faults.add(flood(1, method="editMessageText"))

    await sent.edit_text("changed")

    assert reader.messages[-1].text == "changed"


async def test_the_answer_to_a_tap_leaves_once_more(bot, playground, pace):
    playground.faults.add(flood(1, method="answerCallbackQuery"))
    playground.faults.add(Fault(method="answerCallbackQuery", code=400, description="Too old"))

    with pytest.raises(Exception, match="Too old"):
        await bot.answer_callback_query("77")

    assert playground.calls.total == 2


async def test_a_chat_whose_answer_was_refused_gets_no_send_meanwhile(
    bot, playground, reader, pace
):
    playground.faults.add(flood(7))

    with pytest.raises(RetryAfter):
        await bot.send_message(CHAT, "hello")

    assert pace.chat_wait(CHAT) == pytest.approx(7, abs=1)


async def test_one_chat_whose_answer_was_refused_slows_nobody_down(bot, playground, reader, pace):
    playground.faults.add(flood(7))

    with pytest.raises(RetryAfter):
        await bot.send_message(CHAT, "hello")

    assert pace.rate == 1000


async def test_answers_refused_in_two_chats_slow_everybody_down(
    bot, playground, reader, other, pace
):
    playground.faults.add(flood(7, times=2))

    for chat_id in (CHAT, OTHER):
        with pytest.raises(RetryAfter):
            await bot.send_message(chat_id, "hello")

    assert pace.rate == 500


async def test_a_call_that_makes_no_message_slows_nobody_down(bot, playground, pace):
    playground.faults.add(flood(7, times=2))

    for _ in range(2):
        with pytest.raises(RetryAfter):
            await bot.get_me()

    assert (pace.rate, playground.calls.total) == (1000, 2)


async def test_a_long_wait_of_any_call_is_known(bot, playground, pace):
    playground.faults.add(flood(3600))

    with pytest.raises(RetryAfter):
        await bot.get_me()

    assert pace.long_waits.find() == LongWait(pytest.approx(3600, abs=1), 0)


async def test_a_long_wait_of_a_poll_is_known(bot, playground, pace):
    playground.faults.add(flood(3600))

    with pytest.raises(RetryAfter):
        await bot.get_updates()

    assert pace.long_waits.find() == LongWait(pytest.approx(3600, abs=1), 0)


async def test_a_refusal_of_the_senders_call_is_left_to_the_sender(bot, playground, reader, pace):
    playground.faults.add(flood(3))

    await send_as_sender(bot)

    assert (playground.calls.total, pace.chat_wait(CHAT) <= 1) == (1, True)
