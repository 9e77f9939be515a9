"""Ring 4: lists of words put a brief into sections."""

import pytest

from bot.matching.sections import find_sections
from tests.factories import make_lexicon
from tests.unit.matching.names import LEXICON, make_names


def sections_of(lexicon=LEXICON, **changed) -> dict[str, str]:
    return find_sections(make_names(lexicon=lexicon, **changed), lexicon=lexicon)


@pytest.mark.parametrize(
    ("topic", "section"),
    [
        pytest.param("space debris", "Space", id="a word"),
        pytest.param("military satellites", "Space", id="stem of a topic word"),
        pytest.param("renewable energies", "Energy", id="stem of a word"),
        pytest.param("new NASA budget", "Space", id="acronym"),
        pytest.param("spacés", "Space", id="accent"),
    ],
)
def test_a_topic_with_a_listed_word_is_in_the_section(topic, section):
    assert sections_of(topics=(topic,)) == {section: topic}


@pytest.mark.parametrize(
    "topic",
    [
        pytest.param("spacious flats", id="another word"),
        pytest.param("nasa", id="acronym in small letters"),
        pytest.param("office space", id="spared"),
        pytest.param("spaces for offices in Leeds", id="spared in other forms"),
        pytest.param("espacial", id="word of another language"),
    ],
)
def test_a_topic_without_one_is_not(topic):
    assert sections_of(topics=(topic,)) == {}


def test_all_words_of_an_entry_are_in_one_topic():
    lexicon = make_lexicon(sections=[{"name": "Space", "topics": {"en": ["rocket launch"]}}])

    found = sections_of(lexicon, topics=("rocket fuel", "launch of a bank"))

    assert found == {}


def test_words_of_an_entry_stand_in_a_topic_in_any_order():
    lexicon = make_lexicon(sections=[{"name": "Space", "topics": {"en": ["rocket launch"]}}])

    assert sections_of(lexicon, topics=("launches of rockets",)) != {}


def test_a_word_spared_in_one_topic_counts_in_another():
    assert sections_of(topics=("office space", "deep space")) == {"Space": "deep space"}


def test_a_word_is_spared_in_its_own_section_only():
    lexicon = make_lexicon(
        sections=[
            {"name": "Space", "words": {"en": ["space"]}, "but": {"en": ["office space"]}},
            {"name": "Housing", "words": {"en": ["space"]}},
        ]
    )

    assert sections_of(lexicon, topics=("office space",)) == {"Housing": "office space"}


def test_another_word_of_the_section_counts_beside_a_spared_one():
    assert sections_of(topics=("satellite office space",)) != {}


@pytest.mark.parametrize(
    "entity",
    [
        pytest.param("European Space Agency", id="a word"),
        pytest.param("NASA’s Goddard Center", id="acronym"),
        pytest.param("Agencia Espacial Europea", id="word of any language"),
    ],
)
def test_an_entity_with_a_listed_word_is_in_the_section(entity):
    assert sections_of(entities=(entity,)) == {"Space": entity}


@pytest.mark.parametrize(
    "entity",
    [
        pytest.param("Satellite Award", id="word for topics only"),
        pytest.param("Spaces Inc", id="another form"),
        pytest.param("Office Space Ltd", id="spared"),
        pytest.param("Nasa Street", id="acronym in small letters"),
    ],
)
def test_an_entity_without_one_is_not(entity):
    assert sections_of(entities=(entity,)) == {}


def test_words_of_an_entry_stand_in_an_entity_one_after_the_other():
    lexicon = make_lexicon(sections=[{"name": "Defence", "words": {"en": ["air force"]}}])

    found = sections_of(lexicon, entities=("Air Traffic Force", "Royal Air Force"))

    assert found == {"Defence": "Royal Air Force"}


def test_the_spared_words_stand_in_an_entity_one_after_the_other():
    assert sections_of(entities=("Office for Outer Space",)) == {"Space": "Office for Outer Space"}


def test_another_word_of_an_entity_counts_beside_a_spared_one():
    assert sections_of(entities=("NASA Office Space",)) != {}


def test_an_entity_is_spared_in_every_language():
    assert sections_of(entities=("Office Space Ltd",), lang="es") == {}


def test_the_source_puts_a_brief_into_no_section():
    assert sections_of(entities=("Space News",), source="Space News") == {}


def test_the_headline_puts_a_brief_into_no_section():
    assert sections_of(headline="NASA looks at deep space.") == {}


def test_a_brief_may_be_in_several_sections():
    found = sections_of(topics=("space energy",), entities=("NASA",))

    assert found == {"Space": "space energy", "Energy": "space energy"}


@pytest.mark.parametrize("topics", [("space", "energy"), ("energy", "space"), ("space energy",)])
def test_sections_come_as_they_are_listed(topics):
    assert list(sections_of(topics=topics)) == ["Space", "Energy"]


def test_a_word_of_the_same_stem_is_spared_as_it_is_written():
    lexicon = make_lexicon(
        sections=[
            {"name": "Trade", "topics": {"en": ["customs"]}, "but": {"en": ["customer"]}},
        ]
    )

    assert sections_of(lexicon, topics=("customer data",)) == {}
    assert sections_of(lexicon, topics=("customs checks",)) != {}


def test_a_topic_is_the_reason_before_an_entity():
    assert sections_of(topics=("satellites",), entities=("NASA",)) == {"Space": "satellites"}


def test_a_topic_of_a_brief_in_another_language_is_read_in_its_words():
    assert sections_of(topics=("basura espacial",), lang="es-AR") == {"Space": "basura espacial"}


def test_a_section_without_words_in_a_language_uses_the_default_ones():
    assert sections_of(topics=("energy",), lang="fr") == {"Energy": "energy"}


def test_words_for_topics_alone_are_words_in_a_language():
    lexicon = make_lexicon(
        sections=[{"name": "Trade", "words": {"en": ["port"]}, "topics": {"es": ["puerto"]}}]
    )

    assert sections_of(lexicon, topics=("puertos", "port"), lang="es") == {"Trade": "puertos"}


@pytest.mark.parametrize("stated", ["Energy", "energy", "Power"])
def test_a_stated_section_is_honoured(stated):
    assert sections_of(section=stated) == {"Energy": stated}


def test_a_stated_section_is_the_reason():
    assert sections_of(section="Space", topics=("satellites",)) == {"Space": "Space"}


def test_an_unknown_stated_section_counts_for_nothing():
    assert sections_of(section="Gardening", topics=("satellites",)) == {"Space": "satellites"}
