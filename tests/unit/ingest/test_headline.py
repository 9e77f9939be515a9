"""The first sentence of a body, as its headline."""

import pytest
from hypothesis import given

from bot.ingest import prose, sentences
from bot.ingest.headline import MAX_HEADLINE, first_sentence
from tests.unit.ingest.documents import texts


@pytest.mark.parametrize(
    "first",
    [
        "SpaceX has won an order from the U.S. Space Force.",
        "The U.S. Space Force pays $2.29 billion for it.",
        "Rates rose by 3.5 percent in May.",
        "Dr. A. B. Smith of St. Mary's met Gen. Jones vs. the board.",
        "George W. Bush spoke.",
        "It came No. 5 of all.",
        "Some banks, e.g. Deutsche, i.e. the large ones, gave up.",
        "The firm Acme Inc. Ltd. sold it.",
        "It opens at 9 a.m. Monday in Washington, D.C. Union Station.",
        "He lives in the U.S.",
        "The rule names Fig. 3 and pp. 4 of Vol. 2.",
        "It began on Jan. 5 and not before.",
        "Visit example.com or U.S.-led talks now.",
        "1. The first thing is done.",
        "Is it over?!",
        "Nobody knows…",
        "He waited... and waited.",
        "“It is over.”",
        '"We won. They lost," he said of it.',
        "They paid (so they say. Really.) in cash.",
        "«Se acabó. Ya está», dijo.",
        "It is (nearly) done!)",
        "“Is it over?” he asked.",
        "Yahoo! shares fell.",
        "Roe v. Wade fell.",
        "The plan B. Not so.",
        "¿Subirán los tipos?",
        "هل ترتفع الأسعار؟",
        "उसने कहा।",
    ],
)
def test_a_stop_inside_the_first_sentence_does_not_end_it(first: str) -> None:
    expected = first.removesuffix(" Not so.")

    assert first_sentence(f"{first} The next one follows. And more.", lang="en") == expected


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("He lives in the U.S. The next follows.", "He lives in the U.S."),
        ("He works for Acme Inc. But not for long.", "He works for Acme Inc."),
        ("He said no. Then he left.", "He said no."),
        ("It ended in Dec. Nobody came.", "It ended in Dec."),
        ("It was 2020. Nobody came.", "It was 2020."),
        ("It grew by 5. 3 fell.", "It grew by 5."),
        ("Why? Because.", "Why?"),
        ("He met Dr... Then he left.", "He met Dr..."),
        ("¡Gol! Ganó.", "¡Gol!"),
        ("东京下雨了。明天晴。", "东京下雨了。"),
        ("「終わった。」と言った。", "「終わった。」"),
        ("A stop . Then more.", "A stop ."),
        ("It ends here.  \n\nMore.", "It ends here."),
        ("One line\ngoes on. More.", "One line goes on."),
        ("A title\n\nA text.", "A title"),
        ("\u200b\n\nA text. More.", "A text."),
        ('He said "so. Then he left.', 'He said "so.'),
    ],
)
def test_the_first_sentence_ends_where_it_ends(body: str, first: str) -> None:
    assert first_sentence(body, lang="en") == first


@pytest.mark.parametrize(
    ("lang", "body", "first"),
    [
        ("es", "El Sr. López llegó a EE. UU. Ayer no.", "El Sr. López llegó a EE. UU. Ayer no."),
        ("es", "Viajó a EE. UU. El resto no.", "Viajó a EE. UU."),
        ("es-MX", "La Dra. Ruiz ganó. Otra no.", "La Dra. Ruiz ganó."),
        ("es", "Es la núm. 5 de la lista. Otra no.", "Es la núm. 5 de la lista."),
        ("ru", "В 2026 г. Россия ждёт. Потом нет.", "В 2026 г. Россия ждёт."),
        ("ru", "Это было в 2026 г. Но не всё.", "Это было в 2026 г."),
        ("ar", "قال د. أحمد ذلك. ثم ذهب.", "قال د. أحمد ذلك."),
        ("de", "Am Abend kam Dr. Kern. Dann nicht.", "Am Abend kam Dr. Kern."),
    ],
)
def test_abbreviations_are_those_of_the_language(lang: str, body: str, first: str) -> None:
    assert first_sentence(body, lang=lang) == first


def test_a_sentence_of_three_hundred_characters_is_whole() -> None:
    sentence = "word " * 59 + "end.."

    assert first_sentence(f"{sentence} More.", lang="en") == sentence


def test_a_longer_sentence_is_cut_at_its_last_clause_border() -> None:
    body = "word " * 30 + "and a clause, " + "word " * 20 + "and 2,500 more; " + "word " * 40

    assert first_sentence(body, lang="en") == (
        "word " * 30 + "and a clause, " + "word " * 20 + "and 2,500 more…"
    )


def test_a_clause_border_in_the_first_half_is_passed_over() -> None:
    assert (
        first_sentence("However, " + "word " * 80, lang="en")
        == "However, " + "word " * 57 + "word…"
    )


@pytest.mark.parametrize("border", ["—", "、", "，", "："])
def test_some_borders_need_no_blank(border: str) -> None:
    assert first_sentence("x" * 200 + border + "y" * 200, lang="en") == "x" * 200 + "…"


def test_a_sentence_without_blanks_is_cut_at_the_limit() -> None:
    assert first_sentence("x" * 400, lang="en") == "x" * 299 + "…"


def test_a_cut_leaves_accents_and_joined_emoji_whole() -> None:
    family = "👨\u200d👩\u200d👧"

    headline = first_sentence("x" * 297 + family + "e\u0301" * 9, lang="en")

    assert headline == "x" * 297 + "…"


def test_a_cut_gives_up_on_a_character_without_end() -> None:
    assert first_sentence("e" + "\u0301" * 400, lang="en") == "e" + "\u0301" * 149 + "…"


@given(body=texts.filter(prose.has_ink))
def test_a_headline_is_one_line_of_at_most_300_characters(body: str) -> None:
    headline = first_sentence(body * 20, lang="en")

    assert 1 <= len(headline) <= MAX_HEADLINE
    assert "\n" not in headline


@pytest.mark.parametrize("blanks", [0, 1, 60])
def test_blanks_behind_a_sentence_belong_to_none(blanks: int) -> None:
    text = "It stopped." + " " * blanks

    assert list(sentences.split_sentences(text, lang="en")) == ["It stopped."]


@given(body=texts)
def test_sentences_hold_the_whole_text(body: str) -> None:
    found = sentences.split_sentences(body, lang="en")

    assert "".join("".join(found).split()) == "".join(body.split())
