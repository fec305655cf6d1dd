"""All names of the stores, in a temporary database: a bucket may hold more of them than fit in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from scenarios.usage.integrity.places import base, digest_name, is_copy, log_name
from scenarios.usage.integrity.store import Store

_TABLES = """
CREATE TABLE files (
  id INTEGER PRIMARY KEY, store INTEGER, name TEXT, base TEXT,
  chain TEXT, account TEXT, region TEXT, time TEXT, taken INTEGER DEFAULT 0
);
CREATE TABLE covered (account TEXT, region TEXT, since TEXT, until TEXT, PRIMARY KEY (account, region));
"""
_INDICES = """
CREATE INDEX by_base ON files (base);
CREATE INDEX by_chain ON files (chain, taken, time) WHERE chain IS NOT NULL;
"""
_FILE = "SELECT id, store, name FROM files"


@dataclass(frozen=True)
class File:
    """One file of a store."""

    id: int
    store: Store
    name: str


class Index:
    """The names, by the keys that they are copies of; the digests by their chains; which of them were looked at."""

    def __init__(self, stores: Sequence[Store]) -> None:
        self._stores = stores
        self._database = sqlite3.connect("")  # on disk, of this connection, gone with it
        self._database.executescript(_TABLES)
        self._database.executemany(
            "INSERT INTO files (store, name, base, chain, account, region, time) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (row for number, store in enumerate(stores) for row in _rows(number, store)),
        )
        self._database.executescript(_INDICES)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def chains(self) -> list[str]:
        """The chains of digests."""
        found = self._database.execute("SELECT DISTINCT chain FROM files WHERE chain IS NOT NULL ORDER BY chain")
        return [chain for (chain,) in found]

    def newest(self, chain: str, before: str | None = None) -> File | None:
        """The newest digest of a chain that was not taken yet, and that ends before a time (as names write it)."""
        older, values = (" AND time < ?", (chain, before)) if before is not None else ("", (chain,))
        where = f" WHERE chain = ? AND taken = 0{older} ORDER BY time DESC, name LIMIT 1"
        found = self._database.execute(_FILE + where, values).fetchone()
        return self._file(found) if found else None

    def copies(self, bucket: str, key: str) -> list[File]:
        """The copies of an object; the first is the one whose path says most of the object's."""
        found = self._database.execute(f"{_FILE} WHERE base = ?", (_plain(base(key)),))
        alike = [row for row in found if is_copy(row[2], key)]
        alike.sort(key=lambda row: _likeness(row[2], f"/{bucket}/{key}"), reverse=True)
        return [self._file(row) for row in alike]

    def take(self, file: File) -> bool:
        """Mark a digest as one that was looked at. False if it was before."""
        changed = self._database.execute("UPDATE files SET taken = 1 WHERE id = ? AND taken = 0", (file.id,))
        return changed.rowcount == 1

    def name(self, file: File) -> None:
        """Mark a log file as one that a digest names."""
        self._database.execute("UPDATE files SET taken = 1 WHERE id = ? AND chain IS NULL", (file.id,))

    def cover(self, account: str, region: str, since: str, until: str) -> None:
        """Note that digests cover a time (as names write it)."""
        self._database.execute(
            "INSERT INTO covered VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
            " SET since = min(since, excluded.since), until = max(until, excluded.until)",
            (account, region, _plain(since), _plain(until)),
        )

    def unnamed(self) -> Iterator[tuple[str, str, str | None, str | None]]:
        """The log files that no digest names: name, time, and from when to when digests cover their region."""
        yield from self._database.execute(
            "SELECT name, time, since, until FROM files LEFT JOIN covered USING (account, region)"
            " WHERE account IS NOT NULL AND taken = 0 ORDER BY name"
        )

    def _file(self, row: tuple[int, int, str]) -> File:
        return File(row[0], self._stores[row[1]], row[2])


def _rows(number: int, store: Store) -> Iterator[tuple[int | str | None, ...]]:
    """The names that a digest or a log may have; a lone surrogate, which no database takes, is in none of them."""
    for name in store.names():
        digest, log = digest_name(name), log_name(name)
        if _plain(name) == name and (digest or log or name.endswith(".gz")):
            account, region = (log.account, log.region) if log else (None, None)
            time = digest.time if digest else log.time if log else None
            yield number, name, base(name), digest.chain if digest else None, account, region, time


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _likeness(name: str, path: str) -> tuple[int, int]:
    """How many letters the ends of two paths have in common; then, how short the name is."""
    count = 0
    for one, other in zip(reversed(f"/{name}"), reversed(path), strict=False):
        if one != other:
            break
        count += 1
    return count, -len(name)
