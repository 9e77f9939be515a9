"""/subscriptions: a list on buttons, page by page, whose buttons are their own undo."""

from tests.flow.stage import Scene

MANY = ", ".join(f"metal {n:02}" for n in range(20))


async def test_a_tap_stops_a_follow_which_stays_in_sight(scene: Scene):
    await scene.joins(scene.reader, follows="cork, tin")
    await scene.ask(scene.reader, "/subscriptions")

    changed = await scene.tap(scene.reader, "✓ cork")

    assert "You follow 1." in changed.text
    assert sorted(changed.labels) == ["cork", "✓ tin"]


async def test_a_second_tap_goes_on_with_it(scene: Scene):
    await scene.joins(scene.reader, follows="cork, tin")
    await scene.ask(scene.reader, "/subscriptions")
    await scene.tap(scene.reader, "✓ cork")

    changed = await scene.tap(scene.reader, "cork")

    assert sorted(changed.labels) == ["✓ cork", "✓ tin"]


async def test_the_last_follow_stopped_can_be_taken_up_again(scene: Scene):
    await scene.joins(scene.reader, follows="cork")
    await scene.ask(scene.reader, "/subscriptions")
    await scene.tap(scene.reader, "✓ cork")

    changed = await scene.tap(scene.reader, "cork")

    assert changed.labels == ["✓ cork"]


async def test_a_long_list_is_shown_sixteen_at_a_time(scene: Scene):
    await scene.joins(scene.reader, follows=MANY)

    listed = await scene.ask(scene.reader, "/subscriptions")

    assert len(listed.labels) == 17
    assert listed.labels[-1] == "Next ›"


async def test_the_next_page_shows_the_rest(scene: Scene):
    await scene.joins(scene.reader, follows=MANY)
    await scene.ask(scene.reader, "/subscriptions")

    changed = await scene.tap(scene.reader, "Next ›")

    assert changed.labels == [*(f"✓ metal {n}" for n in range(16, 20)), "‹ Back"]


async def test_the_page_before_is_a_tap_away(scene: Scene):
    await scene.joins(scene.reader, follows=MANY)
    listed = await scene.ask(scene.reader, "/subscriptions")
    await scene.tap(scene.reader, "Next ›")

    changed = await scene.tap(scene.reader, "‹ Back")

    assert changed.labels == listed.labels


async def test_a_stop_on_the_second_page_stays_on_the_second_page(scene: Scene):
    await scene.joins(scene.reader, follows=MANY)
    await scene.ask(scene.reader, "/subscriptions")
    await scene.tap(scene.reader, "Next ›")

    changed = await scene.tap(scene.reader, "✓ metal 17")

    assert changed.labels == ["✓ metal 16", "metal 17", "✓ metal 18", "✓ metal 19", "‹ Back"]


async def test_stopping_all_of_the_last_page_leaves_a_page_to_look_at(scene: Scene):
    await scene.joins(scene.reader, follows=", ".join(f"metal {n:02}" for n in range(17)))
    await scene.ask(scene.reader, "/subscriptions")
    await scene.tap(scene.reader, "Next ›")
    await scene.ask(scene.reader, "/unsubscribe metal 01")

    changed = await scene.tap(scene.reader, "✓ metal 16")

    assert "metal 16" in changed.labels


async def test_what_is_stopped_on_the_first_page_stays_at_its_place(scene: Scene):
    await scene.joins(scene.reader, follows=MANY)
    await scene.ask(scene.reader, "/subscriptions")

    changed = await scene.tap(scene.reader, "✓ metal 03")

    assert changed.labels[3] == "metal 03"


async def test_a_list_of_mutes_alone_has_a_page(scene: Scene):
    await scene.joins(scene.reader)
    await scene.ask(scene.reader, "/mute cork")

    listed = await scene.ask(scene.reader, "/subscriptions")

    assert listed.text.endswith("Muted: cork")


async def test_an_old_button_of_a_page_far_away_shows_the_last_page(scene: Scene):
    await scene.joins(scene.reader, follows="cork")
    listed = await scene.ask(scene.reader, "/subscriptions")
    scene.forge(listed, "1lp.zz")

    changed = await scene.tap(scene.reader, "forged", listed)

    assert changed.labels == ["✓ cork"]
