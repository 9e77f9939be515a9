"""The judge of the fault tests finds each wrong in what arrived, and how often, and when."""

import pytest

from tests.faults.checker import Took, judge
from tests.faults.evidence import (
    CHAT,
    DIGEST,
    OTHER,
    make_doubtful,
    make_evidence,
    make_held,
    make_moves,
    make_row,
    make_two,
)


@pytest.mark.parametrize(
    "evidence",
    [
        pytest.param(make_evidence(), id="sent"),
        pytest.param(make_doubtful(), id="in doubt, came twice"),
        pytest.param(
            make_doubtful(took=[Took(CHAT, "sendMessage", 71, "words")]), id="in doubt, came once"
        ),
        pytest.param(make_held(), id="held, never came"),
        pytest.param(
            make_held(took=[Took(CHAT, "sendMessage", 71, "words")] * 2), id="held, came twice"
        ),
    ],
)
def test_what_went_as_promised_is_not_complained_of(evidence):
    assert judge(evidence) == []


@pytest.mark.parametrize("state", ["pending", "leased", "sending"])
def test_what_is_open_at_the_end_is_lost(state):
    moves = {"pending": [], "leased": [], "sending": make_moves(1, "sending")}
    row = make_row(state=state, message_id=None)

    wrong = judge(make_evidence(promised=[row], moves=moves[state], kept=[], took=[]))

    assert wrong == [f"delivery 1 to chat {CHAT} is still {state}"]


def test_a_state_that_nobody_knows_is_found():
    row = make_row(state="lost", message_id=None)

    wrong = judge(make_evidence(promised=[row], moves=[], kept=[], took=[]))

    assert wrong == [f"delivery 1 to chat {CHAT} is in no known state: 'lost'"]


def test_two_digests_of_a_slot_are_found():
    held = make_row(id=2, state="dead", message_id=None)

    wrong = judge(make_evidence(promised=[make_row(), held]))

    assert wrong == [f"2 deliveries have the key ({DIGEST}, {CHAT}, 202611221200, 0)"]


def test_a_message_that_counts_as_sent_but_never_came_is_found():
    wrong = judge(make_evidence(took=[]))

    assert wrong == [f"delivery 1 to chat {CHAT} counts as sent, but the server never accepted it"]


def test_a_repeat_that_is_not_listed_is_found():
    twice = make_doubtful().took

    wrong = judge(make_evidence(took=twice))

    assert wrong == [f"delivery 1 to chat {CHAT} came twice and is not listed in doubt"]


def test_a_third_copy_is_found():
    thrice = [Took(CHAT, "sendMessage", 69, "words"), *make_doubtful().took]

    wrong = judge(make_doubtful(took=thrice))

    assert wrong == [f"delivery 1 to chat {CHAT} came 3 times"]


def test_a_third_copy_of_what_is_held_is_found():
    wrong = judge(make_held(took=[Took(CHAT, "sendMessage", 71, "words")] * 3))

    assert wrong == [f"a delivery in doubt to chat {CHAT} came 3 times"]


@pytest.mark.parametrize("state", ["dead", "cancelled", "expired", "poisoned"])
def test_a_message_that_came_though_it_counts_as_unsent_is_found(state):
    row = make_row(state=state, message_id=None)
    moves = make_moves(1, "sending", state if state in {"dead", "poisoned"} else "pending")

    wrong = judge(make_evidence(promised=[row], moves=moves, kept=[], had=[]))

    assert wrong == [f"chat {CHAT} got 1 messages that no delivery accounts for"]


def test_a_message_to_a_chat_without_deliveries_is_found():
    stray = Took(OTHER, "sendMessage", 5, "other words")

    wrong = judge(make_evidence(took=[*make_evidence().took, stray]))

    assert wrong == [f"chat {OTHER} got 1 messages that no delivery accounts for"]


def test_two_that_came_in_order_are_not_complained_of():
    assert judge(make_two()) == []


def test_a_delivery_that_overtook_an_earlier_one_is_found():
    wrong = judge(make_two(took=make_two().took[::-1]))

    assert wrong == [f"chat {CHAT} got its deliveries in the order [2, 1]"]


def test_two_to_one_chat_under_way_at_once_are_found():
    first, second = make_moves(1, "sending", "sent"), make_moves(2, "sending", "sent")
    moves = [first[0], second[0], first[1], second[1]]

    wrong = judge(make_two(moves=moves))

    assert wrong == ["delivery 2 began while another to its chat was under way"]


def test_deliveries_that_cannot_be_told_apart_are_found():
    same = [Took(CHAT, "sendMessage", n, "words") for n in (71, 72)]

    wrong = judge(make_two(took=same))

    assert wrong[0] == f"delivery 2 to chat {CHAT} says the same as delivery 1 to chat {CHAT}"
