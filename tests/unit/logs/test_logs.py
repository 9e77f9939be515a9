"""Logs hold no token, wherever it stood, and no chat."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest

from bot.logs import JsonLines, PlainLines, chat_tag, hide_tokens, set_up_logs

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
ADDRESS = f"https://api.telegram.org/bot{TOKEN}/sendMessage"
FORMATS = [pytest.param(PlainLines(), id="plain"), pytest.param(JsonLines(), id="json")]


class Telling:
    """Something that tells the token when it is written out."""

    def __repr__(self) -> str:
        return f"<Request {ADDRESS}>"


@pytest.fixture
def written(request: pytest.FixtureRequest) -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A logger of its own, and what it writes in the form that the test asks for."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(request.param)
    logger = logging.Logger("test", logging.DEBUG)
    logger.addHandler(handler)
    yield logger, stream
    handler.close()


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger, which is left as it was."""
    logger = logging.getLogger()
    handlers, level = list(logger.handlers), logger.level
    quiet = {name: logging.getLogger(name).level for name in ("telegram", "httpx", "aiosqlite")}
    yield logger
    logger.handlers[:] = handlers
    logger.setLevel(level)
    for name, its_level in quiet.items():
        logging.getLogger(name).setLevel(its_level)


def in_the_text(logger: logging.Logger) -> None:
    logger.info(f"calling {ADDRESS}")  # noqa: G004 - as libraries do


def in_an_argument(logger: logging.Logger) -> None:
    logger.info("calling %s with %d", ADDRESS, 3)


def in_an_object(logger: logging.Logger) -> None:
    logger.info("calling %r", Telling())


def in_a_traceback(logger: logging.Logger) -> None:
    try:
        raise ValueError(ADDRESS)
    except ValueError:
        logger.exception("it failed")


def in_the_cause(logger: logging.Logger) -> None:
    try:
        try:
            raise KeyError(TOKEN)
        except KeyError as error:
            raise ValueError("no") from error
    except ValueError:
        logger.exception("it failed")


def in_a_field(logger: logging.Logger) -> None:
    logger.info("called", extra={"address": ADDRESS})


def in_a_field_that_is_no_text(logger: logging.Logger) -> None:
    logger.info("called", extra={"request": Telling(), "headers": {"a": [ADDRESS]}})


def escaped(logger: logging.Logger) -> None:
    logger.info(ADDRESS.replace(":AA", "%3AAA"))


def escaped_in_small_letters(logger: logging.Logger) -> None:
    logger.info(ADDRESS.replace(":AA", "%3aAA"))


def alone(logger: logging.Logger) -> None:
    logger.info(TOKEN)


@pytest.mark.parametrize("written", FORMATS, indirect=True)
@pytest.mark.parametrize(
    "log",
    [
        in_the_text,
        in_an_argument,
        in_an_object,
        in_a_traceback,
        in_the_cause,
        in_a_field,
        in_a_field_that_is_no_text,
        escaped,
        escaped_in_small_letters,
        alone,
    ],
)
def test_g13_a_token_is_in_no_line_of_the_log(written, log):
    logger, stream = written

    log(logger)

    assert "<token>" in stream.getvalue()
    assert "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1" not in stream.getvalue()


@pytest.mark.parametrize("written", FORMATS, indirect=True)
def test_a_stack_is_shown_without_a_token(written):
    logger, stream = written

    logger.info("here", stack_info=True, extra={"token": TOKEN})

    assert "in test_a_stack_is_shown_without_a_token" in stream.getvalue()
    assert TOKEN not in stream.getvalue()


@pytest.mark.parametrize(
    "said", ["at 12:30", "chat 123456789", "123:abc", "a:b", "12345678:short"]
)
def test_what_is_no_token_is_left_alone(said: str):
    assert hide_tokens(said) == said


@pytest.mark.parametrize("written", [PlainLines()], indirect=True)
def test_a_plain_line_has_its_fields_behind_the_sentence(written):
    logger, stream = written

    logger.warning("a page was planned", extra={"event": "page.planned", "n": 3})

    assert stream.getvalue()[9:] == "WARNING a page was planned (event=page.planned, n=3)\n"


@pytest.mark.parametrize("written", [PlainLines()], indirect=True)
def test_a_plain_line_without_fields_ends_with_the_sentence(written):
    logger, stream = written

    logger.info("started")

    assert stream.getvalue().endswith(" INFO    started\n")


@pytest.mark.parametrize("written", [JsonLines()], indirect=True)
def test_a_json_line_is_one_object(written):
    logger, stream = written

    logger.info("line\nbreak \ud83d", extra={"event": "e", "n": 2**70, "at_once": {1}})

    (line,) = stream.getvalue().splitlines()
    read = json.loads(line)
    assert (read["level"], read["said"], read["event"]) == ("INFO", "line\nbreak \ud83d", "e")
    assert (read["n"], read["at_once"]) == (2**70, "{1}")
    assert read["at"][10] == "T"


@pytest.mark.parametrize("written", [JsonLines()], indirect=True)
def test_a_json_line_holds_its_traceback(written):
    logger, stream = written

    in_a_traceback(logger)

    assert json.loads(stream.getvalue())["traceback"].endswith(
        "ValueError: " + hide_tokens(ADDRESS)
    )


@pytest.mark.parametrize(("as_json", "form"), [(True, JsonLines), (False, PlainLines)])
def test_logs_go_to_standard_error_alone(root: logging.Logger, as_json: bool, form: type):
    set_up_logs(level="INFO", as_json=as_json)

    (handler,) = root.handlers
    assert isinstance(handler.formatter, form)
    assert handler.stream is sys.stderr
    assert root.level == logging.INFO


@pytest.mark.parametrize(("level", "quiet"), [("DEBUG", "WARNING"), ("ERROR", "ERROR")])
def test_libraries_that_log_addresses_are_quiet(root: logging.Logger, level: str, quiet: str):
    set_up_logs(level=level, as_json=False)

    levels = {logging.getLogger(name).level for name in ("telegram", "httpx", "aiosqlite")}
    assert levels == {getattr(logging, quiet)}


def test_a_tick_that_is_still_at_work_is_no_news(root: logging.Logger):
    set_up_logs(level="INFO", as_json=False)

    assert not logging.getLogger("apscheduler.scheduler").isEnabledFor(logging.WARNING)


def test_a_chat_has_the_same_tag_each_time():
    assert chat_tag(-1001234567890) == chat_tag(-1001234567890)


def test_g13_a_tag_tells_chats_apart_without_naming_them():
    tags = {chat_tag(chat_id): chat_id for chat_id in range(10**9, 10**9 + 2000)}

    assert len(tags) == 2000
    assert all(str(chat_id) not in tag and len(tag) == 10 for tag, chat_id in tags.items())
