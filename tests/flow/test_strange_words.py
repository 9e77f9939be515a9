"""What people send besides commands: hostile names, edits, stickers, forwards, nonsense."""

import pytest

from tests.factories import make_document
from tests.flow.stage import Scene

HOSTILE = [
    pytest.param("<b>bold</b>", id="tags"),
    pytest.param("</code>&lt;&amp;", id="entities"),
    pytest.param("{ $subject } { -x }", id="a placeable"),
    pytest.param("مخزن البطاريات", id="right to left"),
    pytest.param("*_~`[x](tg://user?id=1)", id="marks of Markdown"),
    pytest.param("👩‍👩‍👧‍👦 family", id="joined emoji"),
    pytest.param("%s %(x)s \\n $1", id="formats"),
    pytest.param("'; DROP TABLE follow; --", id="a statement"),
    pytest.param("x" * 64, id="the longest"),
]


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_name_is_followed_as_it_is_written(scene: Scene, name: str):
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, name)

    assert answer.text.startswith(f"You follow {name}.")


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_name_comes_back_in_the_list(scene: Scene, name: str):
    await scene.joins(scene.reader)
    await scene.ask(scene.reader, name)

    listed = await scene.ask(scene.reader, "/subscriptions")

    (label,) = listed.labels
    assert f"✓ {name}".startswith(label.removesuffix("…"))


@pytest.mark.parametrize("name", ["\u202egpj.exe", "zero\u0000byte", "mark\ufdd0of"])
async def test_characters_that_hide_do_no_harm(scene: Scene, name: str):
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, name)

    assert answer.text.startswith("You follow ")


@pytest.mark.parametrize("typed", ["!!!", "…", "🙂", "- , -"])
async def test_signs_alone_are_no_name(scene: Scene, typed: str):
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, typed)

    assert answer.text.startswith("I can't read a name in that.")


@pytest.mark.parametrize("typed", ["x" * 4000, "two\nlines", "x" * 65], ids=["4000", "two", "65"])
async def test_what_is_no_name_gets_an_example(scene: Scene, typed: str):
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, typed)

    assert answer.text.startswith("To follow something, send its name, such as satellites.")


@pytest.mark.parametrize("command", ["/subscribe", "/unsubscribe", "/mute", "/unmute"])
async def test_a_name_too_long_for_a_command_is_refused_in_words(scene: Scene, command: str):
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, f"{command} {'x' * 65}")

    assert answer.text.startswith("That is too long for a name.")


@pytest.mark.parametrize("typed", ["/no_such_thing", "/digestx", "/1"])
async def test_an_unknown_command_points_to_help(scene: Scene, typed: str):
    answer = await scene.ask(scene.reader, typed)

    assert answer.text == "I don't know that one. /help lists what I can do."


async def test_commands_in_capitals_are_understood(scene: Scene):
    answer = await scene.ask(scene.reader, "/HELP")

    assert answer.text.startswith("How Counterpoint works")


async def test_an_edited_message_has_no_effect(scene: Scene):
    await scene.joins(scene.reader)
    said = await scene.reader.say("cork")
    await scene.reader.next_reply()

    await scene.reader.edit(said["message_id"], "tin")

    assert await scene.said_until_help(scene.reader) == []
    assert (await scene.ask(scene.reader, "/subscriptions")).labels == ["✓ cork"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param({"sticker": {"file_id": "s", "file_unique_id": "s"}}, id="sticker"),
        pytest.param({"photo": [{"file_id": "p", "file_unique_id": "p"}]}, id="photo"),
        pytest.param({"dice": {"emoji": "🎲", "value": 3}}, id="dice"),
        pytest.param({"some_new_thing": {"a": 1}}, id="what is yet unknown"),
    ],
)
async def test_what_holds_no_text_stops_nothing(scene: Scene, content: dict[str, object]):
    shaped = {"width": 9, "height": 9, "is_animated": False, "is_video": False, "type": "regular"}
    first = {
        name: [{**one[0], **shaped}] if isinstance(one, list) else {**one, **shaped}
        for name, one in content.items()
    }
    message = scene.message_of(scene.reader, "")
    del message["text"]

    await scene.send_raw("message", message | first, chat_id=scene.reader.id)

    assert (await scene.ask(scene.reader, "/help")).text.startswith("How Counterpoint works")


async def test_a_long_brief_is_turned_page_by_page(scene: Scene):
    body = "\n\n".join(
        [
            "A dam was opened.",
            *(f"Part {n}. " + f"word{n} " * 120 for n in range(12)),
            "The very end.",
        ]
    )
    (brief_id,) = await scene.release(make_document(body=body))
    await scene.joins(scene.reader)
    pages = [await scene.ask(scene.reader, f"/brief {brief_id}")]

    while "Read on" in pages[-1].labels:
        pages.append(await scene.tap(scene.reader, "Read on", pages[-1]))

    assert len(pages) > 2
    assert "The very end." in pages[-1].text
    assert "Counterpoint" in pages[0].text


async def test_hostile_briefs_are_shown_as_they_are(scene: Scene):
    hostile = "A law on <script>alert(1)</script> & </blockquote> tags passed."
    (brief_id,) = await scene.release(make_document(body=hostile))
    await scene.joins(scene.reader)

    brief = await scene.ask(scene.reader, f"/brief {brief_id}")

    assert brief.text.startswith(hostile)
