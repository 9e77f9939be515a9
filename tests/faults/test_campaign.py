"""Real senders are killed at random moments; nothing is lost, and what comes twice is listed."""

import pytest

from tests.faults.campaign import wage

ONLY_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@ONLY_SQLITE
async def test_g4_campaign_of_kills_loses_nothing_unlisted(database_url, tmp_path, capsys):
    tally, evidence, wrong = await wage(
        database_url, tmp_path / "clock", chats=600, rounds=5, kills=30, stops=2, seed=1
    )

    with capsys.disabled():
        print("\ncampaign:", tally.line(evidence))
    assert wrong == []
    assert tally.kills >= 28
