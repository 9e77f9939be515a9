"""The bot's one client: python-telegram-bot's ``Bot`` over our request."""

from telegram.ext import ExtBot

from bot.botapi.pace import Pace
from bot.botapi.request import AiohttpRequest
from bot.config import TelegramSettings
from bot.errors import ConfigError

AnyBot = ExtBot[None]

#: In flight at once there are a tenth of the ceiling, and some answers.
SPARE_CONNECTIONS = 32


def make_bot(settings: TelegramSettings, *, pace: Pace, in_flight: int) -> AnyBot:
    """Return the client, not yet connected; raise ``ConfigError`` if there is no token."""
    if settings.token is None or not settings.token.get_secret_value():
        msg = (
            "COUNTERPOINT_TELEGRAM__TOKEN is not set; take one from @BotFather,"
            " or try the bot without one: counterpoint playground"
        )
        raise ConfigError(msg)
    return ExtBot(
        token=settings.token.get_secret_value(),
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=AiohttpRequest(
            connections=in_flight + SPARE_CONNECTIONS, pace=pace, proxy=settings.proxy
        ),
        get_updates_request=AiohttpRequest(connections=2, pace=pace, proxy=settings.proxy),
    )
