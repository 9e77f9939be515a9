"""What people send besides commands: hostile names, edits, stickers, forwards, nonsense."""

from tests.factories import make_document
from tests.flow.stage import Scene

HOSTILE = [
    "<b>bold</b>",
    "</code>&lt;&amp;",
    "{ $subject } { -x }",
    "مخزن البطاريات",
    "*_~`[x](tg://user?id=1)",
    "👩‍👩‍👧‍👦 family",
    "%s %(x)s \\n $1",
    "'; DROP TABLE follow; --",
    "x" * 64,
]


async def test_a_hostile_name_is_followed_as_it_is_written(scene: Scene):
    await scene.joins(scene.reader)

    said = await scene.answers(scene.reader, HOSTILE)

    assert [answer.partition(". Nothing carried")[0] for answer in said] == [
        f"You follow {name}" for name in HOSTILE
    ]


async def test_a_hostile_name_comes_back_in_the_list(scene: Scene):
    await scene.joins(scene.reader)
    await scene.answers(scene.reader, HOSTILE)

    listed = await scene.ask(scene.reader, "/subscriptions")

    shown = sorted(label.removesuffix("…") for label in listed.labels)
    wanted = sorted(f"✓ {name}" for name in HOSTILE)
    assert all(name.startswith(label) for name, label in zip(wanted, shown, strict=True))


async def test_characters_that_hide_do_no_harm(scene: Scene):
    await scene.joins(scene.reader)
    hiding = ["\u202egpj.exe", "zero\u0000byte", "mark\ufdd0of"]

    said = await scene.answers(scene.reader, hiding)

    assert [answer[:11] for answer in said] == ["You follow "] * 3


async def test_signs_alone_are_no_name(scene: Scene):
    await scene.joins(scene.reader)

    said = await scene.answers(scene.reader, ["!!!", "…", "🙂", "- , -"])

    assert [answer.partition(" Send")[0] for answer in said] == [
        "I can't read a name in that."
    ] * 4


async def test_what_is_no_name_gets_an_example(scene: Scene):
    await scene.joins(scene.reader)

    said = await scene.answers(scene.reader, ["x" * 4000, "two\nlines", "x" * 65])

    assert [answer.partition(". /help")[0] for answer in said] == [
        "To follow something, send its name, such as satellites"
    ] * 3


async def test_a_name_too_long_for_a_command_is_refused_in_words(scene: Scene):
    await scene.joins(scene.reader)
    commands = ["/subscribe", "/unsubscribe", "/mute", "/unmute"]

    said = await scene.answers(scene.reader, [f"{command} {'x' * 65}" for command in commands])

    assert [answer.partition(" Send")[0] for answer in said] == [
        "That is too long for a name."
    ] * 4


async def test_an_unknown_command_points_to_help(scene: Scene):
    said = await scene.answers(scene.reader, ["/no_such_thing", "/digestx", "/1"])

    assert said == ["I don't know that one. /help lists what I can do."] * 3


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


async def test_what_holds_no_text_stops_nothing(scene: Scene):
    file = {"file_id": "f", "file_unique_id": "f", "width": 9, "height": 9}
    contents = [
        {"sticker": file | {"type": "regular", "is_animated": False, "is_video": False}},
        {"photo": [file]},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"some_new_thing": {"a": 1}},
    ]
    message = scene.message_of(scene.reader, "")
    del message["text"]

    for content in contents:
        await scene.send_raw("message", message | content, chat_id=scene.reader.id)

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
