"""Whether entities satisfy `schema/shapes.ttl`, by pySHACL, at a cost that grows with the sorts of entities, not their number.

Two entities of one pattern get one verdict, so each pattern is validated once a store. A pattern is the class, the number of
values of each property up to three, their types, which of them are one thing, and of a part what it belongs to.
tests/graph/record/test_shapes.py proves that the shapes ask about nothing that a pattern leaves out.
"""

from __future__ import annotations

import hashlib
import heapq
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

if TYPE_CHECKING:
    import rdflib

from graph.model import iri
from graph.record import rdf
from graph.record.proven import Proven

FILE = "shapes.ttl"
CLASS_OF_PATH: Mapping[str, str] = {
    "state": "State",
    "organisation": "Organisation",
    "person": "Person",
    "office": "Office",
    "tenure": "Tenure",
    "accord": "Accord",
    "act": "AccordAct",
    "commission": "Commission",
    "session": "Session",
    "participation": "Participation",
    "source": "Article",
}
"""The class of what an IRI of the project names, as far as entities refer to each other."""
_OF_PARTS = frozenset(rdf.dip(name).value for name in ("participation", "act", "session"))  # of which shapes ask the inverse
_SAMPLE = "urn:diplograph:sample:"
_MOST = 3
_CODE = re.compile(r"[A-Z]{3}\Z")

About = dict[str, list[NamedNode | Literal]]
"""The values of an entity by predicate, `^` before an inverse one."""
Pattern = tuple[tuple[str, tuple[str, ...]], ...]
"""Predicates in order (`^` before an inverse one), each with its values made anonymous, as N-Triples terms."""


