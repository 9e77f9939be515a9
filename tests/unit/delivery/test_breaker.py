"""What the breaker concludes from refusals, by example and over crowds of readers."""

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.botapi.outcomes import BadMessage
from bot.delivery.breaker import (
    CHATS,
    TRY_PROVEN_EVERY,
    TRY_UNPROVEN_EVERY,
    Breaker,
    keys_of,
)
from bot.delivery.retry import SHORTER_TRIES, next_step
from storage.model.delivery import DeliveryState
from storage.model.subscriber import Style
from tests.factories import make_delivery
from tests.flow.desk import make_recipe

NOBODY = frozenset()


def key(number, revision=1):
    return (number, revision, "en", "folded")


def keys(*numbers):
    return tuple(key(number) for number in numbers)


def refused_by_three(breaker, *messages):
    """Let three chats refuse these messages, one each, or the only one all three."""
    messages = messages * (CHATS // len(messages))
    for chat_id, message in enumerate(messages, start=1):
        breaker.refused(message, chat_id, plain=True)


class Crowd:
    """Readers with a digest each, a server that refuses some briefs, and rows that come again."""

    def __init__(self, digests, bad):
        self.breaker = Breaker()
        self.bad = set(bad)
        self.rows = deque((chat_id, digest, 1) for chat_id, digest in enumerate(digests))
        self.got, self.lost = {}, {}
        self.refusals = 0

    def send_all(self):
        while self.rows:
            self.send(*self.rows.popleft())

    def send(self, chat_id, digest, attempt):
        out = self.breaker.left_out(digest, chat_id)
        said = [one for one in digest if one not in out]
        if not said:
            self.lost[chat_id] = digest
        elif self.bad.isdisjoint(said):
            self.breaker.accepted(said, chat_id, plain=False)
            self.got[chat_id] = said
        else:
            self.refusals += 1
            self.breaker.refused(said, chat_id, plain=True)
            if len(digest) > 1 and attempt < SHORTER_TRIES:
                self.rows.append((chat_id, digest, attempt + 1))
            else:
                self.lost[chat_id] = digest


def test_nothing_is_left_out_of_what_was_never_refused():
    assert Breaker().left_out(keys(1, 2), 1) == NOBODY


def test_what_three_digests_have_in_common_is_left_out_of_the_fourth():
    breaker = Breaker()
    refused_by_three(breaker, keys(9, 1), keys(2, 9), keys(9, 3))

    assert breaker.left_out(keys(4, 9, 1), 4) == {key(9)}


def test_two_chats_are_not_enough():
    breaker = Breaker()
    breaker.refused(keys(9, 1), 1, plain=True)
    breaker.refused(keys(9, 2), 2, plain=True)

    assert breaker.left_out(keys(9, 3), 3) == NOBODY


def test_one_chat_that_refuses_three_times_is_not_three_chats():
    breaker = Breaker()
    for other in (1, 2, 3):
        breaker.refused(keys(9, other), 1, plain=True)

    assert breaker.left_out(keys(9, 4), 2) == NOBODY


def test_what_was_accepted_once_is_never_left_out():
    breaker = Breaker()
    breaker.accepted(keys(1, 9), 5, plain=True)
    refused_by_three(breaker, keys(9, 1), keys(9, 2), keys(9, 3))

    assert key(9) not in breaker.left_out(keys(9, 4), 4)


def test_who_is_accepted_elsewhere_leaves_the_blame_to_the_other():
    breaker = Breaker()
    refused_by_three(breaker, keys(1, 9))
    breaker.accepted(keys(1, 2), 4, plain=False)

    assert breaker.left_out(keys(1, 9), 5) == {key(9)}


def test_of_a_digest_that_all_readers_had_another_brief_is_left_out_each_time():
    breaker = Breaker()
    refused_by_three(breaker, keys(1, 2, 3))

    trials = [breaker.left_out(keys(1, 2, 3), chat_id) for chat_id in (4, 5, 6)]

    assert trials == [{key(1)}, {key(2)}, {key(3)}]


def test_a_brief_refused_beside_the_bad_one_is_sent_without_it():
    breaker = Breaker()
    refused_by_three(breaker, keys(1, 9))

    assert breaker.left_out(keys(1, 2), 4) == NOBODY


def test_a_corrected_revision_begins_anew():
    breaker = Breaker()
    refused_by_three(breaker, keys(9))

    assert breaker.left_out((key(9, 2), key(1)), 4) == NOBODY


def test_a_brief_alone_in_its_digest_is_left_out_too():
    breaker = Breaker()
    refused_by_three(breaker, keys(9))

    assert breaker.left_out(keys(9), 4) == {key(9)}


def test_a_chat_that_refused_a_digest_is_not_sent_the_same_again():
    breaker = Breaker()
    breaker.refused(keys(1, 9), 1, plain=True)

    assert len(breaker.left_out(keys(1, 9), 1)) == 1


def test_of_several_that_look_bad_one_stays():
    breaker = Breaker()
    refused_by_three(breaker, keys(8, 1), keys(8, 2), keys(8, 3))
    refused_by_three(breaker, keys(9, 4), keys(9, 5), keys(9, 6))

    assert len(breaker.left_out(keys(8, 9), 7)) == 1


def test_what_looked_bad_beside_a_brief_that_is_proven_bad_begins_anew():
    breaker = Breaker()
    refused_by_three(breaker, keys(8, 1), keys(8, 1, 2), keys(9, 1))
    before = breaker.left_out(keys(1, 3), 4)
    breaker.refused(keys(8), 5, plain=True)

    assert (before, breaker.left_out(keys(1, 3), 4)) == ({key(1)}, NOBODY)


def test_one_strange_refusal_does_not_make_others_begin_anew():
    breaker = Breaker()
    breaker.refused(keys(9, 1), 1, plain=True)
    breaker.refused(keys(9, 2), 2, plain=True)
    strange(breaker, keys(5), chat_id=6)
    breaker.refused(keys(9, 3), 3, plain=True)

    assert breaker.left_out(keys(9, 4), 4) == {key(9)}


@pytest.mark.parametrize(
    ("digests", "every"),
    [
        pytest.param([keys(9)], TRY_PROVEN_EVERY, id="proven"),
        pytest.param([keys(9, 1), keys(9, 2), keys(9, 3)], TRY_UNPROVEN_EVERY, id="unproven"),
    ],
)
def test_what_is_left_out_is_tried_again_now_and_then(digests, every):
    breaker = Breaker()
    refused_by_three(breaker, *digests)

    left_out = [breaker.left_out(keys(9, 4), 4) for _ in range(every)]

    assert left_out == [{key(9)}] * (every - 1) + [NOBODY]


def test_what_passes_when_it_is_tried_again_is_good():
    breaker = Breaker()
    refused_by_three(breaker, keys(9))
    breaker.accepted(keys(9, 1), 4, plain=False)

    assert breaker.left_out(keys(9), 5) == NOBODY


def test_a_bad_brief_is_told_of_once_for_all_its_languages():
    told = []
    breaker = Breaker(on_bad=lambda *pair: told.append(pair))
    for language in ("en", "es"):
        one = (9, 1, language, "folded")
        refused_by_three(breaker, (one,))
        breaker.left_out((one,), 4)
        breaker.left_out((one,), 5)

    assert told == [(9, 1)]


def test_what_is_left_out_for_a_trial_is_not_told_of():
    told = []
    breaker = Breaker(on_bad=lambda *pair: told.append(pair))
    refused_by_three(breaker, keys(1, 2))
    breaker.left_out(keys(1, 2), 4)

    assert told == []


def test_what_a_message_lacked_that_passed_on_trial_is_told_of():
    told = []
    breaker = Breaker(on_bad=lambda *pair: told.append(pair))
    breaker.refused(keys(9, 1), 1, plain=True)
    breaker.left_out(keys(9, 1), 1)
    breaker.accepted(keys(1), 1, plain=False)

    assert told == [(9, 1)]


def test_what_a_message_lacked_while_others_may_be_to_blame_is_not_told_of():
    told = []
    breaker = Breaker(on_bad=lambda *pair: told.append(pair))
    breaker.refused(keys(1, 2, 3), 1, plain=True)
    breaker.left_out(keys(1, 2, 3), 1)
    breaker.accepted(keys(2), 1, plain=False)

    assert told == []


@pytest.mark.parametrize(
    ("attempts", "state"),
    [(SHORTER_TRIES - 2, DeliveryState.PENDING), (SHORTER_TRIES - 1, DeliveryState.POISONED)],
)
def test_a_message_that_may_say_less_comes_again_so_often(attempts, state):
    delivery = make_delivery(attempts=attempts)

    step = next_step(BadMessage("too long"), delivery, jitter=0.5, may_say_less=True)

    assert step.state is state


def test_refused_formatting_leaves_nothing_out():
    breaker = Breaker()
    for chat_id in (1, 2, 3):
        breaker.refused(keys(9), chat_id, plain=False)
        breaker.accepted(keys(9), chat_id, plain=True)

    assert breaker.left_out(keys(9), 4) == NOBODY


def test_what_three_chats_refused_formatted_goes_plain():
    breaker = Breaker()
    for chat_id in (1, 2, 3):
        breaker.refused(keys(9, chat_id), chat_id, plain=False)
        breaker.accepted(keys(9, chat_id), chat_id, plain=True)

    assert breaker.is_plain(keys(9, 4))
    assert not breaker.is_plain(keys(1, 4))


def test_what_was_accepted_formatted_stays_so():
    breaker = Breaker()
    breaker.accepted(keys(9), 5, plain=False)
    for chat_id in (1, 2, 3):
        breaker.refused(keys(9), chat_id, plain=False)

    assert not breaker.is_plain(keys(9))


def test_the_same_strange_words_of_three_chats_refuse_a_brief():
    breaker = Breaker()
    for chat_id in (1, 2, 3):
        breaker.refused_strangely(keys(9, chat_id), chat_id, "400 something new")

    assert breaker.left_out(keys(9, 4), 4) == {key(9)}


def test_other_strange_words_of_each_chat_say_nothing_of_a_brief():
    breaker = Breaker()
    for chat_id in (1, 2, 3):
        breaker.refused_strangely(keys(9, chat_id), chat_id, f"400 new {chat_id}")

    assert breaker.left_out(keys(9, 4), 4) == NOBODY


def strange(breaker, *messages, chat_id=1):
    return [breaker.refused_strangely(one, chat_id, "400 something new") for one in messages]


def test_a_chat_that_refuses_three_digests_strangely_is_to_blame():
    breaker = Breaker()
    first = strange(breaker, keys(1), keys(2))
    breaker.accepted(keys(3), 2, plain=False)

    assert [*first, *strange(breaker, keys(4))] == [False, False, True]


def test_a_chat_is_not_blamed_for_one_brief_in_three_digests():
    breaker = Breaker()
    first = strange(breaker, keys(9, 1), keys(9, 2))
    breaker.accepted(keys(3), 2, plain=False)

    assert [*first, *strange(breaker, keys(9, 4))] == [False, False, False]


def test_no_chat_is_blamed_while_telegram_takes_nothing_from_anybody():
    assert strange(Breaker(), keys(1), keys(2), keys(3), keys(4)) == [False] * 4


def test_a_chat_that_took_a_message_meanwhile_is_not_blamed():
    breaker = Breaker()
    first = strange(breaker, keys(1), keys(2))
    breaker.accepted(keys(3), 1, plain=False)
    breaker.accepted(keys(3), 2, plain=False)

    assert [*first, *strange(breaker, keys(4))] == [False, False, False]


def test_the_least_recently_seen_is_forgotten():
    breaker = Breaker(most=8)
    refused_by_three(breaker, keys(9))
    breaker.accepted(keys(*range(10, 18)), 4, plain=False)

    assert breaker.left_out(keys(9), 5) == NOBODY


def test_language_and_style_are_counted_apart():
    recipe = make_recipe(7, 8, language="es", style=Style.OPEN)

    assert keys_of(recipe) == ((7, 1, "es", "open"), (8, 1, "es", "open"))


@pytest.mark.parametrize("bad", range(7))
def test_readers_who_all_have_the_same_digest_get_all_but_the_bad_brief(bad):
    crowd = Crowd([keys(*range(7))] * 30, [key(bad)])

    crowd.send_all()

    good = [one for one in keys(*range(7)) if one != key(bad)]
    assert [crowd.got[chat_id] for chat_id in range(30)] == [good] * 30
    assert crowd.refusals <= CHATS + 6 + 1


@pytest.mark.parametrize("count", range(2, 8))
@pytest.mark.parametrize("bad", ["first", "last"])
def test_a_lone_reader_gets_all_but_the_bad_brief(count, bad):
    digest = keys(*range(count))
    refused = digest[0] if bad == "first" else digest[-1]
    crowd = Crowd([digest], [refused])

    crowd.send_all()

    assert crowd.got == {0: [one for one in digest if one != refused]}


DIGESTS = st.lists(
    st.lists(st.integers(0, 11), min_size=1, max_size=7, unique=True).map(lambda i: keys(*i)),
    min_size=1,
    max_size=40,
)


@given(DIGESTS, st.integers(0, 11).map(key))
def test_beside_one_bad_brief_no_good_one_is_ever_left_out(digests, bad):
    crowd = Crowd(digests, [bad])

    crowd.send_all()

    for chat_id, digest in enumerate(digests):
        assert crowd.got.get(chat_id, []) == [one for one in digest if one != bad]


@given(DIGESTS, st.sets(st.integers(0, 11).map(key), min_size=2, max_size=3))
def test_beside_several_bad_briefs_every_row_ends(digests, bad):
    crowd = Crowd(digests, bad)

    crowd.send_all()

    assert len(crowd.got) + len(crowd.lost) == len(digests)
    assert all(said and bad.isdisjoint(said) for said in crowd.got.values())


@given(st.permutations(range(7)), st.integers(2, 4))
def test_a_crowd_soon_gets_every_good_brief_however_many_are_bad(order, count):
    bad = set(keys(*order[:count]))
    crowd = Crowd([keys(*range(7))] * 60, bad)

    crowd.send_all()

    good = [one for one in keys(*range(7)) if one not in bad]
    assert list(crowd.got.values()).count(good) >= 50
    assert crowd.refusals <= 40
