"""Plan and render what is due without keeping any of it."""

from datetime import datetime

from bot.delivery.choose import Rules, choose
from bot.delivery.render import Renderer
from bot.delivery.windows import load_window
from bot.digest.recipe import unpack
from bot.digest.views import LIST
from bot.markup import Message
from storage import planning
from storage.database import Database


async def rehearse(db: Database, *, now: datetime, rules: Rules, most: int = 100) -> list[Message]:
    """Return up to ``most`` of the digests that are due, as they would be sent."""
    loaded = await load_window(db, now=now)
    renderer = Renderer()
    made: list[Message] = []
    async with db.reading() as tx:
        page = await planning.read_page(tx, now=now, limit=most, briefs=loaded.id_range)
        for one in choose(page, loaded.window, now=now, rules=rules).planned:
            recipe = unpack(one.recipe)
            made.append(await renderer.view(tx, recipe=recipe, view=LIST, delivery_id=0))
    return made
