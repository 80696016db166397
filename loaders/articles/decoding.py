"""Bytes of a file to text: size, binary content and character set, each with an error that says what to do."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

import charset_normalizer

from graph.errors import BadSource

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_SNIFFED = 4096  # characters sets are declared within the first kilobytes (HTML asks for the first 1024 bytes)
_WESTERN = ["utf_8", "cp1252", "latin_1", "iso8859_15", "mac_roman", "cp850"]
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read_bytes(path: Path, limit: int) -> bytes:
    """The content of a file; BadSource when it cannot be read, is empty or is longer than `limit` bytes."""
    try:
        size = path.stat().st_size
        if size > limit:
            raise BadSource(
                f"{path}: {size:,} bytes, more than the {limit:,} allowed; split it, or raise DIPLOGRAPH_SOURCE_BYTES"
            )
        content = path.read_bytes()
    except OSError as error:
        raise BadSource(f"{path}: cannot be read ({error.strerror}); check the name and the permissions") from error
    if not content.strip():
        raise BadSource(f"{path}: the file is empty; remove it or put the article's text in it")
    return content


def decode(content: bytes, path: Path) -> str:
    """Text with `\\n` line ends. A byte order mark wins, then strict UTF-8, then what the file declares, then detection."""
    encoding = _marked(content)
    text = _try(content, encoding) if encoding else _plain(content, path)
    if text is None or _is_binary(text):
        raise BadSource(f"{path}: not a text file; convert it to plain text, HTML, RSS/Atom or JSON Lines first")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _marked(content: bytes) -> str | None:
    return next((encoding for mark, encoding in _BOMS if content.startswith(mark)), None)


def _plain(content: bytes, path: Path) -> str | None:
    if b"\x00" in content[:_SNIFFED]:
        return None
    text = _try(content, "utf-8")
    if text is not None:
        return text
    declared = _DECLARED.search(content[:_SNIFFED])
    if declared:
        text = _try(content, declared[1].decode("ascii"))
        if text is not None:
            return text
    return _detected(content, path)


def _detected(content: bytes, path: Path) -> str:
    best = charset_normalizer.from_bytes(content, cp_isolation=_WESTERN).best()
    if best is None:
        raise BadSource(f"{path}: its character set was not recognised; save it as UTF-8")
    return str(best)


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _is_binary(text: str) -> bool:
    head = text[:_SNIFFED]
    return len(_CONTROLS.findall(head)) > len(head) // 100
