"""The tour plays the whole story in the terminal, without a token."""

import pytest

from bot.config import find_seeds
from bot.ingest.load import document_of
from bot.ingest.parse import parse_document

SEED = "000_1d59a4781fe81040.txt"


@pytest.fixture
def environment(tmp_path):
    """An operator who has set nothing at all."""
    return {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "NO_COLOR": "1", "COLUMNS": "100"}


def read_seed():
    found = document_of(SEED, (find_seeds() / SEED).read_bytes())
    (read,) = parse_document(found.data, kind=found.kind, sections=frozenset(), default_lang="en")
    return read.draft


async def test_the_tour_shows_the_seed_with_its_counter_argument(launch):
    tour = await launch("playground", "--tour")

    code = await tour.end()

    assert (code, tour.err) == (0, []), tour.transcript()
    shown = " ".join(" ".join(line.strip(" │") for line in tour.out).split())
    assert read_seed().counter_argument in shown
    assert "none lost, none twice" in shown


async def test_the_tour_keeps_to_the_width_of_the_terminal(launch):
    tour = await launch("playground", "--tour", COLUMNS_="60")

    await tour.end()

    assert max(map(len, tour.out)) <= 100
    assert not any("\x1b" in line for line in tour.out)


async def test_nothing_is_kept(launch, tmp_path):
    tour = await launch("playground", "--tour")

    await tour.end()

    assert list(tmp_path.iterdir()) == []
