"""/digest, and what is opened from a digest: one brief, back again, what matched besides."""

from dataclasses import replace

import pytest

from bot.playground.faults import Fault, Kind
from tests.conftest import DATABASES
from tests.factories import make_document
from tests.flow.stage import Scene

STORAGE = {"topics": '["battery storage"]'}


def about_storage(number: int, impact: float = 5.0) -> bytes:
    """Return one of many briefs on storage, none like another."""
    return make_document(
        body=f"Site {number} was approved. " + " ".join(f"w{number}x{n}" for n in range(12)),
        counter_argument="Critics object: " + " ".join(f"c{number}x{n}" for n in range(9)),
        topics='["battery storage"]',
        entities=f'["Site {number} Company"]',
        impact_score=str(impact),
        readtimesecs="20",
    )


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_a_digest_now_holds_what_is_new(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")

    digest = await scene.digest_now(scene.reader)

    assert digest.text.startswith("1 · Site 1 was approved.")


async def test_now_is_another_name_of_digest(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")

    digest = await scene.digest_now(scene.reader, "/now")

    assert digest.text.startswith("1 · Site 1 was approved.")


async def test_with_nothing_new_it_says_when_the_next_one_comes(scene: Scene):
    await scene.joins(scene.reader, follows="cork")

    answer = await scene.digest_now(scene.reader)

    assert answer.text == ("Nothing new on what you follow. The next digest comes Monday 08:00.")


async def test_with_nothing_followed_it_says_so(scene: Scene):
    await scene.joins(scene.reader)

    answer = await scene.digest_now(scene.reader)

    assert "You follow nothing yet: send a word or a name." in answer.text


async def test_asked_again_it_offers_the_last_one_again(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    first = await scene.digest_now(scene.reader)
    answer = await scene.digest_now(scene.reader)

    again = await scene.tap(scene.reader, "Show the last one again", answer)

    assert again.text == first.text
    assert again.id != first.id


async def test_only_what_came_since_is_in_a_second_digest_now(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    await scene.digest_now(scene.reader)
    await scene.release(about_storage(2))

    digest = await scene.digest_now(scene.reader)

    assert digest.text.startswith("1 · Site 2 was approved.")
    assert "Site 1" not in digest.text


async def test_what_was_read_now_is_not_in_the_digest_of_the_next_morning(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    await scene.digest_now(scene.reader)
    await scene.release(about_storage(2))
    scene.reader.expect()

    await scene.move(hours=20)

    digest = await scene.reader.next_reply()
    assert digest.text.startswith("1 · Site 2 was approved.")
    assert "Site 1" not in digest.text


async def test_a_muted_name_keeps_a_brief_out(scene: Scene):
    await scene.release(about_storage(1), about_storage(2))
    await scene.joins(scene.reader, follows="battery storage")
    await scene.ask(scene.reader, "/mute Site 1 Company")

    digest = await scene.digest_now(scene.reader)

    assert "Site 2 was approved." in digest.text
    assert "Site 1 was approved." not in digest.text


async def test_a_number_opens_the_brief_in_place(scene: Scene):
    await scene.release(about_storage(1, impact=9), about_storage(2))
    await scene.joins(scene.reader, follows="battery storage")
    digest = await scene.digest_now(scene.reader)

    brief = await scene.tap(scene.reader, "2", digest)

    assert brief.id == digest.id
    assert brief.text.startswith("Site 2 was approved.")
    assert "c2x8" in brief.text


async def test_back_shows_the_same_digest(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    digest = await scene.digest_now(scene.reader)
    await scene.tap(scene.reader, "1", digest)

    back = await scene.tap(scene.reader, "‹ Digest", digest)

    assert back.html == digest.html
    assert back.buttons == digest.buttons


async def test_from_one_brief_one_goes_on_to_the_next(scene: Scene):
    await scene.release(about_storage(1, impact=9), about_storage(2))
    await scene.joins(scene.reader, follows="battery storage")
    digest = await scene.digest_now(scene.reader)
    first = await scene.tap(scene.reader, "1", digest)

    second = await scene.tap(scene.reader, "2 ›", first)

    assert second.text.startswith("Site 2 was approved.")
    assert second.labels == ["‹ Digest", "‹ 1"]


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_a_tap_that_comes_before_the_send_is_noted_does_no_harm(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    slow = Fault(method="sendMessage", contains="1 · Site", kind=Kind.DELAY)
    scene.playground.faults.add(replace(slow, accepted=True, delay=0.2))
    digest = await scene.ask(scene.reader, "/digest")

    brief = await scene.tap(scene.reader, "1", digest)

    await scene.all_sent()
    back = await scene.tap(scene.reader, "‹ Digest", brief)
    assert back.text == digest.text


@pytest.mark.parametrize("scene_settings", [{"reading": {"open": "reply"}}], ids=["reply"])
async def test_where_the_setting_says_so_a_brief_opens_as_a_message_of_its_own(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    digest = await scene.digest_now(scene.reader)

    brief = await scene.tap(scene.reader, "1", digest)

    assert brief.id != digest.id
    assert brief.text.startswith("Site 1 was approved.")


async def test_what_matched_besides_is_a_tap_away(scene: Scene):
    await scene.release(*(about_storage(n, impact=10 - n) for n in range(1, 10)))
    await scene.joins(scene.reader, follows="battery storage")
    digest = await scene.digest_now(scene.reader)

    below = await scene.tap(scene.reader, "2 more", digest)

    assert below.text.startswith("Also matched, not shown:")
    assert "Site 8 was approved." in below.text
    assert below.labels == ["1", "2", "‹ Digest"]


async def test_what_matched_besides_opens_whole(scene: Scene):
    await scene.release(*(about_storage(n, impact=10 - n) for n in range(1, 10)))
    await scene.joins(scene.reader, follows="battery storage")
    digest = await scene.digest_now(scene.reader)
    below = await scene.tap(scene.reader, "2 more", digest)

    brief = await scene.tap(scene.reader, "2", below)

    assert brief.text.startswith("Site 9 was approved.")
    assert brief.labels == ["‹ Digest"]


async def test_brief_by_its_id_comes_whole(scene: Scene):
    (brief_id,) = await scene.release(make_document())
    await scene.joins(scene.reader)

    brief = await scene.ask(scene.reader, f"/brief {brief_id}")

    assert "Work begins in spring." in brief.text
    assert "four-hour batteries do little in a windless week." in brief.text
    assert "How this was written" in brief.text


async def test_an_unknown_id_says_so(scene: Scene):
    await scene.joins(scene.reader)
    unknown = ["zzz", "9" * 40, "ä!", "-1", "0"]

    said = await scene.answers(scene.reader, [f"/brief {typed}" for typed in unknown])

    assert [answer.partition(" Check")[0] for answer in said] == [
        "There is no brief with that id."
    ] * 5


async def test_brief_alone_asks_for_an_id(scene: Scene):
    answer = await scene.ask(scene.reader, "/brief")

    assert answer.text.startswith("Which brief? Send /brief and its id")


async def test_a_brief_that_waits_for_an_editor_is_not_shown(scene: Scene):
    await scene.upload(scene.editor, "one.txt", make_document())
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, "/brief 1")

    assert answer.text.startswith("There is no brief with that id.")
