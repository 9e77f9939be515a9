"""/publish ID and the button under a report: let briefs out. /queue: what waits."""

from typing import Any

from telegram import Update

from bot.chat.arguments import argument
from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.orders import editor_of
from bot.chat.replies import answer
from bot.chat.take_replies import headline_of
from bot.errors import Refused
from bot.markup import base36, code, lines, read_base36
from bot.services import newsroom
from storage.model.brief import BriefId

MOST_LISTED = 30


async def publish(deps: Deps, update: Update, context: Any) -> None:
    """Let out the brief with the id after the command."""
    editor = editor_of(deps, update)
    brief_id = read_base36(argument(context))
    if brief_id is None:
        raise Refused("publish-usage")
    out = await newsroom.publish_brief(
        deps.db,
        brief_id=brief_id,
        matcher=deps.matcher,
        who=editor.user_id,
        now=deps.clock.now(),
    )
    await say_published(update, out)


async def say_published(update: Update, out: list[BriefId]) -> None:
    """Say what went out."""
    words = words_for(update)
    if not out:
        await answer(update, words.html("publish-none"))
        return
    ids = " ".join(base36(brief_id) for brief_id in out[:50])
    await answer(update, words.html("publish-done", count=len(out), ids=code(ids)))


async def queue(deps: Deps, update: Update, context: Any) -> None:  # noqa: ARG001 - PTB's shape
    """List the briefs that wait for an editor."""
    editor_of(deps, update)
    words = words_for(update)
    waiting = await newsroom.list_waiting(deps.db, limit=MOST_LISTED)
    if not waiting:
        await answer(update, words.html("queue-none"))
        return
    said = [words.html("queue-head", count=len(waiting))]
    for one in waiting:
        why = words.listing(hold.replace("_", " ") for hold in one.holds)
        said.append(
            words.html(
                "queue-line-held" if why else "queue-line",
                id=code(base36(one.id)),
                headline=headline_of(one.content.headline),
                why=why,
            )
        )
    await answer(update, lines(*said))
