"""Selecting by masks gives what the plain rule gives."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.digest.rank import Selection, select
from bot.digest.window import Candidate, Window, rank_key
from tests.factories import at
from tests.unit.digest.candidates import Answer, Asked, choose_plainly, make_candidate, make_wishes
from tests.unit.examples import examples

SUBJECTS = range(1, 6)
GROUPS = [{}, {}, {1: 2}, {1: 2, 4: 2}, {5: 3, 1: 2}]


def make_briefs(chance: Random, *, plenty: bool) -> tuple[Candidate, ...]:
    count = chance.randint(12 if plenty else 0, 24)
    return tuple(
        make_candidate(
            brief_id,
            impact=chance.choice([0.0, 3.0, 6.8, 8.5, 10.0]),
            confidence=chance.choice([None, 0.0, 0.5, 0.81, 1.0]),
            released_at=at(chance.randint(-8, 0)),
            seconds=chance.choice([1, 60, 60, 120, 600]),
            units=chance.choice([100, 600] if plenty else [100, 400, 600, 1300, 4200]),
            story_id=chance.choice([brief_id, chance.randint(1, 24)]),
        )
        for brief_id in chance.sample(range(1, count + 1), count)
    )


def some(chance: Random, most: int, *, of: range) -> list[int]:
    return chance.sample(of, chance.randint(0, most))


def ask(seed: int) -> Asked:
    """Return a question that chance asks; the same one for the same number."""
    chance = Random(seed)
    plenty = chance.random() < 0.6
    ids = range(1, 26)
    floors = [0.0] if plenty else [0.0, 0.5, 0.9, 3.0, 9.0]
    return Asked(
        candidates=make_briefs(chance, plenty=plenty),
        wants={one: some(chance, chance.choice([1, 2, 20]), of=ids) for one in SUBJECTS},
        mutes={one: some(chance, 3, of=ids) for one in SUBJECTS},
        heads=chance.choice(GROUPS),
        wishes=make_wishes(
            follows=tuple(chance.sample(range(7), chance.randint(2, 6))),
            mutes=tuple(some(chance, 2, of=range(1, 6))),
            impact_floor=chance.choice(floors),
            confidence_floor=chance.choice(floors[:3]),
            seconds=chance.choice([None, None, 60, 300, 900]),
        ),
        since=at(-9 if plenty else chance.randint(-9, 0)),
        had=some(chance, 4, of=ids),
        seat=chance.choice([None, chance.randint(0, 60)]),
    )


questions = st.builds(ask, st.integers(0, 2**64))


def choose(asked: Asked) -> tuple[Window, Selection]:
    window = Window(
        asked.candidates,
        wants=[(one, brief) for one, briefs in asked.wants.items() for brief in briefs],
        mutes=[(one, brief) for one, briefs in asked.mutes.items() for brief in briefs],
        heads=asked.heads,
    )
    since, had = window.since(asked.since), window.mask(asked.had)
    return window, select(window, asked.wishes, since=since, had=had, seat=asked.seat)


@examples(6)
@given(questions)
def test_masks_select_what_the_plain_rule_selects(asked: Asked):
    window, selection = choose(asked)

    found = Answer(
        shown=[(window.ids[one.place], one.subject_id, one.more) for one in selection.picked],
        below=selection.below,
        over=selection.over,
        told=[window.ids[place] for place in selection.told],
    )
    assert found == choose_plainly(asked)


@examples(2)
@given(questions)
def test_what_is_shown_stands_in_order_whatever_was_asked(asked: Asked):
    window, selection = choose(asked)

    shown = [window.briefs[one.place] for one in selection.picked]
    assert shown == sorted(shown, key=rank_key)
    assert [brief.impact for brief in shown] == sorted((b.impact for b in shown), reverse=True)


@examples(2)
@given(questions)
def test_what_is_shown_told_below_or_over_adds_up_to_what_matched(asked: Asked):
    no_floors = asked.wishes._replace(impact_floor=0.0, confidence_floor=0.0, seconds=None)
    window, selection = choose(asked)

    muted = window.muted(f"-{subject_id}" for subject_id in no_floors.mutes)
    mask = window.since(asked.since) & ~window.mask(asked.had) & ~muted
    hits = window.hits(map(str, no_floors.follows), window.since(asked.since))
    matched = 0
    for _, wanted in hits:
        matched |= wanted & mask
    told = sum(1 + one.more for one in selection.picked)
    assert told == len(selection.told)
    assert told + selection.below + selection.over == matched.bit_count()


@examples(2)
@given(questions)
def test_what_is_shown_keeps_to_every_budget(asked: Asked):
    window, selection = choose(asked)

    shown = [window.briefs[one.place] for one in selection.picked]
    assert len(shown) <= 7
    assert len(shown) < 2 or sum(brief.units for brief in shown) <= 3900
    most = asked.wishes.seconds
    assert most is None or len(shown) < 2 or sum(brief.seconds for brief in shown) <= most
