"""The W3C's tests of SPARQL, out of their manifests: what each asks, of which data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

ADDRESS = "https://suite.example/"
"""Where the files of the suite are said to be: relative names in data and queries are resolved by it."""
FOLDERS = ("testcases-sparql-1.1-w3c", "testcases-sparql-1.0-w3c/data-r2")
_FORMATS = {".ttl": RdfFormat.TURTLE, ".rdf": RdfFormat.RDF_XML, ".nt": RdfFormat.N_TRIPLES}
_MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_CASES = """
    PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
    PREFIX qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#>
    SELECT ?type ?test ?query
      (GROUP_CONCAT(DISTINCT COALESCE(STR(?d), ""); separator=" ") AS ?data)
      (GROUP_CONCAT(DISTINCT COALESCE(STR(?n), ""); separator=" ") AS ?named) {
      ?test a ?type ; mf:action ?action .
      OPTIONAL { ?action qt:query ?asked } BIND(COALESCE(?asked, ?action) AS ?query)
      OPTIONAL { ?action qt:data ?d }
      OPTIONAL { ?action qt:graphData ?n FILTER(ISIRI(?n)) }
    } GROUP BY ?type ?test ?query ORDER BY ?test"""


@dataclass(frozen=True, slots=True)
class Case:
    """A test of the suite: its kind (`QueryEvaluationTest`, …), its query, and the files of its default and named graphs."""

    kind: str
    name: str
    query: str
    base: str
    data: tuple[str, ...]
    named: tuple[str, ...]


class Suite:
    """The suite in its jar. Files go by their addresses."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def cases(self) -> Iterator[Case]:
        """All tests whose query is in the jar, those of SPARQL 1.1 first."""
        for folder in FOLDERS:
            for part in sorted(self._root.joinpath(folder).iterdir(), key=lambda part: part.name):
                if part.is_dir() and (part / "manifest.ttl").exists():
                    yield from self._part(f"{ADDRESS}{folder}/{part.name}/manifest.ttl")

    def data(self) -> Iterator[str]:
        """Every file of triples that can be read; the suite has some that cannot, for other tests than those of queries."""
        for folder in FOLDERS:
            for part in (part for part in self._root.joinpath(folder).iterdir() if part.is_dir()):
                for file in sorted(part.iterdir(), key=lambda file: file.name):
                    address = f"{ADDRESS}{folder}/{part.name}/{file.name}"
                    if file.suffix in _FORMATS and file.name != "manifest.ttl" and self._readable(address):
                        yield address

    def triples(self, address: str) -> Iterator[Quad]:
        """What a file says, in a graph of its own."""
        form = _FORMATS["." + address.rpartition(".")[2]]
        for quad in parse(self._read(address), format=form, base_iri=address):
            yield Quad(quad.subject, quad.predicate, quad.object, NamedNode(address))

    def holds(self, address: str) -> bool:
        """Whether the jar has the file."""
        return self._path(address).exists()

    def dataset(self, case: Case) -> Store:
        """The data of a test as the suite means them: its default graph is the default graph."""
        store = Store()
        for address in case.data:
            store.extend(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in self.triples(address))
        for address in case.named:
            store.add_graph(NamedNode(address))
            store.extend(self.triples(address))
        return store

    def _part(self, manifest: str) -> Iterator[Case]:
        store = Store()
        store.extend(self.triples(manifest))
        for row in store.query(_CASES, use_default_graph_as_union=True):  # type: ignore[union-attr]
            kind, query = row["type"].value.removeprefix(_MANIFEST), row["query"]  # type: ignore[index]
            if isinstance(query, BlankNode | Literal) or not self.holds(query.value):
                continue
            data, named = (tuple(sorted(row[which].value.split())) for which in ("data", "named"))  # type: ignore[index]
            if all(self.holds(address) for address in (*data, *named)):
                text = self._read(query.value).decode("utf-8")
                yield Case(kind, row["test"].value.removeprefix(ADDRESS), text, query.value, data, named)  # type: ignore[index]

    def _readable(self, address: str) -> bool:
        try:
            return len(list(self.triples(address))) >= 0
        except SyntaxError:
            return False

    def _read(self, address: str) -> bytes:
        return self._path(address).read_bytes()

    def _path(self, address: str) -> Path:
        return self._root.joinpath(address.removeprefix(ADDRESS))
