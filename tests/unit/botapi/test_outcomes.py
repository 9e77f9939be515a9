"""What every answer of the Bot API means for a send or an edit."""

import pytest

from bot.botapi import outcomes
from bot.botapi.outcomes import (
    Ambiguous,
    BadMessage,
    Refused,
    Sent,
    Stop,
    Wait,
    read_answer,
    read_result,
)
from tests.unit.botapi.refused_texts import KEPT, LOST, NOT_KNOWN, WITH_PARAMETERS


def refusal(code, text, parameters=None):
    """Return an answer as the server makes it."""
    answer = {"ok": False, "error_code": code, "description": text}
    return answer if parameters is None else answer | {"parameters": parameters}


@pytest.mark.parametrize(("code", "text", "meant"), KEPT, ids=lambda value: str(value)[:60])
def test_a_refusal_means_what_its_text_says(code, text, meant):
    assert read_answer(code, refusal(code, text)) == meant


@pytest.mark.parametrize(("code", "text", "meant"), KEPT, ids=lambda value: str(value)[:60])
def test_the_case_of_a_text_does_not_matter(code, text, meant):
    assert read_answer(code, refusal(code, text.upper())) == meant


@pytest.mark.parametrize(("code", "text", "parameters", "meant"), WITH_PARAMETERS)
def test_parameters_say_how_long_or_where_to(code, text, parameters, meant):
    assert read_answer(code, refusal(code, text, parameters)) == meant


@pytest.mark.parametrize(("code", "text"), LOST)
def test_a_fault_of_the_server_leaves_it_open_whether_it_sent(code, text):
    assert read_answer(code, refusal(code, text)) == Ambiguous(text.lower())


@pytest.mark.parametrize(("code", "text"), NOT_KNOWN)
def test_a_text_that_is_not_known_concludes_nothing(code, text):
    assert read_answer(code, refusal(code, text)) == Refused(code, text.lower())


def test_an_upgrade_that_names_no_chat_is_not_known():
    text = "Bad Request: group chat was upgraded to a supergroup chat"

    assert read_answer(400, refusal(400, text)) == Refused(400, text.lower())


@pytest.mark.parametrize("to", [0, "-1005", None])
def test_a_chat_to_move_to_is_a_number(to):
    answer = refusal(400, "Bad Request: moved", {"migrate_to_chat_id": to})

    assert isinstance(read_answer(400, answer), Refused)


def test_a_refusal_without_a_text_is_not_known():
    assert read_answer(400, {"ok": False}) == Refused(400, "")


def test_the_code_of_the_answer_counts_before_that_of_http():
    assert read_answer(400, refusal(429, "Too Many Requests", {"retry_after": 3})) == Wait(3.0)


def test_a_code_that_is_no_number_gives_way_to_that_of_http():
    answer = {"ok": False, "error_code": "four", "description": "Unauthorized"}

    assert read_answer(401, answer) == Stop("unauthorized")


@pytest.mark.parametrize(
    ("status", "meant"),
    [
        (429, Wait(30.0)),
        (413, BadMessage("HTTP 413 without JSON")),
        (401, Stop("HTTP 401 without JSON")),
        (404, Stop("HTTP 404 without JSON")),
        (421, Stop("HTTP 421 without JSON")),
        (200, Ambiguous("HTTP 200 without JSON")),
        (302, Ambiguous("HTTP 302 without JSON")),
        (400, Ambiguous("HTTP 400 without JSON")),
        (403, Ambiguous("HTTP 403 without JSON")),
        (500, Ambiguous("HTTP 500 without JSON")),
        (502, Ambiguous("HTTP 502 without JSON")),
        (504, Ambiguous("HTTP 504 without JSON")),
    ],
)
@pytest.mark.parametrize("answer", [None, "busy", ["busy"], 7], ids=repr)
def test_an_answer_that_is_none_means_what_its_status_says(status, meant, answer):
    assert read_answer(status, answer) == meant


def test_a_message_that_is_shown_was_sent():
    assert read_answer(200, {"ok": True, "result": {"message_id": 17}}) == Sent(17)


def test_a_plain_yes_means_sent_without_a_message():
    assert read_answer(200, {"ok": True, "result": True}) == Sent(None)


@pytest.mark.parametrize(
    "result", [None, False, [], {}, "sent", {"message_id": "17"}, {"message_id": None}], ids=repr
)
def test_a_result_that_shows_nothing_leaves_it_open(result):
    assert read_result(result) == Ambiguous("the answer has no result")


def test_an_answer_without_a_result_leaves_it_open():
    assert read_answer(200, {"ok": True}) == Ambiguous("the answer has no result")


def test_yes_beside_an_error_status_is_not_believed():
    answer = {"ok": True, "result": {"message_id": 17}}

    assert isinstance(read_answer(502, answer), Ambiguous)


@pytest.mark.parametrize(
    "part",
    [
        *(part for part, _ in outcomes._GONE),
        *outcomes._NO_THREAD,
        *outcomes._BAD,
        *outcomes._DONE,
        *outcomes._UNEDITABLE,
        outcomes._DELETED_AT_ONCE,
    ],
)
def test_every_text_that_is_looked_for_has_a_row(part):
    assert any(part in text.lower() for _, text, _ in KEPT)


def test_no_text_is_looked_for_twice():
    parts = [part for part, _ in outcomes._GONE]
    parts += [*outcomes._NO_THREAD, *outcomes._BAD, *outcomes._DONE, *outcomes._UNEDITABLE]

    assert len(set(parts)) == len(parts)
