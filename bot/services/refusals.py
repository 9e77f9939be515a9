"""What owners are told of a brief that Telegram refuses, so that it is left out."""

from bot.markup import Html, base36, cut
from bot.texts import Texts
from storage import briefs
from storage.transactions import ReadTx

#: The headline is cut at a word near this length.
SHORT_UNITS = 140


async def tell_of(tx: ReadTx, words: Texts, *, brief_id: int, revision: int) -> Html:
    """Return which brief it is, by its headline, and what an owner can do."""
    found = await briefs.list_revisions(tx, pairs=[(brief_id, revision)])
    if not found:
        return tell_by_id(words, brief_id)
    head, rest = cut(found[0].content.headline, SHORT_UNITS)
    headline = f"{head}…" if rest else head
    return words.html("alarm-refused", id=base36(brief_id), headline=headline)


def tell_by_id(words: Texts, brief_id: int) -> Html:
    """Return the same without the headline, which may be what Telegram refuses."""
    return words.html("alarm-refused-unnamed", id=base36(brief_id))
