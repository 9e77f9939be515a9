"""A follow delivers: what matching reaches on the labelled set, by either labelling.

`make matching` prints the whole table.
"""

import pytest

from tests.unit.matching.labelled import Score, View, compare, find_ours, load_set, score


@pytest.fixture(scope="module")
def labelled(shipped_lexicon):
    return load_set(shipped_lexicon)


@pytest.fixture(scope="module", params=[0, 1], ids=["labelling A", "labelling B"])
def reached(labelled, request) -> Score:
    return score(find_ours(labelled), labelled.labels[request.param])


def test_g14_nine_of_ten_deliveries_are_wanted(reached):
    assert reached.precision >= 0.90


def test_g14_seven_of_ten_wanted_briefs_are_delivered(reached):
    assert reached.recall >= 0.70


def test_g14_at_most_one_follow_in_ten_is_silent(reached):
    assert reached.silent_share <= 0.10


def test_g14_the_set_is_large_enough_to_tell(labelled):
    assert (len(labelled.briefs), len(labelled.follows)) >= (120, 60)


def test_g14_the_two_labellings_agree(labelled):
    assert compare(labelled).kappa > 0.9


def test_g14_no_label_names_what_is_not_there(labelled):
    follows = {follow for view in labelled.labels for follow, _ in view.wanted}
    briefs = {brief for view in labelled.labels for _, brief in view.wanted}

    assert follows <= labelled.follows.keys()
    assert briefs <= labelled.briefs.keys()


def test_a_score_counts_wrong_missed_silent():
    wanted = frozenset({("Space", "b1"), ("Space", "b2"), ("Trade", "b1")})
    found = {("Space", "b1"), ("Space", "b3"), ("Sport", "b1")}

    reached = score(found, View(name="", wanted=wanted))

    assert reached == Score(precision=1 / 3, recall=1 / 3, silent=("Trade",), asked=2)


def test_a_score_leaves_out_pairs_in_dispute():
    wanted = frozenset({("Space", "b1")})
    disputed = frozenset({("Space", "b2")})

    reached = score(wanted | disputed, View(name="", wanted=wanted, disputed=disputed))

    assert reached.precision == 1
