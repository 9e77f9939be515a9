"""Editors let briefs out, once; what is doubtful is held; /queue says what waits."""

import asyncio

import pytest

from storage import audits
from tests.conftest import DATABASES
from tests.factories import make_document, make_draft
from tests.flow.stage import Scene
from tests.flow.test_asking_now import about_storage
from tests.flow.test_newsroom import waiting, zipped

BOTH = pytest.mark.parametrize("database_url", DATABASES, indirect=True)


@BOTH
async def test_the_button_under_a_report_lets_its_briefs_out(scene: Scene):
    await scene.upload(scene.editor, "day.zip", zipped(a=about_storage(1), b=about_storage(2)))

    answer = await scene.tap(scene.editor, "Publish 2")

    assert answer.text.startswith("Published 2 briefs.")
    assert await waiting(scene) == []


async def test_what_is_let_out_reaches_who_follows_it(scene: Scene):
    await scene.joins(scene.reader, follows="battery storage")
    await scene.upload(scene.editor, "one.txt", about_storage(1))
    await scene.tap(scene.editor, "Publish 1")

    digest = await scene.digest_now(scene.reader)

    assert digest.text.startswith("1 · Site 1 was approved.")


@BOTH
async def test_two_editors_at_once_let_a_brief_out_once(scene: Scene):
    report = await scene.upload(scene.editor, "one.txt", make_document())
    said = await scene.ask(scene.second_editor, "/help")
    data = report.buttons[0][0].action
    scene.forge(said, data, chat=scene.second_editor)

    await asyncio.gather(
        scene.editor.tap("Publish 1"), scene.second_editor.tap("forged", message=said)
    )

    answers = [(await p.next_reply()).text for p in (scene.editor, scene.second_editor)]
    assert sorted(answers) == ["Published 1 brief. 1", "That is out already."]
    async with scene.db.reading() as tx:
        lines = await audits.list_lines(tx)
    assert [line.action for line in lines].count("publish") == 1


async def test_publish_alone_asks_for_an_id(scene: Scene):
    answer = await scene.ask(scene.editor, "/publish")

    assert answer.text.startswith("Which brief? Send /publish and its id.")


async def test_publish_of_no_brief_says_so(scene: Scene):
    answer = await scene.ask(scene.editor, "/publish zz")

    assert answer.text.startswith("There is no brief with that id.")


async def test_publish_of_what_is_out_says_so(scene: Scene):
    await scene.release(make_document())

    answer = await scene.ask(scene.editor, "/publish 1")

    assert answer.text == "That is out already."


async def test_publish_of_what_was_retracted_says_so(scene: Scene):
    await scene.release(make_document())
    await scene.ask(scene.editor, "/retract 1 wrong")

    answer = await scene.ask(scene.editor, "/publish 1")

    assert answer.text == (
        "That brief is retracted; it cannot go out again. Send its document anew, corrected."
    )


async def test_a_placeholder_for_a_counter_argument_is_held(scene: Scene):
    report = await scene.upload(scene.editor, "one.txt", make_document(counter_argument="N/A"))

    assert "held: placeholder" in report.text


@pytest.mark.parametrize("scene_settings", [{"ingest": {"publish": "clean"}}], ids=["clean"])
async def test_where_clean_briefs_go_out_by_themselves_a_doubtful_one_waits(scene: Scene):
    data = zipped(a=about_storage(1), b=make_document(counter_argument="N/A"))

    report = await scene.upload(scene.editor, "day.zip", data)

    assert "1 out · 1 waiting" in report.text


async def test_a_likely_new_version_of_a_brief_is_held(scene: Scene):
    await scene.release(make_document())
    changed = make_document(body=make_draft().body + " Or summer.")

    report = await scene.upload(scene.editor, "one.txt", changed)

    assert "held: likely version" in report.text


async def test_the_queue_says_what_waits_for_which_reason(scene: Scene):
    await scene.upload(scene.editor, "one.txt", make_document(counter_argument="N/A"))

    answer = await scene.ask(scene.owner, "/queue")

    assert answer.text.startswith("1 brief waits:\n1 The grid operator approved")
    assert answer.text.endswith("held: placeholder")


async def test_an_empty_queue_says_so(scene: Scene):
    assert (await scene.ask(scene.editor, "/queue")).text == "Nothing waits."
