"""One SQLite file of what former builds found out: bytes by key. It never fails; at worst it knows nothing.

What is kept carries a checksum, and whoever asks compares it with the files of today: `feeder.recall`.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAX_BYTES = 256 * 2**20
"""Length of the file beyond which what the last build did not need is thrown out, and at worst everything."""
_PATIENCE = 5.0
"""Seconds to wait for another build that writes; then this one keeps nothing."""
_OF_THE_MOMENT = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM,
})  # fmt: skip
_FAULTS = (sqlite3.Error, OSError, TypeError, ValueError, OverflowError, MemoryError)
"""What a file that is no whole database makes SQLite, or its Python module, raise."""
_SCHEMA = 1
_TABLES = """
    CREATE TABLE seen(site BLOB, path TEXT, trace BLOB, said BLOB, sum INT, PRIMARY KEY(site, path)) WITHOUT ROWID;
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
        query = "SELECT path, trace, said, sum FROM seen WHERE site = ? ORDER BY path"
        try:
            for path, trace, said, checksum in self._connection.execute(query, (site,)):
                if _sum(trace + said) == checksum:
                    yield Kept(path, trace, said)
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
        """Keep what was seen of a site and made of it, and forget the paths that are gone.

        ``needed`` are the keys of all items of this build: those that stay when room must be made.
        """
        if self._connection is None:
            self._open()
        if self._connection is None:
            return
        try:
            with self._connection as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany("DELETE FROM seen WHERE site = ? AND path = ?", ((site, path) for path in gone))
                connection.executemany(
                    "INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?)",
                    ((site, *kept, _sum(kept.trace + kept.said)) for kept in seen),
                )
                connection.executemany(
                    "INSERT OR REPLACE INTO items VALUES (?, ?, ?)",
                    ((key, data, _sum(key + data)) for key, data in items),
                )
            self._bound(site, needed)
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

    def _bound(self, site: bytes, needed: Iterable[bytes]) -> None:
        """Keep the file within `MAX_BYTES`."""
        connection, path = self._connection, self._path
        if connection is None or path is None or path.stat().st_size <= MAX_BYTES:
            return
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("CREATE TEMP TABLE needed(key BLOB PRIMARY KEY)")
            connection.executemany("INSERT OR IGNORE INTO needed VALUES (?)", ((key,) for key in needed))
            connection.execute("DELETE FROM items WHERE key NOT IN (SELECT key FROM needed)")
            connection.execute("DELETE FROM seen WHERE site <> ?", (site,))
        connection.execute("VACUUM")
        if path.stat().st_size > MAX_BYTES:
            connection.execute("DELETE FROM items")
            connection.execute("VACUUM")


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
