"""The root of the error tree, and what can go wrong in the store.

CounterpointError
├── StorageError
│   ├── NotFound            nothing is stored under that key
│   ├── Conflict            the store's rules forbid it: a constraint said no
│   ├── AlreadyDone         this update has had its effect before
│   ├── SchemaMismatch      the database is at another schema version
│   ├── StoreBusy           another process holds what only one may hold
│   └── StoreUnreachable    no server answers, or the file cannot be used
└── …                       continued in bot/errors.py
"""


class CounterpointError(Exception):
    """Anything that this project raises on purpose."""


class StorageError(CounterpointError):
    """Anything that the store refuses."""


class NotFound(StorageError):
    """Nothing is stored under that key."""

    def __init__(self, kind: str, key: object) -> None:
        super().__init__(f"no {kind} {key!r}")
        self.kind = kind
        self.key = key


class Conflict(StorageError):
    """A constraint of the schema forbids the write; ``constraint`` is its name."""

    def __init__(self, constraint: str) -> None:
        super().__init__(f"the store refuses this: {constraint}")
        self.constraint = constraint


class AlreadyDone(StorageError):
    """The update with this id has had its effect before, so it has none now."""

    def __init__(self, update_id: int) -> None:
        super().__init__(f"update {update_id} was handled before")
        self.update_id = update_id


class SchemaMismatch(StorageError):
    """The database is at another schema version than this code."""


class StoreBusy(StorageError):
    """Another process holds what only one may hold."""


class StoreUnreachable(StorageError):
    """No server answers, or the file cannot be used."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the database cannot be used: {reason}")
        self.reason = reason
