"""The command menus by role and the profile, pushed to Telegram at the start."""

import logging
from collections.abc import Sequence

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden, RetryAfter

from bot.chat.insisting import LONGEST_PAUSE_SECONDS, insist
from bot.clock import Clock
from bot.config import AccessSettings
from bot.texts import languages, texts_in

log = logging.getLogger(__name__)

READER = ("digest", "subscribe", "subscriptions", "brief", "time", "timezone", "pause", "help")
EDITOR = ("queue", "publish", "retract")
OWNER = ("uncertain",)
_LEFT = {"event": "menu.left"}


async def push_menus(bot: Bot, access: AccessSettings, clock: Clock) -> None:
    """Set menus and profile texts in every language; what is so already is not sent again.

    Telegram may ask for hours before a profile is changed once more; nobody's digest waits for
    that, so they are left as they are until the next start.
    """
    try:
        await insist(lambda: _push(bot, access), clock, patience_seconds=LONGEST_PAUSE_SECONDS)
    except RetryAfter:
        log.warning("the menus stay as they were until the next start", extra=_LEFT)


async def _push(bot: Bot, access: AccessSettings) -> None:
    for n, language in enumerate(languages()):
        code = None if n == 0 else language[:2]
        await _push_commands(bot, READER, language, code)
        await _push_profile(bot, language, code)
    for user_id in sorted(access.editors | access.owners):
        orders = (*EDITOR, *OWNER) if user_id in access.owners else EDITOR
        await _push_orders(bot, user_id, orders)


async def _push_commands(bot: Bot, names: Sequence[str], language: str, code: str | None) -> None:
    scope = BotCommandScopeAllPrivateChats()
    commands = _commands(names, language)
    if list(await bot.get_my_commands(scope=scope, language_code=code)) != commands:
        await bot.set_my_commands(commands, scope=scope, language_code=code)


async def _push_profile(bot: Bot, language: str, code: str | None) -> None:
    words = texts_in(language)
    short = words.plain("profile-short")
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)
    description = words.plain("profile-description")
    if (await bot.get_my_description(code)).description != description:
        await bot.set_my_description(description, code)


async def _push_orders(bot: Bot, user_id: int, orders: Sequence[str]) -> None:
    try:
        commands = _commands((*READER, *orders), languages()[0])
        await bot.set_my_commands(commands, scope=BotCommandScopeChat(user_id))
    except (BadRequest, Forbidden):
        # Telegram knows no chat with somebody who has not pressed start yet.
        log.info("an editor has not started the bot yet", extra={"event": "menu.no_chat"})


def _commands(names: Sequence[str], language: str) -> list[BotCommand]:
    words = texts_in(language)
    return [BotCommand(name, words.plain(f"command-{name}")) for name in names]
