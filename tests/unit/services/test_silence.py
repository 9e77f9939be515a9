"""When the source of briefs has fallen silent."""

from datetime import timedelta

import pytest

from bot.services.silence import silence_of
from tests.factories import at

HOURLY = [at(hours=hour) for hour in range(10)]
LAST = HOURLY[-1]


def silence_after(hours, released=HOURLY):
    return silence_of(released, now=released[-1] + timedelta(hours=hours))


def test_briefs_that_come_as_usual_are_no_silence():
    assert silence_after(2.9) is None


def test_three_usual_gaps_without_a_brief_are_silence():
    silence = silence_after(3)

    assert silence is not None
    assert (silence.age, silence.usual) == (timedelta(hours=3), timedelta(hours=1))


@pytest.mark.parametrize(
    ("hours", "told_after"), [(3, 3), (5.9, 3), (6, 6), (11.9, 6), (12, 12), (100, 96)]
)
def test_silence_is_told_again_when_its_age_has_doubled(hours, told_after):
    silence = silence_after(hours)

    assert silence is not None
    assert silence.told_at == LAST + timedelta(hours=told_after)


def test_too_few_briefs_make_no_rule():
    assert silence_after(1000, released=HOURLY[:5]) is None


def test_briefs_of_one_run_count_once():
    runs = [at(days=day) + timedelta(seconds=n) for day in range(7) for n in range(20)]

    silence = silence_after(3.1 * 24, released=runs)

    assert silence is not None
    assert silence.usual == timedelta(days=1)


def test_less_than_an_hour_is_never_silence():
    quick = [at() + timedelta(minutes=2 * n) for n in range(30)]

    assert silence_after(0.9, released=quick) is None
    assert silence_after(1, released=quick) is not None


def test_a_store_without_briefs_is_not_silent():
    assert silence_of([], now=at()) is None
