"""What schemathesis cannot make up: texts of the formats that the API's description names. `schemathesis.toml` loads this."""

from __future__ import annotations

import json
from typing import Any

import schemathesis
from hypothesis import strategies as st

_DIP = "PREFIX dip: <https://w3id.org/diplograph/ontology#> "
_CLASSES = st.sampled_from(["State", "Accord", "Visit", "Source"])
_NUMBERS = st.integers(min_value=0, max_value=50)

SPARQL = st.one_of(
    st.builds("{} SELECT ?s {{ ?s a dip:{} }} ORDER BY ?s LIMIT {}".format, st.just(_DIP), _CLASSES, _NUMBERS),
    st.builds("{} ASK {{ ?s a dip:{} }}".format, st.just(_DIP), _CLASSES),
    st.builds("{} CONSTRUCT WHERE {{ ?s a dip:{} ; dip:code ?code }} LIMIT {}".format, st.just(_DIP), _CLASSES, _NUMBERS),
)
CYPHER = st.builds("MATCH (n:{}) WITH n ORDER BY n.id LIMIT {} RETURN n.id AS id".format, _CLASSES, _NUMBERS)
_NAMES = st.sampled_from(["Maroc", "Rwanda", "Berrada", "", "é", "x" * 300])
QUERIES = st.dictionaries(
    st.sampled_from(["q0", "q1", "a b"]), st.fixed_dictionaries({"query": _NAMES}, optional={"limit": st.integers(1, 9)})
).map(json.dumps)
EXTENSIONS = st.fixed_dictionaries(
    {
        "ids": st.lists(st.sampled_from(["state/MAR", "state/QQQ", "nothing"]), max_size=3),
        "properties": st.lists(st.sampled_from([{"id": "code"}, {"id": "party"}]), max_size=2),
    }
).map(json.dumps)

for _name, _strategy in {
    "sparql-query": SPARQL,
    "cypher-query": CYPHER,
    "reconciliation-queries": QUERIES,
    "reconciliation-extension": EXTENSIONS,
}.items():
    schemathesis.openapi.format(_name, _strategy)


@schemathesis.serializer("application/sparql-query")
def as_text(context: schemathesis.SerializationContext, value: Any) -> bytes:
    """A posted query is the body itself."""
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()
