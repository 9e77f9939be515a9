"""Ring 2: every word of the phrase is in one topic."""

import pytest

from bot.matching.rings import by_words
from storage.model.subject import Ring
from tests.unit.matching.names import LEXICON, make_names, make_phrase, ring_of


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        pytest.param("satellite", "military satellites", id="one word"),
        pytest.param("satellites", "military satellite constellation", id="plural typed"),
        pytest.param("constellation satellite", "satellite constellation", id="order"),
        pytest.param("leo", "LEO communications", id="small letters find capitals"),
        pytest.param("the rights of tenants", "tenants’ rights", id="stop words left out"),
        pytest.param("AI ethics", "ethics of AI", id="short word stands whole"),
        pytest.param("ads", "political ad", id="stem of two letters"),
        pytest.param("WHO rules", "new WHO rule", id="capitals are no stop word"),
        pytest.param("WHO", "WHO funding", id="acronym"),
    ],
)
def test_a_topic_with_every_word_is_met(typed, topic):
    assert ring_of(typed, topics=(topic,)) is Ring.WORDS


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        pytest.param("space station", "space policy", id="one word missing"),
        pytest.param("art", "smart grids", id="no whole word"),
        pytest.param("who", "who pays for lines", id="one stop word"),
        pytest.param("ai", "AI ethics", id="one word of two letters"),
        pytest.param("c#", "C# compilers", id="one word of a letter with a sign"),
        pytest.param("EU", "EU enlargement", id="acronym of two letters"),
        pytest.param("the who", "who pays for the lines", id="nothing but stop words"),
        pytest.param("the EU", "EU enlargement", id="two letters after a stop word"),
        pytest.param("Q and A", "Q fever", id="one letter after stop words"),
        pytest.param("IT security", "security and its price", id="stem is no short word"),
        pytest.param("WHO", "who pays for lines", id="acronym in small letters"),
        pytest.param("WHO", "WHOs and whys", id="acronym in another word"),
        pytest.param("WHO rules", "new rules", id="capitals must stand there"),
        pytest.param("Fed", "grass fed cattle", id="alias with its case"),
    ],
)
def test_a_topic_that_lacks_something_is_not_met(typed, topic):
    assert ring_of(typed, topics=(topic,)) is None


def test_words_of_two_topics_do_not_add_up():
    assert ring_of("space policy", topics=("space station", "policy")) is None


def test_the_first_topic_that_is_met_is_the_reason():
    names = make_names(topics=("lunar base", "small satellites", "satellites"))

    found = by_words(make_phrase("satellite"), names, lexicon=LEXICON)

    assert found == "small satellites"


def test_a_phrase_in_capitals_throughout_keeps_its_stop_words_out():
    assert ring_of("LAW OF THE SEA", topics=("sea law",)) is Ring.WORDS


@pytest.mark.parametrize(
    ("typed", "topic", "lang"),
    [
        pytest.param("elección", "elecciones generales", "es", id="Spanish"),
        pytest.param("energia solar", "energía solar", "es", id="accents left out"),
        pytest.param("precio de la vivienda", "precios vivienda", "es-MX", id="region"),
        pytest.param("спутник", "военные спутники", "ru", id="Russian"),
        pytest.param("طاقة", "أسعار الطاقة", "ar", id="Arabic"),
        pytest.param("اقمار", "أقمار صناعية", "ar", id="Arabic without hamza"),
    ],
)
def test_topics_are_read_in_the_language_of_the_brief(typed, topic, lang):
    found = ring_of(typed, topics=(topic,), lang=lang)

    assert found in {Ring.WORDS, Ring.NAME}


def test_a_stop_word_of_one_language_is_a_word_in_another():
    assert ring_of("who", topics=("quien who",), lang="es") is Ring.WORDS


def test_stems_of_another_language_do_not_help():
    assert ring_of("спутник", topics=("военные спутники",), lang="en") is None
