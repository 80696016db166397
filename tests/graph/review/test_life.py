"""Withdrawing, superseding, reading again and deciding, in any order and at any pace, end in the graph of what is in force."""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad

from graph.model.claims import Claim, SourceClaims
from graph.model.judgements import Anchor, Judgement, anchor_of, judgement
from graph.record import ledger, rdf, snapshots
from graph.record.encode import source_node
from graph.record.redirects import Gone, New, moved
from graph.record.writer import Writer
from graph.view import export, supports, world
from graph.view.entities import entities

Open = Callable[[Path], Writer]
Make = Callable[..., SourceClaims]
ADDRESS = "https://news.example/one"
AT = "2026-01-02T12:00:00Z"


def edition(told: SourceClaims, number: int, modified: str | None = None) -> SourceClaims:
    text = f"{told.source.text}édition {number}\n"
    return replace(told, source=replace(told.source, url=ADDRESS, text=text, modified=modified))


def withdrawn(told: SourceClaims, reason: str = "erreur") -> Judgement:
    return judgement("withdrawn", (Anchor(told.source.id),), "Ana", AT, reason)


def content(data: Path) -> tuple[str, str]:
    found = snapshots.current(data)
    assert found is not None
    with found as snapshot:
        return snapshot.id, export.fingerprint(snapshot)


def view(data: Path) -> set[str]:
    found = snapshots.current(data)
    assert found is not None
    with found as snapshot:
        return {str(quad) for quad in snapshot.store.quads_for_pattern(None, None, None, rdf.VIEW)}


def test_a_withdrawal_takes_exactly_what_only_its_source_said(
    few_folder: object, open_at: Open, few: list[SourceClaims], tmp_path: Path
) -> None:
    data, whole = few_folder.data, content(few_folder.data)  # type: ignore[attr-defined]
    for number in (0, 6):
        word = withdrawn(few[number])
        with open_at(data) as writer:
            assert writer.judge(word)
            assert not writer.judge(word)  # said twice it is one
            writer.commit()
        with open_at(tmp_path / f"without{number}") as writer:
            writer.add([told for told in few if told is not few[number]])
            writer.commit()
        assert view(data) == view(tmp_path / f"without{number}")
        with open_at(data) as writer:
            node = source_node(few[number].source.id)
            assert next(writer.store.quads_for_pattern(None, None, None, node), None) is not None  # the record keeps it
            writer.undo(word.id, "Ana")
            writer.commit()
        assert content(data) == whole


def test_the_newest_text_of_an_address_is_shown_whatever_came_first(
    open_at: Open, few: list[SourceClaims], tmp_path: Path
) -> None:
    texts = [edition(few[1], 1), edition(few[1], 2, "2025-06-22"), edition(few[1], 3, "2025-06-21")]
    found = set()
    for number, order in enumerate(itertools.permutations(texts)):
        data = tmp_path / str(number)
        with open_at(data) as writer:
            for told in order:
                writer.add([told])
                writer.commit()
            shown = [quad.subject for quad in writer.store.quads_for_pattern(None, rdf.dip("url"), None, rdf.VIEW)]
            assert shown == [source_node(texts[1].source.id)]
            assert moved(writer.store, f"source/{texts[0].source.id}") == New(source_node(texts[1].source.id).value)
        found.add(content(data))
        shutil.rmtree(data)
    assert len(found) == 1


def test_an_earlier_text_comes_back_when_the_newer_is_withdrawn(open_at: Open, few: list[SourceClaims], tmp_path: Path) -> None:
    old, new = edition(few[1], 1), edition(few[1], 2, "2025-06-22")
    with open_at(tmp_path / "d") as writer:
        writer.add([old, new])
        writer.commit()
        writer.judge(withdrawn(new))
        writer.commit()
        assert moved(writer.store, f"source/{old.source.id}") is None
        assert isinstance(moved(writer.store, f"source/{new.source.id}"), Gone)
        assert not list(writer.store.quads_for_pattern(None, None, None, rdf.EDITIONS))


