"""What follows from each outcome, for each kind of delivery."""

from datetime import timedelta
from typing import get_args

import pytest

from bot.botapi.outcomes import (
    Ambiguous,
    BadMessage,
    Gone,
    Migrated,
    NoThread,
    NotSent,
    Outcome,
    Refused,
    Sent,
    Stop,
    Uneditable,
    Wait,
)
from bot.delivery.retry import Step, next_step
from storage.model.delivery import DeliveryState, Kind
from storage.model.subscriber import ChatStatus
from tests.factories import make_delivery
from tests.fakes import NOON

PENDING, SENT, DEAD = DeliveryState.PENDING, DeliveryState.SENT, DeliveryState.DEAD
POISONED, UNCERTAIN = DeliveryState.POISONED, DeliveryState.UNCERTAIN

LOST = Ambiguous("reset")
IN_DOUBT = Step(state=PENDING, wait_seconds=60.0, note="reset", doubt=1)
NO_TOPIC = NoThread("topic_closed")

#: What follows for every kind, on the first attempt.
EVERY_KIND = [
    (Sent(17), Step(state=SENT, message_id=17)),
    (Sent(None), Step(state=SENT)),
    (
        Wait(7.0),
        Step(
            state=PENDING,
            wait_seconds=7.5,
            chat_wait_seconds=7.5,
            attempts=-1,
            note="told to wait",
        ),
    ),
    (NotSent("refused"), Step(state=PENDING, wait_seconds=1.0, note="refused")),
    (
        Stop("unauthorized"),
        Step(state=PENDING, wait_seconds=30.0, note="unauthorized", attempts=-1),
    ),
    (
        Migrated(-1005),
        Step(state=PENDING, note="moved to another chat", attempts=-1, migrated_to=-1005),
    ),
    (
        Gone(ChatStatus.BLOCKED, "blocked"),
        Step(state=DEAD, note="blocked", chat_status=ChatStatus.BLOCKED),
    ),
    (Uneditable("not found"), Step(state=DEAD, note="not found", copy_gone=True)),
    (Refused(400, "something new"), Step(state=DEAD, note="400 something new")),
    (BadMessage("too long"), Step(state=POISONED, note="too long")),
]

#: What follows for one kind, on the first attempt.
BY_KIND = [
    *((LOST, kind, IN_DOUBT) for kind in (Kind.NOW, Kind.ALERT, Kind.DIGEST, Kind.NOTICE)),
    (LOST, Kind.EDIT, Step(state=PENDING, wait_seconds=1.0, note="reset")),
    (LOST, Kind.BROADCAST, Step(state=UNCERTAIN, note="reset")),
    *(
        (NO_TOPIC, kind, Step(state=DEAD, note="topic_closed", chat_status=ChatStatus.NO_RIGHTS))
        for kind in Kind
        if kind is not Kind.EDIT
    ),
    (NO_TOPIC, Kind.EDIT, Step(state=DEAD, note="topic_closed")),
]

ROWS = [(outcome, kind, step) for outcome, step in EVERY_KIND for kind in Kind] + BY_KIND


@pytest.mark.parametrize(("outcome", "kind", "step"), ROWS, ids=str)
def test_each_outcome_has_its_step(outcome, kind, step):
    assert next_step(outcome, make_delivery(kind=kind), jitter=0.5) == step


def test_the_table_has_a_row_for_each_outcome_of_each_kind():
    rows = {(type(outcome), kind) for outcome, kind, _ in ROWS}

    assert rows == {(outcome, kind) for outcome in get_args(Outcome) for kind in Kind}


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.EDIT], ids=str)
def test_without_its_topic_a_message_goes_to_the_chat(kind):
    delivery = make_delivery(kind=kind, chat_id=-1005, thread_id=12)

    step = next_step(NO_TOPIC, delivery, jitter=0.5)

    assert step == Step(state=PENDING, note="topic_closed", attempts=-1, drop_thread=True)


def test_an_edit_in_a_closed_topic_says_nothing_of_the_chat():
    delivery = make_delivery(kind=Kind.EDIT, chat_id=-1005, thread_id=12)

    step = next_step(NO_TOPIC, delivery, jitter=0.5)

    assert step == Step(state=DEAD, note="topic_closed")


@pytest.mark.parametrize("kind", [Kind.NOW, Kind.ALERT, Kind.DIGEST, Kind.NOTICE], ids=str)
def test_a_message_lost_twice_is_held(kind):
    delivery = make_delivery(kind=kind, doubt=1, attempts=1)

    assert next_step(LOST, delivery, jitter=0.5) == Step(state=UNCERTAIN, note="reset")


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 1.0), (1, 2.0), (2, 4.0), (5, 32.0), (6, 60.0), (5000, 60.0)]
)
def test_a_server_out_of_reach_is_left_alone_twice_as_long_each_time(attempts, seconds):
    delivery = make_delivery(attempts=attempts)

    assert next_step(NotSent("refused"), delivery, jitter=0.5).wait_seconds == seconds


@pytest.mark.parametrize(("jitter", "seconds"), [(0.0, 0.8), (1.0, 1.2)])
def test_new_tries_are_spread_by_a_fifth_either_way(jitter, seconds):
    step = next_step(NotSent("refused"), make_delivery(), jitter=jitter)

    assert step.wait_seconds == pytest.approx(seconds)


@pytest.mark.parametrize("jitter", [0.0, 0.3, 1.0])
def test_a_flood_is_never_answered_early(jitter):
    step = next_step(Wait(7.0), make_delivery(), jitter=jitter)

    assert 7.0 <= step.wait_seconds <= 8.0
    assert step.chat_wait_seconds == step.wait_seconds


@pytest.mark.parametrize("attempts", range(9))
def test_an_edit_is_repeated_until_it_has_been_tried_ten_times(attempts):
    delivery = make_delivery(kind=Kind.EDIT, attempts=attempts, doubt=attempts)

    step = next_step(LOST, delivery, jitter=0.5)

    assert step == Step(state=PENDING, wait_seconds=2.0**attempts, note="reset")


def test_an_edit_is_given_up_after_ten_tries():
    delivery = make_delivery(kind=Kind.EDIT, attempts=9)

    step = next_step(LOST, delivery, jitter=0.5)

    assert step == Step(state=DEAD, note="gave up after 10 tries: reset")


def test_a_step_says_when_the_next_try_may_leave():
    assert Step(state=PENDING, wait_seconds=60.0).not_before(NOON) == NOON + timedelta(minutes=1)
