"""A power cut, for SQLite: of what was written only what was synced is sure to be there.

SQLite reaches its files through a table of functions. Here files are opened through a copy of it
that also notes what a file held when it was synced. After a cut each sector holds what it held
then, or what was written since: chance decides, sector by sector, as a disk does that was
interrupted.
"""

import ctypes
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SECTOR = 512
OK = 0
_POINTER = ctypes.c_void_p
_NUMBER = ctypes.c_int


class _System(ctypes.Structure):
    """``sqlite3_vfs`` (https://sqlite.org/c3ref/vfs.html)."""

    _fields_ = [
        ("version", _NUMBER),
        ("file_size", _NUMBER),
        ("longest_path", _NUMBER),
        ("next", _POINTER),
        ("name", ctypes.c_char_p),
        ("data", _POINTER),
        ("open", _POINTER),
        ("delete", _POINTER),
        ("others", _POINTER * 13),
    ]


class _Methods(ctypes.Structure):
    """``sqlite3_io_methods`` (https://sqlite.org/c3ref/io_methods.html)."""

    _fields_ = [
        ("version", _NUMBER),
        ("close", _POINTER),
        ("read", _POINTER),
        ("write", _POINTER),
        ("truncate", _POINTER),
        ("sync", _POINTER),
        ("size", _POINTER),
        ("others", _POINTER * 12),
    ]


_OPEN = ctypes.CFUNCTYPE(_NUMBER, _POINTER, _POINTER, _POINTER, _NUMBER, _POINTER)
_DELETE = ctypes.CFUNCTYPE(_NUMBER, _POINTER, ctypes.c_char_p, _NUMBER)
_CLOSE = ctypes.CFUNCTYPE(_NUMBER, _POINTER)
_READ = ctypes.CFUNCTYPE(_NUMBER, _POINTER, _POINTER, _NUMBER, ctypes.c_int64)
_SYNC = ctypes.CFUNCTYPE(_NUMBER, _POINTER, _NUMBER)
_SIZE = ctypes.CFUNCTYPE(_NUMBER, _POINTER, ctypes.POINTER(ctypes.c_int64))


class Power:
    """The files that SQLite has opened since, and what of them would outlive a cut."""

    def __init__(self) -> None:
        self._synced: dict[Path, bytes] = {}
        self._open: dict[int, Path] = {}  # by the address of SQLite's file
        self._methods: dict[int, _Methods] = {}  # ours, by the address of SQLite's
        self._theirs: dict[int, _Methods] = {}  # SQLite's, by the address of the file
        #: Is called whenever a file is about to be synced.
        self.before_sync: Callable[[], None] = lambda: None

    def cut(self, chance: random.Random) -> dict[Path, bytes]:
        """Return what each file would hold if the power went now."""
        now = {path: self._read(file) for file, path in self._open.items()}
        return {path: _mixed(self._synced[path], held, chance) for path, held in now.items()}

    def _opened(self, file: int, path: Path) -> None:
        theirs = _Methods.from_address(ctypes.cast(file, ctypes.POINTER(_POINTER))[0])
        address = ctypes.addressof(theirs)
        if address not in self._methods:
            self._methods[address] = self._copy(theirs)
        ctypes.cast(file, ctypes.POINTER(_POINTER))[0] = ctypes.addressof(self._methods[address])
        self._theirs[file] = theirs
        self._open[file] = path
        if path not in self._synced:
            self._synced[path] = self._read(file)

    def _copy(self, theirs: _Methods) -> _Methods:
        ours = _Methods.from_buffer_copy(theirs)
        sync, close = _SYNC(theirs.sync), _CLOSE(theirs.close)

        def synced(file: int, flags: int) -> int:
            self.before_sync()
            ended: int = sync(file, flags)
            if ended == OK and file in self._open:
                self._synced[self._open[file]] = self._read(file)
            return ended

        def closed(file: int) -> int:
            self._open.pop(file, None)
            self._theirs.pop(file, None)
            return int(close(file))

        ours.sync = _kept(_SYNC(synced))
        ours.close = _kept(_CLOSE(closed))
        return ours

    def _deleted(self, path: Path) -> None:
        self._synced.pop(path, None)

    def _read(self, file: int) -> bytes:
        # Through SQLite, since closing a descriptor of ours would let go of its locks.
        theirs, size = self._theirs[file], ctypes.c_int64()
        assert _SIZE(theirs.size)(file, ctypes.byref(size)) == OK
        held = ctypes.create_string_buffer(size.value or 1)
        assert _READ(theirs.read)(file, ctypes.addressof(held), size.value, 0) == OK
        return held.raw[: size.value]


def can_watch() -> bool:
    """Tell whether the SQLite in use is a library of its own, so that others reach it too."""
    return _library() is not None


@contextmanager
def watched_power() -> Iterator[Power]:
    """Have every SQLite file that is opened meanwhile go through a ``Power``."""
    library: Any = ctypes.CDLL(_library())
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_System)
    library.sqlite3_vfs_register.argtypes = [_POINTER, _NUMBER]
    theirs = library.sqlite3_vfs_find(None)
    there = ctypes.cast(theirs, _POINTER).value
    power, open_, delete = Power(), _OPEN(theirs[0].open), _DELETE(theirs[0].delete)

    def opened(_system: int, name: int | None, file: int, flags: int, given: int | None) -> int:
        ended: int = open_(there, name, file, flags, given)
        if ended == OK and name:
            power._opened(file, Path(ctypes.string_at(name).decode()))
        return ended

    def deleted(_system: int, name: bytes, and_sync: int) -> int:
        power._deleted(Path(name.decode()))
        return int(delete(there, name, and_sync))

    ours = _System.from_buffer_copy(theirs[0])
    ours.next, ours.name = None, b"power"
    ours.open, ours.delete = _kept(_OPEN(opened)), _kept(_DELETE(deleted))
    _KEPT.append(ours)
    assert library.sqlite3_vfs_register(ctypes.addressof(ours), 1) == OK
    try:
        yield power
    finally:
        library.sqlite3_vfs_unregister(ctypes.byref(ours))
        assert library.sqlite3_vfs_register(there, 1) == OK


def put_back(files: dict[Path, bytes], database: Path) -> None:
    """Leave beside a database what was there after a cut, and nothing else."""
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()
    for path, held in files.items():
        path.write_bytes(held)


def _mixed(synced: bytes, now: bytes, chance: random.Random) -> bytes:
    size = chance.choice((len(synced), len(now)))
    then, late = synced.ljust(size, b"\0"), now.ljust(size, b"\0")
    arrived = chance.choice((0.0, 0.5))  # all of it would be no cut, but a death
    return b"".join(
        (late if chance.random() < arrived else then)[start : start + SECTOR]
        for start in range(0, size, SECTOR)
    )[:size]


def _library() -> str | None:
    maps = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    return next((line.split()[-1] for line in maps if "libsqlite3" in line), None)


_KEPT: list[Any] = []  # SQLite may call these for as long as the process lives


def _kept(function: Any) -> int:
    _KEPT.append(function)
    address = ctypes.cast(function, _POINTER).value
    assert address is not None
    return address
