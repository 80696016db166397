"""Which Cypher of strangers may run: one query that reads, of allowed clauses and functions, bounded in size and depth.

Not a parser: it knows at each bare word whether something complete stands before it. There only a known keyword may follow,
so a clause that this project has never heard of is refused like one that writes. See `docs/guards.md` for the other layers.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.asking.cypher_tokens import Token, closing, tokenised, value
from graph.errors import BadQuery

_WORDS = Path(__file__).with_name("cypher_words.toml")

_COMPLETE = {"ASC", "ASCENDING", "DESC", "DESCENDING", "END"}
_PREFIXES = {"NOT", "CASE", "DISTINCT"}
_PAIRS = {("STARTS", "WITH"), ("ENDS", "WITH"), ("ORDER", "BY"), ("CASE", "WHEN"), ("IS", "TYPED"), ("NOT", "TYPED")}
_MAKES_CLAUSE = {"UNION", "OPTIONAL"}
_PATTERN_ENDS = (")", ">", "-")
_SIGNS = ("+", "-", "!")
_JOINS = ("+", "-", "*", "/", "%", "^", "[")

_QUANTIFIED_GROUP = re.compile(r"\)\s*[*+?{]")
_UNBOUNDED = re.compile(r"[*+]|\{\d+,\d*\}")
_REGEX_LENGTH, _REGEX_QUANTIFIERS = 100, 3


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of `cypher_words.toml`: keywords in upper case, functions in lower case, operators as Neo4j writes them."""

    clauses: frozenset[str]
    continuing: frozenset[str]
    refused: frozenset[str]
    functions: frozenset[str]
    operators: frozenset[str]


@functools.cache
def load_words() -> Words:
    """The lists, read once a process."""
    found = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    functions = frozenset(name.lower() for name in found.pop("functions"))
    return Words(functions=functions, **{name: frozenset(words) for name, words in found.items()})


def check_cypher(text: str, size: int, nesting: int) -> str:
    """The query to send, free of comments and escapes; BadQuery says what is refused and what to write instead."""
    if len(text.encode("utf-8", "surrogatepass")) > size:
        raise BadQuery(f"the query is longer than {size} bytes; shorten it, or raise DIPLOGRAPH_QUERY_BYTES")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise BadQuery("the query holds characters that are no text")
    tokens, sent = tokenised(text)
    if tokens and tokens[-1].text == ";":
        tokens, sent = tokens[:-1], sent.rstrip("; \t\r\n")
    if not tokens:
        raise BadQuery("the query is empty")
    if any(token.text == ";" for token in tokens):
        raise BadQuery("one query at a time: leave out what follows the semicolon")
    _check_nesting(tokens, nesting)
    _Reading(tokens, load_words()).check()
    return sent


def check_parameters(value: Any, nesting: int) -> None:
    """Refuse parameters that no engine takes: too deep, numbers beyond 64 bits, characters that are no text."""
    if nesting < 0:
        raise BadQuery("the parameters nest too deep; simplify them, or raise DIPLOGRAPH_QUERY_NESTING")
    match value:
        case int() if not -(2**63) <= value < 2**63:
            raise BadQuery("a parameter is a number of more than 64 bits; write it as a string")
        case str() if any("\ud800" <= letter <= "\udfff" for letter in value):
            raise BadQuery("a parameter holds characters that are no text")
        case list():
            for item in value:
                check_parameters(item, nesting - 1)
        case dict():
            for key, item in value.items():
                check_parameters(key, nesting)
                check_parameters(item, nesting - 1)


def check_plan(operators: frozenset[str]) -> None:
    """Refuse a plan of Neo4j's with an operator that is not known to read only."""
    names = {re.split(r"[(@]", name)[0].strip() for name in operators}
    if strangers := sorted(names - load_words().operators):
        raise BadQuery(f"the query's plan holds {', '.join(strangers)}, which is not among the operators allowed")


def _check_nesting(tokens: Sequence[Token], nesting: int) -> None:
    """What a parser calls itself for is bounded: brackets, CASE within CASE, and signs or NOTs one behind the other."""
    depth, cases, signs = 0, 0, 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        cases = max(0, cases + (token.word == "CASE") - (token.word == "END"))
        signs = signs + 1 if token.word == "NOT" or token.text in _SIGNS else 0
        if max(depth, cases, signs) > nesting:
            raise BadQuery(f"the query nests more than {nesting} deep; simplify it, or raise DIPLOGRAPH_QUERY_NESTING")
        if depth < 0:
            raise BadQuery("a bracket is closed that was never opened")
    if depth:
        raise BadQuery("a bracket is never closed")


