"""The last place, which is kept for a follow that would else not be shown."""

from bot.digest.rank import seat_of
from bot.digest.window import Window
from tests.unit.digest.candidates import list_shown, make_candidate, make_window


def crowded() -> Window:
    """Return a window where follow 1 wants eight briefs, and follows 2 to 4 a lesser one each."""
    briefs = [make_candidate(n, impact=9) for n in range(1, 9)]
    rare = [make_candidate(n, impact=n - 20) for n in (21, 22, 23)]
    wants = {1: range(1, 9), 2: [21], 3: [22], 4: [23]}
    return make_window(*briefs, *rare, wants=wants)


def test_without_a_seat_the_most_consequential_fill_every_place():
    assert list_shown(crowded(), follows=(1, 2, 3, 4)) == [1, 2, 3, 4, 5, 6, 7]


def test_the_last_place_goes_to_each_rare_follow_in_turn():
    turns = [list_shown(crowded(), follows=(1, 2, 3, 4), seat=seat) for seat in range(4)]

    assert [turn[:6] for turn in turns] == [[1, 2, 3, 4, 5, 6]] * 4
    assert [turn[6] for turn in turns] == [21, 22, 23, 21]


def test_a_seat_is_kept_only_where_something_is_left_over():
    window = make_window(make_candidate(1), make_candidate(2), wants={1: [1], 2: [2]})

    assert all(list_shown(window, follows=(1, 2), seat=seat) == [1, 2] for seat in range(3))


def test_a_single_item_gives_its_place_to_nobody():
    window = make_window(
        make_candidate(1, impact=9, seconds=100), make_candidate(2), wants={1: [1], 2: [2]}
    )

    assert all(
        list_shown(window, follows=(1, 2), seconds=60, seat=seat) == [1] for seat in range(3)
    )


def test_a_seat_is_not_kept_for_what_does_not_fit():
    briefs = [make_candidate(n, impact=9, seconds=60, units=480) for n in range(1, 9)]
    too_long = [make_candidate(21, units=2000), make_candidate(22, seconds=600)]
    window = make_window(*briefs, *too_long, wants={1: range(1, 9), 2: [21], 3: [22]})

    turns = [list_shown(window, follows=(1, 2, 3), seconds=420, seat=seat) for seat in range(2)]

    assert turns == [[1, 2, 3, 4, 5, 6, 7]] * 2


def test_a_follow_that_is_shown_already_gets_no_second_seat():
    briefs = [make_candidate(n, impact=9) for n in range(1, 9)]
    window = make_window(*briefs, make_candidate(21), wants={1: range(1, 9), 2: [1, 21]})

    assert all(list_shown(window, follows=(1, 2), seat=seat)[6] == 7 for seat in range(3))


def test_what_is_shown_with_a_seat_stands_in_order_of_impact():
    briefs = [make_candidate(n, impact=9, units=500) for n in range(1, 7)]
    low = make_candidate(7, impact=1, units=100)
    rare = make_candidate(21, impact=5, units=800)
    window = make_window(*briefs, low, rare, wants={1: range(1, 8), 2: [21]})

    assert list_shown(window, follows=(1, 2), seat=0) == [1, 2, 3, 4, 5, 6, 21]


def test_seats_take_turns_from_day_to_day():
    assert [seat_of(-1001, day) - seat_of(-1001, 0) for day in range(4)] == [0, 1, 2, 3]


def test_seats_of_readers_differ_on_the_same_day():
    seats = {seat_of(chat_id, 0) % 7 for chat_id in (-(10**12), -1, 1, 2, 3, 4, 5, 6, 7, 10**12)}

    assert len(seats) > 3
