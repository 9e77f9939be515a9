"""The first minute: /start, the buttons under it, help, and what the menu offers."""

import pytest

from tests.conftest import DATABASES
from tests.factories import at, make_document
from tests.flow.stage import Scene


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_two_taps_lead_from_start_to_a_first_digest(scene: Scene):
    await scene.release(make_document())
    await scene.asks(scene.reader, "/start", replies=2)

    await scene.tap(scene.reader, "Done")
    digest = await scene.tap(scene.reader, "Show me one now")

    assert digest.text.startswith("1 · The grid operator approved a battery park")


async def test_the_first_message_shows_a_real_brief_with_its_counter_argument(scene: Scene):
    await scene.release(make_document())

    greeting, _ = await scene.asks(scene.reader, "/start", replies=2)

    assert "Opponents say that the money would cut outages more" in greeting.text


async def test_the_most_consequential_brief_is_the_one_shown_first(scene: Scene):
    await scene.release(
        make_document(impact_score="3"),
        make_document(body="A strait was closed to ships.", impact_score="9"),
    )

    greeting, _ = await scene.asks(scene.reader, "/start", replies=2)

    assert "A strait was closed to ships." in greeting.text


async def test_start_without_any_brief_still_asks_what_to_watch_for(scene: Scene):
    _, question = await scene.asks(scene.reader, "/start", replies=2)

    assert question.text == "What should I watch for you? Tap, or type any word or name."
    assert question.labels == ["Everything: the day's top five", "Done"]


async def test_sections_that_have_briefs_are_offered(scene: Scene):
    await scene.release(make_document(topics='["energy policy"]'))

    _, question = await scene.asks(scene.reader, "/start", replies=2)

    assert question.labels == ["Energy", "Everything: the day's top five", "Done"]


async def test_a_tapped_section_gets_a_tick(scene: Scene):
    await scene.release(make_document(topics='["energy policy"]'))
    await scene.asks(scene.reader, "/start", replies=2)

    changed = await scene.tap(scene.reader, "Energy")

    assert changed.labels[0] == "✓ Energy"


async def test_a_ticked_section_is_dropped_by_a_second_tap(scene: Scene):
    await scene.release(make_document(topics='["energy policy"]'))
    await scene.asks(scene.reader, "/start", replies=2)
    await scene.tap(scene.reader, "Energy")

    changed = await scene.tap(scene.reader, "✓ Energy")

    assert changed.labels[0] == "Energy"


async def test_done_names_what_was_chosen(scene: Scene):
    await scene.release(make_document(topics='["energy policy"]'))
    await scene.asks(scene.reader, "/start", replies=2)
    await scene.tap(scene.reader, "Energy")

    done = await scene.tap(scene.reader, "Done")

    assert done.text.startswith("You follow Energy.")


async def test_who_chooses_nothing_follows_everything(scene: Scene):
    await scene.asks(scene.reader, "/start", replies=2)

    done = await scene.tap(scene.reader, "Done")

    assert done.text.startswith("You follow Everything.")


async def test_done_says_when_the_first_digest_comes(scene: Scene):
    await scene.asks(scene.reader, "/start", replies=2)

    done = await scene.tap(scene.reader, "Done")

    assert "Your digest comes daily at 08:00, first Monday 08:00." in done.text
    assert "send /timezone and your city" in done.text


async def test_a_second_start_welcomes_back_without_the_greeting(scene: Scene):
    await scene.joins(scene.reader, follows="battery storage")

    again = await scene.ask(scene.reader, "/start")

    assert again.text.startswith("Welcome back. You follow 1 subject.")


async def test_a_second_start_keeps_the_time_that_was_set(scene: Scene):
    await scene.joins(scene.reader)
    await scene.ask(scene.reader, "/time 07:30")

    await scene.ask(scene.reader, "/start")

    assert "07:30" in (await scene.ask(scene.reader, "/time")).text


async def test_a_tap_on_a_section_in_a_second_start_keeps_its_words(scene: Scene):
    await scene.release(make_document(topics='["energy policy"]'))
    await scene.joins(scene.reader, follows="battery storage")
    await scene.ask(scene.reader, "/start")

    changed = await scene.tap(scene.reader, "Energy")

    assert changed.text.startswith("Welcome back. You follow 2 subjects.")


async def test_a_link_to_a_brief_shows_it_before_the_question(scene: Scene):
    (brief_id,) = await scene.release(make_document())

    await scene.reader.open(f"https://t.me/CounterpointBot?start=b_{brief_id}")
    brief = await scene.reader.next_reply()

    assert brief.text.startswith("The grid operator approved a battery park")


async def test_a_link_to_no_brief_says_so_plainly(scene: Scene):
    await scene.reader.open("https://t.me/CounterpointBot?start=b_zzz")
    answer = await scene.reader.next_reply()

    assert answer.text.startswith("There is no brief with that id.")


async def test_who_never_started_is_told_to_start(scene: Scene):
    await scene.release(make_document())
    commands = ["/digest", "/subscribe x-ray", "/time 07:00", "/resume", "/brief 1"]

    said = await scene.answers(scene.reader, commands)

    assert said == ["We have not met yet. Send /start first."] * 5


async def test_a_name_typed_before_start_leads_to_start(scene: Scene):
    answer = await scene.ask(scene.reader, "satellites")

    assert answer.text == "We have not met yet. Send /start first."


async def test_help_lists_every_command_of_the_menu(scene: Scene):
    answer = await scene.ask(scene.reader, "/help")

    offered = [command["command"] for command in scene.reader.commands]
    assert [name for name in offered if f"/{name}" not in answer.text] == ["help"]


async def test_help_tells_a_reader_nothing_of_orders(scene: Scene):
    answer = await scene.ask(scene.reader, "/help")

    assert "/retract" not in answer.text


@pytest.mark.parametrize("role", ["editor", "owner"])
async def test_help_tells_editors_and_owners_of_their_orders(scene: Scene, role: str):
    answer = await scene.ask(getattr(scene, role), "/help")

    assert "/queue" in answer.text
    assert "/publish" in answer.text
    assert "/retract" in answer.text


async def test_readers_see_no_orders_in_their_menu(scene: Scene):
    names = {command["command"] for command in scene.reader.commands}

    assert names == {
        *("digest", "subscribe", "subscriptions", "brief"),
        *("time", "timezone", "pause", "help"),
    }


@pytest.mark.parametrize("role", ["editor", "second_editor", "owner"])
async def test_who_may_give_orders_sees_them_in_the_menu(scene: Scene, role: str):
    names = {command["command"] for command in getattr(scene, role).commands}

    assert {"queue", "publish", "retract", "digest"} <= names


async def test_the_profile_says_what_the_bot_does(scene: Scene):
    said = scene.playground.world.face.text("short_description", "")

    assert said.startswith("Short news briefs")


async def test_a_new_reader_gets_a_first_digest_at_the_default_hour(scene: Scene):
    await scene.release(make_document())
    await scene.joins(scene.reader, follows="battery storage")
    scene.reader.expect()

    await scene.move_to(at(20))

    digest = await scene.reader.next_reply()
    assert digest.text.startswith("1 · The grid operator approved a battery park")
