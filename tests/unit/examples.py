"""How often a property is tried: as the profile says, some of them several times as often."""

from hypothesis import settings


def examples(times: int = 1) -> settings:
    """Return settings for so many times the examples that the profile has."""
    return settings(max_examples=times * settings.default.max_examples)
