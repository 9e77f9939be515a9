"""Blocked and back: what Telegram says about the bot's own place in a chat."""

from typing import Any

from telegram import ChatMember, Update

from bot.chat.deps import Deps
from bot.services import leaving, signup
from storage.model.subscriber import ChatStatus

_GONE = {
    ChatMember.BANNED: ChatStatus.KICKED,
    ChatMember.LEFT: ChatStatus.LEFT,
}


async def membership(deps: Deps, update: Update, context: Any) -> None:  # noqa: ARG001 - PTB's shape
    """Suspend a chat that shut the bot out, and revive one that let it in again."""
    changed = update.my_chat_member
    if changed is None:
        return
    status = _GONE.get(changed.new_chat_member.status)
    now = deps.clock.now()
    if status is None:
        await signup.revive(deps.db, chat_id=changed.chat.id, settings=deps.digest, now=now)
        return
    if changed.chat.type == changed.chat.PRIVATE:
        status = ChatStatus.BLOCKED
    await leaving.suspend(deps.db, chat_id=changed.chat.id, status=status, now=now)


async def migration(deps: Deps, update: Update, context: Any) -> None:  # noqa: ARG001 - PTB's shape
    """Let a group go on as the supergroup that it became."""
    message = update.effective_message
    if message is None:
        return
    old, new = message.chat.id, message.migrate_to_chat_id
    if message.migrate_from_chat_id is not None:
        old, new = message.migrate_from_chat_id, message.chat.id
    if new is not None:
        await leaving.move(deps.db, old=old, new=new, now=deps.clock.now())
