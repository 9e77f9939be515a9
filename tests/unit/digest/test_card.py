"""One brief, whole, over as many pages as it needs."""

import re
from itertools import pairwise

import pytest

from bot.digest.card import card_pages
from bot.markup import LIMIT, units
from bot.texts import texts_in
from storage.model.brief import BriefState
from tests.factories import make_brief
from tests.fakes import NOON
from tests.unit.digest.telegram import Telegram, covered, of_kind

ENGLISH = texts_in("en")
MARKED = re.compile(r"\b[bca]\d{4}\b")


def marked(letter: str, count: int, *, in_paragraph: int = 60) -> str:
    """Return sentences of words that say where they stood: b0001 b0002 …"""
    words = [f"{letter}{n:04}" for n in range(count)]
    for place in range(9, count, 10):
        words[place] += "."
    rows = [words[n : n + in_paragraph] for n in range(0, count, in_paragraph)]
    return "\n\n".join(" ".join(row) for row in rows)


def long_brief(body: int, counter: int, context: int, **changed):
    body_said = marked("b", body)
    values = {
        "headline": body_said.split(".")[0] + ".",
        "body": body_said,
        "counter_argument": marked("c", counter),
        "ai_context": marked("a", context),
    }
    return make_brief(**(values | changed))


def pages_of(brief) -> list[str]:
    return [page.shown for page in card_pages(brief, ENGLISH, zone="UTC")]


def test_a_brief_is_lead_then_rest_then_counterpoint_then_how():
    brief = make_brief(
        id=1935,
        headline="Rates rose.",
        body="Rates rose. Nobody knows why.\n\nSecond.\n\nThird.",
        counter_argument="Not by much.",
        ai_context="Made up.",
        source="Grid Weekly",
        impact=8.5,
        confidence=0.92,
        published_at=NOON,
    )

    assert pages_of(brief) == [
        "Rates rose. Nobody knows why.\n"
        "Second.\n\nThird.\n\n"
        "Counterpoint\nNot by much.\n\n"
        "Source: Grid Weekly. How this was written\nMade up.\n"
        "Impact 8.5 · 92% confident · 2 min\n"
        "22 November 2026 · 1hr"
    ]


def test_the_counterpoint_stands_open_where_the_rest_folds(telegram: Telegram):
    brief = make_brief(body="First.\n\nSecond.", headline="First.", counter_argument="No.")

    arrived = telegram.take(card_pages(brief, ENGLISH, zone="UTC")[0])

    rest, how = covered(arrived, "expandable_blockquote")
    assert rest.strip() == "Second."
    assert how.startswith("How this was written")
    assert [quote.strip() for quote in covered(arrived, "blockquote")] == ["Counterpoint\nNo."]


def test_the_date_is_a_moment_in_the_readers_zone(telegram: Telegram):
    brief = make_brief(published_at=NOON.replace(hour=23))

    arrived = telegram.take(card_pages(brief, ENGLISH, zone="Asia/Tokyo")[0])

    assert covered(arrived, "date_time") == ["23 November 2026"]
    assert of_kind(arrived, "date_time")[0].argument == "D"


def test_the_news_of_an_unstated_headline_is_bold_in_the_body(telegram: Telegram):
    brief = make_brief(headline="Rates rose.", body="Rates rose. Nobody knows why.")

    arrived = telegram.take(card_pages(brief, ENGLISH, zone="UTC")[0])

    assert covered(arrived, "bold")[0] == "Rates rose."
    assert arrived.text.count("Rates rose.") == 1


def test_a_first_sentence_too_long_for_a_headline_is_bold_to_a_border(telegram: Telegram):
    body = "Words that go on, and on, " * 20 + "end."
    brief = make_brief(headline=f"{body[:250]}…", body=body)

    arrived = telegram.take(card_pages(brief, ENGLISH, zone="UTC")[0])

    assert arrived.text.startswith(body)
    assert 30 <= len(covered(arrived, "bold")[0]) <= 90


def test_a_sentence_without_blanks_is_shown_without_blanks():
    body = "字" * 400 + "。"
    brief = make_brief(headline=f"{body[:299]}…", body=body)

    assert pages_of(brief)[0].startswith(body)


