"""Every handler, on one list, in the order in which they are asked."""

import logging
from typing import Any

from telegram.error import InvalidToken
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ExtBot,
    MessageHandler,
    filters,
)

from bot.chat.deps import Deps
from bot.chat.failures import Handler, serve
from bot.chat.handlers import (
    brief,
    digest,
    documents,
    helping,
    membership,
    mute,
    pause,
    publish,
    retract,
    start,
    subscribe,
    subscriptions,
    taps,
    text,
    times,
    timezone,
    uncertain,
    unsubscribe,
)
from bot.chat.insisting import insist
from bot.clock import Clock
from bot.errors import ConfigError

log = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]

#: New messages in private chats: an edited or forwarded command is no command.
PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & ~filters.FORWARDED

READER_COMMANDS: dict[tuple[str, ...], Handler] = {
    ("start",): start.start,
    ("help",): helping.help_,
    ("digest", "now"): digest.digest,
    ("subscribe", "sub", "follow"): subscribe.subscribe,
    ("unsubscribe", "unfollow"): unsubscribe.unsubscribe,
    ("mute",): mute.mute,
    ("unmute",): unsubscribe.unmute,
    ("subscriptions", "topics"): subscriptions.subscriptions,
    ("brief",): brief.brief,
    ("time",): times.times,
    ("timezone",): timezone.timezone,
    ("pause", "stop"): pause.pause,
    ("resume",): pause.resume,
}
#: For editors and owners; each handler asks who speaks.
EDITOR_COMMANDS: dict[tuple[str, ...], Handler] = {
    ("queue",): publish.queue,
    ("publish",): publish.publish,
    ("retract",): retract.retract,
    ("uncertain",): uncertain.uncertain,
}
_MIGRATED = filters.StatusUpdate.MIGRATE


def make_application(bot: ExtBot[None], deps: Deps) -> AnyApplication:
    """Return the application that updates are given to; it fetches none itself."""
    application = ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
    application.add_handlers(_handlers(deps))
    return application


async def connect(application: AnyApplication, clock: Clock) -> str:
    """Get in touch with Telegram, however long it takes; return the bot's user name.

    Raises ``ConfigError`` if Telegram does not know the token.
    """
    try:
        # Whatever else is answered may come from somebody on the way to Telegram.
        await insist(application.initialize, clock, for_good=(InvalidToken,))
    except InvalidToken:
        msg = "Telegram does not know this token; check COUNTERPOINT_TELEGRAM__TOKEN"
        raise ConfigError(msg) from None
    return str(application.bot.username)


def _handlers(deps: Deps) -> list[BaseHandler[Any, Any, Any]]:
    commands: list[BaseHandler[Any, Any, Any]] = [
        CommandHandler(names, serve(deps, handler), filters=PRIVATE)
        for names, handler in (READER_COMMANDS | EDITOR_COMMANDS).items()
    ]
    return [
        *commands,
        CallbackQueryHandler(serve(deps, taps.tap)),
        MessageHandler(PRIVATE & filters.Document.ALL, serve(deps, documents.document)),
        MessageHandler(PRIVATE & filters.COMMAND, serve(deps, text.unknown_command)),
        MessageHandler(PRIVATE & filters.TEXT, serve(deps, text.text)),
        MessageHandler(_MIGRATED, serve(deps, membership.migration)),
        ChatMemberHandler(serve(deps, membership.membership), ChatMemberHandler.MY_CHAT_MEMBER),
    ]