class Shapes:
    """Validates entities against the shapes of a schema folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._shapes: rdflib.Graph | None = None
        self._verdicts: dict[Pattern, tuple[str, ...]] = {}

    def problems(self, quads: Iterable[Quad], proven: Proven | None = None) -> dict[str, tuple[str, ...]]:
        """The messages (English) for every entity of a set of whole entities that violates a shape, by IRI.

        `proven` is asked before the shapes are, and told what they say.
        """
        patterns = patterns_of(quads)
        self._learn(sorted({pattern for pattern in patterns.values() if pattern not in self._verdicts}), proven)
        return {entity: found for entity, pattern in patterns.items() if (found := self._verdicts[pattern])}

    def _learn(self, patterns: list[Pattern], proven: Proven | None) -> None:
        if proven is not None:
            kept = ((pattern, proven.get(pattern, self._by)) for pattern in patterns)
            self._verdicts.update((pattern, found) for pattern, found in kept if found is not None)
        unknown = [pattern for pattern in patterns if pattern not in self._verdicts]
        if unknown:
            self._verdicts.update(zip(unknown, self._validate(unknown), strict=True))
        if proven is not None:
            for pattern in unknown:
                proven.put(pattern, self._by, self._verdicts[pattern])

    @cached_property
    def _by(self) -> str:
        """A digest of the shapes."""
        return hashlib.sha256(self._path.read_bytes()).hexdigest()[:16]

    def _validate(self, patterns: list[Pattern]) -> list[tuple[str, ...]]:
        import pyshacl  # here: it takes half a second, and most processes never commit
        import rdflib

        data = rdflib.Graph().parse(data="\n".join(_lines(patterns)), format="nt")
        if self._shapes is None:
            self._shapes = rdflib.Graph().parse(self._path)
        _, report, _ = pyshacl.validate(data, shacl_graph=self._shapes, inference="none")
        shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
        messages: dict[str, set[str]] = defaultdict(set)
        for result in report.subjects(shacl.focusNode):
            texts = [
                text for text in report.objects(result, shacl.resultMessage) if getattr(text, "language", None) in (None, "en")
            ]
            messages[str(report.value(result, shacl.focusNode))] |= {str(text) for text in texts}
        return [tuple(sorted(messages[f"{_SAMPLE}{number}"])) for number in range(len(patterns))]


def patterns_of(quads: Iterable[Quad]) -> dict[str, Pattern]:
    """The pattern of every subject among the quads of whole entities; parts know what they are parts of."""
    values: dict[str, About] = {}
    links: list[tuple[str, str, str]] = []
    for quad in quads:
        subject, predicate, value = rdf.value(quad.subject), quad.predicate.value, quad.object
        about = values.setdefault(subject, {})
        if isinstance(value, NamedNode):
            if predicate in _OF_PARTS:
                links.append((value.value, predicate, subject))
            about.setdefault(predicate, []).append(value)
        elif isinstance(value, Literal):
            about.setdefault(predicate, []).append(value)
    for target, predicate, subject in links:
        if target in values:
            values[target].setdefault("^" + predicate, []).append(NamedNode(subject))
    return {subject: _pattern(about) for subject, about in values.items()}


def _pattern(about: About) -> Pattern:
    names: dict[str, str] = {}
    counts: dict[str, int] = defaultdict(int)
    found = []
    for predicate in sorted(about):
        terms = about[predicate]
        if len(terms) > 1:
            terms = heapq.nsmallest(_MOST, terms, key=_rank)
        if predicate == rdf.RDF_TYPE.value:
            found.append((predicate, tuple(str(term) for term in terms)))
        else:
            found.append((predicate, tuple(_anonymous(term, n, names, counts) for n, term in enumerate(terms))))
    return tuple(found)


def _rank(term: NamedNode | Literal) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _anonymous(term: NamedNode | Literal, number: int, names: dict[str, str], counts: dict[str, int]) -> str:
    if isinstance(term, Literal):
        return _literal(term, number)
    name = term.value
    if name.startswith(iri.ONTOLOGY):
        return str(term)
    if name not in names:
        class_name = _class_of(name)
        counts[class_name] += 1
        names[name] = f"<{_SAMPLE}{class_name}:{counts[class_name]}>"
    return names[name]


def _class_of(node: str) -> str:
    if node.startswith(iri.CONCEPT):
        return node[len(iri.CONCEPT) :].partition("/")[0]
    kind = iri.short(node).partition("/")[0]
    return CLASS_OF_PATH.get(kind) or kind.capitalize()


def _literal(term: Literal, number: int) -> str:
    datatype, text = term.datatype.value.removeprefix(rdf.XSD), term.value
    if datatype in ("decimal", "integer"):
        return _sample(datatype, None, _number(Decimal(text), number), number)
    sort = "" if not text else "code" if datatype == "string" and _CODE.match(text) else "text"
    return _sample(datatype, term.language, sort, number)


@lru_cache(maxsize=10_000)
def _sample(datatype: str, language: str | None, sort: str, number: int) -> str:
    """A literal in place of all of its sort: a number, an empty text, a code of three capitals, or any other text."""
    if language:
        return str(Literal(f"x{number}" if sort else "", language=language))
    if datatype == "string":
        return str(Literal({"": "", "code": "ABC"[number] * 3}.get(sort, f"x{number}")))
    days = {"gYear": f"200{number}", "gYearMonth": f"200{number}-01", "date": f"200{number}-01-01"}
    sample = sort if datatype in ("decimal", "integer") else days.get(datatype, f"x{number}")
    full = NamedNode(datatype if ":" in datatype else rdf.XSD + datatype)
    return str(Literal(sample, datatype=full))


def _number(value: Decimal, number: int) -> str:
    """A number on the same side of 0 and of 1: no shape asks for more."""
    if value in (0, 1):
        return str(value)
    if value == value.to_integral_value():
        return str((-1 if value < 0 else 1) * (2 + number))
    return f"{'-' if value < 0 else ''}{1 + number if abs(value) > 1 else 0}.{5 + number}"


def _lines(patterns: list[Pattern]) -> list[str]:
    lines = set()
    for number, pattern in enumerate(patterns):
        node = f"<{_SAMPLE}{number}>"
        for predicate, terms in pattern:
            for term in terms:
                ends = (term, node) if predicate.startswith("^") else (node, term)
                lines.add(f"{ends[0]} <{predicate.lstrip('^')}> {ends[1]} .")
                if term.startswith(f"<{_SAMPLE}"):
                    class_name = term.removeprefix(f"<{_SAMPLE}").split(":")[0]
                    lines.add(f"{term} {rdf.RDF_TYPE} {rdf.dip(class_name)} .")
    return sorted(lines)
