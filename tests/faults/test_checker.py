"""The judge of the fault tests finds each wrong that it is there for."""

from dataclasses import replace

import pytest

from tests.faults.checker import Evidence, Kept, Move, Promised, Took, judge

CHAT, OTHER = 1001, 1002
DIGEST, EDIT, BROADCAST = 3, 4, 6


def make_row(**changed):
    """Return a digest that was sent at its first attempt as message 71."""
    values = {
        "id": 1,
        "kind": DIGEST,
        "chat_id": CHAT,
        "slot": 202611221200,
        "ref": 0,
        "state": "sent",
        "attempts": 1,
        "doubt": 0,
        "message_id": 71,
    }
    return Promised(**(values | changed))


def make_moves(delivery_id, *states, who="sender-1"):
    """Return the moves of a delivery through states, the first from leased."""
    moves, was = [], "leased"
    for became in states:
        moves.append(Move(delivery_id, was, became, who, None))
        was = "leased" if became == "pending" else became
    return moves


def make_evidence(**changed):
    """Return the evidence of one digest that went well."""
    values = {
        "promised": [make_row()],
        "moves": make_moves(1, "sending", "sent"),
        "kept": [Kept(1, CHAT, 71, 1)],
        "had": [(CHAT, 11, 1)],
        "took": [Took(CHAT, "sendMessage", 71, "words")],
    }
    return Evidence(**(values | changed))


def make_doubtful(**changed):
    """Return the evidence of a digest whose first answer was lost, and which came twice."""
    values = {
        "promised": [make_row(attempts=2, doubt=1)],
        "moves": make_moves(1, "sending", "pending", "sending", "sent"),
        "took": [
            Took(CHAT, "sendMessage", 70, "words"),
            Took(CHAT, "sendMessage", 71, "words"),
        ],
    }
    return make_evidence(**(values | changed))


def make_held(**changed):
    """Return the evidence of a digest that was lost twice and is held."""
    values = {
        "promised": [make_row(state="uncertain", attempts=2, doubt=2, message_id=None)],
        "moves": make_moves(1, "sending", "pending", "sending", "uncertain"),
        "kept": [],
        "took": [],
    }
    return make_evidence(**(values | changed))


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


def make_two(**changed):
    """Return the evidence of two digests to one chat that went well."""
    second = make_row(id=2, slot=202611231200, message_id=72)
    values = {
        "promised": [make_row(), second],
        "moves": [*make_moves(1, "sending", "sent"), *make_moves(2, "sending", "sent")],
        "kept": [Kept(1, CHAT, 71, 1), Kept(2, CHAT, 72, 2)],
        "had": [(CHAT, 11, 1), (CHAT, 12, 2)],
        "took": [
            Took(CHAT, "sendMessage", 71, "words"),
            Took(CHAT, "sendMessage", 72, "other words"),
        ],
    }
    return make_evidence(**(values | changed))


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


def make_crowd(count, *states):
    """Return rows and the moves of so many deliveries, each to a chat of its own, at once."""
    chats = range(2001, 2001 + count)
    rows = [make_row(id=n, chat_id=n, message_id=n) for n in chats]
    moves = [
        move
        for state in range(len(states))
        for n in chats
        for move in (make_moves(n, *states)[state],)
    ]
    return {
        "promised": rows,
        "moves": moves,
        "kept": [Kept(n, n, n, n) for n in chats],
        "had": [(n, 11, n) for n in chats],
        "took": [Took(n, "sendMessage", n, "words") for n in chats],
    }


def test_as_many_under_way_as_may_be_are_not_complained_of():
    assert judge(make_evidence(**make_crowd(8, "sending", "sent"))) == []


def test_one_more_under_way_than_may_be_is_found():
    wrong = judge(make_evidence(**make_crowd(9, "sending", "sent")))

    assert wrong == ["sender-1 had 9 under way at once"]


def test_more_in_doubt_than_may_be_left_by_one_death_are_found():
    evidence = make_evidence(**make_crowd(9, "sending", "pending", "sending", "sent"))
    rescued = [
        move._replace(note="rescued") if move.became == "pending" else move
        for move in evidence.moves
    ]

    wrong = judge(replace(evidence, moves=rescued))

    assert "sender-1 left 9 in doubt when it died" in wrong


