"""Buttons that are old, of somebody else, or forged: whoever taps can send any data."""

import asyncio

from tests.factories import make_document
from tests.flow.stage import Scene
from tests.flow.test_asking_now import about_storage

OLD_MENU = "That menu is old. Send /subscriptions or /digest for a fresh one."
OLD_MESSAGE = "That message is too old to change. Send /digest for a new one."


async def said_to_forged(scene: Scene, *forged: str) -> dict[str, str]:
    """Return by its data what a tap on a button is answered."""
    await scene.joins(scene.reader)
    said = await scene.ask(scene.reader, "/help")
    answers = {}
    for data in forged:
        scene.forge(said, data)
        answer = await scene.reader.tap("forged", message=said)
        answers[data] = answer.text if answer else ""
    return answers


async def test_data_of_no_button_of_ours_is_an_old_menu(scene: Scene):
    forged = [
        *("x", "1", "1zz", "2b.1", "1b.1.1.1.1.1.1.1", "1B.1", "1z.Nowhere/Atall", "1z"),
        *("1o", "1s", "1s.zzzzz.1", "1l", "1x.zzzzz.0", "1ai", "1tp.zzzz", "1z.localtime"),
        *("1s.!.1", "1b.ä", "a" * 64, "1s.zzzzzzzzzzzzz.1"),
    ]

    said = await said_to_forged(scene, *forged)

    assert said == dict.fromkeys(forged, OLD_MENU)


async def test_a_view_of_a_message_that_shows_no_brief_is_refused(scene: Scene):
    await scene.release(make_document())
    forged = ["1b.1", "1d", "1d.1", "1m", "1m.1", "1b.1.1.9", "1b.zz.1.0.zz"]

    said = await said_to_forged(scene, *forged)

    assert said == dict.fromkeys(forged, OLD_MESSAGE)


async def test_a_delivery_to_another_chat_is_not_shown(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.other, follows="battery storage")
    await scene.digest_now(scene.other)

    said = await said_to_forged(scene, "1d.1")

    assert said == {"1d.1": OLD_MESSAGE}


async def test_a_brief_that_waits_for_an_editor_is_not_shown_by_a_forged_tap(scene: Scene):
    await scene.release(about_storage(1))
    await scene.upload(scene.editor, "two.txt", about_storage(2))
    await scene.joins(scene.reader, follows="battery storage")
    digest = await scene.digest_now(scene.reader)
    scene.forge(digest, "1b.2.1.0")

    answer = await scene.reader.tap("forged", message=digest)

    assert answer is not None
    assert answer.text == OLD_MESSAGE


async def test_a_page_far_beyond_the_last_shows_the_last(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    digest = await scene.digest_now(scene.reader)
    scene.forge(digest, "1b.1.1.1.zzz")

    shown = await scene.tap(scene.reader, "forged", digest)

    assert shown.text.startswith("Site 1 was approved.")


async def test_a_place_beyond_the_digest_shows_the_digest(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    digest = await scene.digest_now(scene.reader)
    await scene.tap(scene.reader, "1", digest)
    scene.forge(digest, "1b.1.1.9")

    shown = await scene.tap(scene.reader, "forged", digest)

    assert shown.text == digest.text


async def test_a_tap_that_comes_twice_does_no_harm(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    digest = await scene.digest_now(scene.reader)
    scene.refusals.add("message is not modified")

    await asyncio.gather(*(scene.reader.tap("1", message=digest) for _ in range(3)))

    assert scene.reader.messages[-1].text.startswith("Site 1 was approved.")


async def test_a_digest_whose_message_is_gone_fails_no_tap(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    digest = await scene.digest_now(scene.reader)
    scene.refusals.add("message to edit not found")
    tapping = scene.reader.tap("1", message=digest)
    scene.playground.world.inbox.listen(lambda: scene.reader.chat.messages.pop(digest.id, None))

    answer = await tapping

    assert answer is not None
    assert (await scene.ask(scene.reader, "/help")).text.startswith("How Counterpoint works")


async def test_a_forged_zone_of_who_never_started_leads_to_start(scene: Scene):
    said = await scene.ask(scene.reader, "/help")
    scene.forge(said, "1z.Europe/Berlin")

    answer = await scene.reader.tap("forged", message=said)

    assert answer is not None
    assert answer.text == "We have not met yet. Send /start first."


async def test_another_person_s_tap_in_a_group_changes_nothing(scene: Scene):
    await scene.joins(scene.reader, follows="cork")
    await scene.ask(scene.reader, "/subscriptions")
    group = scene.playground.group("Friends", [scene.other, scene.reader])
    said = await scene.playground_says(group, "anything", data="1l.1.0.l0")

    await group.tap("forged", by=scene.other, message=said, timeout=0.0)

    assert (await scene.ask(scene.reader, "/subscriptions")).labels == ["✓ cork"]
