"""What people do to a graph through `Corrections`, and what the graph shows then."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from graph.errors import BadData, BadQuery, BadSource, NotFound, UnknownTerm
from graph.model.claims import Source, SourceClaims
from graph.record import log, rdf
from graph.record.encode import told_node
from graph.review.corrections import settled
from graph.review.deciding import Wish
from graph.review.rereading import Difference
from graph.view.entities import Entity, entities
from graph.view.reasons import reasons

Make = Callable[..., SourceClaims]
MISSION = {"kind": "mission", "sender": "MAR", "host": "RWA", "type": "embassy"}
VISIT = {"kind": "visit", "from": "RUS", "to": "MAR", "status": "made", "visitors": ["Sergueï Lavrov"]}


def shown(folder: Any, class_name: str) -> list[Entity]:
    with folder.snapshot() as snapshot:
        return sorted(entities(snapshot, class_name), key=lambda entity: entity.iri)


def texts(entity: Entity, name: str) -> list[str]:
    return [term.value.rsplit("/", 1)[-1] for term in entity.values.get(name, ())]


def claim(told: SourceClaims, number: int = 0) -> str:
    return f"claim/{told.claims[number].key(told.source.id)}"


def wish(verdict: str, *names: str, **more: Any) -> Wish:
    return Wish(verdict, names, "Ana", "parce que", **more)


def test_a_wrong_claim_leaves_and_comes_back(folder: Any, make: Make) -> None:
    told = make("a", MISSION, VISIT)
    graph = folder(told)
    done = graph.do.decide(wish("wrong", claim(told)))
    assert not shown(graph, "Mission")
    assert len(shown(graph, "Visit")) == 1
    assert done.commit.removed
    graph.do.undo(done.judgements[0].id[:10], "Ana")
    assert len(shown(graph, "Mission")) == 1


def test_a_right_claim_is_shown_however_unsure_it_was_read(folder: Any, make: Make) -> None:
    told = make("a", {**MISSION, "confidence": 0.1})
    graph = folder(told)
    assert not shown(graph, "Mission")
    graph.do.decide(wish("right", claim(told)))
    (mission,) = shown(graph, "Mission")
    assert mission.confidence == 0.99


def test_a_corrected_value_wins_over_any_number_of_sources_and_ends_the_dispute(folder: Any, make: Make) -> None:
    force = {"kind": "deployment", "sender": "KEN", "host": "HTI", "date": "2024-06-25", "status": "deployed"}
    many = [make(name, {**force, "personnel": 400}, published="2024-06-26") for name in ("a", "b")]
    one = make("c", {**force, "personnel": 200}, published="2024-06-27")
    graph = folder(*many, one)
    assert shown(graph, "Deployment")[0].disputes == ("personnel",)
    graph.do.decide(wish("corrected", claim(one), field="personnel", value="250"))
    (deployment,) = shown(graph, "Deployment")
    assert texts(deployment, "personnel") == ["250"]
    assert deployment.disputes == ()
    with graph.snapshot() as snapshot:  # what was read stays in the record, and is told beside the decision
        key = one.claims[0].key(one.source.id)
        (read,) = snapshot.store.quads_for_pattern(told_node(key), rdf.dip("personnel"), None, None)
        assert read.object.value == "200"
        why = reasons(snapshot.store, deployment.iri)
    told = next(each for each in why.properties if each.name == "personnel")
    assert [(value.value, value.decided, value.witnesses) for value in told.values] == [("250", True, 1), ("400", False, 2)]
    assert why.decisions[0].anchors[0].fields["personnel"] == 200


def test_people_join_what_computing_keeps_apart_and_part_what_it_joins(folder: Any, make: Make) -> None:
    early = make("a", {**VISIT, "date": "2025-03-01"}, published="2025-03-02")
    late = make("b", {**VISIT, "date": "2025-03-20"}, published="2025-03-21")
    also = make("c", {**VISIT, "date": "2025-03-20"}, published="2025-03-22")
    graph = folder(early, late, also)
    one, other = shown(graph, "Visit")
    graph.do.decide(wish("same", one.iri, other.iri))
    (visit,) = shown(graph, "Visit")
    assert len(visit.claims) == 3  # with all that is one with either
    assert visit.disputes == ("date",)
    with graph.snapshot() as snapshot:
        joined = reasons(snapshot.store, visit.iri).joined
    assert any(reason.startswith("decision: a person says so") for each in joined for reason in each.reasons)
    graph.do.undo(graph.do.decisions()[0].judgement.id, "Ana")
    assert len(shown(graph, "Visit")) == 2
    graph.do.decide(wish("different", claim(late), claim(also)))
    assert len(shown(graph, "Visit")) == 3


def test_people_part_two_persons_of_one_name(folder: Any, make: Make) -> None:
    one = make("a", VISIT, published="2025-03-02")
    other = make("b", {**VISIT, "date": "2024-02-01"}, published="2024-02-02")
    graph = folder(one, other)
    assert len(shown(graph, "Person")) == 1
    graph.do.decide(wish("different", f"{claim(one)}#person-0", f"{claim(other)}#person-0"))
    assert len(shown(graph, "Person")) == 2


def test_decisions_survive_reading_again_and_loading_anew(folder: Any, make: Make) -> None:
    told = make(
        "a", {**MISSION, "date": "2020-01-02"}, VISIT, say="Phrase {number} de {name}, longue assez pour deux lectures."
    )
    graph = folder(told)
    graph.do.decide(wish("corrected", claim(told), field="type", value="consulate"))
    graph.do.decide(wish("wrong", claim(told, 1)))
    first, second = told.claims
    again = replace(
        told,
        claims=(
            replace(first, fields={**first.fields, "place": "Kigali"}, rule="better.rule"),
            replace(second, fields={**second.fields, "place": "Rabat"}),
        ),
    )
    differences: list[Difference | BadSource] = []
    graph.do.reread(lambda sources: (again for _ in sources), [], differences.append, "Ana")
    assert [len(each.altered) for each in differences if isinstance(each, Difference)] == [2]
    (mission,) = shown(graph, "Mission")
    assert (texts(mission, "missionType"), texts(mission, "place")) == (["consulate"], ["Kigali"])
    assert not shown(graph, "Visit")
    anew = folder()
    done = anew.do.imported(graph.do.exported(), "Ben")
    assert len(done.judgements) == 2
    assert not any(each.applies for each in anew.do.decisions() if each.judgement.verdict == "corrected")
    anew.load(again)
    assert [texts(each, "missionType") for each in shown(anew, "Mission")] == [["consulate"]]
    assert not shown(anew, "Visit")
    assert not anew.do.imported(graph.do.exported(), "Ben").judgements  # known ones change nothing


def edited(told: SourceClaims, *facts: dict[str, Any], make: Make, name: str = "edited") -> SourceClaims:
    """A later text of the same address, with the sentences of the earlier one elsewhere in it."""
    later = make(name, *facts, say="Phrase {number} de a, qui dit ce fait.")
    return replace(later, source=replace(later.source, url="https://news.example/one", modified="2025-07-01"))


def first_edition(make: Make, *facts: dict[str, Any]) -> SourceClaims:
    told = make("a", *facts, published="2025-06-01")
    return replace(told, source=replace(told.source, url="https://news.example/one"))


def test_decisions_hold_for_an_edited_text_where_it_says_the_same(folder: Any, make: Make) -> None:
    early = first_edition(make, {**MISSION, "date": "2020-01-02"}, VISIT)
    graph = folder(early)
    graph.do.decide(wish("wrong", claim(early, 1)))
    done = graph.do.decide(wish("corrected", claim(early), field="type", value="consulate"))
    graph.load(edited(early, {**MISSION, "date": "2020-01-02"}, VISIT, make=make))
    assert [texts(each, "missionType") for each in shown(graph, "Mission")] == [["consulate"]]
    assert not shown(graph, "Visit")
    assert all(each.applies for each in graph.do.decisions())
    graph.do.undo(done.judgements[0].id, "Ana")
    assert [texts(each, "missionType") for each in shown(graph, "Mission")] == [["embassy"]]


def test_a_decision_after_the_edit_on_the_earlier_text_counts_too(folder: Any, make: Make) -> None:
    early = first_edition(make, MISSION, VISIT)
    graph = folder(early, edited(early, MISSION, VISIT, make=make))
    assert len(shown(graph, "Visit")) == 1
    graph.do.decide(wish("wrong", claim(early, 1)))
    assert not shown(graph, "Visit")


def test_a_verdict_does_not_hold_for_other_words_or_values_of_an_edited_text(folder: Any, make: Make) -> None:
    early = first_edition(make, MISSION, VISIT)
    graph = folder(early)
    graph.do.decide(wish("wrong", claim(early)))
    graph.do.decide(wish("wrong", claim(early, 1)))
    reworded = edited(early, MISSION, {**VISIT, "to": "RWA"}, make=make)
    reworded = replace(reworded, claims=(replace(reworded.claims[0], evidence=reworded.claims[1].evidence), reworded.claims[1]))
    graph.load(reworded)
    assert (len(shown(graph, "Mission")), len(shown(graph, "Visit"))) == (1, 1)


def test_things_that_people_joined_stay_joined_when_one_text_is_edited(folder: Any, make: Make) -> None:
    early = first_edition(make, {**VISIT, "date": "2025-03-01"})
    other = make("b", {**VISIT, "date": "2025-03-20"}, published="2025-03-21")
    graph = folder(early, other)
    assert len(shown(graph, "Visit")) == 2
    graph.do.decide(wish("same", claim(early), claim(other)))
    graph.load(edited(early, {**VISIT, "date": "2025-03-01"}, make=make))
    (visit,) = shown(graph, "Visit")
    assert len(visit.claims) == 2
    graph.do.undo(graph.do.decisions()[0].judgement.id, "Ana")
    assert len(shown(graph, "Visit")) == 2


def test_a_verdict_on_what_is_no_longer_said_waits(folder: Any, make: Make) -> None:
    told = make("a", {**MISSION, "date": "2020-01-02"})
    graph = folder(told)
    graph.do.decide(wish("wrong", claim(told)))
    again = replace(told, claims=(replace(told.claims[0], fields={**told.claims[0].fields, "date": "2021-03-04"}),))
    graph.do.reread(lambda sources: (again for _ in sources), [], lambda each: None, "Ana")
    assert [texts(each, "date") for each in shown(graph, "Mission")] == [["2021-03-04"]]


def test_reading_again_tells_what_differs_and_a_dry_run_writes_nothing(folder: Any, make: Make) -> None:
    told = make("a", MISSION, VISIT)
    graph = folder(told)
    new = replace(told.claims[1], kind="mission", fields={"sender": "FRA", "host": "MAR", "type": "consulate"})
    again = replace(told, claims=(replace(told.claims[0], confidence=0.9, rule="other"), new))
    said: list[Any] = []

    def read(sources: Iterable[Source]) -> Iterator[SourceClaims | BadSource]:
        for source in sources:
            assert source.text == told.source.text
            yield again

    before = [each.iri for each in shown(graph, "Visit")]
    assert graph.do.reread(read, [told.source.id[:8]], said.append, "Ana", dry_run=True) is None
    assert [each.iri for each in shown(graph, "Visit")] == before
    assert [each.kind for each in said[0].gained] == ["mission"]
    assert [each.kind for each in said[0].lost] == ["visit"]
    assert said[0].altered[0].differs == ("confidence", "rule")
    graph.do.reread(read, [], said.append, "Ana")
    assert not shown(graph, "Visit")
    assert said[1] == said[0]
    graph.do.reread(read, [], said.append, "Ana")
    assert said[2].same


def test_a_source_that_another_reader_read_too_is_not_read_by_the_rules_alone(folder: Any, make: Make) -> None:
    told = make("a", MISSION)
    graph = folder(replace(told, claims=(replace(told.claims[0], reader="second"),)))
    said: list[Any] = []
    graph.do.reread(lambda sources: (told for _ in sources), [], said.append, "Ana")
    assert said == []
    graph.do.reread(lambda sources: (told for _ in sources), [], said.append, "Ana", others=True)
    assert [each.differs for each in said[0].altered] == [("reader",)]


def test_withdrawing_says_what_is_meant_and_what_is_wrong(folder: Any, make: Make, few: list[SourceClaims]) -> None:
    graph = folder(*few[:3])
    with pytest.raises(BadQuery, match="--reason"):
        graph.do.withdraw([few[0].source.id], " ", "Ana")
    with pytest.raises(NotFound, match="no source 'https://nowhere"):
        graph.do.withdraw(["https://nowhere.example"], "faux", "Ana")
    graph.do.withdraw([f"source/{few[0].source.id[:12]}"], "faux", "Ana")
    with pytest.raises(BadQuery, match="withdrawn already"):
        graph.do.withdraw([few[0].source.id], "faux", "Ana")
    graph.do.restore([few[0].source.id], "Ana")
    with pytest.raises(BadQuery, match="not withdrawn"):
        graph.do.restore([few[0].source.id], "Ana")


def test_a_vague_beginning_of_an_id_is_refused(folder: Any, make: Make) -> None:
    from graph.review import naming

    with folder(make("a", MISSION)).open() as writer:
        source = next(iter(naming.ledger.sources(writer.store)))
        assert naming.sources_named(writer.store, source[:6]) == [source]
        writer.store.add(naming.ledger.digested(source[:8] + "0" * 56, "x"))
        with pytest.raises(UnknownTerm, match="2 sources begin"):
            naming.sources_named(writer.store, source[:6])


@pytest.mark.parametrize(
    ("verdict", "names", "more", "message"),
    [
        ("corrected", ["CLAIM"], {"field": "personnel", "value": "3"}, "no field 'personnel'"),
        ("corrected", ["CLAIM"], {"field": "type", "value": "palace"}, "type: 'palace'"),
        ("corrected", ["CLAIM"], {}, "--field and --value"),
        ("wrong", ["mission/0123456789abcdef"], {}, "no claim, person or fact"),
        ("same", ["CLAIM"], {}, "needs 2 different things"),
        ("same", ["CLAIM", "OTHER"], {}, "two things of one kind"),
        ("perhaps", ["CLAIM"], {}, "no verdict 'perhaps'"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(
    folder: Any, make: Make, verdict: str, names: list[str], more: dict[str, str], message: str
) -> None:
    told = make("a", MISSION, VISIT)
    graph = folder(told)
    ids = {"CLAIM": claim(told), "OTHER": claim(told, 1)}
    with pytest.raises((BadData, BadQuery, NotFound, UnknownTerm), match=message):
        graph.do.decide(wish(verdict, *(ids.get(name, name) for name in names), **more))


def test_a_bad_line_of_an_import_is_named_and_nothing_is_taken_over(folder: Any, make: Make) -> None:
    told = make("a", MISSION)
    graph = folder(told)
    graph.do.decide(wish("wrong", claim(told)))
    lines = [*graph.do.exported(), json.dumps({"verdict": "same", "on": []})]
    anew = folder(told)
    with pytest.raises(BadData, match="line 2"):
        anew.do.imported(lines, "Ben")
    assert not anew.do.decisions()


def test_loading_with_replace_decides_what_no_date_tells(folder: Any, make: Make) -> None:
    texts_ = [make(name, MISSION) for name in ("un", "deux")]
    first, second = (replace(told, source=replace(told.source, url="https://news.example/x")) for told in texts_)
    for old, new in ((first, second), (second, first)):
        graph = folder(old)
        with graph.open() as writer:
            writer.add([new])
            assert {name for pair in settled(writer, [new.source.id], None) for name in pair} == {
                first.source.id,
                second.source.id,
            }
            assert settled(writer, [new.source.id], "Ana") == ()
            writer.commit()
        assert [each.reported_in[0].rsplit("/", 1)[-1] for each in shown(graph, "Mission")] == [new.source.id]
        graph.do.supersede(old.source.id, new.source.id, "Ben", "c'est l'inverse")
        assert [each.reported_in[0].rsplit("/", 1)[-1] for each in shown(graph, "Mission")] == [old.source.id]


def test_the_log_tells_who_did_what_and_loses_nothing(folder: Any, make: Make) -> None:
    told = make("a", MISSION)
    graph = folder(told)
    graph.do.withdraw([told.source.id], "faux", "Ana")
    graph.do.restore([told.source.id], "Ben", "si")
    assert [(entry.action, entry.by) for entry in graph.do.log()] == [("restore", "Ben"), ("withdraw", "Ana"), ("load", "")]
    assert graph.do.log()[1].about["reason"] == "faux"
    with graph.open() as writer:  # as if the process had died between the transaction and the file
        writer.store.add(log.quad(log.Entry("2026-02-01T00:00:00Z", "Cy", "decide", {})))
    with graph.open():
        pass
    assert graph.do.log()[0].by == "Cy"
    with graph.open() as writer:  # or after the file, before the store let go of it
        writer.store.add(log.quad(log.Entry("2026-02-01T00:00:00Z", "Cy", "decide", {})))
    with graph.open():
        pass
    assert [entry.by for entry in graph.do.log()].count("Cy") == 1
