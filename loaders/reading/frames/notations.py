"""The notations that a field may take, from the ontology: what data files say is checked against them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from graph.errors import BadData
from graph.model.files import SCHEMA
from graph.model.terms import load_ontology

Notations = Mapping[tuple[str, str], frozenset[str]]
"""(kind, field) -> the notations of its concept scheme; fields without a scheme are left out."""


def load_notations() -> Notations:
    """The notations of every concept field in `schema/kinds.toml`."""
    kinds = tomllib.loads((SCHEMA / "kinds.toml").read_text(encoding="utf-8"))
    ontology = load_ontology()
    return {
        (kind, name): frozenset(ontology.concepts(field["scheme"]))
        for kind, table in kinds.items()
        for name, field in table["fields"].items()
        if "scheme" in field
    }


def check(notations: Notations, kind: str, field: str, value: object, where: str) -> None:
    """BadData when a value is no notation of its field's scheme."""
    known = notations.get((kind, field))
    if known is not None and value not in known:
        raise BadData(f"{where}: {value!r} is no {field} of {kind}; there are {', '.join(sorted(known))}")
