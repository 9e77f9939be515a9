"""Telegram's parser, to which every message is put."""

import pytest

from tests.unit.digest.telegram import Telegram


@pytest.fixture(scope="session")
def telegram() -> Telegram:
    return Telegram()
