"""How far a headline stands in bold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.lead import BOLD_CHARACTERS, bold_part
from tests.unit.examples import examples

SPACEX = (
    "SpaceX has secured a $2.29 billion contract from the U.S. Space Force to accelerate "
    "deployment of a low Earth orbit satellite constellation designed as its backbone."
)
START = "The ministry of transport announced a plan"
TAIL = " one two three four five six seven eight nine ten eleven twelve."


@pytest.mark.parametrize("headline", ["", "Short.", "x" * BOLD_CHARACTERS])
def test_a_headline_of_ninety_characters_is_bold_as_a_whole(headline: str):
    assert bold_part(headline, lang="en") == (headline, "")


def test_the_bold_stops_before_the_last_clause():
    head, rest = bold_part(SPACEX, lang="en")

    assert head.endswith(" from the U.S. Space Force")
    assert rest.startswith(" to accelerate")


@pytest.mark.parametrize(
    ("lang", "border"),
    [
        pytest.param("en", ", which", id="comma"),
        pytest.param("en", "; they", id="semicolon"),
        pytest.param("en", ": a", id="colon"),
        pytest.param("en", " – a", id="dash between blanks"),
        pytest.param("en", "— a", id="long dash"),
        pytest.param("en", " while others", id="a word that begins a clause"),
        pytest.param("en-GB", " because others", id="the language without its country"),
        pytest.param("xx", " because others", id="English where the language is not known"),
        pytest.param("es", " porque otros", id="Spanish"),
        pytest.param("ru", " чтобы все", id="Russian"),
        pytest.param("ar", "، ثم", id="Arabic comma"),
        pytest.param("zh", "，然后", id="Chinese comma"),
    ],
)
def test_the_bold_stops_at_a_border_of_a_clause(lang: str, border: str):
    head, rest = bold_part(START + border + TAIL, lang=lang)

    assert (head, rest) == (START, border + TAIL)


def test_a_word_that_begins_clauses_elsewhere_is_no_border():
    head, _ = bold_part(f"{START} porque otros{TAIL}", lang="en")

    assert len(head) > len(START)


def test_the_last_of_several_borders_counts():
    head, _ = bold_part(f"{START}, at last, which is new{TAIL}", lang="en")

    assert head == f"{START}, at last"


def test_a_border_too_near_the_beginning_is_none():
    headline = f"Yesterday, {'longer ' * 20}end"

    head, _ = bold_part(headline, lang="en")

    assert len(head) > 80
    assert headline[len(head)] == " "


def test_a_number_with_a_comma_is_not_parted():
    head, _ = bold_part(f"{'x' * 40} about 1,000,000 {'y' * 60}", lang="en")

    assert head == f"{'x' * 40} about 1,000,000"


def test_a_border_at_ninety_characters_counts():
    head, _ = bold_part(f"{'x' * 89}, which is long", lang="en")

    assert head == "x" * 89


def test_one_long_word_is_parted_where_it_must_be():
    assert bold_part("x" * 100, lang="en") == ("x" * 90, "x" * 10)


def test_a_cluster_is_never_parted():
    family = "👩‍👩‍👧‍👦"

    head, rest = bold_part("x" * 85 + family + "y" * 20, lang="en")

    assert (head, rest) == ("x" * 85, family + "y" * 20)


@examples()
@given(st.text(max_size=200), st.sampled_from(["en", "es", "ru", "ar", "zh"]))
def test_nothing_is_cut_or_invented(headline: str, lang: str):
    head, rest = bold_part(headline, lang=lang)

    assert head + rest == headline
    assert len(head) <= BOLD_CHARACTERS
    assert bool(head) == bool(headline)
