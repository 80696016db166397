"""API keys: shown once when issued, kept as hashes, each with the scopes that it opens."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from filelock import FileLock

from graph.errors import BadData, DiplomacyError, NotFound
from graph.record.failures import explained

PREFIX = "dg"
_LONGEST_NAME = 100
_WRITABLE_BY_OTHERS = 0o022


class Scope(StrEnum):
    """What a key opens; writing is never open without one."""

    READ = "read"
    QUERY = "query"
    CYPHER = "cypher"
    LOAD = "load"
    REVIEW = "review"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Key:
    """An issued key; `digest` is the SHA-256 of its token, which nobody keeps. `expires` is the first day it opens nothing."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    issued: str
    digest: str
    expires: str | None = None


class KeyRing:
    """The keys of a data folder, in `keys.json`, readable by its owner alone; a change is seen by a running server.

    A token has 256 random bits, so a plain hash cannot be searched; a slow one would only slow each request.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "keys.json"
        self._seen: tuple[int, ...] = ()
        self._keys: Mapping[str, Key] = {}

    def all(self) -> tuple[Key, ...]:
        """All keys, oldest first; BadData where the file is no list of keys, or others than its owner can write it."""
        return tuple(self._current().values())

    def issue(self, name: str, scopes: tuple[Scope, ...], now: datetime, expires: date | None = None) -> tuple[Key, str]:
        """A new key and its token, never to be shown again; DiplomacyError where it would open nothing, or names nobody."""
        _require_sense(name, scopes, now.date(), expires)
        identity = secrets.token_hex(4)
        token = f"{PREFIX}_{identity}_{secrets.token_urlsafe(32)}"
        until = expires.isoformat() if expires else None
        key = Key(identity, name, scopes, now.isoformat(timespec="seconds"), _digest(token), until)
        with self._changing() as keys:
            keys[identity] = key
        return key, token

    def revoke(self, identity: str) -> Key:
        """Take a key back, at once; NotFound where there is none of this id."""
        with self._changing() as keys:
            if identity not in keys:
                raise NotFound(f"there is no key {identity}; `diplograph keys list` shows those there are")
            return keys.pop(identity)

    def holder(self, token: str, today: date) -> Key | None:
        """The key of a token; None where it is unknown, revoked or expired. One look-up, whatever the number of keys."""
        prefix, _, rest = token.partition("_")
        key = self._current().get(rest.partition("_")[0]) if prefix == PREFIX else None
        if key is None or not hmac.compare_digest(key.digest, _digest(token)):
            return None
        return None if key.expires is not None and today.isoformat() >= key.expires else key

    def _current(self) -> Mapping[str, Key]:
        try:
            status = self._file.stat()
        except FileNotFoundError:
            return {}
        seen = (status.st_mtime_ns, status.st_size, status.st_ino)
        if seen != self._seen:
            if os.name == "posix" and status.st_mode & _WRITABLE_BY_OTHERS:
                raise BadData(f"{self._file} can be written by others, who could make themselves keys; chmod 600 {self._file}")
            self._keys, self._seen = _read(self._file), seen
        return self._keys

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Key]]:
        folder = self._file.parent
        with explained(folder, "writing the keys"):
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(folder / "keys.lock"):
                keys = dict(self._current())
                yield keys
                _write(self._file, keys)


def _require_sense(name: str, scopes: tuple[Scope, ...], today: date, expires: date | None) -> None:
    if not scopes:
        raise DiplomacyError(f"a key needs a scope: {', '.join(Scope)}")
    if not (name.strip() and name.isprintable() and len(name) <= _LONGEST_NAME):
        raise DiplomacyError(f"{name!r} names nobody; write whose key it is in at most {_LONGEST_NAME} printable characters")
    if expires is not None and expires <= today:
        raise DiplomacyError(f"a key that expires on {expires} opens nothing; give a day after {today}, or none")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _read(file: Path) -> dict[str, Key]:
    try:
        found = [
            Key(**{**entry, "scopes": tuple(Scope(scope) for scope in entry["scopes"])})
            for entry in json.loads(file.read_text(encoding="utf-8"))
        ]
    except (ValueError, TypeError, KeyError) as error:
        raise BadData(f"{file} is no list of keys ({error}); restore it, or remove it and issue keys anew") from error
    return {key.id: key for key in found}


def _write(file: Path, keys: Mapping[str, Key]) -> None:
    draft = file.with_name(file.name + ".part")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as target:
        json.dump([asdict(key) for key in keys.values()], target, indent=1)
    draft.replace(file)
