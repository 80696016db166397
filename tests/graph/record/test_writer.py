from __future__ import annotations

import errno
import json
import multiprocessing
import pickle
import resource
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Store

from graph.errors import BadSource, FolderInUse, NotFound, StorageFull
from graph.model.claims import SourceClaims, Span
from graph.record import ledger, rdf, snapshots, texts
from graph.record.decode import claims_in, described
from graph.record.encode import source_node
from graph.record.schema import load_schema
from graph.record.writer import Writer
from graph.view import export

Open = Callable[[Path], Writer]


def fingerprint(data: Path) -> str:
    with snapshots.current(data) as snapshot:
        return export.fingerprint(snapshot)


def test_loading_twice_changes_nothing(open_at: Open, few: list[SourceClaims], tmp_path: Path) -> None:
    with open_at(tmp_path / "d") as writer:
        added = writer.add(few)
        first = writer.commit()
        again = writer.add(few)
        second = writer.commit()
    assert added.new == tuple(told.source.id for told in few)
    assert added.claims == sum(len(told.claims) for told in few)
    assert (again.new, again.claims) == ((), 0)
    assert again.known == added.new
    assert (second.snapshot, second.changed, second.removed) == (first.snapshot, (), ())


def test_an_unsound_source_is_refused_by_name_and_the_rest_is_kept(
    open_at: Open, few: list[SourceClaims], tmp_path: Path
) -> None:
    claim = few[0].claims[0]
    source = few[0].source
    wrong = [
        replace(few[0], source=replace(source, text="Tout autre chose.", location="autre.txt")),
        SourceClaims(replace(source, location="pays.txt"), (replace(claim, fields={"parties": ("MAR", "ZZZ")}),)),
        SourceClaims(replace(source, location="date.txt", published="hier"), ()),
        SourceClaims(replace(source, location="moitie.txt", text="\ud800 rien"), ()),
        SourceClaims(replace(source, location="langue.txt", language="français"), ()),
        SourceClaims(replace(source, location="citation.txt"), (replace(claim, evidence=(Span(0, 3, "xyz"),)),)),
    ]
    with open_at(tmp_path / "d") as writer:
        added = writer.add([*wrong, few[1]])
    assert (added.new, added.claims) == ((few[1].source.id,), len(few[1].claims))
    messages = [str(refused.error) for refused in added.refused]
    assert all(isinstance(refused.error, BadSource) for refused in added.refused)
    for message, words in zip(
        messages, ("evidence", "'ZZZ'", "published", "half a character", "language", "not what the text says"), strict=True
    ):
        assert words in message, message
    assert [message.split(" is refused")[0] for message in messages] == [refused.name for refused in added.refused]


def test_an_unsound_claim_is_left_out_and_named_and_its_source_is_kept(
    open_at: Open, few: list[SourceClaims], tmp_path: Path
) -> None:
    accord, body, office = few[0].claims  # the commission was founded by the accord
    bad = replace(accord, fields={**accord.fields, "parties": ("MAR", "ZZZ")})
    blank = replace(office, fields={**office.fields, "person": " Juvenal Marizamunda\u00a0"})
    with open_at(tmp_path / "d") as writer:
        added = writer.add([SourceClaims(few[0].source, (bad, body, blank))])
        graph = described(writer.store, few[0].source.id)
        kept = {claim.kind: claim for _, claim in claims_in(graph, load_schema().kinds)}
        again = writer.reread([SourceClaims(few[0].source, (bad, body, office))])
    assert (added.new, added.refused, added.claims) == ((few[0].source.id,), (), 2)
    (message,) = added.left_out
    assert "claim 0 (agreement" in message
    assert "'ZZZ'" in message
    assert kept["body"].links == ()
    assert kept["office"].fields["person"] == "Juvenal Marizamunda"
    assert again.known == added.new


def test_the_time_of_recording_is_bookkeeping_alone(open_at: Open, few: list[SourceClaims], tmp_path: Path) -> None:
    with open_at(tmp_path / "d") as writer:
        writer.add(few)
        writer.commit()
    with snapshots.current(tmp_path / "d") as snapshot:
        stamps = list(snapshot.store.quads_for_pattern(source_node(few[0].source.id), rdf.dip("recordedAt"), None, None))
        assert [(quad.object.value, quad.graph_name) for quad in stamps] == [("2026-01-02T12:00:00Z", rdf.BOOKKEEPING)]
        assert not [line for line in export.canonical(snapshot) if b"recordedAt" in line and b"/id/source/" in line]


def test_texts_are_kept_as_loaded(open_at: Open, few: list[SourceClaims], tmp_path: Path) -> None:
    with open_at(tmp_path / "d") as writer:
        writer.add(few)
    assert texts.text_of(tmp_path / "d", few[2].source.id) == few[2].source.text
    with pytest.raises(NotFound, match="never loaded"):
        texts.text_of(tmp_path / "d", "0" * 64)


