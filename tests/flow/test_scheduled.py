"""The digest at the reader's hour: what is in it, what never is, and when it comes."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from bot.playground.faults import Fault
from storage import markers, slots, subscribers
from tests.conftest import DATABASES
from tests.factories import at, make_document
from tests.flow.stage import Scene, texts_to
from tests.flow.test_asking_now import about_storage

BOTH = pytest.mark.parametrize("database_url", DATABASES, indirect=True)


def digests(scene: Scene) -> list[str]:
    """Return the digests that stand in the reader's chat."""
    return [text for text in texts_to(scene.reader) if text.startswith("1 · ")]


@BOTH
async def test_the_digest_comes_at_the_reader_s_hour(scene: Scene):
    await scene.release(make_document())
    await scene.joins(scene.reader, follows="battery storage", zone="Berlin")
    await scene.move_to(at(19) - (at(1 / 3600) - at()))

    await scene.move(seconds=1)

    (digest,) = [m for m in scene.reader.messages if m.text.startswith("1 · ")]
    assert digest.date == datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


HOUR, YEAR = timedelta(hours=1), timedelta(days=365)


@BOTH
@pytest.mark.parametrize(
    ("noted", "at_", "by", "number"),
    [
        pytest.param("zones", timedelta(), -HOUR, 0, id="old rules of its zone"),
        pytest.param("pulse", YEAR, YEAR, 10**8, id="a clock a year ahead"),
    ],
)
async def test_a_slot_that_was_put_wrong_comes_at_its_hour(
    scene: Scene, noted: str, at_: timedelta, by: timedelta, number: int
):
    await scene.release(make_document())
    await scene.joins(scene.reader, follows="battery storage", zone="Berlin")
    await scene.bot.stop()
    async with scene.db.writing() as tx:
        (slot,) = await slots.list_slots(tx, after=None, limit=9)
        wrong = (slot.chat_id, slot.due_at + by, slot.number + number)
        await slots.set_slots(tx, slots=[wrong])
        await markers.put(tx, name=noted, value="{}", now=scene.clock.now() + at_)
    await scene.restart()

    await scene.move(hours=18)
    await scene.move(hours=1)

    (digest,) = [m for m in scene.reader.messages if m.text.startswith("1 · ")]
    assert digest.date == datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


async def test_before_the_hour_nothing_comes(scene: Scene):
    await scene.release(make_document())
    await scene.joins(scene.reader, follows="battery storage", zone="Berlin")

    await scene.move(hours=18, minutes=59, seconds=59)

    assert await scene.said_until_help(scene.reader) == []


@BOTH
async def test_briefs_stand_by_impact_each_with_its_counter_argument(scene: Scene):
    await scene.release(about_storage(1, 2.0), about_storage(2, 9.0), about_storage(3, 5.0))
    await scene.joins(scene.reader, follows="battery storage")

    await scene.move(hours=20)

    (digest,) = digests(scene)
    places = [digest.index(f"Site {n} was approved") for n in (2, 3, 1)]
    assert places == sorted(places)
    assert digest.count("Counterpoint Critics object: c") == 3


