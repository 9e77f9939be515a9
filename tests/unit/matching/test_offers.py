"""Offers: what is close to a new follow."""

from bot.matching.offers import OFFERS, find_offers
from tests.factories import make_lexicon
from tests.unit.matching.names import LEXICON, make_names, make_phrase
from tests.unit.matching.test_recent import make_recent

FILLER = tuple(make_names(topics=("harvest",)) for _ in range(20))


def offers_for(typed, *briefs, but=(), filler=FILLER) -> list[str]:
    recent = make_recent(*briefs, *filler)
    return find_offers(make_phrase(typed), recent, lexicon=LEXICON, but=but)


def test_a_rare_word_in_common_is_offered_with_its_neighbour():
    found = offers_for("undersea cables", make_names(topics=("damaged subsea cables repair",)))

    assert found == ["subsea cables"]


def test_a_first_word_is_offered_with_the_next():
    found = offers_for("undersea cables", make_names(topics=("cable repair ship",)))

    assert found == ["cable repair"]


def test_a_topic_of_one_word_is_offered_whole():
    assert offers_for("undersea cables", make_names(topics=("Cables",))) == ["Cables"]


def test_a_word_is_offered_though_its_accent_was_left_out():
    brief = make_names(topics=("planta de energía nuclear",), lang="es")

    assert offers_for("energia solar", brief) == ["de energía"]


def test_of_several_rare_words_the_last_is_offered():
    found = offers_for("big undersea cables", make_names(topics=("undersea rescue cables test",)))

    assert found == ["rescue cables"]


def test_a_common_word_is_not_offered():
    common = tuple(make_names(topics=("subsea cables",)) for _ in range(3))

    assert offers_for("undersea cables", *common) == []


def test_what_the_phrase_finds_is_not_offered_by_its_words():
    assert offers_for("cables", make_names(topics=("subsea cables",))) == []


def test_an_entity_that_mostly_stands_in_its_briefs_is_offered():
    with_both = make_names(topics=("wind",), entities=("Northland",))

    found = offers_for("wind", with_both, with_both, make_names(entities=("Northland",)))

    assert found == ["Northland"]


def test_an_entity_that_mostly_stands_elsewhere_is_not_offered():
    with_both = make_names(topics=("wind",), entities=("Northland",))
    elsewhere = (make_names(entities=("Northland",)) for _ in range(3))

    assert offers_for("wind", with_both, with_both, *elsewhere) == []


def test_an_entity_that_stands_in_one_brief_is_not_offered():
    once = make_names(topics=("wind",), entities=("Northland",))

    assert offers_for("wind", once, make_names(entities=("Northland",))) == []


def test_an_entity_that_brings_nothing_new_is_not_offered():
    with_both = make_names(topics=("wind",), entities=("Northland",))

    assert offers_for("wind", with_both, with_both) == []


def test_an_entity_spelled_in_two_ways_is_one():
    one = make_names(topics=("wind",), entities=("North Land",))
    other = make_names(topics=("wind",), entities=("Northland",))

    assert offers_for("wind", one, other, other) == []


def test_what_an_alias_finds_is_not_offered():
    lexicon = make_lexicon(aliases=[{"name": "undersea cables", "also": ["subsea cables"]}])
    recent = make_recent(make_names(topics=("subsea cable repair",)), *FILLER, lexicon=lexicon)
    phrase = make_phrase("undersea cables", lexicon=lexicon)

    assert find_offers(phrase, recent, lexicon=lexicon) == []


def test_a_source_is_not_offered():
    with_both = make_names(topics=("wind",), entities=("Weekly",), source="Weekly")
    alone = make_names(entities=("Weekly",), source="Weekly")

    assert offers_for("wind", with_both, with_both, alone) == []


def test_those_that_bring_most_come_first():
    found = offers_for(
        "undersea cables",
        make_names(topics=("power cables",)),
        make_names(topics=("subsea cables",)),
        make_names(topics=("Subsea Cables",)),
        filler=FILLER * 2,
    )

    assert found == ["subsea cables", "power cables"]


def test_of_those_that_bring_as_much_the_order_is_by_name():
    found = offers_for(
        "undersea cables",
        make_names(topics=("subsea cables",)),
        make_names(topics=("power cables",)),
    )

    assert found == ["power cables", "subsea cables"]


def test_what_is_to_be_left_out_is():
    found = offers_for(
        "undersea cables", make_names(topics=("subsea cables",)), but=["subsea cables"]
    )

    assert found == []


def test_at_most_five_are_offered():
    briefs = (make_names(topics=(f"cable{n} cables",)) for n in range(7))

    found = offers_for("undersea cables", *briefs, filler=FILLER * 5)

    assert len(found) == OFFERS


def test_an_acronym_is_offered_nothing_by_its_words():
    assert offers_for("LEO", make_names(topics=("leo sign",))) == []
