"""Make a release: every form of a snapshot in one folder, with checksums, licence, and what changed since the one before."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode

from graph.errors import DiplomacyError, NotFound
from graph.model.iri import ONTOLOGY
from graph.model.terms import load_ontology
from graph.model.vocabulary import RDF
from graph.record.failures import explained
from graph.record.snapshots import Snapshot
from graph.release import changes, graphml, lines, neo4j_csv, parquet
from graph.view import export

MANIFEST = "manifest.json"
_LATEST = "latest"
_TYPE = RDF + "type"
_NEWEST = f"SELECT (MAX(STR(?day)) AS ?newest) {{ ?source <{ONTOLOGY}publishedOn> ?day FILTER(STRLEN(STR(?day)) = 10) }}"


@dataclass(frozen=True, slots=True)
class Form:
    """A file of a release."""

    name: str
    media_type: str
    description: str


FORMS = {
    "nquads": Form("graph.nq.gz", "application/n-quads", "record and view as canonical N-Quads, a named graph a source"),
    "turtle": Form("view.ttl.gz", "text/turtle", "the view as Turtle"),
    "jsonl": Form(lines.NAME, "application/jsonl", "nodes and relationships, a JSON object a line"),
    "graphml": Form(graphml.NAME, "application/graphml+xml", "nodes and relationships as GraphML"),
    "neo4j": Form(neo4j_csv.NAME, "application/zip", "CSV for neo4j-admin database import, with the command"),
    "parquet": Form(parquet.NAME, "application/zip", "Parquet tables, one a node label and relationship type"),
}
_ALWAYS = {
    changes.DIGESTS: Form(changes.DIGESTS, "text/csv", "each node's id and digest"),
    changes.NAME: Form(changes.NAME, "application/jsonl", "nodes added, changed and removed since the release before"),
    changes.PATCH: Form(
        changes.PATCH, "application/rdf-patch", "quads added and deleted since the release before, as RDF Patch"
    ),
}


def release(
    snapshot: Snapshot,
    root: Path,
    forms: tuple[str, ...] = tuple(FORMS),
    licence: str | None = None,
    advance: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Write `root/SNAPSHOT/` with the forms asked for, and its manifest; one that is there already is left as it is.

    It appears whole or not at all. Equal snapshots give equal bytes but for the files of changes, which compare with
    the release that was made before. JSON Lines are always written: the other tables are made from them.
    `advance` hears each form's name.
    Raises DiplomacyError for an unknown form, StorageFull where the disk is full.
    """
    unknown = [form for form in forms if form not in FORMS]
    if unknown:
        raise DiplomacyError(f"{unknown[0]!r} is no form of a release; there are {', '.join(FORMS)}")
    target, draft = root / snapshot.id, root / f".draft-{snapshot.id}"
    with explained(root, "writing the release"):
        if (target / MANIFEST).exists():
            return read_manifest(root, snapshot.id)
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        try:
            manifest = _write(snapshot, root, draft, forms, licence, advance)
            (draft / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            draft.replace(target)
            (root / _LATEST).write_text(snapshot.id + "\n", encoding="ascii")
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return manifest


def latest(root: Path) -> str | None:
    """The snapshot that was released last; None before the first."""
    try:
        return (root / _LATEST).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None


def read_manifest(root: Path, name: str) -> dict[str, Any]:
    """The manifest of a release; NotFound where there is none of that name."""
    try:
        found: dict[str, Any] = json.loads((root / name / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotFound(f"there is no release {name}; `diplograph release` makes one of the newest snapshot") from error
    return found


def _write(
    snapshot: Snapshot, root: Path, draft: Path, forms: tuple[str, ...], licence: str | None, advance: Callable[[str], None]
) -> dict[str, Any]:
    layout, digests = lines.write_lines(snapshot, load_ontology(), draft)
    changes.write_digests(digests, draft)
    advance("jsonl")
    for form in (name for name in FORMS if name in forms and name != "jsonl"):
        _FORM_WRITERS[form](snapshot, layout, draft)
        advance(form)
    before = _before(root)
    known = changes.read_digests(root / before) if before else {}
    counted = changes.write_changes(lines.read_lines(draft), digests, known, draft)
    quads = FORMS["nquads"].name
    if before and (root / before / quads).exists() and (draft / quads).exists():
        changes.write_patch(root / before / quads, draft / quads, draft / changes.PATCH)
    advance("changes")
    written = {path.name for path in draft.iterdir()}
    files = [_file(draft, form) for form in (*FORMS.values(), *_ALWAYS.values()) if form.name in written]
    return {
        "snapshot": snapshot.id,
        "previous": before,
        "changes": counted,
        "licence": licence,
        "newest": _newest(snapshot),
        **_counted(snapshot),
        "counts": dict(sorted(layout.counts.items())),
        "files": files,
    }


def _before(root: Path) -> str | None:
    """The release to compare with: the last one, where its files are still there."""
    name = latest(root)
    return name if name and (root / name / changes.DIGESTS).exists() else None


def _counted(snapshot: Snapshot) -> dict[str, Any]:
    """Quads in all; triples of the view, things that it describes, triples of each property, things of each class."""
    triples = entities = 0
    properties: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    view = snapshot.store.quads_for_pattern(None, None, None, DefaultGraph())  # in the order of subjects
    for _, about in groupby(view, attrgetter("subject")):
        entities += 1
        for quad in about:
            triples += 1
            properties[quad.predicate.value] += 1
            if quad.predicate.value == _TYPE and isinstance(quad.object, NamedNode):
                classes[quad.object.value] += 1
    told = {"properties": dict(sorted(properties.items())), "classes": dict(sorted(classes.items()))}
    quads = sum(1 for _ in export.quads(snapshot))
    return {"quads": quads, "view": {"triples": triples, "entities": entities, **told}}


def _nquads(snapshot: Snapshot, layout: lines.Layout, draft: Path) -> None:
    with lines.packed(draft / FORMS["nquads"].name) as target:
        target.writelines(export.canonical(snapshot))


def _turtle(snapshot: Snapshot, layout: lines.Layout, draft: Path) -> None:
    with lines.packed(draft / FORMS["turtle"].name) as target:
        export.turtle(snapshot, target)  # type: ignore[arg-type]  # a gzip file is written to like any other


_FORM_WRITERS: dict[str, Callable[[Snapshot, lines.Layout, Path], None]] = {
    "nquads": _nquads,
    "turtle": _turtle,
    "graphml": lambda _, layout, draft: graphml.write_graphml(lines.read_lines(draft), layout, draft),
    "neo4j": lambda snapshot, layout, draft: neo4j_csv.write_neo4j_csv(
        *neo4j_csv.shown(lines.read_lines(draft), layout, changes.read_digests(draft), snapshot.id), draft
    ),
    "parquet": lambda _, layout, draft: parquet.write_parquet(lines.read_lines(draft), layout, draft),
}


def _newest(snapshot: Snapshot) -> str | None:
    """The day on which the newest source was published."""
    rows = list(snapshot.store.query(_NEWEST))  # type: ignore[arg-type]
    value = rows[0]["newest"] if rows else None
    return None if value is None else str(value.value)


def _file(folder: Path, form: Form) -> dict[str, Any]:
    found = hashlib.sha256()
    with (folder / form.name).open("rb") as source:
        while part := source.read(1 << 20):
            found.update(part)
    size = (folder / form.name).stat().st_size
    return {
        "name": form.name,
        "media_type": form.media_type,
        "description": form.description,
        "bytes": size,
        "sha256": found.hexdigest(),
    }
