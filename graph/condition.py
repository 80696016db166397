"""In which condition a data folder is: what is sound, what is not, and how to mend it."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from graph.asking.ask import Limits, ask_cypher, ask_sparql
from graph.asking.binding import bind
from graph.asking.questions import Question, load_questions
from graph.errors import DiplomacyError
from graph.model import iri
from graph.model.terms import load_ontology
from graph.property.bolt import PropertyGraph, open_graph
from graph.property.nodes import NodeReader
from graph.property.projection import shown
from graph.record.snapshots import Snapshot
from graph.settings import Settings
from graph.view.violations import violations

_PACKAGES = ("diplograph", "neo4j", "pyoxigraph", "rdflib", "fastapi", "arcadedb-embedded")
_SAMPLE = {"state": "MAR"}
_SHOWN_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what, whether it is fine, and a sentence that says how it is or how to mend it."""

    subject: str
    fine: bool
    message: str


def condition(settings: Settings, snapshot: Callable[[], Snapshot]) -> Iterator[Finding]:
    """Look at versions, limits, snapshot, shapes, property graph and parity; what one finds broken does not stop the rest."""
    yield Finding("versions", True, ", ".join([f"python {platform.python_version()}", *map(_version, _PACKAGES)]))
    yield Finding("limits", True, f"a query: {settings.query_seconds:g} s, {settings.query_rows:,} rows")
    try:
        with snapshot() as opened:
            yield Finding("snapshot", True, f"{opened.id} in {settings.data}")
            yield _shapes(opened)
            yield from _graph(settings, opened)
    except DiplomacyError as error:
        yield Finding("store", False, str(error))


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:  # run from a checkout that was not installed
        return f"{package} from its checkout"


def _shapes(snapshot: Snapshot) -> Finding:
    found = [f"{iri.short(one.entity)} ({', '.join(one.messages)})" for one in violations(snapshot)]
    if not found:
        return Finding("shapes", True, "the view conforms")
    more = f" … and {len(found) - _SHOWN_AT_MOST} more" if len(found) > _SHOWN_AT_MOST else ""
    return Finding("shapes", False, f"{len(found)} kept out of the view: " + "; ".join(found[:_SHOWN_AT_MOST]) + more)


def _graph(settings: Settings, snapshot: Snapshot) -> Iterator[Finding]:
    with open_graph(settings) as graph:
        at = shown(graph)
        said = f"{graph.agent} shows snapshot {at or 'none'}"
        yield Finding("property graph", at == snapshot.id, said if at == snapshot.id else f"{said}; run `diplograph sync`")
        if at == snapshot.id:
            yield _counts(snapshot, graph)
            yield _parity(settings, snapshot, graph)


def _counts(snapshot: Snapshot, graph: PropertyGraph) -> Finding:
    reader = NodeReader(snapshot.store, load_ontology())
    wrong = []
    for label in reader.labels:
        there, wanted = graph.read(f"MATCH (n:{label}) RETURN count(n) AS n").single(), len(reader.ids(label))
        if (there or 0) != wanted:
            wrong.append(f"{label}: {there or 0} nodes for {wanted} entities")
    message = "; ".join(wrong) + "; run `diplograph sync`" if wrong else "every entity has its node"
    return Finding("counts", not wrong, message)


def _parity(settings: Settings, snapshot: Snapshot, graph: PropertyGraph) -> Finding:
    limits = Limits.of(settings)
    differing = []
    asked = [question for question in load_questions().values() if _askable(question)]
    for question in asked:
        bound = bind(question, {name: value for name, value in _SAMPLE.items() if name in question.parameters})
        if ask_cypher(bound, graph, limits).rows != ask_sparql(bound, snapshot, limits).rows:
            differing.append(question.name)
    message = f"{len(asked)} questions give the same rows in Cypher and SPARQL"
    return Finding("parity", not differing, f"these differ: {', '.join(differing)}" if differing else message)


def _askable(question: Question) -> bool:
    return all(name in _SAMPLE for name, parameter in question.parameters.items() if parameter.required)
