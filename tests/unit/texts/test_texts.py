"""The way from an id and values to a sentence."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markup import Html, bold, italic
from bot.texts import SOURCE, Texts, languages, texts_in
from tests.unit.digest.telegram import Telegram
from tests.unit.examples import examples

ENGLISH = texts_in("en")
telegram = Telegram()


def test_an_html_value_keeps_its_markup():
    said = ENGLISH.html("item-for", subject=italic("Energy <3"))

    assert said == Html("for <i>Energy &lt;3</i>", "for Energy <3")


@pytest.mark.parametrize("value", ["<b>x</b>", "a & b", "</blockquote>", "&lt;"])
def test_a_text_value_is_escaped(value: str):
    said = ENGLISH.html("item-for", subject=value)

    assert telegram.take(said).text == f"for {value}"
    assert telegram.take(said).entities == ()


def test_several_html_values_stand_where_they_belong():
    said = ENGLISH.html("brief-source", source=bold("A"), how=italic("B"))

    assert said.markup == "Source: <b>A</b>. <i>B</i>"


@pytest.mark.parametrize("mark", ["\ufdd0", "\ufdd1", "\ufdef"])
def test_a_value_cannot_pass_for_another_one(mark: str):
    said = ENGLISH.html("brief-source", source=f"x{mark}y", how=bold("B"))

    assert said == Html("Source: xy. <b>B</b>", "Source: xy. B")


def test_what_looks_like_a_mark_inside_html_is_left_alone():
    said = ENGLISH.html("brief-source", source=bold("\ufdd1"), how=bold("B"))

    assert said.markup == "Source: <b>\ufdd1</b>. <b>B</b>"


@examples()
@given(st.text(), st.text())
def test_any_values_arrive_as_they_are_shown(plain: str, formatted: str):
    telegram.take(ENGLISH.html("brief-source", source=plain, how=bold(formatted)))


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "0 briefs"), (1, "1 brief,"), (2, "2 briefs"), (1000, "1,000 briefs")]
)
def test_a_count_chooses_its_form(count: int, shown: str):
    assert shown in ENGLISH.html("digest-end", day="Sunday", count=count, minutes="4").shown


def test_a_plain_sentence_is_not_escaped():
    assert ENGLISH.plain("button-follow", subject="a & b") == "+ a & b"


@pytest.mark.parametrize("say", [ENGLISH.html, ENGLISH.plain])
def test_an_id_that_there_is_not_is_an_error(say):
    with pytest.raises(LookupError, match="there is no text 'no-such-text'"):
        say("no-such-text")


@pytest.mark.parametrize("say", [ENGLISH.html, ENGLISH.plain])
def test_a_value_that_is_not_given_is_an_error(say):
    with pytest.raises(LookupError, match="'item-more' in 'en' lacks a value"):
        say("item-more")


@pytest.mark.parametrize(
    ("value", "shown"), [(8.5, "8.5"), (9.0, "9"), (0, "0"), (8.55, "8.6"), (10, "10")]
)
def test_a_number_has_one_decimal_at_most(value: float, shown: str):
    assert ENGLISH.number(value) == shown


@pytest.mark.parametrize(("value", "shown"), [(0.92, "92%"), (1, "100%"), (0, "0%")])
def test_a_share_is_in_percent(value: float, shown: str):
    assert ENGLISH.share(value) == shown


@pytest.mark.parametrize(
    ("names", "shown"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b, and c")],
)
def test_names_are_listed_in_words(names: list[str], shown: str):
    assert ENGLISH.listing(iter(names)) == shown


def test_a_weekday_has_its_name():
    assert ENGLISH.weekday(date(2026, 11, 22)) == "Sunday"


def test_the_weekday_of_an_instant_is_local():
    instant = datetime(2026, 11, 22, 23, tzinfo=UTC)

    assert ENGLISH.weekday_of(instant, "Asia/Tokyo") == "Monday"


def test_an_instant_is_told_by_local_weekday_with_time():
    instant = datetime(2026, 11, 22, 23, tzinfo=UTC)

    assert ENGLISH.when(instant, "Asia/Tokyo").shown == "Monday 08:00"
    assert ENGLISH.day(instant, "Asia/Tokyo").shown == "23 November 2026"


@pytest.mark.parametrize(
    ("instant", "zone"),
    [
        (datetime(1, 1, 1, tzinfo=UTC), "America/New_York"),
        (datetime(9999, 12, 31, 23, tzinfo=UTC), "Asia/Tokyo"),
    ],
)
def test_the_first_or_last_day_there_is_can_be_told(instant: datetime, zone: str):
    assert ENGLISH.when(instant, zone).shown
    assert ENGLISH.day(instant, zone).shown


def test_a_time_of_day_is_as_it_is_typed():
    assert ENGLISH.clock(time(7, 5)) == "07:05"


@pytest.mark.parametrize("tag", ["xx", "", "../en", "en/..", "zz-ZZ"])
def test_an_unknown_language_is_english(tag: str):
    assert Texts(tag).plain("button-digest") == ENGLISH.plain("button-digest")


def test_english_comes_first_of_the_languages():
    assert languages()[0] == SOURCE
    assert len(set(languages())) == len(languages())


def test_the_words_in_a_language_are_made_once():
    assert texts_in("en") is texts_in("en")