def test_a_person_says_which_of_two_undated_texts_is_newer(open_at: Open, few: list[SourceClaims], tmp_path: Path) -> None:
    texts = sorted([edition(few[0], 1), edition(few[0], 2)], key=lambda told: told.source.id)
    with open_at(tmp_path / "d") as writer:
        writer.add(texts)
        writer.commit()
        assert moved(writer.store, f"source/{texts[0].source.id}") == New(source_node(texts[1].source.id).value)
        word = judgement("newer", (Anchor(texts[0].source.id), Anchor(texts[1].source.id)), "Ana", AT)
        writer.judge(word)
        writer.commit()
        assert moved(writer.store, f"source/{texts[1].source.id}") == New(source_node(texts[0].source.id).value)
        (said,) = writer.store.quads_for_pattern(None, rdf.dip("supersedes"), None, rdf.EDITIONS)
        assert (said.subject, said.object) == tuple(source_node(told.source.id) for told in texts)


def test_ids_of_before_lead_to_what_carries_them_on(open_at: Open, make: Make, tmp_path: Path) -> None:
    accord = {"kind": "agreement", "parties": ["MAR", "FRA"], "type": "treaty", "date": "2020-05-04"}
    late, early = make("late", accord, published="2020-05-07"), make("early", accord, published="2020-05-05")

    def shown(data: Path) -> str:
        found = snapshots.current(data)
        assert found is not None
        with found as snapshot:
            return next(entities(snapshot, "Accord")).iri

    data = tmp_path / "d"
    with open_at(data) as writer:
        writer.add([late])
        writer.commit()
    before = shown(data)
    with open_at(data) as writer:
        writer.add([early])
        writer.commit()
        after = shown(data)
        assert before != after
        assert moved(writer.store, before) == New(after)
        assert moved(writer.store, after) is None
        writer.judge(withdrawn(early))
        writer.commit()
        assert moved(writer.store, before) is None
        assert moved(writer.store, after) == New(before)
        writer.judge(withdrawn(late, "faux"))
        writer.commit()
        assert isinstance(moved(writer.store, after), Gone)
        assert moved(writer.store, f"claim/{late.claims[0].key(late.source.id)}") == Gone(
            "the source was withdrawn on 2026-01-02: faux"
        )
        assert moved(writer.store, "accord/0123456789abcdef") is None


def test_a_fact_of_an_edited_article_keeps_its_address(open_at: Open, few: list[SourceClaims], tmp_path: Path) -> None:
    old, new = edition(few[2], 1), edition(few[2], 2, "2025-06-22")
    accord = f"accord/{old.claims[0].key(old.source.id)[:16]}"
    with open_at(tmp_path / "d") as writer:
        writer.add([old])
        writer.commit()
        assert moved(writer.store, accord) is None
        writer.add([new])
        writer.commit()
        after = f"accord/{new.claims[0].key(new.source.id)[:16]}"
        assert moved(writer.store, accord) == New(f"https://w3id.org/diplograph/id/{after}")
        writer.judge(withdrawn(new))
        writer.commit()
        assert moved(writer.store, accord) is None
        assert moved(writer.store, after) == New(f"https://w3id.org/diplograph/id/{accord}")


