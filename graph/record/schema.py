"""What the record may speak of: the kinds of fact, the agents' codes and the reference data, read from `schema/` once."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, parse

from graph.errors import BadData, UnknownTerm
from graph.model import iri
from graph.model.files import SCHEMA
from graph.model.kinds import Kinds, load_kinds
from graph.record import rdf

_SHOWING = frozenset(("alignments.ttl", "labels.toml", "shapes.ttl", "validity.toml"))  # say how entities are shown


@dataclass(frozen=True, slots=True, eq=False)
class Schema:
    """Kinds, the IRI of every state and organisation by code, the reference data of the view, and a hash of all files.

    `claims_version` is a hash of those files that may change what is noted of a source by itself.
    """

    kinds: Kinds
    agents: Mapping[str, NamedNode]
    reference: tuple[Quad, ...]
    version: str
    claims_version: str
    folder: Path

    def agent(self, code: str) -> NamedNode:
        """The IRI of a state or organisation; UnknownTerm where no reference data has the code."""
        try:
            return self.agents[code]
        except KeyError:
            raise UnknownTerm(f"{code!r} is the code of no state or organisation in {self.folder}") from None


@functools.cache
def load_schema(folder: Path = SCHEMA) -> Schema:
    """The schema of a folder, read once a process; BadData names the file that is malformed."""
    files = sorted(folder.glob("*.ttl"))
    quads = tuple(quad for file in files if file.name not in ("shapes.ttl", "alignments.ttl") for quad in _read(file))
    every = sorted(path for path in folder.iterdir() if path.suffix in (".ttl", ".toml"))
    claims_version = _digest(file for file in every if file.name not in _SHOWING)
    return Schema(load_kinds(folder), _agents(quads), quads, _digest(every), claims_version, folder)


def _digest(files: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for file in files:
        found.update(f"{file.name} {file.stat().st_size} ".encode() + file.read_bytes())
    return found.hexdigest()[:16]


def _read(file: Path) -> list[Quad]:
    """The triples of a file, without class expressions: the view has no blank nodes."""
    try:
        triples = [
            t for t in parse(path=str(file)) if not isinstance(t.subject, BlankNode) and not isinstance(t.object, BlankNode)
        ]
        return [Quad(t.subject, t.predicate, t.object) for t in triples]
    except (SyntaxError, OSError) as error:
        raise BadData(f"{file}: {error}") from error


def _agents(quads: tuple[Quad, ...]) -> dict[str, NamedNode]:
    kinds = (iri.ID + "state/", iri.ID + "organisation/")
    coded = (quad for quad in quads if quad.predicate == rdf.dip("code"))
    found = ((rdf.value(quad.object), rdf.node(quad.subject)) for quad in coded)
    return {code: node for code, node in found if node.value.startswith(kinds)}
