"""The one client is made from the settings."""

import pytest
from pydantic import SecretStr

from bot.botapi.connect import make_bot
from bot.config import TelegramSettings
from bot.errors import ConfigError
from tests.unit.botapi.wire import TOKEN, WatchedPace


@pytest.mark.parametrize("token", [None, SecretStr("")], ids=["none", "empty"])
def test_without_a_token_it_is_said_what_to_set(token):
    with pytest.raises(ConfigError, match="COUNTERPOINT_TELEGRAM__TOKEN") as caught:
        make_bot(TelegramSettings(token=token), pace=WatchedPace(), in_flight=8)

    assert "counterpoint playground" in str(caught.value)


def test_calls_go_to_the_server_of_the_settings():
    settings = TelegramSettings(token=SecretStr(TOKEN), api_url="http://127.0.0.1:8081")

    bot = make_bot(settings, pace=WatchedPace(), in_flight=8)

    assert bot.base_url == f"http://127.0.0.1:8081/bot{TOKEN}"
    assert bot.base_file_url == f"http://127.0.0.1:8081/file/bot{TOKEN}"


def test_there_are_connections_for_answers_besides_what_is_in_flight():
    settings = TelegramSettings(token=SecretStr(TOKEN))

    bot = make_bot(settings, pace=WatchedPace(), in_flight=100)

    assert bot.request._connections > 100
