"""One SQLite file of what former builds found out: bytes by key. It never fails; at worst it knows nothing.

What is kept carries a checksum, and whoever asks compares it with the files of today: `feeder.recall`.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from contextlib import suppress
from itertools import count, groupby
from typing import TYPE_CHECKING
from zlib import crc32

from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAX_BYTES = 256 * 2**20
"""Length of the file beyond which what this build does not need is thrown out, and no more items are kept."""
_ROW = 200
"""Bytes that a row takes beside its data, and its share of the page that it ends in."""
_PATIENCE = 5.0
"""Seconds to wait for another build that writes; then this one keeps nothing."""
_OF_THE_MOMENT = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM,
})  # fmt: skip
_FAULTS = (sqlite3.Error, OSError, TypeError, ValueError, OverflowError, MemoryError)
"""What a file that is no whole database makes SQLite, or its Python module, raise."""
_BLOCK = 100
"""Files in one row of the table: a row for each takes ten times as long to write, and twice as long to read."""
_SCHEMA = 2
_TABLES = """
    CREATE TABLE seen(site BLOB, first BLOB, data BLOB, sum INT, PRIMARY KEY(site, first)) WITHOUT ROWID;
    CREATE TABLE items(key BLOB PRIMARY KEY, data BLOB, sum INT);
"""


class Kept(NamedTuple):
    """What was kept of a file: its trace, by which a change of the file is told, and what was made of it."""

    path: str
    trace: bytes
    said: bytes


class Cache:
    """A cache file, which need not exist. Open it, ask, keep, close: all writing is one transaction.

    One without a path knows nothing and keeps nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self.since = 0
        """When this cache was opened, in nanoseconds, by the clock of its file system: 0 when it could not be."""
        self._open()

    def seen(self, site: bytes) -> Iterator[Kept]:
        """Yield what was kept of the files of a site, in the order of their paths, as far as it is whole."""
        if self._connection is None:
            return
        query = "SELECT data, sum FROM seen WHERE site = ? ORDER BY first"
        try:
            for data, checksum in self._connection.execute(query, (site,)):
                if _sum(data) == checksum:
                    yield from _unpacked(data)
        except _FAULTS as error:
            self._failed(error)

    def items(self, keys: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """Yield each key that is known, with what was kept under it."""
        for key in keys:
            if self._connection is None:
                return
            try:
                for data, checksum in self._connection.execute("SELECT data, sum FROM items WHERE key = ?", (key,)):
                    if _sum(key + data) == checksum:
                        yield key, data
            except _FAULTS as error:
                self._failed(error)

    def keep(
        self, site: bytes, seen: Iterable[Kept], gone: Iterable[str], items: Iterable[tuple[bytes, bytes]],
        needed: Iterable[bytes],
    ) -> None:  # fmt: skip
        """Keep what was seen of a site and made of it, and forget the paths that are gone; paths come in their order.

        ``needed`` are the keys of all items of this build: those that stay when room must be made.
        """
        if self._connection is None:
            self._open()
        if self._connection is None:
            return
        try:
            with self._connection as connection:
                connection.execute("BEGIN IMMEDIATE")
                _keep_seen(connection, site, seen, gone)
                self._keep_what_fits(connection, site, items, set(needed))
            self._shrink(self._connection)
        except _FAULTS as error:
            self._failed(error)

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _open(self) -> None:
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch()
            self.since = self._path.stat().st_mtime_ns
            self._connection = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)
            _prepare(self._connection)
        except _FAULTS as error:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        """Know nothing from here on; a corrupt file is thrown away, and the next that keeps something makes a new one."""
        self.close()
        if self._path is not None and not _passes(error):
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _keep_what_fits(
        self, connection: sqlite3.Connection, site: bytes, items: Iterable[tuple[bytes, bytes]], needed: set[bytes]
    ) -> None:
        """Keep items as long as there is room, which what this build did not need makes when it must."""
        room, cleared = MAX_BYTES - _used(connection), False
        for key, data in items:
            if len(data) > room and not cleared:
                known = [row for row in connection.execute("SELECT key FROM items") if row[0] not in needed]
                connection.executemany("DELETE FROM items WHERE key = ?", known)
                connection.execute("DELETE FROM seen WHERE site <> ?", (site,))
                room, cleared = MAX_BYTES - _used(connection), True
            if len(data) <= room:
                connection.execute("INSERT OR REPLACE INTO items VALUES (?, ?, ?)", (key, data, _sum(key + data)))
                room -= len(data) + _ROW

    def _shrink(self, connection: sqlite3.Connection) -> None:
        """Give back the space of a file that is longer than it needs to be, and than it may be."""
        if self._path is not None and self._path.stat().st_size > MAX_BYTES:
            connection.execute("VACUUM")


