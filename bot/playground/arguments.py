"""The parameters of a call, read as leniently as the official server reads them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson

_INTEGER = re.compile(r"-?\d+")
_TRUE = frozenset({"true", "yes", "1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that came with a call."""

    file_name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Arguments:
    """Values by name, as text or as JSON already read; files by the name of their field."""

    values: Mapping[str, object]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Say whether the parameter was given, be it empty."""
        return name in self.values

    def text(self, name: str) -> str:
        """Return the parameter as text; empty when it was not given."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else orjson.dumps(value).decode()

    def integer(self, name: str, default: int = 0) -> int:
        """Return the number the parameter begins with; 0 when it begins with none."""
        value = self.values.get(name, "")
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        text = self.text(name)
        found = _INTEGER.match(text)
        return default if not text else int(found[0]) if found else 0

    def within(self, name: str, default: int, least: int, most: int) -> int:
        """Return the number, moved into its limits."""
        return min(max(self.integer(name, default), least), most)

    def flag(self, name: str) -> bool:
        """Say whether the parameter means yes."""
        return self.text(name).lower() in _TRUE

    def json(self, name: str) -> object:
        """Return the parameter read as JSON; None when it was not given or is empty.

        Raises ``ValueError`` where it is no JSON.
        """
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        return orjson.loads(value) if value else None


NO_ARGUMENTS = Arguments({})
