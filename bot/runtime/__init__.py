"""The composition root: builds every part, starts them in order, stops them in reverse."""

from bot.runtime.bot import RunningBot
from bot.runtime.parts import (
    Parts,
    build_parts,
    load_lexicon,
    make_reader,
    open_store,
    rules_of,
)

__all__ = [
    "Parts",
    "RunningBot",
    "build_parts",
    "load_lexicon",
    "make_reader",
    "open_store",
    "rules_of",
]
