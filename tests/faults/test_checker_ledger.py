"""The judge of the fault tests finds each wrong in what the ledger says of itself."""

from dataclasses import replace

from tests.faults.checker import Kept, Move, Took, judge
from tests.faults.evidence import (
    BROADCAST,
    CHAT,
    EDIT,
    make_crowd,
    make_evidence,
    make_held,
    make_moves,
    make_row,
)


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
