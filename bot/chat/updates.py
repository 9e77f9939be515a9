"""Whether Telegram pushes updates or is asked for them; changing over loses none."""

import hashlib
import logging

from telegram import Bot
from telegram.error import BadRequest

from bot.chat.intake import ALLOWED_UPDATES
from bot.config import TelegramSettings, WebSettings
from bot.errors import ConfigError

log = logging.getLogger(__name__)

#: So many updates Telegram may push at once.
CONNECTIONS = 40


def secret_of(web: WebSettings, telegram: TelegramSettings) -> str:
    """Return the secret that pushed updates come with: as set, else one made from the token.

    The same in every process, and nobody learns the token from it.
    """
    if web.secret is not None:
        return web.secret.get_secret_value()
    token = telegram.token.get_secret_value() if telegram.token else ""
    return hashlib.sha256(f"webhook:{token}".encode()).hexdigest()


async def have_pushed(bot: Bot, *, url: str, secret: str) -> None:
    """Let Telegram push updates there; those that wait come too.

    Raises ``ConfigError`` if Telegram does not take the address.
    """
    try:
        await bot.set_webhook(
            url,
            secret_token=secret,
            max_connections=CONNECTIONS,
            allowed_updates=list(ALLOWED_UPDATES),
            drop_pending_updates=False,
        )
    except BadRequest as error:
        msg = f"COUNTERPOINT_WEB__PUBLIC_URL is not taken by Telegram: {error.message}"
        raise ConfigError(msg) from None
    log.info("updates are pushed", extra={"event": "webhook.set"})


async def have_kept(bot: Bot) -> None:
    """Let Telegram keep updates until they are fetched."""
    if (await bot.get_webhook_info()).url:
        await bot.delete_webhook(drop_pending_updates=False)
        log.info("updates are fetched, no longer pushed", extra={"event": "webhook.deleted"})
