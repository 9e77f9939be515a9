"""Orders: what only editors and owners may make the bot do, and only in one way.

An order is a new message of their own in their private chat; a button counts by who taps it.
Everybody else is told so in one sentence, whatever they send.
"""

from telegram import Update

from bot.chat.deps import Deps
from bot.chat.people import Speaker, can_order, speaker_of
from bot.errors import Refused


def editor_of(deps: Deps, update: Update) -> Speaker:
    """Return the editor who gives this order, or raise ``Refused``."""
    speaker = speaker_of(update)
    if speaker is None or not deps.is_editor(speaker.user_id):
        raise Refused("order-refused")
    if update.callback_query is not None:
        return speaker
    if update.message is None or not can_order(update.message):
        raise Refused("order-refused")
    return speaker


def owner_of(deps: Deps, update: Update) -> Speaker:
    """Return the owner who gives this order, or raise ``Refused``."""
    speaker = editor_of(deps, update)
    if speaker.user_id not in deps.access.owners:
        raise Refused("owner-refused")
    return speaker
