"""Cypher cut into tokens, and put together again without whatever two parsers might read differently."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import BadQuery

_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r\n]+)
  | (?P<comment>//[^\r\n]*|/\*.*?\*/)
  | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
  | (?P<quoted>`[^`\\]+`(?!`))
  | (?P<parameter>\$(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+))
  | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<number>0x[0-9A-Fa-f]+|0o[0-7]+|[0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
  | (?P<open>[({\[])
  | (?P<close>[)}\]])
  | (?P<regex>=~)
  | (?P<symbol>\.\.|[.,:;|&!%=<>+\-*/^])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"\\": "\\", "'": "'", '"': '"', "`": "`", "n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query other than space; `text` as it will be sent. Kinds are the names of the groups above."""

    kind: str
    text: str

    @property
    def word(self) -> str:
        """In upper case, for a bare word; else empty."""
        return self.text.upper() if self.kind == "word" else ""


def tokenised(text: str) -> tuple[tuple[Token, ...], str]:
    """The tokens, and the text to send: comments are spaces, and strings hold no escape but that of quote and backslash.

    BadQuery where a character has no place in Cypher outside strings: escapes, letters beyond ASCII (they belong in backticks).
    """
    tokens: list[Token] = []
    sent: list[str] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or (text.startswith("/*", position) and match.lastgroup != "comment"):
            raise BadQuery(_stray(text, position))
        kind = str(match.lastgroup)
        piece = _quoted(match.group()) if kind == "string" else " " if kind == "comment" else match.group()
        sent.append(piece)
        if kind not in ("space", "comment"):
            tokens.append(Token(kind, piece))
        position = match.end()
    return tuple(tokens), "".join(sent).strip()


def closing(tokens: Sequence[Token], opening: int) -> int:
    """The position of the bracket that closes the one at `opening`; the last position where none does."""
    depth = 0
    for position in range(opening, len(tokens)):
        depth += (tokens[position].kind == "open") - (tokens[position].kind == "close")
        if depth == 0:
            return position
    return len(tokens) - 1


def value(literal: str) -> str:
    """What a string literal stands for."""
    return _ESCAPE.sub(_unescaped, literal[1:-1])


def _quoted(literal: str) -> str:
    content = value(literal)
    if any("\ud800" <= letter <= "\udfff" or letter == "\x00" for letter in content):
        raise BadQuery("a string of the query holds characters that are no text")
    return "'" + content.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code is not None:
        number = int(code, 16)
        if number > 0x10FFFF:
            raise BadQuery(f"{match[0]} is no character")
        return chr(number)
    if match[3] not in _ESCAPED:
        raise BadQuery(f"{match[0]} is no escape of Cypher; write a backslash as \\\\")
    return _ESCAPED[match[3]]


def _stray(text: str, position: int) -> str:
    letter = text[position]
    if letter in "'\"`":
        return f"a {letter} at character {position} has no end, or holds what a name in backticks must not"
    if letter == "/":
        return f"a comment at character {position} has no end"
    if letter == "\\":
        return f"an escape at character {position} stands outside a string; write the character itself"
    return f"character {position} is {letter!r}; outside strings write ASCII, and names with other letters in backticks"