class Life:
    """Random changes of a record, and what must be in force after them."""

    def __init__(self, chance: random.Random, pool: list[SourceClaims]) -> None:
        self.chance, self.pool = chance, pool
        self.sources: dict[str, SourceClaims] = {}
        self.words: dict[str, Judgement] = {}

    def step(self, writer: Writer) -> None:
        kind = self.chance.random()
        if kind < 0.45 or not self.sources:
            batch = self.chance.sample(self.pool, self.chance.randint(1, 3))
            writer.add(batch)
            for told in batch:
                self.sources.setdefault(told.source.id, told)
        elif kind < 0.75:
            word = self.word()
            if word is not None:
                writer.judge(word)
                self.words[word.id] = word
        elif kind < 0.85 and self.words:
            name = self.chance.choice(sorted(self.words))
            writer.undo(name, "Ana")
            del self.words[name]
        else:
            told = self.again(self.chance.choice(list(self.sources.values())))
            writer.reread([told])
            self.sources[told.source.id] = told
        if self.chance.random() < 0.4:
            writer.commit()

    def word(self) -> Judgement | None:
        verdict = self.chance.choice(["same", "different", "same", "different", "right", "wrong", "corrected", "withdrawn"])
        told = self.chance.choice(list(self.sources.values()))
        if verdict == "withdrawn":
            return withdrawn(told)
        claim = self.chance.choice(told.claims)
        anchor = anchor_of(told.source.id, claim)
        if verdict == "corrected":
            return self.correction(anchor, claim)
        if verdict in ("right", "wrong"):
            return judgement(verdict, (anchor,), "Ana", AT)
        other = self.chance.choice(list(self.sources.values()))
        alike = [each for each in other.claims if each.kind == claim.kind]
        second = anchor_of(other.source.id, self.chance.choice(alike)) if alike else anchor
        if claim.kind == "office":
            anchor = replace(anchor, person=str(anchor.fields["person"]))
            second = replace(second, person=str(second.fields["person"]))
        return None if anchor == second else judgement(verdict, (anchor, second), "Ana", AT)

    def correction(self, anchor: Anchor, claim: Claim) -> Judgement | None:
        given = {"date": "2024-02-03", "personnel": 300, "place": "Paris", "person": "Sergueï Lavrov", "status": "planned"}
        names = [name for name in claim.fields if name in given and (name != "status" or claim.kind == "agreement")]
        if not names:
            return None
        name = self.chance.choice(names)
        return judgement("corrected", (anchor,), "Ana", AT, "", name, given[name])

    def again(self, told: SourceClaims) -> SourceClaims:
        """The same source read by other rules: a claim less, surer, or with another date."""
        claims = list(told.claims)
        place = self.chance.randrange(len(claims))
        how = self.chance.random()
        if how < 0.3 and len(claims) > 1 and not any(claim.links for claim in claims):
            claims.pop(place)
        elif how < 0.6:
            claims[place] = replace(claims[place], confidence=round(self.chance.uniform(0.1, 0.95), 2), rule="other")
        else:
            fields = {name: value for name, value in claims[place].fields.items() if name != "place"}
            claims[place] = replace(claims[place], fields=fields | ({"date": "2025-06-18"} if "date" in fields else {}))
        return SourceClaims(told.source, tuple(claims))


def lived_and_at_once(open_at: Open, root: Path, life: Life, *notes: Quad) -> None:
    """A life in "lived", what is in force at its end in "at-once"; `notes` stand in the second store before its commit."""
    with open_at(root / "lived") as writer:
        for _ in range(life.chance.randint(4, 10)):
            life.step(writer)
        writer.commit()
    with open_at(root / "at-once") as writer:
        for word in life.words.values():
            writer.judge(word)
        writer.add(list(life.sources.values()))
        for note in notes:
            writer.store.add(note)
        writer.commit()


@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_life_ends_in_the_graph_of_what_is_in_force(
    open_at: Open, few: list[SourceClaims], tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    root = tmp_path_factory.mktemp("life")
    life = Life(chance, [*few, edition(few[1], 1), edition(few[1], 2, "2025-06-22"), edition(few[6], 3)])
    lived_and_at_once(open_at, root, life)
    assert content(root / "lived") == content(root / "at-once")
    shutil.rmtree(root)


@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whom_many_sources_name_is_no_other_for_being_read_from_a_sheet(
    open_at: Open, few: list[SourceClaims], tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    root = tmp_path_factory.mktemp("crowd")
    life = Life(chance, [*few, edition(few[1], 1), edition(few[6], 3)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(supports, "CROWD", 1)  # two sources are a crowd
        patch.setattr(world, "_SINGLY", 0)
        lived_and_at_once(open_at, root, life, ledger.REBUILDING)
    assert content(root / "lived") == content(root / "at-once")
    assert index(root / "lived") == index(root / "at-once")
    shutil.rmtree(root)


def index(data: Path) -> set[str]:
    found = snapshots.current(data)
    assert found is not None
    with found as snapshot:
        return {str(quad) for quad in snapshot.store.quads_for_pattern(None, None, None, rdf.INDEX)}


def test_a_rebuild_gives_what_the_updates_gave(
    few_folder: object, open_at: Open, few: list[SourceClaims], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = few_folder.data  # type: ignore[attr-defined]
    with open_at(data) as writer:
        writer.judge(withdrawn(few[5]))
        writer.judge(judgement("wrong", (anchor_of(few[0].source.id, few[0].claims[2]),), "Ana", AT))
        writer.add([edition(few[1], 1), edition(few[1], 2)])
        writer.commit()
        fingerprint = content(data)[1]
        monkeypatch.setattr(writer._view, "version", "another")
        writer.commit()
    assert content(data)[1] == fingerprint
