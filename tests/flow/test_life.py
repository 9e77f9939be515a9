"""Whatever happens, and in whatever order: what a reader wants comes, once, and nothing else."""

import shutil

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.flow.account import NAMES
from tests.flow.life import Life
from tests.flow.making import furnish
from tests.flow.stage import open_scene

READER = st.sampled_from([0, 1])
NAME = st.sampled_from(NAMES)
SOME = st.sets(NAME, min_size=1, max_size=2)
TIMES = st.sets(st.integers(0, 23), min_size=1, max_size=3)
ZONE = st.sampled_from(["UTC", "Asia/Tokyo", "Europe/Berlin"])
HOURS = st.sampled_from([1, 2, 5, 11, 24, 30])
LONG = st.sampled_from([1, 3, 13, 25, 50, 80])
DEEDS = st.one_of(
    st.tuples(st.just("publish"), SOME, st.integers(1, 9)),
    st.tuples(st.just("publish"), SOME, st.integers(1, 9)),
    st.tuples(st.just("follow"), READER, NAME),
    st.tuples(st.just("follow"), READER, NAME),
    st.tuples(st.just("unfollow"), READER, NAME),
    st.tuples(st.just("mute"), READER, NAME),
    st.tuples(st.just("unmute"), READER, NAME),
    st.tuples(st.just("ask_now"), READER),
    st.tuples(st.just("pause"), READER),
    st.tuples(st.just("resume"), READER),
    st.tuples(st.just("change_hours"), READER, TIMES),
    st.tuples(st.just("travel"), READER, ZONE),
    st.tuples(st.just("block"), READER),
    st.tuples(st.just("unblock"), READER),
    st.tuples(st.just("retract"), st.integers(0, 30)),
    st.tuples(st.just("hours"), HOURS),
    st.tuples(st.just("hours"), HOURS),
    st.tuples(st.just("be_away"), LONG),
    st.tuples(st.just("lose_telegram"), LONG, SOME),
    st.tuples(st.just("be_refused"), READER),
)
LIVES = st.lists(DEEDS, min_size=6, max_size=14)


async def live(url, deeds):
    async with open_scene(url, is_furnished=True) as scene:
        life = Life(scene)
        await life.begin()
        for deed in deeds:
            await life.happen(*deed)
        await life.end()
        assert scene.faults_of_messages() == []
        assert scene.unscripted_refusals() == []


async def live_on_sqlite(furnished, tmp_path_factory, deeds):
    store = tmp_path_factory.mktemp("life") / "life.db"
    shutil.copy(furnished, store)
    await live(f"sqlite:///{store}", deeds)


@settings(max_examples=5, deadline=None, derandomize=True)
@given(deeds=LIVES)
@example(deeds=[("lose_telegram", 50, {NAMES[0]})])
@example(deeds=[("publish", {NAMES[1]}, 5), ("be_refused", 0), ("block", 1), ("hours", 30)])
async def test_g6_what_is_wanted_comes_once_whatever_happens(
    furnished_sqlite, tmp_path_factory, deeds
):
    await live_on_sqlite(furnished_sqlite, tmp_path_factory, deeds)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, derandomize=False)
@given(deeds=LIVES)
async def test_g6_what_is_wanted_comes_once_in_many_lives(
    furnished_sqlite, tmp_path_factory, deeds
):
    await live_on_sqlite(furnished_sqlite, tmp_path_factory, deeds)


@pytest.mark.slow
@pytest.mark.postgres
@settings(max_examples=100, deadline=None, derandomize=False)
@given(deeds=LIVES)
async def test_g6_what_is_wanted_comes_once_on_postgresql(postgres_spares, deeds):
    url = await postgres_spares.take()
    try:
        await furnish(url)
        await live(url, deeds)
    finally:
        await postgres_spares.give_back(url)
