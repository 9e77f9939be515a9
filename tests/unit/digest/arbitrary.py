"""Briefs and recipes of any characters and lengths that the rules of reading let through."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from bot.digest.compose import Shown
from bot.digest.recipe import Item, Recipe, Remark
from storage.model.brief import Brief, BriefState
from storage.model.subscriber import Style
from tests.factories import make_brief
from tests.fakes import NOON

WORST = [
    "🇩🇪🇫🇷🇦",
    "👩‍👩‍👧‍👦",
    "👍🏽",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "e\u0301\u0323",
    "a\u030a",
    "x\u0333\u033f",
    "سوق الطاقة",
    "שוק האנרגיה",
    "能源市场。",
    "\u200e\u200f\u200e",
    "\u202e",
    "\u2066a\u2069",
    "\u2028",
    "\ufdd0",
    "\ufeff",
    "\u00ad",
    "\u200b",
    "\x00",
    "\x0b\x1f",
    "\t",
    "\r",
    "\r\n",
    "\ud83d",
    "\udc00\ud800",
    "<",
    "</b>",
    "<b>",
    "<a href='tg://user?id=1'>",
    "&lt;",
    "&amp;amp;",
    "&#xD83D;",
    "&",
    '"',
    "`*_[]()~",
    "@name #tag /start",
    "https://example.org/?a=1&b=2",
    "w" * 130,
    "字" * 90,
    "🛰" * 60,
    "\u0301" * 70,
    "U.S. ",
    "A sentence ends here. ",
    "It goes on, while others wait; ",
    "\n",
    " ",
    "  ",
    "\u00a0",
    "\u3000",
]
_ANY_STATE = (BriefState.RELEASED, BriefState.RELEASED, BriefState.RETRACTED)
_PLANES = [range(0x20, 0x7F), range(1, 0x3000), range(0x3000, 0x10000), range(0x10000, 0x110000)]


def make_phrase(chance: Random) -> str:
    return "".join(_make_piece(chance) for _ in range(chance.randint(1, 12)))


def make_prose(chance: Random, *, most: int = 9000) -> str:
    """Return paragraphs, some of them long."""
    paragraphs = [
        (make_phrase(chance) + chance.choice(["", " "])) * chance.choice([1, 1, 3, 40])
        for _ in range(chance.choice([1, 2, 5]))
    ]
    joined = "\n\n".join(paragraphs)[:most]
    return joined if joined.strip() else f"A{joined}"


def make_any_brief(chance: Random, *, states: Sequence[BriefState] = _ANY_STATE) -> Brief:
    """Return a brief that chance makes; the same one for the same seed."""
    body = make_prose(chance)
    is_stated = chance.random() < 0.3
    news = make_phrase(chance) if is_stated else body.partition(".")[0].replace("\n", " ")
    return make_brief(
        id=chance.choice([chance.randint(1, 2**62), chance.randint(10, 5000)]),
        headline=news[:300] or "A",
        headline_stated=is_stated,
        body=body,
        counter_argument=make_prose(chance),
        ai_context=chance.choice([None, make_prose(chance, most=2000)]),
        impact=round(chance.uniform(0, 10), 2),
        confidence=chance.choice([None, chance.random()]),
        read_seconds=chance.choice([1, 90, 99_999]),
        lang=chance.choice([None, "en", "es-MX", "ar", "xx"]),
        state=chance.choice(states),
        retract_reason=chance.choice([None, make_phrase(chance)[:500]]),
        source=chance.choice([None, make_phrase(chance)[:80]]),
    )


def make_any_digest(chance: Random) -> tuple[Recipe, Shown]:
    """Return a digest of any briefs, and what it needs."""
    shown = {brief.id: brief for brief in _make_briefs(chance)}
    earlier = make_brief(id=7, released_at=chance.choice([None, NOON - timedelta(days=3)]))
    items = tuple(
        Item(
            brief_id,
            1,
            chance.randint(-1, 4),
            chance.choice([0, 1, 250]),
            chance.choice([0, earlier.id, 999_999_999]),
        )
        for brief_id in shown
    )
    recipe = Recipe(
        items=items,
        language=chance.choice(["en", "xx"]),
        style=chance.choice(list(Style)),
        zone=chance.choice(["UTC", "Asia/Kathmandu", "America/Argentina/ComodRivadavia"]),
        day=NOON.date(),
        next_at=chance.choice([None, NOON + timedelta(days=1)]),
        below=chance.choice([0, 3, 500]),
        over=chance.choice([0, 4, 500]),
        remarks=Remark(chance.randint(0, 15)),
        due_at=chance.choice([None, NOON - timedelta(days=2)]),
    )
    labels = {subject: make_phrase(chance)[:64] for subject in chance.sample(range(1, 5), 3)}
    return recipe, Shown(briefs={**shown, earlier.id: earlier}, labels=labels)


def _make_briefs(chance: Random) -> list[Brief]:
    return [make_any_brief(chance) for _ in range(chance.randint(1, 7))]


def _make_piece(chance: Random) -> str:
    if chance.random() < 0.8:
        return chance.choice(WORST)
    return chr(chance.choice(chance.choice(_PLANES)))
