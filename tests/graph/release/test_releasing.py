"""A release: the same bytes for the same graph, whole or not at all, readable by the tools it is made for."""

import csv
import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx
import pyarrow.parquet
import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from graph.errors import DiplomacyError, NotFound
from graph.model.vocabulary import RDF
from graph.property.projection import FORM
from graph.record import snapshots
from graph.record.history import HistoryForgotten, changed_since
from graph.record.snapshots import Snapshot
from graph.release import releasing
from graph.release.catalogue import DCAT, DCTERMS, FOAF, SPDX, describe
from graph.release.changes import read_digests
from graph.release.releasing import latest, read_manifest, release
from graph.settings import Settings
from graph.view.export import canonical
from graph.view.writing import open_writer
from tests.api.stories import HOSTILE_STORIES


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds the first stories."""
    folder = tmp_path_factory.mktemp("loaded") / "data"
    add(folder, HOSTILE_STORIES[:2])
    return folder


def add(data: Path, stories: Any) -> None:
    with open_writer(Settings(data=data)) as writer:
        writer.add(list(stories))
        writer.commit()


def current(data: Path) -> Snapshot:
    found = snapshots.current(data)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def made(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Snapshot, Path, dict[str, Any]]]:
    """A snapshot, the folder of its release, the manifest."""
    root = tmp_path_factory.mktemp("releases")
    with current(loaded) as snapshot:
        manifest = release(snapshot, root, licence="https://example.org/licence")
        yield snapshot, root / snapshot.id, manifest


Made = tuple[Snapshot, Path, dict[str, Any]]


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in unpacked(folder / "graph.jsonl.gz").splitlines()]


def unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


def test_every_file_is_in_the_manifest_with_its_size_and_hash(made: Made) -> None:
    _, folder, manifest = made
    on_disk = {path.name for path in folder.iterdir()}
    assert on_disk == {file["name"] for file in manifest["files"]} | {"manifest.json"}
    for file in manifest["files"]:
        content = (folder / file["name"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["bytes"], file["sha256"])
    assert manifest == read_manifest(folder.parent, folder.name)
    assert latest(folder.parent) == folder.name


def test_n_quads_are_the_canonical_ones_and_turtle_parses(made: Made) -> None:
    snapshot, folder, manifest = made
    told = unpacked(folder / "graph.nq.gz")
    assert told == b"".join(canonical(snapshot))
    assert len(told.splitlines()) == manifest["quads"]
    assert list(parse(unpacked(folder / "view.ttl.gz"), format=RdfFormat.TURTLE))


def test_graphml_csv_and_parquet_hold_what_json_lines_hold(made: Made) -> None:
    snapshot, folder, manifest = made
    told = lines(folder)
    nodes, going = [line for line in told if "id" in line], [line for line in told if "type" in line]
    counts = Counter(line["label"] for line in nodes) + Counter(line["type"] for line in going)
    assert manifest["counts"] == dict(sorted(counts.items()))

    graph = networkx.read_graphml(io.BytesIO(unpacked(folder / "graph.graphml.gz")))
    assert graph.number_of_nodes() == len(nodes)
    assert graph.number_of_edges() == len(going)
    accord = next(line for line in nodes if line["label"] == "Accord")
    assert graph.nodes[accord["id"]]["domain"] == "; ".join(accord["properties"]["domain"])
    assert graph.nodes[accord["id"]]["confidence"] == accord["properties"]["confidence"]

    with zipfile.ZipFile(folder / "neo4j-import.zip") as archive:
        rows = list(csv.DictReader(io.TextIOWrapper(archive.open("nodes/Accord.csv"), encoding="utf-8", newline="")))
        assert archive.read("nodes/Snapshot.csv").decode().splitlines() == [
            "id:ID,form:long,name:string",
            f"{snapshot.id},{FORM},view",
        ]
    assert len(rows) == counts["Accord"]
    row = next(row for row in rows if row["id:ID"] == accord["id"])
    assert row["domain:string[]"].split("\x1f") == accord["properties"]["domain"]
    assert row["digest:string"] == read_digests(folder)[accord["id"]]

    with zipfile.ZipFile(folder / "tables.parquet.zip") as archive:
        reported = pyarrow.parquet.read_table(io.BytesIO(archive.read("relationships/REPORTED_IN.parquet"))).to_pylist()
    expected = [
        {"start_id": line["start"], "end_id": line["end"], **line["properties"]}
        for line in going
        if line["type"] == "REPORTED_IN"
    ]
    assert [{name: value for name, value in row.items() if value is not None} for row in reported] == expected


def test_the_same_graph_gives_the_same_bytes(made: Made, loaded: Path, tmp_path: Path) -> None:
    _, folder, manifest = made
    with current(loaded) as snapshot:
        again = release(snapshot, tmp_path / "elsewhere", licence="https://example.org/licence")
    assert again == manifest
    assert release(made[0], folder.parent) == manifest


def test_the_next_release_says_what_changed(loaded: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(loaded, data)
    with current(data) as snapshot:
        release(snapshot, tmp_path / "releases", forms=("nquads",))
    folder = tmp_path / "releases" / snapshot.id
    add(data, HOSTILE_STORIES)
    with current(data) as newer:
        manifest = release(newer, folder.parent, forms=("nquads",))
        assert {file["name"] for file in manifest["files"]} == {
            "graph.nq.gz", "graph.jsonl.gz", "digests.csv.gz", "changes.jsonl.gz", "changes.rdfp.gz",
        }  # fmt: skip
        assert manifest["previous"] == snapshot.id
        before, now = read_digests(folder), read_digests(folder.parent / newer.id)
        told = {
            line["id"]: line["change"]
            for line in map(json.loads, unpacked(folder.parent / newer.id / "changes.jsonl.gz").splitlines())
            if "change" in line
        }
        assert {iri for iri, change in told.items() if change == "added"} == now.keys() - before.keys()
        assert {iri for iri, change in told.items() if change == "removed"} == before.keys() - now.keys()
        differ = {iri for iri in now.keys() & before.keys() if now[iri] != before[iri]}
        assert {iri for iri, change in told.items() if change == "changed"} == differ
        assert Counter(told.values()) == {name: count for name, count in manifest["changes"].items() if count}

        changed, removed = changed_since(data, newer.id, snapshot.id)
        assert {iri for iri, change in told.items() if change != "removed"} <= set(changed)
        assert {iri for iri, change in told.items() if change == "removed"} <= set(removed)
        assert changed_since(data, newer.id, newer.id) == ([], [])
        with pytest.raises(HistoryForgotten, match="fetch a release"):
            changed_since(data, newer.id, "0123456789abcdef")


def test_the_changes_make_the_newer_release_of_the_older(loaded: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(loaded, data)
    add(data, HOSTILE_STORIES)
    with current(loaded) as small, current(data) as large:
        for old, new in ((small, large), (large, small)):
            root = tmp_path / new.id
            for snapshot in (old, new):
                manifest = release(snapshot, root, forms=("nquads",))
            before, after = root / old.id, root / new.id
            assert patched(before, after) == unpacked(after / "graph.nq.gz")
            assert merged(before, after) == unpacked(after / "graph.jsonl.gz")
            assert manifest["changes"]["removed" if new is small else "added"]


def patched(before: Path, after: Path) -> bytes:
    """The older N-Quads with the quads of the patch deleted and added."""
    quads = set(unpacked(before / "graph.nq.gz").splitlines(keepends=True))
    for line in unpacked(after / "changes.rdfp.gz").splitlines(keepends=True)[1:-1]:
        word, quad = line[:2], line[2:]
        (quads.remove if word == b"D " else quads.add)(quad)
    return b"".join(sorted(quads))


def merged(before: Path, after: Path) -> bytes:
    """The older JSON Lines with the nodes of the change file taken out and put in, each with its relationships."""
    nodes: dict[str, list[str]] = {}
    for line in unpacked(before / "graph.jsonl.gz").decode().splitlines(keepends=True):
        told = json.loads(line)
        nodes.setdefault(told.get("id") or told["start"], []).append(line)
    for line in unpacked(after / "changes.jsonl.gz").decode().splitlines(keepends=True):
        told = json.loads(line)
        if "change" in told:
            nodes.pop(told["id"], None)
        else:
            nodes.setdefault(told.get("id") or told["start"], []).append(line)
    ordered = sorted(nodes.items(), key=lambda item: (json.loads(item[1][0])["label"], item[0]))
    return "".join(line for _, lines in ordered for line in lines).encode()


def test_a_release_that_fails_leaves_nothing(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the disk was pulled out")

    monkeypatch.setitem(releasing._FORM_WRITERS, "turtle", fail)
    with current(loaded) as snapshot, pytest.raises(RuntimeError):
        release(snapshot, tmp_path / "releases")
    assert list((tmp_path / "releases").iterdir()) == []
    assert latest(tmp_path / "releases") is None


def test_what_is_not_there_is_named(made: Made) -> None:
    snapshot, folder, _ = made
    with pytest.raises(DiplomacyError, match="nquads, turtle"):
        release(snapshot, folder.parent, forms=("word",))
    with pytest.raises(NotFound, match="diplograph release"):
        read_manifest(folder.parent, "0123")


def test_catalogues_are_told_of_each_form(made: Made) -> None:
    _, _, manifest = made
    store = Store()
    store.extend(parse(describe(manifest, "https://example.org", "The Archive", sparql=True), format=RdfFormat.TURTLE))

    def said(subject: str, predicate: str) -> set[str]:
        return {quad.object.value for quad in store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, None)}

    base = f"https://example.org/downloads/{manifest['snapshot']}/"
    for name in ("title", "description", "publisher", "license", "rights", "language"):
        assert said(base, DCTERMS + name), name
    assert said("https://example.org/void.ttl", DCAT + "dataset") == {base}
    assert said("https://example.org/#publisher", FOAF + "name") == {"The Archive"}
    assert said(base, DCAT + "distribution") == {base + file["name"] for file in manifest["files"]}
    for file in manifest["files"]:
        node = base + file["name"]
        assert said(node, DCAT + "downloadURL") == {node}
        assert said(node, DCAT + "accessURL") and said(node, DCTERMS + "license") == {"https://example.org/licence"}
        assert said(node, DCAT + "byteSize") == {str(file["bytes"])}
        assert said(f"{node}#checksum", SPDX + "checksumValue") == {file["sha256"]}
        assert said(node, DCAT + ("packageFormat" if node.endswith("zip") else "compressFormat"))


def test_the_figures_of_the_catalogue_are_counted(made: Made) -> None:
    _, folder, manifest = made
    store = Store()
    store.extend(parse(unpacked(folder / "view.ttl.gz"), format=RdfFormat.TURTLE))
    view, types = list(store), store.quads_for_pattern(None, NamedNode(RDF + "type"), None, None)
    told = manifest["view"]
    assert told["triples"] == len(view)
    assert told["properties"] == dict(sorted(Counter(quad.predicate.value for quad in view).items()))
    classes = Counter(str(quad.object).strip("<>") for quad in types)
    assert told["classes"] == dict(sorted(classes.items()))
    assert told["entities"] == len({quad.subject for quad in view})
    assert f"void:entities {told['entities']}" in describe(manifest, "https://example.org").decode()


@pytest.mark.neo4j
def test_neo4j_imports_the_archive(made: Made, tmp_path: Path) -> None:
    from graph.property.neo4j_jars import fetched
    from graph.property.neo4j_java import java

    _, folder, manifest = made
    with zipfile.ZipFile(folder / "neo4j-import.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    words = (tmp_path / "unpacked" / "IMPORT.txt").read_text().partition("neo4j-admin ")[2].replace("\\\n", " ").split()
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        [str(java()), "-cp", ":".join(map(str, fetched())), "org.neo4j.cli.AdminTool", *words],
        cwd=tmp_path / "unpacked", env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home)},
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    nodes = sum(count for name, count in manifest["counts"].items() if name[1:2].islower())
    relationships = sum(count for name, count in manifest["counts"].items() if not name[1:2].islower())
    assert f"{nodes + 1} nodes" in done.stdout  # and the one that says which snapshot is shown
    assert f"{relationships} relationships" in done.stdout
