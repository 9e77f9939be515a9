"""A call of the sender: parameters in, an outcome out."""

from math import inf

import pytest

from bot.botapi.outcomes import Gone, Refused, Sent, Stop
from bot.botapi.sender import SenderApi
from bot.playground.faults import Fault
from storage.model.subscriber import ChatStatus
from tests.unit.botapi.wire import CHAT, client, closed_port, connected


@pytest.fixture
def api(bot):
    return SenderApi(bot)


async def test_a_message_is_sent(api, reader):
    call = {"chat_id": CHAT, "text": "<b>hello</b>", "parse_mode": "HTML"}

    outcome = await api.send(call, chat_id=CHAT, leave_before=inf)

    assert outcome == Sent(reader.messages[-1].id)
    assert reader.messages[-1].html == "<b>hello</b>"


async def test_a_message_is_edited(api, reader):
    sent = await api.send({"chat_id": CHAT, "text": "a"}, chat_id=CHAT, leave_before=inf)

    call = {"chat_id": CHAT, "message_id": sent.message_id, "text": "b"}
    outcome = await api.edit(call, chat_id=CHAT, leave_before=inf)

    assert outcome == sent
    assert [shown.text for shown in reader.messages] == ["b"]


async def test_an_edit_that_changes_nothing_is_done(api, reader):
    sent = await api.send({"chat_id": CHAT, "text": "a"}, chat_id=CHAT, leave_before=inf)

    call = {"chat_id": CHAT, "message_id": sent.message_id, "text": "a"}
    outcome = await api.edit(call, chat_id=CHAT, leave_before=inf)

    assert outcome == Sent(None)


async def test_a_message_is_copied(api, playground, reader):
    other = playground.person("Reader Two", id=CHAT + 1, started=True)
    sent = await api.send({"chat_id": CHAT, "text": "a"}, chat_id=CHAT, leave_before=inf)

    call = {"chat_id": other.id, "from_chat_id": CHAT, "message_id": sent.message_id}
    outcome = await api.copy(call, chat_id=other.id, leave_before=inf)

    assert outcome == Sent(other.messages[-1].id)
    assert other.messages[-1].text == "a"


async def test_a_refusal_is_an_outcome(api, reader):
    await reader.block()

    outcome = await api.send({"chat_id": CHAT, "text": "a"}, chat_id=CHAT, leave_before=inf)

    assert outcome == Gone(ChatStatus.BLOCKED, "forbidden: bot was blocked by the user")


async def test_a_refusal_that_nobody_knows_is_an_outcome(api, playground, reader):
    playground.faults.add(Fault(code=400, description="Bad Request: something new"))

    outcome = await api.send({"chat_id": CHAT, "text": "a"}, chat_id=CHAT, leave_before=inf)

    assert outcome == Refused(400, "bad request: something new")


async def test_a_method_that_nobody_knows_stops_the_sender(api):
    outcome = await api.call("SendNothing", {}, chat_id=CHAT, leave_before=inf)

    assert isinstance(outcome, Stop)


async def test_the_bot_is_known_while_telegram_answers(api):
    assert await api.is_known()


async def test_the_bot_is_not_known_while_its_token_is_refused(api, playground):
    playground.faults.add(Fault(code=401, description="Unauthorized"))

    assert not await api.is_known()


async def test_the_bot_is_not_known_while_nobody_answers():
    async with connected(client(closed_port())) as bot:
        assert not await SenderApi(bot).is_known()
