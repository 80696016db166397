"""A sweep of the store reads the nodes that are read one by one."""

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from graph.bulk.sweeping import Sweep
from graph.errors import BadData
from graph.model.iri import ONTOLOGY, entity
from graph.model.terms import load_ontology
from graph.model.vocabulary import RDF
from graph.property.nodes import NodeReader
from graph.record import snapshots
from graph.release.lines import all_nodes
from graph.settings import Settings
from graph.view.writing import open_writer
from tests.api.stories import HOSTILE_STORIES


def test_all_nodes_are_those_of_a_reader_with_all_their_evidence(tmp_path: Path) -> None:
    with open_writer(Settings(data=tmp_path)) as writer:
        writer.add(HOSTILE_STORIES[:3])
        writer.commit()
    snapshot = snapshots.current(tmp_path)
    assert snapshot is not None
    with snapshot:
        swept = list(Sweep(snapshot.store, load_ontology()).nodes())
        read = list(all_nodes(NodeReader(snapshot.store, load_ontology())))
    assert sorted(swept, key=lambda node: (node.label, node.id)) == read
    assert any(each.properties.get("quote") for node in swept for each in node.relationships)


def test_a_thing_of_two_labels_is_an_error_as_it_is_for_a_reader() -> None:
    store, thing = Store(), NamedNode(entity("accord", "0123456789abcdef"))
    for name in ("Accord", "Visit"):
        store.add(Quad(thing, NamedNode(RDF + "type"), NamedNode(ONTOLOGY + name), DefaultGraph()))
    with pytest.raises(BadData, match="several labels"):
        list(Sweep(store, load_ontology()).nodes())
