"""The rule on the first document: what has to want it, and what must not."""

import pytest

from bot.ingest.parse import parse_document
from bot.ingest.results import DocumentKind
from bot.matching.briefs import find_source, read_names
from bot.matching.follow import read_follow, why_follow
from storage.model.subject import Ring
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def draft():
    data = (ROOT / "seeds" / "000_1d59a4781fe81040.txt").read_bytes()
    (read,) = parse_document(data, kind=DocumentKind.TEXT, sections=frozenset())
    return read.draft


@pytest.fixture(scope="module")
def why(draft, shipped_lexicon):
    names = read_names(draft, source=find_source(draft), lexicon=shipped_lexicon)

    def ask(typed):
        follow = read_follow(typed, lexicon=shipped_lexicon)
        return why_follow(follow, names, lexicon=shipped_lexicon)

    return ask


@pytest.mark.parametrize(
    ("typed", "ring", "because"),
    [
        ("satellite", Ring.WORDS, "military satellite constellation"),
        ("satellites", Ring.WORDS, "military satellite constellation"),
        ("space force", Ring.NAME, "Space Force"),
        ("US Space Force", Ring.NAME, "U.S. Space Force"),
        ("USSF", Ring.NAME, "U.S. Space Force"),
        ("LEO", Ring.WORDS, "LEO communications"),
        ("leo", Ring.WORDS, "LEO communications"),
        ("SpaceX", Ring.NAME, "SpaceX"),
        ("Space X", Ring.NAME, "SpaceX"),
        ("Space", Ring.SECTION, "Space Force"),
        ("Defence", Ring.SECTION, "Space Force"),
        ("defense", Ring.SECTION, "Space Force"),
        ("Breaking Defense", Ring.NAME, "Breaking Defense"),
    ],
)
def test_the_seed_is_wanted(why, typed, ring, because):
    assert why(typed) == (ring, because)


def test_the_seed_is_wanted_for_its_headline(why, draft):
    assert why("low Earth orbit") == (Ring.HEADLINE, draft.headline)


@pytest.mark.parametrize(
    "typed",
    ["NATO", "China", "Ukraine", "Starlink", "space station", "air force", "Breaking", "Russia"],
)
def test_the_seed_is_not_wanted(why, typed):
    assert why(typed) is None


def test_its_source_is_its_publisher(draft):
    assert find_source(draft) == "Breaking Defense"
