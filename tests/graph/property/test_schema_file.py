"""`schema/neo4j.cypher` and the ontology name the same labels."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import BadData
from graph.model.terms import load_ontology
from graph.property.schema_file import statements

FORM = re.compile(r"CREATE (CONSTRAINT|INDEX) (\w+) IF NOT EXISTS FOR \(node:(\w+)\) (?:REQUIRE|ON) \(?node\.(\w+)")


@pytest.fixture
def parts() -> list[tuple[str, str, str, str]]:
    return [FORM.match(statement).groups() for statement in statements()]  # type: ignore[union-attr, misc]


def test_every_label_has_its_constraint_on_id(parts: list[tuple[str, str, str, str]]) -> None:
    constrained = [label for kind, _, label, name in parts if kind == "CONSTRAINT" and name == "id"]
    assert sorted(constrained) == sorted(load_ontology().node_labels())


def test_indexes_are_on_properties_that_the_ontology_has(parts: list[tuple[str, str, str, str]]) -> None:
    ontology = load_ontology()
    for kind, _, label, name in parts:
        if kind == "INDEX":
            domain = ontology.property_(name).domain.rsplit("#", 1)[-1]
            assert domain not in ontology.classes or any(
                domain in ontology.lineage(each) or label in ontology.lineage(domain) for each in ontology.subclasses(label)
            ), (label, name, domain)


def test_names_are_not_used_twice(parts: list[tuple[str, str, str, str]]) -> None:
    assert len({name for _, name, _, _ in parts}) == len(parts)


def test_anything_but_constraints_and_indexes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "neo4j.cypher"
    file.write_text("CREATE CONSTRAINT a IF NOT EXISTS FOR (n:A) REQUIRE n.id IS UNIQUE;\nMATCH (n) DELETE n;\n")
    with pytest.raises(BadData, match="MATCH"):
        statements(file)
