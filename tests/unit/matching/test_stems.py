"""Stems: the form in which words of topics are compared."""

import pytest

from bot.matching import stems


@pytest.mark.parametrize(
    ("one", "other", "lang"),
    [
        pytest.param("satellite", "satellites", "en", id="English"),
        pytest.param("elección", "elecciones", "es", id="Spanish"),
        pytest.param("спутник", "спутники", "ru", id="Russian"),
        pytest.param("طاقة", "الطاقة", "ar", id="Arabic"),
        pytest.param("wahl", "wahlen", "de", id="German"),
    ],
)
def test_forms_of_a_word_share_a_stem(one, other, lang):
    assert stems.stem(one, lang) == stems.stem(other, lang)


def test_each_language_has_its_own_stems():
    assert stems.stem("vacunas", "en") != stems.stem("vacunas", "es")


def test_a_language_without_a_stemmer_compares_words_whole():
    assert stems.stem("satellites", "sw") == "satellites"


@pytest.mark.parametrize("word", ["its", "ais"])
def test_a_stem_of_two_letters_is_no_short_word(word):
    assert stems.variants(word, "en").isdisjoint({stems.stem(word[:2], "en")})


def test_a_short_word_is_met_by_a_longer_word_of_which_it_is_the_stem():
    assert stems.stem("ads", "en") in stems.variants("ad", "en")


def test_the_accent_of_a_short_word_may_be_left_out():
    assert stems.stem("el", "es") in stems.variants("él", "es")


@pytest.mark.parametrize(
    ("typed", "written", "lang"),
    [
        pytest.param("energia", "energía", "es", id="Spanish"),
        pytest.param("elecciones", "elección", "es", id="Spanish, another form"),
        pytest.param("munchen", "münchen", "de", id="German"),
        pytest.param("елка", "ёлка", "ru", id="Russian"),
        pytest.param("اقمار", "أقمار", "ar", id="Arabic"),
    ],
)
def test_a_word_is_met_without_its_accents(typed, written, lang):
    assert stems.stem(typed, lang) in stems.variants(written, lang)


@pytest.mark.parametrize("word", ["йод", "їжак", "ўзбек", "ѓавол", "ќерка"])
def test_a_mark_that_makes_another_letter_stays(word):
    assert stems.fold(word) == word


def test_a_vowel_sign_of_another_script_stays():
    assert stems.fold("हिन्दी") == "हिन्दी"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("es", "es"), ("es-MX", "es"), ("ZH-Hant", "zh"), (None, "en"), ("", "en")],
)
def test_a_language_is_the_first_part_of_its_tag(tag, expected):
    assert stems.language(tag, default="en") == expected


@pytest.mark.parametrize("lang", sorted(stems._ALGORITHMS))
def test_every_language_that_is_named_has_a_stemmer(lang):
    assert stems.stem("internet", lang)
