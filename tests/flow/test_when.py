"""/time, /timezone, /pause and /resume: when digests come."""

from tests.factories import make_document
from tests.flow.stage import Scene


async def test_time_is_understood_as_people_write_it(scene: Scene):
    await scene.joins(scene.reader)
    understood = {
        "07:30": "07:30",
        "7:30pm": "19:30",
        "7 pm": "19:00",
        "12am": "00:00",
        "18h30": "18:30",
        "18:00 07:30": "07:30 and 18:00",
        "7, 12, 19": "07:00, 12:00, and 19:00",
        "7 7:00": "07:00",
    }

    said = await scene.answers(scene.reader, [f"/time {typed}" for typed in understood])

    assert [answer.split(" (UTC).")[0] for answer in said] == [
        f"Your digest comes daily at {times}" for times in understood.values()
    ]


async def test_what_is_no_time_is_refused_in_words(scene: Scene):
    await scene.joins(scene.reader)
    refused = {
        "soon": "I can't read “soon” as a time of day. ",
        "25:00": "I can't read “25:00” as a time of day. ",
        "13pm": "I can't read “13pm” as a time of day. ",
        "1 2 3 4": "That is more than 3 times. ",
        ",": "I see no time in that. ",
        "<b>" * 40: "I can't read “<b><b><b><b><b><b><b” as a time of day. ",
    }

    said = await scene.answers(scene.reader, [f"/time {typed}" for typed in refused])

    assert [answer.partition("Send")[0] for answer in said] == list(refused.values())


async def test_a_refused_time_changes_nothing(scene: Scene):
    await scene.joins(scene.reader)
    await scene.ask(scene.reader, "/time 07:30")

    await scene.ask(scene.reader, "/time 06:00 25:00")

    assert "at 07:30" in (await scene.ask(scene.reader, "/time")).text


async def test_time_says_when_the_next_digest_comes(scene: Scene):
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, "/time 18:00")

    assert answer.text.endswith("Next: Sunday 18:00.")


async def test_places_are_understood_as_people_name_them(scene: Scene):
    await scene.joins(scene.reader)
    understood = {
        "Berlin": "Europe/Berlin: it should be 13:00",
        "europe/berlin": "Europe/Berlin: it should be 13:00",
        "München": "Munich, DE: it should be 13:00",
        "New York": "America/New_York: it should be 07:00",
        "UTC": "UTC: it should be 12:00",
        "\u2068Berlin\u2069": "Europe/Berlin: it should be 13:00",
    }

    said = await scene.answers(scene.reader, [f"/timezone {typed}" for typed in understood])

    assert [answer.partition(" there now.")[0] for answer in said] == list(understood.values())


async def test_a_misspelled_place_is_offered_on_buttons(scene: Scene):
    await scene.joins(scene.reader)
    answer = await scene.ask(scene.reader, "/timezone Belrin")

    chosen = await scene.tap(scene.reader, "Berlin, DE", answer)

    assert chosen.text.startswith("Europe/Berlin: it should be 13:00 there now.")


async def test_what_is_no_place_is_refused_in_words(scene: Scene):
    await scene.joins(scene.reader)
    refused = ["qqqqqqqq", "<b>x</b>", "../../etc/passwd", "posixrules"]

    said = await scene.answers(scene.reader, [f"/timezone {typed}" for typed in refused])

    assert [answer.partition(". Try")[0] for answer in said] == [
        f"I know no place called {typed}" for typed in refused
    ]


async def test_until_a_zone_is_told_it_says_which_it_takes(scene: Scene):
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, "/timezone")

    assert answer.text.startswith("I don't know your time zone yet, so I take UTC")


async def test_a_pause_of_days_says_when_the_first_digest_after_it_comes(scene: Scene):
    await scene.joins(scene.reader)

    answer = await scene.ask(scene.reader, "/pause 3")

    assert answer.text == "Paused until Thursday 08:00. Your list stays."


async def test_a_pause_by_button_lasts_as_long_as_it_says(scene: Scene):
    await scene.joins(scene.reader)
    await scene.ask(scene.reader, "/pause")

    answer = await scene.tap(scene.reader, "1 day")

    assert answer.text == "Paused until Tuesday 08:00. Your list stays."


async def test_a_pause_without_an_end_lasts_until_resume(scene: Scene):
    await scene.joins(scene.reader)
    await scene.ask(scene.reader, "/stop")

    answer = await scene.tap(scene.reader, "Until I'm back")

    assert answer.text == "Paused until you send /resume. Your list stays."


async def test_what_is_no_number_of_days_is_refused_in_words(scene: Scene):
    await scene.joins(scene.reader)
    refused = ["soon", "0", "-1", "367", "1.5", "0366999999999999", "9" * 4000, "²"]

    said = await scene.answers(scene.reader, [f"/pause {typed}" for typed in refused])

    assert [answer.partition(" as a number")[0] for answer in said] == [
        f"I can't read “{typed[:20]}”" for typed in refused
    ]


async def test_a_forged_number_of_days_is_an_old_menu(scene: Scene):
    await scene.joins(scene.reader)
    menu = await scene.ask(scene.reader, "/pause")
    scene.forge(menu, "1tp.zzzzzzzzz")

    answer = await scene.reader.tap("forged", message=menu)

    assert answer is not None
    assert answer.text.startswith("That menu is old.")


async def test_nothing_comes_during_a_pause(scene: Scene):
    await scene.release(make_document())
    await scene.joins(scene.reader, follows="battery storage")
    await scene.ask(scene.reader, "/pause 3")

    await scene.move(hours=44)

    assert await scene.said_until_help(scene.reader) == []


async def test_after_a_pause_the_digest_comes_by_itself(scene: Scene):
    await scene.joins(scene.reader, follows="battery storage")
    await scene.ask(scene.reader, "/pause 3")
    await scene.move(days=3)
    await scene.release(make_document())
    scene.reader.expect()

    await scene.move(hours=20)

    assert (await scene.reader.next_reply()).text.startswith("1 · The grid operator")


async def test_resume_says_when_the_next_digest_comes(scene: Scene):
    await scene.joins(scene.reader)
    await scene.ask(scene.reader, "/pause 30")

    answer = await scene.tap(scene.reader, "Resume now")

    assert answer.text == "Welcome back. Your next digest comes Monday 08:00."
