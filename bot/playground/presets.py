"""Faults by name: what the page offers, and what a test asks for in one word."""

from dataclasses import replace

from bot.playground.faults import Fault, Kind

_OF_SENDING = {
    "flood": Fault(code=429, description="Too Many Requests: retry after 3", retry_after=3),
    "flood without parameters": Fault(code=429, description="Too Many Requests"),
    "server error": Fault(),
    "server error, accepted": Fault(accepted=True),
    "bad gateway": Fault(kind=Kind.HTML, code=502),
    "gateway timeout": Fault(kind=Kind.HTML, code=504, accepted=True),
    "empty answer": Fault(kind=Kind.EMPTY, accepted=True),
    "answer without result": Fault(kind=Kind.NO_RESULT, accepted=True),
    "answer of the wrong type": Fault(kind=Kind.WRONG_TYPE, accepted=True),
    "cut in the header": Fault(kind=Kind.CUT_HEADER, accepted=True),
    "cut in the body": Fault(kind=Kind.CUT_BODY, accepted=True),
    "reset": Fault(kind=Kind.RESET),
    "reset, accepted": Fault(kind=Kind.RESET, accepted=True),
    "no answer": Fault(kind=Kind.HANG),
    "no answer, accepted": Fault(kind=Kind.HANG, accepted=True),
    "slow": Fault(kind=Kind.DELAY, delay=10.0),
}
_OF_RECEIVING = {
    "update comes twice": Fault(kind=Kind.DUPLICATE),
    "other poller": Fault(
        method="getUpdates",
        code=409,
        description="Conflict: terminated by other getUpdates request; make sure that only one bot"
        " instance is running",
    ),
}
PRESETS = {
    **{name: replace(fault, method="sendMessage") for name, fault in _OF_SENDING.items()},
    **_OF_RECEIVING,
    "token refused": Fault(code=401, description="Unauthorized"),
}
