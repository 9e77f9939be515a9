"""Editors send documents; every brief of them is stored or refused, and reported."""

import io
import json
import threading
import zipfile
from collections.abc import Iterator

import pytest

from bot.ingest.load import Document
from bot.ingest.results import DocumentKind
from storage import briefs
from storage.model.brief import BriefState
from tests.conftest import DATABASES
from tests.factories import make_document
from tests.flow.stage import Scene
from tests.flow.test_asking_now import about_storage

BOTH = pytest.mark.parametrize("database_url", DATABASES, indirect=True)


def zipped(**files: bytes) -> bytes:
    """Return a zip of documents by name."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.txt", data)
    return kept.getvalue()


def as_json(number: int) -> dict[str, object]:
    """Return a brief as a JSON document has it."""
    return {
        "body": f"Site {number} was approved.",
        "counter_argument": f"Critics of site {number} say that its water use was never weighed.",
        "topics": ["battery storage"],
        "entities": [f"Company {number}"],
        "impact_score": 5,
    }


async def waiting(scene: Scene) -> list[int]:
    """Return the ids of the briefs that wait for an editor."""
    async with scene.db.reading() as tx:
        found = await briefs.list_in_state(tx, state=BriefState.QUEUED, limit=99)
    return [brief.id for brief in found]


@BOTH
async def test_a_good_document_waits_for_its_editor(scene: Scene):
    report = await scene.upload(scene.editor, "one.txt", make_document())

    assert report.text.startswith("1 brief in one.txt\n0 out · 1 waiting")
    assert report.labels == ["Publish 1"]
    assert await waiting(scene) == [1]


async def test_a_broken_document_is_refused_with_every_fault(scene: Scene):
    broken = make_document(impact_score="11", counter_argument="", topics="[unclosed")

    report = await scene.upload(scene.editor, "bad.txt", broken)

    assert "1 refused" in report.text
    assert "impact_score is 11" in report.text
    assert report.labels == []


async def test_a_broken_brief_does_not_stop_the_good_ones_beside_it(scene: Scene):
    data = zipped(a=make_document(), b=make_document(impact_score="11"), c=about_storage(3))

    report = await scene.upload(scene.editor, "day.zip", data)

    assert "2 waiting" in report.text
    assert "1 refused" in report.text


async def test_lines_of_json_are_a_brief_each(scene: Scene):
    lines = "\n".join(json.dumps(as_json(n)) for n in range(3)).encode()

    report = await scene.upload(scene.editor, "day.jsonl", lines)

    assert report.text.startswith("3 briefs in day.jsonl\n0 out · 3 waiting")


async def test_a_document_sent_twice_is_stored_once(scene: Scene):
    await scene.upload(scene.editor, "one.txt", make_document())

    report = await scene.upload(scene.editor, "again.txt", make_document())

    assert "1 already stored" in report.text
    assert await waiting(scene) == [1]


async def test_what_is_no_document_is_refused_in_words(scene: Scene):
    names = ["photo.png", "brief.docx", "brief", "brief.txt.exe"]

    said = [(await scene.upload(scene.editor, name, b"\x89PNG")).text for name in names]

    assert [answer.partition(",")[0] for answer in said] == ["I read .txt"] * 4


async def test_a_damaged_zip_is_refused_in_words(scene: Scene):
    answer = await scene.upload(scene.editor, "day.zip", zipped(a=make_document())[:80])

    assert answer.text.startswith("I read .txt, .json, .jsonl and .zip files")


async def test_a_damaged_entry_of_a_zip_is_refused_alone(scene: Scene):
    whole = bytearray(zipped(a=make_document(), b=about_storage(2)))
    start = whole.index(b"a.txt") + len(b"a.txt")
    whole[start : start + 8] = b"\xff" * 8

    report = await scene.upload(scene.editor, "day.zip", bytes(whole))

    assert "1 waiting" in report.text
    assert "1 refused" in report.text


async def test_an_empty_zip_holds_nothing_to_read(scene: Scene):
    answer = await scene.upload(scene.editor, "day.zip", zipped())

    assert answer.text == "There is nothing to read in it."


async def test_bytes_that_are_no_text_are_refused_in_words(scene: Scene):
    report = await scene.upload(scene.editor, "one.txt", bytes(range(256)) * 4)

    assert "1 refused" in report.text


async def test_a_file_larger_than_can_be_fetched_is_refused_with_its_size(scene: Scene):
    document = {"file_id": "f", "file_unique_id": "u", "file_name": "one.txt"}
    message = scene.message_of(scene.editor, "") | {
        "document": document | {"file_size": 3 * 10**7}
    }
    del message["text"]
    scene.editor.expect()

    await scene.receive({"message": message})

    answer = await scene.editor.next_reply()
    assert answer.text.startswith("That file has 30 MB; I can fetch at most 20 MB.")


async def test_a_hostile_file_name_is_shown_as_it_is(scene: Scene):
    report = await scene.upload(scene.editor, "<b>&amp;\u202ecod.txt", make_document())

    assert "<b>&amp;" in report.text


async def test_documents_are_read_beside_the_event_loop(scene: Scene):
    threads = []

    def documents() -> Iterator[Document]:
        threads.append(threading.current_thread())
        yield Document(file="one.txt", kind=DocumentKind.TEXT, data=make_document())

    await scene.parts.intake.take_batch(
        documents(), way="chat", publish="never", now=scene.clock.now()
    )

    assert threads != [threading.main_thread()]


async def test_a_pasted_brief_is_taken_in(scene: Scene):
    report = await scene.ask(scene.editor, make_document().decode())

    assert report.text.startswith("1 brief in pasted.txt\n0 out · 1 waiting")


async def test_what_an_editor_types_is_followed_as_anybody_s(scene: Scene):
    await scene.joins(scene.editor)

    answer = await scene.ask(scene.editor, "cork")

    assert answer.text.startswith("You follow cork.")


async def test_a_long_report_says_how_many_lines_it_leaves_out(scene: Scene):
    lines = "\n".join(json.dumps(as_json(n)) for n in range(80)).encode()

    report = await scene.upload(scene.editor, "day.jsonl", lines)

    assert " more lines" in report.text.splitlines()[-1]
    assert "Site 0 was approved." in report.text