def test_a_move_that_starts_from_nowhere_is_found():
    moves = [*make_moves(1, "sending", "sent"), Move(1, "sending", "sent", "sender-2", None)]

    wrong = judge(make_evidence(moves=moves))

    assert wrong == ["delivery 1 was sent, then moved from sending"]


def test_a_move_that_may_not_be_is_found():
    wrong = judge(make_evidence(moves=[Move(1, "leased", "sent", "sender-1", None)]))

    assert wrong == ["delivery 1 moved from leased to sent"]


def test_a_row_that_is_not_where_its_moves_led_is_found():
    wrong = judge(make_evidence(moves=make_moves(1, "sending", "dead")))

    assert wrong == [f"delivery 1 to chat {CHAT} is sent, but was last seen to become dead"]


def test_a_row_that_was_sent_without_a_mark_is_found():
    wrong = judge(make_evidence(moves=[]))

    assert wrong == [f"delivery 1 to chat {CHAT} is sent, and nothing was written down of it"]


def test_a_row_that_was_sent_without_an_attempt_is_found():
    wrong = judge(make_evidence(promised=[make_row(attempts=0)]))

    assert wrong == [f"delivery 1 to chat {CHAT} was sent without an attempt"]


def test_a_doubt_that_was_not_written_down_is_found():
    wrong = judge(make_evidence(promised=[make_row(doubt=1)]))

    assert wrong == [f"delivery 1 to chat {CHAT} has 1 doubts, 0 of them written down"]


def test_a_message_whose_copy_is_not_kept_is_found():
    wrong = judge(make_evidence(kept=[]))

    assert wrong == [f"delivery 1 to chat {CHAT} was sent, but its copy is not kept"]


def test_a_copy_of_what_was_never_sent_is_found():
    wrong = judge(make_held(kept=[Kept(1, CHAT, 71, 1)]))

    assert wrong == [f"delivery 1 to chat {CHAT} is uncertain, but has left a copy"]


def test_an_edit_that_never_took_place_is_found():
    edit = make_row(id=2, kind=EDIT, slot=1, ref=1)
    moves = [*make_moves(1, "sending", "sent"), *make_moves(2, "sending", "sent")]

    wrong = judge(make_evidence(promised=[make_row(), edit], moves=moves))

    assert wrong == [
        f"delivery 2 to chat {CHAT} counts as sent, but the server never edited its copy"
    ]


def test_an_edit_that_took_place_twice_is_not_complained_of():
    edit = make_row(id=2, kind=EDIT, slot=1, ref=1)
    moves = [*make_moves(1, "sending", "sent"), *make_moves(2, "sending", "sent")]
    edits = [Took(CHAT, "editMessageText", 71, "new words")] * 2
    took = [*make_evidence().took, *edits]

    assert judge(make_evidence(promised=[make_row(), edit], moves=moves, took=took)) == []


def test_a_brief_that_was_given_twice_is_found():
    wrong = judge(make_evidence(had=[(CHAT, 11, 1), (CHAT, 11, 1)]))

    assert wrong == [f"chat {CHAT} had brief 11 2 times"]


def test_a_brief_that_was_not_given_back_is_found():
    row = make_row(state="dead", message_id=None)

    wrong = judge(
        make_evidence(promised=[row], moves=make_moves(1, "sending", "dead"), kept=[], took=[])
    )

    assert wrong == [f"chat {CHAT} counts as having had brief 11 by delivery 1 to chat {CHAT}"]


def test_a_brief_that_nobody_gave_is_found():
    wrong = judge(make_evidence(had=[(CHAT, 11, 1), (CHAT, 12, 99)]))

    assert wrong == [f"chat {CHAT} had brief 12 by a delivery that is not there"]


def test_a_digest_that_gave_nothing_is_found():
    wrong = judge(make_evidence(had=[]))

    assert wrong == [f"delivery 1 to chat {CHAT} is sent, but gave no brief"]


def test_a_broadcast_gives_nothing():
    broadcast = make_row(kind=BROADCAST)

    assert judge(make_evidence(promised=[broadcast], had=[])) == []


def test_a_database_that_is_not_sound_is_found():
    wrong = judge(make_evidence(unsound=["row 7 missing from index"]))

    assert wrong == ["the database is not sound: row 7 missing from index"]
