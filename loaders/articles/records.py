"""JSON Lines: one article a line, with `text` and what else is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from graph.errors import BadData, BadSource
from graph.model.dates import PartialDate
from loaders.articles.markup import Found

_NAMES = {  # what common exports call the fields, and what they are called here
    "text": "text",
    "body": "text",
    "content": "text",
    "title": "title",
    "url": "url",
    "link": "url",
    "publisher": "publisher",
    "source": "publisher",
    "published": "published",
    "date": "published",
    "modified": "modified",
    "updated": "modified",
    "language": "language",
    "lang": "language",
    "licence": "licence",
    "license": "licence",
}


def articles(path: Path, limit: int) -> Iterator[Found | BadSource]:
    """The articles of a JSON Lines file, read line by line; a bad line is given as a BadSource that names it, in its place.

    `limit` is the most bytes a line may have; the file may be of any length.
    """
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(iter(lambda: lines.readline(limit + 1), b""), start=1):
                if len(line) > limit:
                    _skip_rest(lines, line, limit)
                    yield BadSource(
                        f"{path}: line {number} is over {limit:,} bytes; shorten it, or raise DIPLOGRAPH_SOURCE_BYTES"
                    )
                elif line.strip():
                    yield _read(line, f"{path}: line {number}")
    except OSError as error:
        yield BadSource(f"{path}: cannot be read ({error.strerror}); check the name and the permissions")


def _skip_rest(lines: BinaryIO, line: bytes, limit: int) -> None:
    """Read on to the end of a line of which `line` is the beginning, a piece at a time."""
    while line and not line.endswith(b"\n"):
        line = lines.readline(limit)


def _read(line: bytes, place: str) -> Found | BadSource:
    try:
        return _article(line.decode("utf-8-sig"), place)
    except UnicodeDecodeError:
        return BadSource(f"{place}: not UTF-8, as JSON has to be; convert the file")
    except BadSource as error:
        return error


def _article(line: str, place: str) -> Found:
    try:
        record = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadSource(f"{place}: no JSON ({error}); write one object a line") from error
    if not isinstance(record, dict):
        raise BadSource(f"{place}: a JSON object is expected, with at least “text”")
    known = {_NAMES[name]: value for name, value in record.items() if name in _NAMES and not _blank(value)}
    wrong = [name for name, value in known.items() if not isinstance(value, str)]
    if wrong:
        raise BadSource(f"{place}: “{wrong[0]}” must be a string")
    if "text" not in known:
        raise BadSource(f"{place}: has no “text”")
    known |= {name: _day(known[name], place) for name in ("published", "modified") if name in known}
    return Found(place=place, **known)


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _day(stamp: str, place: str) -> str:
    try:
        return str(PartialDate.parse(stamp[:10]))
    except BadData as error:
        raise BadSource(f"{place}: {error}") from error
