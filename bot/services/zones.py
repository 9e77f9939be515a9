"""Time zones by the names that people say: a zone's own, the end of one, or a city's."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

from rapidfuzz import fuzz, process

from bot.matching.keys import key
from bot.matching.stems import fold

CITIES = Path(__file__).parent / "cities.tsv.gz"
#: zoneinfo takes these too, but they are no places: the machine's own, or none.
_NO_PLACES = frozenset({"localtime", "Factory", "posixrules", "posix", "right"})
SUGGESTIONS = 5
LIKE = 80.0


@dataclass(frozen=True, slots=True)
class Place:
    """What a typed name means: the place as it is known, and its zone."""

    name: str
    zone: str


def find_place(typed: str) -> Place | None:
    """Return the place that is called so: a zone, the end of a zone's name, the largest city."""
    plain = typed.strip()
    zone = _zones().get(plain.casefold()) or _zone_ends().get(_key(plain))
    if zone is not None:
        return Place(zone, zone)
    return _cities().get(_key(plain))


def suggest_places(typed: str) -> list[Place]:
    """Return up to five places that are spelled much like ``typed``, most alike first."""
    wanted = _key(typed)
    cities = _cities()
    found = process.extract(
        wanted, cities.keys(), scorer=fuzz.ratio, score_cutoff=LIKE, limit=SUGGESTIONS * 3
    )
    places = dict.fromkeys(cities[name] for name, _, _ in found)
    return list(places)[:SUGGESTIONS]


def is_zone(name: str) -> bool:
    """Tell whether this is the exact name of a time zone."""
    return _zones().get(name.casefold()) == name


@cache
def _zones() -> Mapping[str, str]:
    names = (name for name in available_timezones() if name not in _NO_PLACES)
    return {name.casefold(): name for name in sorted(names)}


@cache
def _zone_ends() -> Mapping[str, str]:
    """Return zones by the last part of their names, where that is a place: "Berlin"."""
    ends: dict[str, str] = {}
    for name in _zones().values():
        area, _, end = name.partition("/")
        if end and area not in {"Etc", "SystemV", "US"}:
            ends.setdefault(_key(end.rpartition("/")[2].replace("_", " ")), name)
    return ends


@cache
def _cities() -> Mapping[str, Place]:
    """Every city of 100 000 people and more by its names; the larger one has the name."""
    own: dict[str, Place] = {}
    other: dict[str, Place] = {}
    for line in gzip.decompress(CITIES.read_bytes()).decode().splitlines():
        name, country, zone, _, names = line.split("\t")
        place = Place(f"{name}, {country}", zone)
        own.setdefault(_key(name), place)
        own.setdefault(_key(f"{name} {country}"), place)
        for spelling in filter(None, names.split("|")):
            other.setdefault(_key(spelling), place)
    return other | own


def _key(typed: str) -> str:
    return fold(key(typed))
