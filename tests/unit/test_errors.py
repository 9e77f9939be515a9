"""Errors carry data, and all of them are ours."""

import pytest

from bot.errors import ConfigError, Refused, WrongUse
from storage.errors import CounterpointError


@pytest.mark.parametrize("error", [ConfigError, WrongUse, Refused])
def test_every_error_is_one_of_ours(error: type[Exception]):
    assert issubclass(error, CounterpointError)


def test_a_refusal_carries_the_id_of_its_sentence_with_the_values():
    refused = Refused("time-too-many", most=3)

    assert (refused.reason, refused.values) == ("time-too-many", {"most": 3})
    assert str(refused) == "time-too-many"
