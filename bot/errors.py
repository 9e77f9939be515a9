"""The rest of the error tree, begun in storage/errors.py.

CounterpointError
├── StorageError …
├── ConfigError             a setting is missing or wrong
├── WrongUse                a command was given what it cannot take
└── Refused                 a reader's or an editor's wish that the rules forbid
"""

from storage.errors import CounterpointError


class ConfigError(CounterpointError):
    """A setting is missing or wrong; the text names it and says what to write."""


class WrongUse(CounterpointError):
    """A command was given what it cannot take; the text says what it takes."""


class Refused(CounterpointError):
    """A wish that the rules forbid; ``reason`` is the id of the sentence for the person."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values
