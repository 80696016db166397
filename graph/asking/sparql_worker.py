"""A process that runs strangers' SPARQL on one snapshot, read-only, and that can be killed without harm.

Run by `graph.asking.sparql_pool`; imports little, for it must start fast.
"""

from __future__ import annotations

import ctypes
import io
import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
    parse_query_results,
    serialize,
)

from graph.asking.worker import Reply, serve, told
from graph.model.iri import ID

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


class TooLarge(Exception):
    """The answer has more bytes than it may have."""


def main(arguments: list[str]) -> None:
    """`sparql_worker DATA SNAPSHOT MEMORY_MB`; an empty SNAPSHOT means an empty store."""
    data, name, memory = Path(arguments[0]), arguments[1], int(arguments[2])
    told()
    _leave_network()
    store, held = _store(data, name)
    serve(lambda request: answer(store, request), memory)
    if held is not None:
        held.close()


def answer(store: Store, request: dict[str, Any]) -> Reply:
    """The header and body of one reply; a query that is wrong gives a header with `error`."""
    try:
        if (foreign := _foreign(store, request["graphs"])) is not None:
            return {"error": foreign, "kind": "graph"}, b""
        # the protocol wants a service to have a base of its own: <state/MAR> is ours
        default, named = _graphs(request, "default"), _graphs(request, "named")
        found = store.query(request["text"], base_iri=ID, default_graph=default, named_graphs=named)
        body, truncated = _body(found, request)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        return {"error": str(error), "kind": "query"}, b""
    except TooLarge:
        return {"error": "the answer is too large", "kind": "size"}, b""
    return {"truncated": truncated}, body


def _body(found: QueryBoolean | QuerySolutions | QueryTriples, request: dict[str, Any]) -> tuple[bytes, bool]:
    rows, size, media = request["rows"], request["size"], request["media"]
    if isinstance(found, QueryBoolean):
        return found.serialize(format=QueryResultsFormat.from_media_type(media)) or b"", False
    if isinstance(found, QueryTriples):
        triples = list(islice(found, rows + 1))
        body = serialize(triples[:rows], format=RdfFormat.from_media_type(media)) or b""
        return _sized(body, size), len(triples) > rows
    body, truncated = _solutions(found, rows, size)
    form = QueryResultsFormat.from_media_type(media)
    if form != QueryResultsFormat.JSON:
        again = parse_query_results(body, format=QueryResultsFormat.JSON)
        assert isinstance(again, QuerySolutions)
        body = again.serialize(format=form) or b""
    return _sized(body, size), truncated


def _solutions(found: QuerySolutions, rows: int, size: int) -> tuple[bytes, bool]:
    """SPARQL JSON of the first rows; and whether there were more."""
    text, variables = io.BytesIO(), found.variables
    names = ",".join(json.dumps(variable.value) for variable in variables)
    text.write(f'{{"head":{{"vars":[{names}]}},"results":{{"bindings":['.encode())
    truncated = False
    for number, solution in enumerate(found):
        if number >= rows:
            truncated = True
            break
        text.write(b"," * (number > 0) + _binding(solution, variables))
        if text.tell() > size:
            raise TooLarge
    text.write(b"]}}")
    return text.getvalue(), truncated


def _binding(solution: QuerySolution, variables: Iterable[Variable]) -> bytes:
    bound = {variable.value: _term(solution[variable]) for variable in variables if solution[variable] is not None}
    return json.dumps(bound, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _term(term: Any) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}
    assert isinstance(term, Literal)
    written = {"type": "literal", "value": term.value}
    if term.language:
        written["xml:lang"] = term.language
        if term.direction is not None:
            written["its:dir"] = str(term.direction)
    elif term.datatype.value != XSD_STRING:
        written["datatype"] = term.datatype.value
    return written


def _sized(body: bytes, size: int) -> bytes:
    if len(body) > size:
        raise TooLarge
    return body


def _foreign(store: Store, graphs: Iterable[str]) -> str | None:
    """The first of the graphs that is not ours: neither its address is, nor does the store hold it."""
    others = (name for name in graphs if not name.startswith(ID))
    return next((name for name in others if not store.contains_named_graph(NamedNode(name))), None)


def _graphs(request: dict[str, Any], which: str) -> Any:
    """One half of the dataset that the request names; where it names the other half alone, this one is empty, as after FROM."""
    return [NamedNode(name) for name in request[which]] if request["default"] or request["named"] else None


def _store(data: Path, name: str) -> tuple[Store, Any]:
    if not name:
        return Store(), None
    from graph.record.snapshots import open_snapshot

    snapshot = open_snapshot(data, name)
    return snapshot.store, snapshot


def _leave_network() -> None:
    """Where the system lets an ordinary user do so, go where there is no network; the guard refuses SERVICE everywhere."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)


if __name__ == "__main__":
    main(sys.argv[1:])
