"""Every message can be said, fits its place, and is there where the code asks for it."""

import re

import pytest

from bot.texts import SOURCE, languages, texts_in
from tests.unit.texts.messages import uses, written_in

COUNTS = [0, 1, 2, 5, 11, 21, 100]
USES = list(uses())
REFUSALS = [use for use in USES if use.how == "Refused"]


def samples(message: str, language: str) -> list[dict[str, object]]:
    """Return values for a message: one set for each count that it may choose by."""
    written = written_in(language)[message]
    return [
        {name: count if name in written.selectors else f"«{name}»" for name in written.values}
        for count in (COUNTS if written.selectors else COUNTS[:1])
    ]


@pytest.mark.parametrize("language", languages())
def test_a_message_can_be_said_with_every_count(language: str):
    for message in written_in(language):
        for values in samples(message, language):
            said = texts_in(language).html(message, **values)

            assert said.shown.strip(), message
            assert "{" not in said.shown, message


@pytest.mark.parametrize("language", languages())
def test_a_message_shows_every_value_that_is_not_only_chosen_by(language: str):
    for message, written in written_in(language).items():
        shown = "".join(
            texts_in(language).html(message, **values).shown
            for values in samples(message, language)
        )

        for name in written.values - written.selectors:
            assert f"«{name}»" in shown, message


@pytest.mark.parametrize("language", languages())
def test_a_text_holds_no_tag(language: str):
    for message, written in written_in(language).items():
        for literal in written.literals:
            assert not re.search(r"<[/a-z]|&[a-z#]", literal, re.IGNORECASE), message


@pytest.mark.parametrize(
    ("prefix", "most"),
    [
        pytest.param("command-", 256, id="descriptions of commands"),
        pytest.param("profile-name", 64, id="name"),
        pytest.param("profile-short", 120, id="short description"),
        pytest.param("profile-description", 512, id="description"),
        pytest.param("button-", 34, id="labels of buttons"),
        pytest.param("menu-old", 200, id="toast of an old menu"),
        pytest.param("message-old", 200, id="toast of an old message"),
    ],
)
@pytest.mark.parametrize("language", languages())
def test_a_text_fits_its_place(language: str, prefix: str, most: int):
    found = [message for message in written_in(language) if message.startswith(prefix)]

    for message in found:
        for values in samples(message, language):
            assert 1 <= len(texts_in(language).plain(message, **values)) <= most, message
    assert found


@pytest.mark.parametrize("language", languages())
def test_a_refusal_fits_a_toast(language: str):
    for use in REFUSALS:
        for values in samples(use.id, language):
            assert len(texts_in(language).plain(use.id, **values)) <= 200, use


def test_the_code_says_messages_that_there_are():
    assert [use for use in USES if use.id not in written_in(SOURCE)] == []


def test_the_code_gives_a_message_the_values_that_it_takes():
    for use in USES:
        if use.is_all:
            assert use.given == written_in(SOURCE)[use.id].values, use


def test_the_scan_of_the_code_finds_its_messages():
    assert len(USES) > 60
    assert len(REFUSALS) > 10
    assert {"brief-scores", "time-none", "button-digest"} <= {use.id for use in USES}


def test_a_translation_takes_the_same_values():
    source = written_in(SOURCE)

    for language in languages():
        for message, written in written_in(language).items():
            assert message in source
            assert written.values == source[message].values, (language, message)
