"""/retract: out of what is to be sent, and struck where it was delivered (G7)."""

import pytest

from tests.conftest import DATABASES
from tests.factories import make_document
from tests.flow.stage import Scene, texts_to
from tests.flow.test_asking_now import about_storage

BOTH = pytest.mark.parametrize("database_url", DATABASES, indirect=True)


@BOTH
async def test_g7_a_retraction_reaches_a_delivered_digest(scene: Scene):
    await scene.release(about_storage(1, 9), about_storage(2))
    await scene.joins(scene.reader, follows="battery storage")
    digest = await scene.digest_now(scene.reader)
    scene.reader.expect()

    await scene.ask(scene.editor, "/retract 1 its source withdrew it")

    edited = await scene.reader.next_reply()
    assert edited.id == digest.id
    assert "We withdrew this brief: its source withdrew it" in edited.text
    assert "Site 2 was approved." in edited.text


async def test_g7_a_retraction_reaches_a_brief_that_is_open(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    digest = await scene.digest_now(scene.reader)
    await scene.tap(scene.reader, "1", digest)
    scene.reader.expect()

    await scene.ask(scene.editor, "/retract 1 its source withdrew it")

    edited = await scene.reader.next_reply()
    assert "We withdrew this brief" in edited.text
    assert "c1x8" not in edited.text


async def test_g7_a_retraction_reaches_a_brief_that_was_asked_for(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader)
    brief = await scene.ask(scene.reader, "/brief 1")
    scene.reader.expect()

    await scene.ask(scene.editor, "/retract 1 its source withdrew it")

    edited = await scene.reader.next_reply()
    assert edited.id == brief.id
    assert "We withdrew this brief" in edited.text


async def test_g7_every_reader_s_copy_is_reached(scene: Scene):
    await scene.release(about_storage(1))
    for person in (scene.reader, scene.other):
        await scene.joins(person, follows="battery storage")
        await scene.digest_now(person)
        person.expect()

    answer = await scene.ask(scene.editor, "/retract 1 wrong")

    assert answer.text.endswith("2 copies will say so.")
    for person in (scene.reader, scene.other):
        assert "We withdrew this brief" in (await person.next_reply()).text


async def test_a_retraction_without_a_copy_says_so(scene: Scene):
    await scene.release(about_storage(1))

    answer = await scene.ask(scene.editor, "/retract 1 wrong")

    assert answer.text.startswith("Retracted 1: Site 1 was approved.")
    assert answer.text.endswith("No copy was delivered.")


async def test_a_retracted_brief_is_in_no_later_digest(scene: Scene):
    await scene.release(about_storage(1), about_storage(2))
    await scene.joins(scene.reader, follows="battery storage")
    await scene.ask(scene.editor, "/retract 1 wrong")

    await scene.move(hours=20)

    said = texts_to(scene.reader)[-1]
    assert said.startswith("1 · Site 2 was approved.")
    assert "Site 1" not in said


async def test_a_retraction_between_promise_and_send_leaves_the_brief_out(scene: Scene):
    await scene.release(about_storage(1), about_storage(2))
    await scene.joins(scene.reader, follows="battery storage")
    await scene.promise_without_sending(scene.reader)
    await scene.ask(scene.editor, "/retract 1 wrong")

    await scene.all_sent()

    said = texts_to(scene.reader)[-1]
    assert "Site 2 was approved." in said
    assert "Site 1" not in said


async def test_what_is_no_retraction_is_refused_in_words(scene: Scene):
    await scene.release(make_document())
    refused = {
        "/retract": "Which brief, and why?",
        "/retract 1": "Readers will want to know why.",
        "/retract 1  ": "Readers will want to know why.",
        "/retract zz wrong": "There is no brief with that id.",
        f"/retract 1 {'x' * 501}": "That reason is too long.",
    }

    said = await scene.answers(scene.editor, list(refused))

    assert all(answer.startswith(s) for answer, s in zip(said, refused.values(), strict=True))


async def test_a_second_retraction_says_that_it_is_done_already(scene: Scene):
    await scene.release(make_document())
    await scene.ask(scene.editor, "/retract 1 wrong")

    answer = await scene.ask(scene.editor, "/retract 1 wrong again")

    assert answer.text == "That brief is retracted already."


async def test_a_hostile_reason_is_shown_as_it_was_written(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    await scene.digest_now(scene.reader)
    scene.reader.expect()

    await scene.ask(scene.editor, "/retract 1 </blockquote><b>&lt; x")

    assert "</blockquote><b>&lt; x" in (await scene.reader.next_reply()).text


async def test_g7_a_copy_that_its_reader_deleted_stops_nobody_s_edit(scene: Scene):
    scene.refusals.add("message to edit not found")
    await scene.release(about_storage(1))
    for person in (scene.reader, scene.other):
        await scene.joins(person, follows="battery storage")
        digest = await scene.digest_now(person)
        person.expect()
    del scene.other.chat.messages[digest.id]

    await scene.ask(scene.editor, "/retract 1 wrong")

    assert "We withdrew this brief" in (await scene.reader.next_reply()).text
