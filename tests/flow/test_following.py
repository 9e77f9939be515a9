"""Follow and mute by command, by word and by button."""

import pytest

from tests.conftest import DATABASES
from tests.factories import make_document
from tests.flow.stage import Scene, texts_to

GRID = make_document()
CHIPS = make_document(
    body="A foundry opened its second plant for memory chips.",
    topics='["memory chips"]',
    entities='["Delta Foundry", "Port Authority"]',
)
MORE_CHIPS = make_document(
    body="The same foundry was fined over its water.",
    topics='["water use"]',
    entities='["Delta Foundry", "Port Authority"]',
)
PORT = make_document(body="The port was dredged.", entities='["Port Authority", "Dredgers"]')


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_a_follow_says_how_many_briefs_it_brought_in_a_month(scene: Scene):
    await scene.release(GRID)
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, "/subscribe battery storage")

    assert answer.text.startswith("You follow battery storage. 1 brief in the last 30 days.")


async def test_a_follow_that_nothing_carries_says_so_plainly(scene: Scene):
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, "/subscribe glass harmonicas")

    assert answer.text == (
        "You follow glass harmonicas. Nothing carried it in the last 30 days; I watch for it."
    )


async def test_briefs_older_than_a_month_are_not_counted(scene: Scene):
    await scene.release(GRID)
    await scene.move(days=31)
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, "/subscribe battery storage")

    assert "Nothing carried it" in answer.text


async def test_names_parted_by_commas_are_followed_one_by_one(scene: Scene):
    await scene.joins(scene.reader)

    answers = await scene.asks(scene.reader, "/subscribe cork, tin , copper", replies=3)

    assert [answer.text.split(".")[0] for answer in answers] == [
        *("You follow cork", "You follow tin", "You follow copper"),
    ]


@pytest.mark.parametrize("command", ["/sub", "/follow", "/subscribe@CounterpointBot"])
async def test_other_names_of_subscribe_do_the_same(scene: Scene, command: str):
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, f"{command} cork")

    assert answer.text.startswith("You follow cork.")


async def test_a_word_without_a_command_is_followed(scene: Scene):
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, "cork")

    assert answer.text.startswith("You follow cork.")


async def test_following_twice_says_that_it_is_followed_already(scene: Scene):
    await scene.joins(scene.reader, follows="cork")

    answer = await scene.ask(scene.reader, "/subscribe Cork")

    assert answer.text.startswith("You follow cork already.")


async def test_another_name_of_a_section_follows_the_section(scene: Scene):
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, "/subscribe spaceflight")

    assert answer.text.startswith("You follow the section Space.")


async def test_subscribe_alone_asks_for_a_name(scene: Scene):
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, "/subscribe")

    assert answer.text.startswith("What should I watch for you? Send a word or a name")


async def test_a_misspelled_name_is_offered_as_it_was_meant(scene: Scene):
    await scene.release(GRID)
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, "/subscribe batery storrage")

    assert "Did you mean one of these?" in answer.text
    assert "battery storage" in answer.labels


async def test_a_tap_on_what_was_meant_replaces_the_misspelled_follow(scene: Scene):
    await scene.release(GRID)
    await scene.joins(scene.reader)
    await scene.ask(scene.reader, "/subscribe batery storrage")

    changed = await scene.tap(scene.reader, "battery storage")

    assert changed.text.startswith("You follow battery storage. 1 brief")
    listed = await scene.ask(scene.reader, "/subscriptions")
    assert listed.labels == ["✓ battery storage"]


async def test_what_comes_up_beside_a_follow_is_offered(scene: Scene):
    await scene.release(CHIPS, MORE_CHIPS, PORT)
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, "/subscribe Delta Foundry")

    assert "Close to it, and not the same:" in answer.text
    assert "+ Port Authority" in answer.labels


async def test_an_offer_taken_is_one_more_follow(scene: Scene):
    await scene.release(CHIPS, MORE_CHIPS, PORT)
    await scene.joins(scene.reader, follows="Delta Foundry")

    await scene.tap(scene.reader, "+ Port Authority")

    listed = await scene.ask(scene.reader, "/subscriptions")
    assert sorted(listed.labels) == ["✓ Delta Foundry", "✓ Port Authority"]


async def test_undo_takes_a_follow_back(scene: Scene):
    await scene.joins(scene.reader, follows="cork")

    changed = await scene.tap(scene.reader, "Undo")

    assert changed.text == "You no longer follow cork."


async def test_unsubscribe_ends_a_follow_by_name(scene: Scene):
    await scene.joins(scene.reader, follows="cork")

    answer = await scene.ask(scene.reader, "/unsubscribe cork")

    assert answer.text == "You no longer follow cork."


async def test_unsubscribe_of_what_is_not_followed_says_so(scene: Scene):
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, "/unfollow cork")

    assert answer.text.startswith("You don't follow cork.")


async def test_unsubscribe_alone_lets_one_choose_what_ends(scene: Scene):
    await scene.joins(scene.reader, follows="cork, tin")
    await scene.ask(scene.reader, "/unsubscribe")

    changed = await scene.tap(scene.reader, "✕ tin")

    assert changed.text == "You no longer follow tin."


async def test_unsubscribe_alone_with_nothing_followed_says_so(scene: Scene):
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, "/unsubscribe")

    assert answer.text.startswith("You follow nothing yet.")


async def test_unmute_alone_with_nothing_muted_says_so(scene: Scene):
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, "/unmute")

    assert answer.text.startswith("You mute nothing.")


async def test_a_mute_says_what_it_will_spare(scene: Scene):
    await scene.release(GRID)
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, "/mute Northland Grid")

    assert answer.text == (
        "You will not see briefs on Northland Grid. 1 came in the last 30 days."
    )


async def test_unmute_ends_a_mute_by_name(scene: Scene):
    await scene.joins(scene.reader)
    await scene.ask(scene.reader, "/mute cork")

    answer = await scene.ask(scene.reader, "/unmute cork")

    assert answer.text == "cork is no longer muted."


async def test_unmute_alone_lets_one_choose_what_ends(scene: Scene):
    await scene.joins(scene.reader)
    await scene.ask(scene.reader, "/mute cork")
    await scene.ask(scene.reader, "/unmute")

    answer = await scene.tap(scene.reader, "✕ cork")

    assert answer.text == "cork is no longer muted."


async def test_what_is_muted_stands_in_the_list(scene: Scene):
    await scene.joins(scene.reader, follows="tin")
    await scene.ask(scene.reader, "/mute cork")

    answer = await scene.ask(scene.reader, "/subscriptions")

    assert "Muted: cork" in answer.text


async def test_fifty_follows_are_the_most(scene: Scene):
    await scene.joins(scene.reader, follows=", ".join(f"metal {n}" for n in range(50)))

    answer = await scene.ask(scene.reader, "cork")

    assert answer.text.startswith("You have 50 already.")


async def test_a_list_too_long_to_follow_follows_none_of_it(scene: Scene):
    await scene.joins(scene.reader)

    await scene.ask(scene.reader, ", ".join(f"metal {n}" for n in range(51)))

    assert (await scene.ask(scene.reader, "/subscriptions")).text.startswith("You follow nothing")


async def test_one_reader_s_follows_are_not_another_s(scene: Scene):
    await scene.joins(scene.reader, follows="cork")
    await scene.joins(scene.other)

    answer = await scene.ask(scene.other, "/topics")

    assert answer.text.startswith("You follow nothing yet.")
    assert "cork" not in "".join(texts_to(scene.other))