class _Reading:
    """One walk through a query's tokens. `complete`: an expression, a pattern or a clause could end here.

    After `)+` or `-->*` a pattern may end or an operand follow: `quantified`. Words that begin a clause are no names, so
    that there is one reading only.
    """

    def __init__(self, tokens: Sequence[Token], words: Words) -> None:
        self._tokens, self._words = tokens, words
        self._complete, self._quantified, self._clause, self._checked = False, False, True, -1

    def check(self) -> None:
        if self._tokens[0].kind != "word":
            raise self._no_start(self._tokens[0])
        for position, token in enumerate(self._tokens):
            match token.kind:
                case "word":
                    self._word(position, token)
                case "open":
                    self._complete, self._clause = False, False
                case "regex":
                    self._regex(position)
                case "symbol":
                    wildcard = token.text == "*" and self._before(position).word in ("WITH", "RETURN", "DISTINCT")
                    self._complete, self._clause = wildcard, False
                    self._quantified = token.text in ("+", "*") and self._before(position).text in _PATTERN_ENDS
                case "quoted" if self._after(position).text == "(":
                    raise BadQuery(f"the call of {token.text} is refused: functions are named without backticks")
                case _:
                    self._complete, self._clause = True, False

    def _before(self, position: int) -> Token:
        return self._tokens[position - 1] if position else Token("start", "")

    def _after(self, position: int) -> Token:
        return self._tokens[position + 1] if position + 1 < len(self._tokens) else Token("end", "")

    def _word(self, position: int, token: Token) -> None:
        before, after = self._before(position), self._after(position)
        if before.text == ".":  # the key of a property, or the rest of a name that was checked at its beginning
            if after.text == "(" and position != self._checked:
                raise BadQuery(f"the call of {token.text} is refused; see docs/guards.md for the functions allowed")
            self._complete, self._clause = True, False
            return
        if token.word in self._words.refused:
            raise BadQuery(f"{token.word} is refused: queries here only read; a name like this goes into backticks")
        key = before.text == "{" and after.text in (":", ",", "}")
        if self._clause or (before.text == "{" and not key):
            self._begin(position, token)
        elif self._complete or (self._quantified and before.kind == "symbol" and token.word in self._reserved):
            self._continue(position, token)
        else:
            self._operand(position, token)

    @property
    def _reserved(self) -> frozenset[str]:
        return self._words.clauses | {"WHERE", "UNION"}

    def _begin(self, position: int, token: Token) -> None:
        union = self._before(position).word == "UNION"
        if union and token.word in ("ALL", "DISTINCT"):
            return
        if token.word not in self._words.clauses:
            raise self._no_start(token)
        self._keyword(position, token)

    def _continue(self, position: int, token: Token) -> None:
        if token.word not in self._words.clauses | self._words.continuing:
            raise BadQuery(f"{token.text} is refused: no clause or operator of that name is allowed here")
        self._keyword(position, token)

    def _keyword(self, position: int, token: Token) -> None:
        if token.word == "CALL":
            self._check_call(position)
        self._complete, self._clause = token.word in _COMPLETE, token.word in _MAKES_CLAUSE

    def _operand(self, position: int, token: Token) -> None:
        prefix = token.word in _PREFIXES or (self._before(position).word, token.word) in _PAIRS
        if not prefix and token.word in self._reserved:
            raise BadQuery(f"{token.text} is refused here: it begins a clause; a name like this goes into backticks")
        if not prefix:
            self._check_function(position)
        self._complete, self._clause = not prefix, False

    def _check_function(self, position: int) -> None:
        """Where a name, dotted or not, is called, it is one of the functions allowed."""
        name, last = self._tokens[position].text, position
        while self._after(last).text == "." and self._after(last + 1).kind == "word":
            last += 2
            name += "." + self._tokens[last].text
        if self._after(last).text == "(":
            if name.lower() not in self._words.functions:
                raise BadQuery(f"the function {name} is refused; see docs/guards.md for those allowed")
            self._checked = last

    def _check_call(self, position: int) -> None:
        """`CALL { … }` and `CALL (x) { … }` are subqueries; anything else calls a procedure."""
        at = position + 1
        if self._after(position).text == "(":
            at = closing(self._tokens, at) + 1
        if at >= len(self._tokens) or self._tokens[at].text != "{":
            raise BadQuery("CALL is allowed with a subquery in braces only: procedures are refused")

    def _regex(self, position: int) -> None:
        """Java's regular expressions can run for ever and cannot be stopped: only short plain ones pass."""
        pattern = self._after(position)
        text = value(pattern.text) if pattern.kind == "string" else None
        following = "".join(token.text for token in self._tokens[position + 2 : position + 4])
        joined = following.startswith((*_JOINS, "||"))
        if text is None or joined or not _is_plain(text):
            raise BadQuery("after =~ only a short string without repeated groups is allowed; or use CONTAINS and toLower()")
        self._complete, self._clause = False, False

    def _no_start(self, token: Token) -> BadQuery:
        return BadQuery(f"{token.text} is refused: a query begins with {', '.join(sorted(self._words.clauses))}")


def _is_plain(pattern: str) -> bool:
    return (
        len(pattern) <= _REGEX_LENGTH
        and _QUANTIFIED_GROUP.search(pattern) is None
        and len(_UNBOUNDED.findall(pattern)) <= _REGEX_QUANTIFIERS
        and re.search(r"\\[0-9k]", pattern) is None
    )