def _hold(data: str, ready: multiprocessing.synchronize.Event, done: multiprocessing.synchronize.Event) -> None:
    from graph.settings import Settings
    from graph.view.writing import open_writer

    with open_writer(Settings(data=Path(data))):
        ready.set()
        done.wait(30)


def test_a_second_writer_is_told_who_holds_the_folder(open_at: Open, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(str(tmp_path / "d"), ready, done))
    holder.start()
    assert ready.wait(60)
    try:
        with pytest.raises(FolderInUse, match=rf"process {holder.pid} since \d{{4}}-"), open_at(tmp_path / "d"):
            pass
    finally:
        done.set()
        holder.join(30)
    with open_at(tmp_path / "d") as writer:
        assert writer.commit().snapshot


def test_a_full_disk_leaves_the_last_snapshot_and_is_caught_up(
    open_at: Open, few: list[SourceClaims], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "d"
    with open_at(data) as writer:
        writer.add(few[:4])
        before = writer.commit().snapshot

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with open_at(data) as writer, monkeypatch.context() as patch:
        writer.add(few[4:])
        patch.setattr(snapshots, "_checkpoint", full)
        with pytest.raises(StorageFull, match="free some space"):
            writer.commit()
    assert snapshots.current_id(data) == before
    assert not list((data / "snapshots").glob(".draft-*"))
    with open_at(data) as writer:
        after = writer.catch_up()
    assert after.snapshot != before
    with open_at(tmp_path / "whole") as writer:
        writer.add(few)
        assert writer.commit().snapshot == after.snapshot
    assert fingerprint(data) == fingerprint(tmp_path / "whole")


def _load_with_small_files(data: str, pickled: bytes, said: multiprocessing.Queue[str]) -> None:
    """Load under a limit on the size of files; says what came of it."""
    from graph.settings import Settings
    from graph.view.writing import open_writer

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open_writer(Settings(data=Path(data))) as writer:
        resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))
        try:
            writer.add(pickle.loads(pickled))
            writer.commit()
        except StorageFull as error:
            said.put(str(error))
        else:
            said.put("nothing was refused")


def test_a_real_refusal_of_the_disk_is_said_and_mended(open_at: Open, few: list[SourceClaims], tmp_path: Path) -> None:
    data = tmp_path / "d"
    with open_at(data) as writer:
        before = writer.commit().snapshot
    context = multiprocessing.get_context("spawn")
    said = context.Queue()
    loader = context.Process(target=_load_with_small_files, args=(str(data), pickle.dumps(few), said))
    loader.start()
    assert "is full" in said.get(timeout=60)
    loader.join(30)
    assert snapshots.current_id(data) == before
    with open_at(data) as writer:
        writer.add(few)
        after = writer.commit().snapshot
    with open_at(tmp_path / "whole") as writer:
        writer.add(few)
        assert writer.commit().snapshot == after
    assert fingerprint(data) == fingerprint(tmp_path / "whole")


def test_a_new_version_of_the_view_is_derived_anew(
    open_at: Open, few: list[SourceClaims], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "d"
    with open_at(data) as writer:
        writer.add(few)
        before = writer.commit()
        content = fingerprint(data)
        monkeypatch.setattr(writer._view, "version", "another")
        after = writer.commit()
    assert after.snapshot != before.snapshot
    assert fingerprint(data) == content
    assert json.loads((data / "snapshots" / after.snapshot / "changes.json").read_text())["previous"] is None


def test_the_snapshot_s_id_depends_on_the_set_of_sources_alone(open_at: Open, few: list[SourceClaims], tmp_path: Path) -> None:
    found = set()
    for name, order in (("one", few), ("other", [*reversed(few), few[0]])):
        with open_at(tmp_path / name) as writer:
            for told in order:
                writer.add([told])
            found.add(writer.commit().snapshot)
    assert len(found) == 1


def test_a_hash_of_a_set_grows_with_it(open_at: Open, few: list[SourceClaims], tmp_path: Path) -> None:
    with open_at(tmp_path / "d") as writer:
        writer.add(few)
        ids = sorted(ledger.sources(writer.store))
        whole = ledger.total(writer.store, ids)
        assert whole == ledger.total(writer.store, ids[3:], ledger.total(writer.store, ids[:3]))
        assert whole != ledger.total(writer.store, ids[1:])


def test_a_damaged_record_is_no_crash_without_words(open_at: Open, tmp_path: Path) -> None:
    data = tmp_path / "d"
    with open_at(data) as writer:
        writer.commit()
    other = Store(str(data / "record"))
    with pytest.raises(FolderInUse, match="open in another process"), open_at(data):
        pass
    assert other is not None
