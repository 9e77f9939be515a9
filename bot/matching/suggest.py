"""What a person may have meant who typed a name that nothing carries."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.matching.keys import acronym, key

SUGGESTIONS = 5
#: Below this likeness (0 to 100, rapidfuzz's WRatio of keys) a name is another name.
LIKE = 80.0


def suggest(typed: str, names: Sequence[str]) -> list[str]:
    """Return up to five of ``names`` that are spelled much like ``typed``, most alike first.

    Of names with one key the first counts; a name that is what was typed is left out. Typed in
    capitals it is an acronym, so that the same name in other letters is another: who typed
    "CHINA" may have meant "China".
    """
    wanted = key(typed)
    keyed: dict[str, str] = {}
    for name in names:
        if not _is_same(typed, name):
            keyed.setdefault(key(name), name)
    found = process.extract(
        wanted, list(keyed), scorer=fuzz.WRatio, score_cutoff=LIKE, limit=SUGGESTIONS * 2
    )
    alike = [name_key for name_key, _, _ in found if _is_near(wanted, name_key)]
    return [keyed[name_key] for name_key in alike[:SUGGESTIONS]]


def _is_same(typed: str, name: str) -> bool:
    return key(typed) == key(name) and acronym(typed) in {None, acronym(name)}


def _is_near(wanted: str, name_key: str) -> bool:
    # WRatio also rewards a short name inside a long one; a slip of the finger keeps the length.
    # A name may go on where the person stopped, but "ice" is not meant by "prices".
    return fuzz.ratio(wanted, name_key) >= LIKE - 10 or (
        len(wanted) > 3 and (f" {wanted}" in f" {name_key}" or f" {name_key} " in f" {wanted} ")
    )
