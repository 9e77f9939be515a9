"""The tour plays the whole story in the terminal, without a token."""

import pytest

from bot.config import find_seeds
from bot.ingest.load import document_of
from bot.ingest.parse import parse_document

WIDTH = 60
SEED = "000_1d59a4781fe81040.txt"


@pytest.fixture
def environment(tmp_path):
    """An operator who has set nothing at all."""
    return {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "NO_COLOR": "1", "COLUMNS": str(WIDTH)}


def read_seed():
    found = document_of(SEED, (find_seeds() / SEED).read_bytes())
    (read,) = parse_document(found.data, kind=found.kind, sections=frozenset(), default_lang="en")
    return read.draft


async def test_the_tour_tells_the_story_of_the_seed_in_a_narrow_terminal(launch, tmp_path):
    tour = await launch("playground", "--tour")

    assert await tour.end() == 0, tour.transcript()
    shown = " ".join(" ".join(line.strip(" │") for line in tour.out).split())
    assert read_seed().counter_argument in shown
    assert "none lost, none twice" in shown
    assert max(map(len, tour.out)) <= WIDTH
    assert not any("\x1b" in line for line in tour.out)
    assert tour.err == []
    assert list(tmp_path.iterdir()) == []
