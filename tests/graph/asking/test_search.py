"""Finding entities by what people type."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

import graph.asking.index as indexing
from graph.asking.search import index, search
from graph.model.files import ROOT
from graph.model.iri import ID, ONTOLOGY
from graph.model.vocabulary import RDF, RDFS
from graph.record.snapshots import Changes

FIXTURE = ROOT / "tests" / "queries" / "fixture.trig"


@dataclass
class Folder:
    """A snapshot somewhere in a data folder."""

    id: str
    store: Store
    folder: Path
    changes: Changes


def named(store: Store, name: str, label: str, kind: str = "Person") -> str:
    iri = f"{ID}person/{name}"
    store.add(Quad(NamedNode(iri), NamedNode(RDF + "type"), NamedNode(ONTOLOGY + kind)))
    store.add(Quad(NamedNode(iri), NamedNode(RDFS + "label"), Literal(label, language="fr")))
    return iri


def at(folder: Path, name: str, store: Store, changes: Changes | None = None) -> Folder:
    return Folder(name, store, folder / "snapshots" / name, changes or Changes(None, (), ()))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("MAR", "Maroc"),
        ("maroc", "Maroc"),
        ("Morocco", "Maroc"),
        ("prevot", "Maxime Prévot"),
        ("PRÉVÔT", "Maxime Prévot"),
        ("prev max", "Maxime Prévot"),
        ("Republique centrafricaine", "République centrafricaine"),
        ("central afr", "République centrafricaine"),
        ("l'union europeenne", "Union européenne"),
        ("ministre defense", "Ministre de la Défense (Rwanda)"),
        ("memorandum", "Mémorandum Belgique – Maroc (octobre 2025)"),
        ("channel register", None),
        ("belgium and morocco open", "Belgium and Morocco open a new chapter"),
    ],
)
def test_what_is_typed_finds_what_is_meant(snapshot, text: str, first: str | None) -> None:
    hits = search(snapshot, text)
    assert (hits[0].label if hits else None) == first


def test_labels_are_in_the_language_asked_for(snapshot) -> None:
    assert search(snapshot, "maroc", "en")[0].label == "Morocco"


def test_whole_names_and_codes_come_first_then_agents(snapshot) -> None:
    hits = search(snapshot, "maroc")
    assert (hits[0].kind, hits[0].code, hits[0].exact) == ("State", "MAR", True)
    assert not any(hit.exact for hit in hits[1:])
    assert len(hits) > 5
    assert not {hit.kind for hit in hits} & {"Participation", "AccordAct"}


def test_kinds_and_limit(snapshot) -> None:
    assert {hit.kind for hit in search(snapshot, "maroc", kinds=("Accord", "Mission"))} == {"Accord", "Mission"}
    assert len(search(snapshot, "maroc", limit=2)) == 2


@pytest.mark.parametrize("text", ["", "   ", '"*', "'; DROP TABLE entry; --", "AND OR NOT", "NEAR(a b)", "col:x", "^", "\x00"])
def test_no_text_breaks_the_search(snapshot, text: str) -> None:
    assert search(snapshot, text) == []


def test_the_index_is_made_once_and_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store()
    kept, gone = named(store, "a", "Élodie Marchand"), named(store, "b", "Bruno Vallier")
    first = at(tmp_path, "one", store)
    file = index(first)
    stamp = file.stat().st_mtime_ns
    assert [hit.iri for hit in search(first, "elodie")] == [kept]
    assert file.stat().st_mtime_ns == stamp

    later = Store()
    named(later, "a", "Élodie Marchand-Roux")
    new = named(later, "c", "Chloé Dax")
    monkeypatch.setattr(indexing, "_build", None)  # it must not be made anew
    second = at(tmp_path, "two", later, Changes("one", (kept, new), (gone,)))
    assert search(second, "bruno") == []
    assert [hit.label for hit in search(second, "elodie")] == ["Élodie Marchand-Roux"]
    assert [hit.iri for hit in search(second, "chloe")] == [new]
    assert [hit.label for hit in search(first, "bruno")] == ["Bruno Vallier"]


def test_carried_on_or_made_anew_it_finds_the_same(tmp_path: Path) -> None:
    names = ["Anne Dutilleul", "Anne Duval", "Annick Dubreuil", "Hannah Dumont"]
    store = Store()
    iris = [named(store, str(number), name) for number, name in enumerate(names[:2])]
    index(at(tmp_path / "x", "one", store))
    iris += [named(store, str(number + 2), name) for number, name in enumerate(names[2:])]
    carried = at(tmp_path / "x", "two", store, Changes("one", tuple(iris[1:]), ()))
    made = at(tmp_path / "y", "two", store)
    for text in ("anne", "ann", "du", "hannah dumont", "an du"):
        assert search(carried, text) == search(made, text) != []


def rows(snapshot: Folder) -> list[tuple[str, ...]]:
    """All that an index holds, by IRI."""
    with closing(indexing.opened(snapshot)) as connection:
        entries = connection.execute("SELECT iri, kind, fr, en, names, date, since, until FROM entry").fetchall()
        told = "SELECT entry.iri, value.kind, property, value FROM value JOIN entry ON entry.id = value.entry"
        return sorted([*entries, *connection.execute(told)])


def test_a_claim_more_is_carried_on_with_its_fact(tmp_path: Path) -> None:
    after, before = Store(), Store()
    after.load(path=str(FIXTURE))
    known = sorted(after.quads_for_pattern(None, NamedNode(ONTOLOGY + "claim"), None, DefaultGraph()), key=str)
    fact = next(quad for quad in known if sum(quad.subject == other.subject for other in known) > 1)
    before.extend(quad for quad in after if fact.object not in (quad.subject, quad.object))
    made = at(tmp_path / "y", "two", after)
    assert len(rows(at(tmp_path / "x", "one", before))) < len(rows(made))
    carried = at(tmp_path / "x", "two", after, Changes("one", (fact.subject.value,), ()))
    assert rows(carried) == rows(made)
    back = at(tmp_path / "x", "three", before, Changes("two", (fact.subject.value,), ()))
    assert rows(back) == rows(at(tmp_path / "x", "one", before))


def test_old_indexes_are_removed(tmp_path: Path) -> None:
    store = Store()
    named(store, "a", "Anne Duval")
    for number in range(6):
        index(at(tmp_path, f"s{number}", store))
    assert len(list((tmp_path / "cache").glob("*.sqlite"))) == 3
