"""What strangers may send as SPARQL: one query, of a bounded size, that stays inside the store.

The text is cut into the tokens of SPARQL's grammar, so that words in strings, addresses, names and comments count for nothing.
Code points written `\\uXXXX` are decoded first; as parsers differ in where they decode them, both readings must pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from graph.errors import BadQuery
from graph.model.iri import ID

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")

_ESCAPED_CHARACTER = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_TOKEN = re.compile(
    rf"""
    (?P<comment>\#[^\r\n]*)
  | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
  | (?P<string>'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''|'(?:[^'\\\r\n]|\\.)*'
      |\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"|"(?:[^"\\\r\n]|\\.)*")
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:[^\W\d_][\w.\-]*)?:(?:(?:[\w:\-]|{_ESCAPED_CHARACTER})(?:[\w:.\-]|{_ESCAPED_CHARACTER})*)?)
  | (?P<word>\w+)
  | (?P<open>[({{\[])
  | (?P<close>[)}}\]])
  | (?P<space>\s+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_SERVICE = re.compile("service", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class CheckedSparql:
    """A query that may be run in a worker; `form` is SELECT, ASK, CONSTRUCT or DESCRIBE, `graphs` those that FROM names.

    Whether the store holds these graphs only the worker knows: it refuses others.
    """

    text: str
    form: str
    graphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str

    @property
    def word(self) -> str:
        return self.text.upper() if self.kind == "word" else ""

    @property
    def may_be_service(self) -> bool:
        """Whether some reading of this token holds the keyword.

        The engine's parser needs no space after a keyword, and reads `?a<?b` as a comparison where this one sees an
        address begin. So the word counts wherever it could be split off: not within a variable, an address with a
        scheme, or a local name.
        """
        if self.kind in ("variable", "string") or _SERVICE.search(self.text) is None:
            return False
        if self.kind == "iri":
            return not re.match(r"<[A-Za-z][A-Za-z0-9+.\-]*://", self.text)
        prefix, _, local = self.text.partition(":")
        return self.kind != "name" or bool(_SERVICE.search(prefix) or re.search(r"(?i)[^A-Za-z0-9_]service", local))


def check_sparql(text: str, size: int, nesting: int) -> CheckedSparql:
    """Refuse with BadQuery what is too long (bytes) or too deep, updates, and SERVICE."""
    if len(text.encode("utf-8", "surrogatepass")) > size:
        raise BadQuery(f"the query is longer than {size} bytes; shorten it, or raise DIPLOGRAPH_QUERY_BYTES")
    if any("\ud800" <= letter <= "\udfff" or letter == "\x00" for letter in text):
        raise BadQuery("the query holds characters that are no text")
    checked = _check(text, nesting)
    decoded = _decoded(text)
    if decoded == text:
        return checked
    return CheckedSparql(text, checked.form, (*checked.graphs, *_check(decoded, nesting).graphs))


def check_graphs(graphs: Iterable[str]) -> None:
    """Refuse graphs whose address is none of ours."""
    for graph in graphs:
        if not graph.startswith(ID):
            raise BadQuery(no_graph(graph))


def no_graph(graph: str) -> str:
    """What to say of a graph that is not here."""
    return f"{graph} is no graph of this store; its graphs are {ID}source/…"


def _check(text: str, nesting: int) -> CheckedSparql:
    tokens = list(_tokens(text))
    _check_nesting(tokens, nesting)
    form = _form(tokens)
    if any(token.may_be_service for token in tokens):
        raise BadQuery("SERVICE is refused: queries do not leave this store; ask the other endpoint yourself")
    named = [position for position, token in enumerate(tokens) if token.word == "FROM"]
    return CheckedSparql(text, form, tuple(_graph(tokens, position) for position in named))


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind not in ("comment", "space"):
            yield _Token(kind, match.group())


def _check_nesting(tokens: Sequence[_Token], nesting: int) -> None:
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth > nesting:
            raise BadQuery(f"the query nests more than {nesting} brackets; simplify it, or raise DIPLOGRAPH_QUERY_NESTING")


def _form(tokens: Sequence[_Token]) -> str:
    """The first word after the prologue."""
    for token in tokens:
        if token.word in FORMS:
            return token.word
        if token.word in _UPDATES:
            raise BadQuery(f"{token.word} is refused: only queries are answered (SELECT, ASK, CONSTRUCT, DESCRIBE)")
        if token.kind not in ("iri", "name") and token.word not in ("PREFIX", "BASE", "VERSION") and token.kind != "string":
            break
    raise BadQuery("this is no SPARQL query: after its prefixes it begins with SELECT, ASK, CONSTRUCT or DESCRIBE")


def _graph(tokens: Sequence[_Token], position: int) -> str:
    """The address of the graph that the FROM at a position names."""
    following = tokens[position + 1 : position + 3]
    graph = next((token for token in following if token.word != "NAMED"), None)
    if graph is None or graph.kind not in ("iri", "name"):
        raise BadQuery("FROM is followed by no graph")
    base, prefixes = _prologue(tokens[:position])
    if graph.kind == "iri":
        return urljoin(base, graph.text[1:-1])
    prefix, _, local = graph.text.partition(":")
    if prefix not in prefixes:
        raise BadQuery(f"FROM {graph.text}: its prefix is not declared")
    return prefixes[prefix] + local


def _prologue(tokens: Sequence[_Token]) -> tuple[str, dict[str, str]]:
    """The base that relative addresses are resolved by, and the prefixes, as declared last."""
    base, prefixes = ID, {}
    for at, token in enumerate(tokens):
        if token.word == "BASE" and (iri := _iri(tokens, at + 1)) is not None:
            base = urljoin(base, iri)
        elif token.word == "PREFIX" and (iri := _iri(tokens, at + 2)) is not None:
            prefixes[tokens[at + 1].text.rpartition(":")[0]] = urljoin(base, iri)
    return base, prefixes


def _iri(tokens: Sequence[_Token], at: int) -> str | None:
    return tokens[at].text[1:-1] if at < len(tokens) and tokens[at].kind == "iri" else None


def _decoded(text: str) -> str:
    return _ESCAPE.sub(lambda match: _character(int(match[1] or match[2], 16), match[0]), text)


def _character(code: int, written: str) -> str:
    return chr(code) if code < 0x110000 and not 0xD800 <= code <= 0xDFFF else written
