"""Evidence for the judge: what went well, to be spoilt by a test."""

from tests.faults.checker import Evidence, Kept, Move, Promised, Took

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
