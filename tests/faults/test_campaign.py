"""Real senders are killed at random moments; nothing is lost, and what comes twice is listed."""

import pytest

from tests.faults.campaign import wage

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ON_POSTGRES = pytest.mark.parametrize(
    "database_url",
    [pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgres)],
    indirect=True,
)


@pytest.fixture
def tell(capsys):
    """Print the figures of a campaign, so that they can be quoted."""

    def print_line(tally, evidence):
        with capsys.disabled():
            print(f"\ncampaign: {tally.line(evidence)}")
            if tally.samples:
                resident, files = zip(*tally.samples, strict=True)
                print(f"memory: {resident}\nopen files: {files}")

    return print_line


@ON_SQLITE
async def test_g4_thirty_kills_lose_nothing_unlisted(database_url, tmp_path, tell):
    tally, evidence, wrong = await wage(
        database_url, tmp_path / "clock", chats=600, rounds=5, kills=30, stops=3, seed=1
    )

    tell(tally, evidence)
    assert wrong == []
    assert tally.kills >= 30


@ON_POSTGRES
async def test_g4_kills_over_postgresql_lose_nothing_unlisted(database_url, tmp_path, tell):
    tally, evidence, wrong = await wage(
        database_url, tmp_path / "clock", chats=150, rounds=4, kills=6, stops=1, seed=2
    )

    tell(tally, evidence)
    assert wrong == []
    assert tally.kills >= 6


@pytest.mark.slow
@ON_SQLITE
async def test_g4_three_hundred_kills_lose_nothing_unlisted(database_url, tmp_path, tell):
    tally, evidence, wrong = await wage(
        database_url, tmp_path / "clock", chats=6000, rounds=10, kills=300, stops=20, seed=3
    )

    tell(tally, evidence)
    assert wrong == []
    assert tally.kills >= 300


@pytest.mark.slow
@ON_SQLITE
async def test_a_sender_that_works_for_long_does_not_grow(database_url, tmp_path, tell):
    tally, evidence, wrong = await wage(
        database_url,
        tmp_path / "clock",
        chats=2000,
        rounds=10,
        kills=0,
        stops=0,
        seed=4,
        samples=20,
    )

    tell(tally, evidence)
    resident, files = zip(*tally.samples[5:], strict=True)
    assert wrong == []
    assert max(resident) <= 1.1 * resident[0]
    assert max(files) <= files[0] + 8
