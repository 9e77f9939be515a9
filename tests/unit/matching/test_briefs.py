"""A brief as matching sees it."""

import pytest

from bot.matching.briefs import contains
from tests.factories import make_lexicon
from tests.unit.matching.names import make_names


def test_topics_are_stemmed():
    (topic,) = make_names(topics=("military satellites",)).topics

    assert topic.stems == {"militari", "satellit"}


def test_entities_are_not_stemmed():
    (entity,) = make_names(entities=("White House",)).entities

    assert entity.stems == frozenset()


def test_the_source_is_no_entity():
    names = make_names(entities=("Grid Weekly", "Northland"), source="Grid Weekly")

    assert [name.written for name in names.entities] == ["Northland"]


def test_the_source_is_a_name_all_the_same():
    names = make_names(topics=("wind",), entities=("Weekly", "Northland"), source="Weekly")

    assert [name.written for name in names.names] == ["wind", "Northland", "Weekly"]


def test_a_source_that_is_no_entity_any_more_is_none():
    assert make_names(entities=("Northland",), source="Grid Weekly").source is None


def test_a_brief_without_language_has_the_default_one():
    lexicon = make_lexicon(default_lang="es")

    assert make_names(lexicon=lexicon).lang == "es"


def test_a_brief_keeps_its_own_language():
    assert make_names(lang="pt-BR").lang == "pt"


@pytest.mark.parametrize(
    "phrase", [("low",), ("low", "earth"), ("low", "orbit"), ("orbit",), ("low", "low", "orbit")]
)
def test_a_run_of_words_is_found_wherever_it_stands(phrase):
    assert contains(("low", "earth", "low", "low", "orbit"), phrase)


@pytest.mark.parametrize("phrase", [(), ("earth", "orbit"), ("orbit", "low"), ("lo",)])
def test_anything_else_is_not_found(phrase):
    assert not contains(("low", "earth", "low", "low", "orbit"), phrase)
