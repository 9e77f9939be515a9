"""Telegram refuses what people are answered for its pace: they are answered all the same."""

import pytest

from bot.playground.faults import Fault
from tests.factories import make_document
from tests.flow.stage import Scene, texts_to

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning"
)


def flood(scene: Scene, seconds: int, method: str, **more) -> None:
    """Have the server refuse a method for its pace."""
    fault = {"code": 429, "description": "Too Many Requests", "retry_after": seconds}
    scene.playground.faults.add(Fault(method=method, **(fault | more)))


async def test_a_question_is_answered_after_a_short_wait(scene: Scene):
    flood(scene, 3, "sendMessage")

    answer = await scene.ask(scene.reader, "/help")

    assert answer.text.startswith("How Counterpoint works")
    assert scene.clock.waits == [3]


@pytest.mark.parametrize("method", ["editMessageText", "answerCallbackQuery"])
async def test_a_tap_has_its_effect_after_a_short_wait(scene: Scene, method: str):
    await scene.release(make_document())
    await scene.joins(scene.reader, follows="battery storage")
    digest = await scene.digest_now(scene.reader)
    flood(scene, 2, method)

    opened = await scene.tap(scene.reader, "1", digest)

    assert opened.text != digest.text
    assert 2 in scene.clock.waits


async def test_a_refused_answer_stops_nothing(scene: Scene):
    flood(scene, 3, "sendMessage", times=2)
    await scene.reader.say("/help")

    answer = await scene.ask(scene.reader, "/brief")

    assert answer.text.startswith("Which brief?")


async def test_a_digest_waits_where_an_answer_was_refused(scene: Scene):
    await scene.release(make_document())
    await scene.joins(scene.reader, follows="battery storage")
    flood(scene, 500, "sendMessage")
    await scene.reader.say("/help")
    await scene.handled()
    assert not any(seconds > 400 for seconds in scene.clock.waits)

    await scene.move(days=1)

    assert any(400 < seconds <= 500 for seconds in scene.clock.waits)
    assert "battery" in texts_to(scene.reader)[-1].lower()


async def test_refused_answers_in_two_chats_slow_everything_down(scene: Scene):
    flood(scene, 30, "sendMessage", times=2)
    await scene.reader.say("/help")
    await scene.other.say("/help")

    await scene.handled()

    assert scene.bot._watch._pace.rate == 500