def _keep_seen(connection: sqlite3.Connection, site: bytes, seen: Iterable[Kept], gone: Iterable[str]) -> None:
    """Put what was seen into the block of files that it is in, by its path, and take out what is gone."""
    firsts = [first for (first,) in connection.execute("SELECT first FROM seen WHERE site = ? ORDER BY first", (site,))]
    numbers = count()

    def block(path: str) -> int:
        """Return the number of the block that a path is in; where there are none yet, each is filled in turn."""
        return max(bisect_right(firsts, _bytes_from_path(path)) - 1, 0) if firsts else next(numbers) // _BLOCK

    lost: dict[int, set[str]] = {}
    for path in gone if firsts else ():
        lost.setdefault(block(path), set()).add(path)
    for number, fresh in groupby(seen, key=lambda kept: block(kept.path)):
        _rewrite(connection, site, firsts[number] if firsts else None, fresh, lost.pop(number, set()))
    for number, paths in lost.items():
        _rewrite(connection, site, firsts[number], (), paths)


def _rewrite(
    connection: sqlite3.Connection, site: bytes, first: bytes | None, fresh: Iterable[Kept], gone: set[str]
) -> None:
    """Write one block anew; with a ``first``, what is there stays but for what is ``fresh`` and ``gone``."""
    whole: dict[str, Kept] = {}
    if first is not None:
        row = (site, first)
        for data, checksum in connection.execute("SELECT data, sum FROM seen WHERE site = ? AND first = ?", row):
            whole = {kept.path: kept for kept in _unpacked(data)} if _sum(data) == checksum else {}
        connection.execute("DELETE FROM seen WHERE site = ? AND first = ?", row)
    whole.update({kept.path: kept for kept in fresh})
    entries = [whole[path] for path in sorted(whole) if path not in gone]
    size = _BLOCK if len(entries) > 2 * _BLOCK else 2 * _BLOCK
    for at in range(0, len(entries), size):
        data = _packed(entries[at : at + size])
        values = (site, _bytes_from_path(entries[at].path), data, _sum(data))
        connection.execute("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?)", values)


def _packed(entries: Iterable[Kept]) -> bytes:
    """Return what was kept of some files as bytes; nothing in it has a zero."""
    return b"\0".join(
        [field for path, trace, said in entries for field in (_bytes_from_path(path), trace.hex().encode(), said)]
    )


def _unpacked(data: bytes) -> Iterator[Kept]:
    fields = iter(data.split(b"\0"))
    for path, trace, said in zip(fields, fields, fields, strict=True):
        yield Kept(path.decode("utf-8", "surrogatepass"), bytes.fromhex(trace.decode()), said)


def _bytes_from_path(path: str) -> bytes:
    """Return a path as bytes that have the order of paths, and hold those that are no text, too."""
    return path.encode("utf-8", "surrogatepass")


def _used(connection: sqlite3.Connection) -> int:
    """Return the bytes of the file that hold something."""
    facts = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    pages, free, size = facts
    return int((pages - free) * size)


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the tables of a new file. Raises `sqlite3.Error` for a file that is none of this version's."""
    # What a power cut destroys is built again; waiting for the disk would cost more than that is worth.
    connection.execute("PRAGMA synchronous = OFF")
    if _version(connection) == 0:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            if _version(connection) == 0:
                for statement in _TABLES.strip().split(";")[:-1]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {_SCHEMA}")
    if _version(connection) != _SCHEMA:
        message = "a cache of another version"
        raise sqlite3.DatabaseError(message)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _passes(error: Exception) -> bool:
    """Whether a fault is one of the moment: another build writes, the disk is full, or nobody may write here."""
    if isinstance(error, OSError):
        return True
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _OF_THE_MOMENT


def _sum(data: bytes) -> int:
    return crc32(data)