def test_a_stated_headline_stands_above_the_body():
    brief = make_brief(headline="A title", headline_stated=True, body="Rates rose.")

    assert pages_of(brief)[0].startswith("A title\n\nRates rose.\n")


@pytest.mark.parametrize("said", [None, ""])
def test_how_it_was_written_is_said_to_be_unstated(said: str | None):
    assert "How this was written\nNot stated.\n" in pages_of(make_brief(ai_context=said))[0]


def test_a_retracted_brief_shows_its_reason_alone(telegram: Telegram):
    brief = make_brief(
        headline="Rates rose.", state=BriefState.RETRACTED, retract_reason="it was wrong"
    )

    (page,) = card_pages(brief, ENGLISH, zone="UTC")

    assert telegram.take(page).text == "Rates rose.\nWe withdrew this brief: it was wrong"


@pytest.mark.parametrize(
    ("body", "counter", "context"),
    [
        pytest.param(3000, 60, 20, id="long body"),
        pytest.param(60, 3000, 20, id="long counter-argument"),
        pytest.param(60, 60, 3000, id="long account of how"),
        pytest.param(700, 700, 700, id="all long"),
        pytest.param(640, 60, 10, id="a little over a page"),
    ],
)
def test_the_pages_hold_every_word_in_order(body: int, counter: int, context: int):
    pages = pages_of(long_brief(body, counter, context))

    words = MARKED.findall(" ".join(pages))
    assert len(pages) > 1
    for letter, count in (("b", body), ("c", counter), ("a", context)):
        found = [word for word in words if word[0] == letter]
        assert found == [f"{letter}{n:04}" for n in range(count)]


@pytest.mark.parametrize("lengths", [(3000, 60, 20), (60, 3000, 20), (700, 700, 700)], ids=str)
def test_the_first_page_of_a_long_brief_is_full(lengths: tuple[int, int, int]):
    first, *_ = pages_of(long_brief(*lengths))

    assert LIMIT - 400 < units(first) <= LIMIT


def test_the_first_page_has_a_part_of_everything():
    first, *_ = pages_of(long_brief(700, 700, 700))

    assert {word[0] for word in MARKED.findall(first)} == {"b", "c", "a"}


def test_what_the_first_page_takes_of_the_other_paragraphs_is_folded(telegram: Telegram):
    front, *_ = card_pages(long_brief(3000, 60, 20), ENGLISH, zone="UTC")

    rest, _ = covered(telegram.take(front), "expandable_blockquote")
    assert len(MARKED.findall(rest)) > 200


def test_a_short_counter_argument_stays_whole_beside_a_long_body():
    first, *_ = pages_of(long_brief(3000, 120, 20))

    assert "c0119" in first


def test_pages_are_numbered():
    pages = pages_of(long_brief(3000, 60, 20))

    assert [page.splitlines()[-1] for page in pages] == [
        f"{n} of {len(pages)}" for n in range(1, len(pages) + 1)
    ]


def test_further_pages_say_what_goes_on():
    brief = long_brief(60, 1500, 1500)

    heads = [page.splitlines()[0] for page in pages_of(brief)[1:]]

    assert heads == sorted(heads)
    assert set(heads) == {"Counterpoint (continued)", "How this was written (continued)"}


def test_pages_end_with_a_paragraph():
    pages = pages_of(long_brief(3000, 60, 20))

    bodies = [[word for word in MARKED.findall(page) if word[0] == "b"] for page in pages]
    assert all(int(after[0][1:]) % 60 == 0 for _, after in pairwise(bodies))


def test_the_longest_frame_leaves_room_for_every_part(telegram: Telegram):
    brief = long_brief(
        3000,
        3000,
        3000,
        headline="🛰" * 300,
        headline_stated=True,
        source="🛰" * 80,
        confidence=None,
        read_seconds=99_999,
        id=2**62,
    )

    pages = card_pages(brief, ENGLISH, zone="UTC")

    assert all(telegram.take(page) for page in pages)