async def test_what_a_refused_digest_did_not_bring_comes_with_the_next(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage", zone="UTC")
    strange = Fault(method="sendMessage", code=400, description="Bad Request: SOMETHING_NEW")
    scene.playground.faults.add(strange)
    await scene.move(hours=20)

    await scene.move(hours=24)

    (digest,) = digests(scene)
    assert digest.startswith("1 · Site 1 was approved.")


async def test_equal_impact_stands_by_confidence(scene: Scene):
    await scene.release(
        make_document(confidence="0.5"),
        make_document(body="A strait was closed.", confidence="0.9"),
    )
    await scene.joins(scene.reader, follows="battery storage")

    await scene.move(hours=20)

    (digest,) = digests(scene)
    assert digest.startswith("1 · A strait was closed.")


async def test_until_the_zone_is_known_it_comes_without_a_sound(scene: Scene):
    await scene.release(make_document())
    await scene.joins(scene.reader, follows="battery storage")

    await scene.move(hours=20)

    assert scene.reader.messages[-1].silent


async def test_where_the_zone_is_known_it_makes_itself_heard(scene: Scene):
    await scene.release(make_document())
    await scene.joins(scene.reader, follows="battery storage", zone="UTC")

    await scene.move(hours=20)

    assert not scene.reader.messages[-1].silent


@BOTH
async def test_no_brief_comes_twice_in_a_week(scene: Scene):
    await scene.joins(scene.reader, follows="battery storage")

    for day in range(7):
        await scene.release(about_storage(day))
        await scene.move(days=1)

    said = "\n".join(digests(scene))
    assert [said.count(f"Site {day} was approved") for day in range(7)] == [1] * 7


async def test_planning_twice_for_one_hour_sends_one_digest(scene: Scene):
    await scene.release(make_document())
    await scene.joins(scene.reader, follows="battery storage")
    await scene.move(hours=20)

    await scene.bot.plan()
    await scene.all_sent()

    assert len(digests(scene)) == 1


async def test_who_has_had_a_first_digest_hears_nothing_when_nothing_matches(scene: Scene):
    await scene.release(make_document())
    await scene.joins(scene.reader, follows="battery storage")
    await scene.move(days=1)
    scene.reader.expect()

    await scene.move(days=1)

    assert await scene.said_until_help(scene.reader) == []


async def test_a_first_slot_without_a_match_answers_with_the_day_s_first_brief(scene: Scene):
    await scene.release(make_document())
    await scene.joins(scene.reader, follows="cork")

    await scene.move(hours=20)

    (digest,) = digests(scene)
    assert "Nothing matched what you follow" in digest


async def test_a_brief_of_a_story_already_in_it_is_counted_there(scene: Scene):
    second = "A battery park beside the landing point was approved, the operator confirmed."
    names = '["Northland Grid", "Cape Harbour", "Grid Weekly"]'
    await scene.release(
        make_document(entities=names),
        make_document(body=second, entities=names, impact_score="3"),
    )
    await scene.joins(scene.reader, follows="battery storage")

    await scene.move(hours=20)

    (digest,) = digests(scene)
    assert "+1 on this" in digest
    assert second not in digest


async def test_a_brief_below_the_reader_s_impact_floor_stays_out(scene: Scene):
    await scene.release(about_storage(1, 3.0), about_storage(2, 7.0))
    await scene.joins(scene.reader, follows="battery storage")
    await _prefer(scene, impact_floor=5.0)

    await scene.move(hours=20)

    (digest,) = digests(scene)
    assert "Site 1 was approved" not in digest


async def test_a_brief_without_confidence_fails_a_set_confidence_floor(scene: Scene):
    await scene.release(make_document(confidence=None), about_storage(2))
    await scene.joins(scene.reader, follows="battery storage")
    await _prefer(scene, confidence_floor=0.5)

    await scene.move(hours=20)

    (digest,) = digests(scene)
    assert "The grid operator" not in digest


async def test_a_changed_zone_moves_the_digest(scene: Scene):
    await scene.release(make_document())
    await scene.joins(scene.reader, follows="battery storage", zone="Berlin")
    await scene.ask(scene.reader, "/timezone New York")

    await scene.move_to(at(25))

    (digest,) = [m for m in scene.reader.messages if m.text.startswith("1 · ")]
    assert digest.date == datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


async def test_a_zone_further_west_brings_no_second_digest_of_a_day(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage", zone="Berlin")
    await scene.move(hours=19)
    await scene.release(about_storage(2))
    await scene.ask(scene.reader, "/timezone New York")

    await scene.move(hours=8)

    assert len(digests(scene)) == 1


async def test_the_night_in_which_clocks_go_back_brings_one_digest(scene: Scene):
    await scene.move_to(datetime(2027, 10, 30, 12, 0, tzinfo=UTC))
    await scene.release(about_storage(1), about_storage(2))
    await scene.joins(scene.reader, follows="battery storage", zone="Berlin")
    await scene.ask(scene.reader, "/time 02:30")
    await scene.move_to(datetime(2027, 10, 31, 0, 30, tzinfo=UTC))
    await scene.release(about_storage(3))

    await scene.move_to(datetime(2027, 10, 31, 1, 30, tzinfo=UTC))

    assert len(digests(scene)) == 1


async def test_the_hour_that_clocks_skip_comes_later_by_the_gap(scene: Scene):
    await scene.move_to(datetime(2027, 3, 27, 12, 0, tzinfo=UTC))
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage", zone="Berlin")
    await scene.ask(scene.reader, "/time 02:30")

    await scene.move_to(datetime(2027, 3, 28, 1, 30, tzinfo=UTC))

    assert len(digests(scene)) == 1


@BOTH
async def test_an_outage_over_the_hour_ends_in_one_late_digest(scene: Scene):
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    await scene.bot.stop()
    scene.clock.move_to(at(25))
    await scene.restart()

    await scene.move(seconds=1)

    (digest,) = digests(scene)
    assert "Late: this was due on Monday 08:00. Nothing is lost." in digest


async def test_an_outage_of_days_ends_in_one_digest(scene: Scene):
    await _has_had_a_digest(scene)
    await scene.release(about_storage(2))
    await scene.bot.stop()
    scene.clock.move_to(at(days=4))
    await scene.restart()

    await scene.move(seconds=1)

    _, late = digests(scene)
    assert late.startswith("1 · Site 2 was approved.")


async def test_late_with_the_next_hour_near_it_is_merged_into_that(scene: Scene):
    await _has_had_a_digest(scene)
    await scene.release(about_storage(2))
    await scene.bot.stop()
    scene.clock.move_to(at(67))
    await scene.restart()
    await scene.move(seconds=1)
    assert len(digests(scene)) == 1

    await scene.move_to(at(68))

    _, merged = digests(scene)
    assert merged.startswith("1 · Site 2 was approved.")


async def _has_had_a_digest(scene: Scene) -> None:
    await scene.release(about_storage(1))
    await scene.joins(scene.reader, follows="battery storage")
    await scene.move(hours=21)


async def _prefer(scene: Scene, **changed: float) -> None:
    async with scene.db.writing() as tx:
        reader = await subscribers.find_subscriber(tx, chat_id=scene.reader.id)
        assert reader is not None
        wanted = dataclasses.replace(reader.preferences, **changed)
        await subscribers.set_preferences(tx, chat_id=reader.chat_id, preferences=wanted)
