"""Files and folders of articles, as sources; whatever cannot be read is named and the rest goes on."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from graph.errors import BadData, BadSource
from graph.model.claims import Source
from graph.model.dates import PartialDate
from loaders.articles import language
from loaders.articles.decoding import decode, read_bytes
from loaders.articles.markup import Found, entries, page
from loaders.articles.records import articles

_DATE_LINE = re.compile(r"\ufeff?date:[ \t]*(\S+)[ \t]*(?:\n|\Z)")
_HALF = re.compile("[\ud800-\udfff]")
_LONGEST_TITLE = 140  # characters


def read_paths(paths: Iterable[Path], limit: int) -> Iterator[Source | BadSource]:
    """Every article in files and folders (searched in name order), each as a Source, or a BadSource that says why not.

    Plain text (.txt, .md), JSON Lines (.jsonl, .ndjson), HTML (.html, .htm, .xhtml), RSS and Atom (.xml, .rss, .atom).
    `limit` is the most bytes a file may have.
    """
    for path in paths:
        if path.is_dir():
            yield from _folder(path, limit)
        else:
            yield from read_file(path, limit)


def _folder(folder: Path, limit: int) -> Iterator[Source | BadSource]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not _hidden(path, folder))
    readable = [path for path in files if path.suffix.lower() in _READERS]
    if not readable:
        yield BadSource(f"{folder}: no article in this folder; it may hold {', '.join(_READERS)} files")
    for path in readable:
        yield from read_file(path, limit)


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def read_file(path: Path, limit: int) -> Iterator[Source | BadSource]:
    """The articles of one file; see `read_paths`."""
    reader = _READERS.get(path.suffix.lower())
    try:
        if reader is None and not path.exists():
            raise BadSource(f"{path}: cannot be read (there is no such file or folder); check the name")
        if reader is None:
            raise BadSource(f"{path}: files of this kind are not read; give one of {', '.join(_READERS)}")
        for found in reader(path, limit):
            yield found if isinstance(found, BadSource) else _source(found, path)
    except BadSource as error:
        yield error


def _source(found: Found, path: Path) -> Source | BadSource:
    try:
        _require_whole(found)
        tongue = found.language if found.language in language.READ else language.detect(found.text, found.place)
    except BadSource as error:
        return error
    return Source(
        text=found.text,
        title=found.title,
        url=found.url,
        publisher=found.publisher,
        language=tongue,
        published=found.published,
        modified=found.modified,
        licence=found.licence,
        location=str(path),
    )


def _require_whole(found: Found) -> None:
    """Refuse half a character (`\\ud83d` alone in JSON): no file, store or answer can hold it."""
    for name in ("text", "title", "url", "publisher", "licence"):
        if half := _HALF.search(getattr(found, name) or ""):
            raise BadSource(
                f"{found.place}: its {name} has half a character (U+{ord(half[0]):04X}) at {half.start()}; "
                "it was cut or wrongly converted: save it again as UTF-8"
            )


def _plain(path: Path, limit: int) -> Iterator[Found]:
    """Plain text: an optional first line `date: 2025-06-18`, then the title, then the body; kept character for character."""
    text = decode(read_bytes(path, limit), path)
    dated = _DATE_LINE.match(text)
    body = text[dated.end() :] if dated else text
    if not body.strip():
        raise BadSource(f"{path}: holds a date and no text; put the article under it")
    # a first line that is a whole paragraph is no title: its first words then stand for one
    title = textwrap.shorten(body.strip().split("\n", 1)[0], _LONGEST_TITLE, placeholder="…")
    published = _date(dated[1], path) if dated else None
    yield Found(text, str(path), title, published=published)


def _date(text: str, path: Path) -> str:
    try:
        return str(PartialDate.parse(text))
    except BadData as error:
        raise BadSource(f"{path}: line 1: {error}") from error


def _html(path: Path, limit: int) -> Iterator[Found]:
    yield page(decode(read_bytes(path, limit), path), path)


def _feed(path: Path, limit: int) -> Iterator[Found | BadSource]:
    content = read_bytes(path, limit)
    return entries(content, decode(content, path), path)


_READERS: dict[str, Callable[[Path, int], Iterator[Found | BadSource]]] = {
    ".txt": _plain,
    ".md": _plain,
    ".jsonl": articles,
    ".ndjson": articles,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".xml": _feed,
    ".rss": _feed,
    ".atom": _feed,
}
