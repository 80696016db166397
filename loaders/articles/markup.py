"""HTML pages and feeds to articles; boilerplate is removed by trafilatura, feeds are parsed by feedparser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from time import struct_time

import feedparser
import htmldate
import trafilatura
from trafilatura.settings import Document

from graph.errors import BadSource

_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"(?<=[^\n])\n(?=[^\n])")


@dataclass(frozen=True, slots=True)
class Found:
    """What a page or a feed's entry gives before it becomes a Source; dates are YYYY-MM-DD."""

    text: str
    place: str  # the file, and the line or entry in it: for messages
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    licence: str | None = None
    language: str | None = None


def page(html: str, path: Path) -> Found:
    """The article of an HTML page: its text without navigation, title, site, address and date of publication."""
    found = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False, include_tables=False)
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise BadSource(f"{path}: no article text was found in the page; save the article itself, or as plain text")
    published = found.date or htmldate.find_date(html, original_date=True, extensive_search=False)
    return Found(
        text=_titled(found.title, found.text or ""),
        place=str(path),
        title=found.title or None,
        url=found.url or None,
        publisher=found.sitename or None,
        published=published,
        modified=_later(htmldate.find_date(html, original_date=False, extensive_search=False), published),
        licence=found.license or None,
    )


def entries(content: bytes, text: str, path: Path) -> Iterator[Found | BadSource]:
    """The entries of an RSS or Atom feed in file order; one that holds no text is given as a BadSource in its place."""
    if _ENTITY.search(text):
        raise BadSource(f"{path}: the feed declares XML entities, which are not expanded; remove its DOCTYPE")
    feed = feedparser.parse(BytesIO(content))  # bytes: a string could be taken for an address
    if not feed.version:
        raise BadSource(f"{path}: no RSS or Atom feed; check that the file was saved whole")
    for number, entry in enumerate(feed.entries, start=1):
        yield _entry(entry, feed.feed, f"{path}: entry {number}")


def _entry(entry: feedparser.FeedParserDict, feed: feedparser.FeedParserDict, place: str) -> Found | BadSource:
    contents = [part.value for part in entry.get("content", [])] or [entry.get("summary", "")]
    body = trafilatura.extract(f"<html><body><article>{contents[0]}</article></body></html>", favor_recall=True)
    if not body:
        return BadSource(f"{place}: holds no text; load the article's own page instead")
    changed = dict(entry).get("updated_parsed")  # feedparser's own get() falls back on the day of publication
    published = _day(entry.get("published_parsed") or changed)
    title = entry.get("title") or None
    return Found(
        text=_titled(title, body),
        place=place,
        title=title,
        url=entry.get("link") or None,
        publisher=feed.get("title") or None,
        published=published,
        modified=_later(_day(changed), published),
        licence=entry.get("rights") or None,
    )


def _day(stamp: struct_time | None) -> str | None:
    return f"{stamp[0]:04d}-{stamp[1]:02d}-{stamp[2]:02d}" if stamp else None


def _later(changed: str | None, published: str | None) -> str | None:
    """The day of a change, where it is another than that of publication."""
    return changed if changed and published and changed > published else None


def _titled(title: str | None, body: str) -> str:
    body = _PARAGRAPH_END.sub("\n\n", body.strip())
    return body if not title or body.startswith(title) else f"{title}\n\n{body}"
