"""Any brief, whatever its characters, becomes messages that Telegram takes and shows the same."""

import re
from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.digest.card import card_pages
from bot.digest.compose import compose
from bot.digest.items import Fragments
from bot.digest.views import below_view, card_view, compose_view, other_view
from bot.markup import text
from bot.texts import texts_in
from storage.model.brief import BriefState
from tests.unit.digest.arbitrary import make_any_brief, make_any_digest
from tests.unit.digest.telegram import Telegram, covered
from tests.unit.examples import examples

ENGLISH = texts_in("en")
seeds = st.integers(0, 2**64)
often = examples()


@often
@given(seeds)
def test_telegram_takes_any_digest(telegram: Telegram, seed: int):
    recipe, shown = make_any_digest(Random(seed))

    message = compose(recipe, shown, delivery_id=2**62, fragments=Fragments())

    telegram.take_message(message)


@often
@given(seeds)
def test_every_item_of_any_digest_has_its_counterpoint(telegram: Telegram, seed: int):
    recipe, shown = make_any_digest(Random(seed))
    states = [shown.briefs[item.brief_id].state for item in recipe.items]

    message = compose(recipe, shown, delivery_id=1, fragments=Fragments())

    arrived = telegram.take_message(message)
    quotes = covered(arrived, "blockquote") + covered(arrived, "expandable_blockquote")
    assert len(quotes) == states.count(BriefState.RELEASED)
    assert all(quote.startswith("Counterpoint ") for quote in quotes)


@often
@given(seeds)
def test_telegram_takes_every_page_of_any_brief(telegram: Telegram, seed: int):
    brief = make_any_brief(Random(seed))

    pages = card_pages(brief, ENGLISH, zone="Asia/Kathmandu")

    assert all(telegram.take(page) for page in pages)


@often
@given(seeds)
def test_the_pages_of_any_brief_lose_nothing(seed: int):
    brief = make_any_brief(Random(seed), states=[BriefState.RELEASED])
    content = brief.content
    texts = [content.body, content.counter_argument, content.ai_context or ""]

    pages = card_pages(brief, ENGLISH, zone="UTC")

    left = without_blanks("".join(page.shown for page in pages))
    said = [without_blanks(text(one).shown) for one in texts]
    assert all(is_in_order(one, left) for one in said)
    assert Counter("".join(said)) <= Counter(left)


@often
@given(seeds)
def test_telegram_takes_any_view_of_any_digest(telegram: Telegram, seed: int):
    chance = Random(seed)
    recipe, shown = make_any_digest(chance)
    place, page = chance.randint(0, 8), chance.randint(0, 4)
    brief_id = chance.choice(sorted(shown.briefs))
    view = chance.choice(
        [card_view(place, page), other_view(brief_id, page), below_view(list(shown.briefs))]
    )

    message = compose_view(view, recipe, shown, delivery_id=2**62, fragments=Fragments())

    telegram.take_message(message)


@often
@given(seeds)
def test_a_card_shows_its_markup_without_the_tags(seed: int):
    brief = make_any_brief(Random(seed))

    for page in card_pages(brief, ENGLISH, zone="UTC"):
        bare = re.sub(r"</?[a-z][^>]*>", "", page.markup)

        assert unescaped(bare) == page.shown


def without_blanks(shown: str) -> str:
    return re.sub(r"\s+", "", shown)


def is_in_order(said: str, pages: str) -> bool:
    left = iter(pages)
    return all(char in left for char in said)


def unescaped(markup: str) -> str:
    return markup.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
