"""Telegram's HTML: nothing that is not ours is a tag, and what we think is shown is shown."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markup import (
    Button,
    Html,
    Message,
    bold,
    code,
    italic,
    join,
    lines,
    moment,
    quote,
    spoiler,
    struck,
    text,
)
from tests.unit.digest.telegram import Telegram, covered
from tests.unit.examples import examples

telegram = Telegram()
anything = st.text(st.characters(exclude_categories=[]), max_size=60) | st.text("<>&;\"'/ab #x")
KINDS = [
    pytest.param(bold, "bold", id="bold"),
    pytest.param(italic, "italic", id="italic"),
    pytest.param(struck, "strikethrough", id="struck"),
    pytest.param(code, "code", id="code"),
    pytest.param(spoiler, "spoiler", id="spoiler"),
    pytest.param(quote, "blockquote", id="quote"),
]


@examples(2)
@given(anything)
def test_any_text_arrives_as_it_is_shown(value: str):
    telegram.take(join(("A", text(value), "Z")))


@examples()
@given(anything)
def test_any_text_in_any_format_arrives_as_it_is_shown(value: str):
    for format_ in (bold, italic, struck, code, spoiler, quote):
        telegram.take(join(("A", format_(value), "Z")))


@pytest.mark.parametrize(
    "value", ["<b>x</b>", "</b>", "<", "a > b", "&amp;", "&lt;b&gt;", "&#60;", "<tg-spoiler>"]
)
def test_what_looks_like_markup_is_text(value: str):
    arrived = telegram.take(text(value))

    assert arrived.text == value
    assert arrived.entities == ()


@pytest.mark.parametrize(("format_", "kind"), KINDS)
def test_a_format_covers_its_text(format_, kind: str):
    arrived = telegram.take(join(("before ", format_("a <b> & c"), " after")))

    assert covered(arrived, kind) == ["a <b> & c"]


def test_a_folded_quote_is_a_kind_of_its_own():
    arrived = telegram.take(quote("a", expandable=True))

    assert covered(arrived, "expandable_blockquote") == ["a"]


def test_formats_nest():
    arrived = telegram.take(quote(join((bold("label"), italic("value")), " ")))

    assert covered(arrived, "blockquote") == ["label value"]
    assert covered(arrived, "bold") == ["label"]


@pytest.mark.parametrize("format_", [bold, italic, struck, code])
def test_an_empty_text_gets_no_tag(format_):
    assert format_("") == Html("", "")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param("a\tb", "a b", id="tab"),
        pytest.param("a\x00b\x1fc", "a b c", id="control characters"),
        pytest.param("a\r\nb\n", "a\nb\n", id="carriage return"),
        pytest.param("a\u2028b\u2029c", "abc", id="line separators"),
        pytest.param("a\u202eb\u202cc", "abc", id="overrides of direction"),
        pytest.param("a\u2066b\u2069c", "abc", id="isolates of direction"),
        pytest.param("a\ud83db", "a\ufffdb", id="half a character"),
        pytest.param("A\u030astrand", "Åstrand", id="a ring kept in its letter"),
        pytest.param("q\u030a", "q", id="a ring that no letter has"),
        pytest.param("a\u0333b\u033f", "ab", id="lines over or under"),
        pytest.param("a\u200e\u200f\u200eb", "a\u200eb", id="marks of direction in a row"),
        pytest.param("e\u0301 👩‍👧", "e\u0301 👩‍👧", id="accents and joiners stay"),
        pytest.param("\u05e9\u200f!", "\u05e9\u200f!", id="one mark of direction stays"),
    ],
)
def test_what_telegram_would_change_is_changed_before(value: str, shown: str):
    assert text(value).shown == shown


def test_isolates_of_our_own_stay():
    assert text("\u2068a\u2069", keep_isolates=True).shown == "\u2068a\u2069"


def test_html_is_given_back_as_it_is():
    piece = bold("a")

    assert text(piece) is piece


def test_joining_puts_the_glue_between():
    assert join(("a", bold("b"), "<"), " & ") == Html("a &amp; <b>b</b> &amp; &lt;", "a & b & <")


def test_nothing_joined_is_nothing():
    assert not join(())


def test_lines_leave_out_none_alone():
    assert lines("a", None, "", "b").shown == "a\n\nb"


def test_pieces_add_up_to_escaped_text():
    assert bold("a") + "<" == Html("<b>a</b>&lt;", "a<")


def test_a_piece_that_shows_nothing_is_false():
    assert not Html("<b></b>", "")
    assert text("a")


def test_a_moment_is_shown_in_words_where_a_client_is_old():
    arrived = telegram.take(moment(datetime(2026, 11, 23, 7, tzinfo=UTC), "wt", "Mo & Tu"))

    (entity,) = arrived.entities
    assert arrived.text == "Mo & Tu"
    assert (entity.kind, entity.number, entity.argument) == ("date_time", 1795417200, "wt")


MESSAGE = Message(body=bold("a"), keyboard=((Button("b", "1b.1"),), (Button("c", "1c"),)))


def test_a_message_is_handed_over_without_a_preview():
    assert MESSAGE.as_json() == {
        "text": "<b>a</b>",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {
            "inline_keyboard": [
                [{"text": "b", "callback_data": "1b.1"}],
                [{"text": "c", "callback_data": "1c"}],
            ]
        },
    }


def test_a_message_without_buttons_has_no_keyboard():
    assert "reply_markup" not in Message(body=text("a")).as_json()


def test_a_message_can_go_without_its_formatting():
    assert Message(body=bold("a<")).as_plain_json() == {
        "text": "a<",
        "link_preview_options": {"is_disabled": True},
    }
