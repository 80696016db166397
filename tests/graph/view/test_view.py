from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from graph.errors import NotFound
from graph.model.claims import SourceClaims
from graph.record import rdf, snapshots
from graph.record.writer import Writer
from graph.view import entities, export
from graph.view.entities import Entity
from graph.view.violations import violations

Open = Callable[[Path], Writer]
Make = Callable[..., SourceClaims]


def loaded(open_at: Open, data: Path, *batches: Sequence[SourceClaims]) -> str:
    with open_at(data) as writer:
        for batch in batches:
            writer.add(batch)
            writer.commit()
        return writer.commit().snapshot


def said(data: Path, class_name: str) -> list[Entity]:
    with snapshots.current(data) as snapshot:
        return sorted(entities.entities(snapshot, class_name), key=lambda entity: entity.labels["fr"])


def texts(entity: Entity, name: str) -> list[str]:
    return [term.value.rsplit("/", 1)[-1] for term in entity.values.get(name, ())]


@pytest.fixture(scope="module")
def shown(few: list[SourceClaims], blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from graph.settings import Settings
    from graph.view.writing import open_writer

    data = tmp_path_factory.mktemp("shown") / "d"
    shutil.copytree(blank, data)
    with open_writer(Settings(data=data)) as writer:
        writer.add(few)
        writer.commit()
    return data


def test_two_articles_give_one_accord_of_the_finest_date(shown: Path) -> None:
    defence = next(accord for accord in said(shown, "Accord") if "defence" in texts(accord, "domain"))
    assert texts(defence, "signedOn") == ["2025-06-18"]
    assert texts(defence, "domain") == ["defence", "health", "training"]
    assert texts(defence, "party") == ["MAR", "RWA"]
    assert texts(defence, "place") == ["Rabat"]
    assert defence.source_count == 2
    assert defence.confidence == 0.96
    assert defence.disputes == ()
    assert defence.labels["fr"] == "Accord entre le Maroc et le Rwanda : défense, santé, formation (2025-06-18)"
    assert defence.labels["en"] == "Agreement between Morocco and Rwanda: defence, health, training (2025-06-18)"


def test_an_undated_accord_joins_the_dated_one_it_fits(shown: Path) -> None:
    trade = [accord for accord in said(shown, "Accord") if "trade" in texts(accord, "domain")]
    assert [(texts(accord, "signedOn"), accord.source_count) for accord in trade] == [(["2019-03-20"], 2)]


def test_a_commission_is_founded_by_its_accord_and_alternates(shown: Path) -> None:
    military = next(body for body in said(shown, "Commission") if "joint_military_commission" in texts(body, "commissionType"))
    defence = next(accord for accord in said(shown, "Accord") if "defence" in texts(accord, "domain"))
    assert texts(military, "foundingAccord") == [defence.iri.rsplit("/", 1)[-1]]
    assert texts(military, "seat") == ["Kigali", "Rabat"]
    assert military.source_count == 2


def test_a_commission_is_one_body_through_its_sessions(shown: Path) -> None:
    (joint,) = (body for body in said(shown, "Commission") if "joint_commission" in texts(body, "commissionType"))
    sessions = [session for session in said(shown, "Session") if session.iri.rsplit("/", 1)[-1] in texts(joint, "session")]
    assert sorted((texts(session, "ordinal"), texts(session, "date")) for session in sessions) == [
        (["2"], []),
        (["3"], ["2025-10-16"]),
    ]
    assert "date" not in joint.values


def test_a_disagreement_is_kept_and_shown(shown: Path) -> None:
    (deployment,) = said(shown, "Deployment")
    assert deployment.disputes == ("personnel",)
    assert texts(deployment, "personnel") == ["200"]  # as many witnesses, as sure: the later report is shown
    assert deployment.source_count == 2


def test_an_act_for_each_step_of_an_accord_s_life(open_at: Open, make: Make, tmp_path: Path) -> None:
    accord = {"kind": "agreement", "parties": ["MAR", "FRA"], "type": "treaty", "name": "traité d'amitié", "date": "2020-05-04"}
    loaded(
        open_at,
        tmp_path / "d",
        [
            make("s", {**accord, "status": "signed", "signatories": ["Jean Dupont"], "place": "Paris"}, published="2020-05-05"),
            make("r", {**accord, "status": "ratified", "status_date": "2021-02"}, published="2021-02-10"),
        ],
    )
    (treaty,) = said(tmp_path / "d", "Accord")
    acts = {texts(act, "actType")[0]: act for act in said(tmp_path / "d", "AccordAct")}
    assert texts(treaty, "accordStatus") == ["ratified"]
    assert treaty.disputes == ()
    assert texts(acts["signed"], "date") == ["2020-05-04"]
    assert texts(acts["signed"], "place") == ["Paris"]
    assert texts(acts["ratified"], "date") == ["2021-02"]
    assert sorted(texts(treaty, "act")) == sorted(act.iri.rsplit("/", 1)[-1] for act in acts.values())
    (participation,) = said(tmp_path / "d", "Participation")
    assert texts(participation, "role") == ["signatory"]
    assert texts(acts["signed"], "participation") == [participation.iri.rsplit("/", 1)[-1]]


PACT = {"kind": "agreement", "parties": ["MAR", "ESP"], "type": "treaty", "domains": ["fisheries"], "date": "2023-01-05"}
RATIFIED = {**PACT, "status": "ratified"}


def steps(data: Path) -> dict[tuple[str, ...], Entity]:
    """The acts by type, and for a ratification by whom."""
    return {(*texts(act, "actType"), *texts(act, "ratifiedBy")): act for act in said(data, "AccordAct")}


def test_each_party_ratifies_on_its_own_day(open_at: Open, make: Make, tmp_path: Path) -> None:
    loaded(
        open_at,
        tmp_path / "d",
        [make("m", {**RATIFIED, "status_date": "2024-03-05", "ratifiers": ["MAR 2024-03-05"]}, published="2024-03-06")],
        [make("e", {**RATIFIED, "status_date": "2024-07-12", "ratifiers": ["ESP 2024-07-12"]}, published="2024-07-13")],
        [make("again", {**RATIFIED, "ratifiers": ["MAR 2024-03"]}, published="2024-08-01")],
    )
    (treaty,) = said(tmp_path / "d", "Accord")
    acts = steps(tmp_path / "d")
    assert set(acts) == {("signed",), ("ratified", "ESP"), ("ratified", "MAR")}
    mar, esp = acts["ratified", "MAR"], acts["ratified", "ESP"]
    assert (texts(mar, "date"), texts(mar, "party"), len(mar.reported_in)) == (["2024-03-05"], ["MAR"], 2)
    assert (texts(esp, "date"), texts(esp, "party"), len(esp.reported_in)) == (["2024-07-12"], ["ESP"], 1)
    assert (mar.disputes, esp.disputes, treaty.disputes) == ((), (), ())
    assert (sorted(texts(treaty, "ratifiedBy")), texts(treaty, "statusOn")) == (["ESP", "MAR"], ["2024-07-12"])
    assert mar.labels["fr"].startswith("Ratification par le Maroc (2024-03-05) : ")
    assert mar.labels["en"].startswith("Ratified by Morocco (2024-03-05): ")


def test_a_ratification_is_disputed_only_between_claims_on_one_party(open_at: Open, make: Make, tmp_path: Path) -> None:
    loaded(
        open_at,
        tmp_path / "d",
        [
            make("m", {**RATIFIED, "ratifiers": ["MAR 2024-03-05", "ESP"]}, published="2024-03-06"),
            make("n", {**RATIFIED, "ratifiers": ["MAR 2024-04-02"]}, published="2024-04-03"),
        ],
    )
    acts = steps(tmp_path / "d")
    assert acts["ratified", "MAR"].disputes == ("date",)
    assert (acts["ratified", "ESP"].disputes, texts(acts["ratified", "ESP"], "date")) == ((), [])


def test_a_ratification_of_nobody_in_particular_is_one_of_all(open_at: Open, make: Make, tmp_path: Path) -> None:
    loaded(
        open_at,
        tmp_path / "d",
        [
            make("m", {**RATIFIED, "ratifiers": ["MAR 2024-03-05"]}, published="2024-03-06"),
            make("n", {**RATIFIED, "status_date": "2024-09"}, published="2024-10-01"),
            make("f", {**PACT, "status": "in_force", "status_date": "2025-01-01"}, published="2025-01-02"),
        ],
    )
    acts = steps(tmp_path / "d")
    assert set(acts) == {("signed",), ("ratified",), ("ratified", "MAR"), ("in_force",)}
    assert (sorted(texts(acts["ratified",], "party")), texts(acts["ratified",], "date")) == (["ESP", "MAR"], ["2024-09"])
    (treaty,) = said(tmp_path / "d", "Accord")
    assert (texts(treaty, "statusOn"), treaty.disputes) == (
        ["2025-01-01"],
        (),
    )  # earlier steps on other days contradict nothing


def test_a_party_s_ratification_follows_a_new_reading(open_at: Open, make: Make, tmp_path: Path) -> None:
    mine = make("m", {**RATIFIED, "ratifiers": ["MAR 2024-03-05"]}, published="2024-03-06")
    signed = make("s", {**PACT, "status": "signed"}, published="2023-01-06")
    misread, theirs = (
        make("e", {**RATIFIED, "ratifiers": [f"{code} 2024-07-12"]}, published="2024-07-13") for code in ("MAR", "ESP")
    )
    with open_at(tmp_path / "d") as writer:
        writer.add([misread, mine, signed])
        writer.commit()
        writer.reread([theirs])
        writer.commit()
    loaded(open_at, tmp_path / "n", [signed], [mine], [theirs])
    assert set(steps(tmp_path / "d")) == {("signed",), ("ratified", "MAR"), ("ratified", "ESP")}
    with snapshots.current(tmp_path / "d") as one, snapshots.current(tmp_path / "n") as other:
        assert export.fingerprint(one) == export.fingerprint(other)


def test_persons_are_one_in_any_spelling_and_hold_offices(shown: Path) -> None:
    people = {person.labels["fr"]: person for person in said(shown, "Person")}
    assert sorted(people) == ["Juvenal Marizamunda", "Nasser Bourita", "Sergueï Lavrov"]
    assert texts(people["Sergueï Lavrov"], "alternateName") == ["S. Lavrov", "Sergey Lavrov"]
    assert texts(people["Nasser Bourita"], "alternateName") == ["Bourita"]
    assert texts(people["Nasser Bourita"], "serves") == ["MAR"]
    tenures = {tenure.labels["fr"]: tenure for tenure in said(shown, "Tenure")}
    bourita = tenures["Nasser Bourita, ministre des Affaires étrangères (Maroc)"]
    assert (texts(bourita, "attestedFrom"), texts(bourita, "attestedUntil")) == (["2019-03-22"], ["2025-10-17"])
    assert texts(bourita, "office") == ["MAR-minister_foreign_affairs"]


def test_a_participation_names_the_office_held_that_day(shown: Path) -> None:
    labels = [participation.labels["en"] for participation in said(shown, "Participation")]
    assert any(label.startswith("Sergueï Lavrov, Minister of foreign affairs (Russia)") for label in map(_plain, labels)), (
        labels
    )
    (meeting,) = said(shown, "Meeting")
    assert len(texts(meeting, "participant")) == len(texts(meeting, "participation")) == 2
    assert meeting.disputes == ()  # Moscou and Moscow are one city


def _plain(label: str) -> str:
    return label.replace("Minister of Foreign Affairs", "Minister of foreign affairs")


def test_claims_lead_to_their_sentences(shown: Path) -> None:
    with snapshots.current(shown) as snapshot:
        (deployment,) = entities.entities(snapshot, "Deployment")
        claims = entities.claims_of(snapshot, deployment.iri)
        assert [claim.source.title for claim in claims] == ["h", "g"]
        assert claims[0].evidence[0].quote == "Phrase 0 de h, qui dit ce fait."
        assert claims[0].evidence[0].sentence == claims[0].evidence[0].quote
        assert claims[0].reasons[0].why == "déclencheur"
        assert claims[0].fields["personnel"] == 400
        with pytest.raises(NotFound):
            entities.claim(snapshot, "claim/" + "0" * 32)
        with pytest.raises(NotFound):
            entities.entity(snapshot, "accord/none")


def test_unsure_claims_stay_in_the_record_and_out_of_the_view(open_at: Open, make: Make, tmp_path: Path) -> None:
    fact = {"kind": "mission", "sender": "MAR", "host": "RWA", "type": "embassy"}
    loaded(open_at, tmp_path / "d", [make("a", {**fact, "confidence": 0.1}, {**fact, "type": "consulate"})])
    assert [texts(mission, "missionType") for mission in said(tmp_path / "d", "Mission")] == [["consulate"]]
    with snapshots.current(tmp_path / "d") as snapshot:
        recorded = list(snapshot.store.quads_for_pattern(None, rdf.RDF_TYPE, rdf.dip("Claim"), None))
    assert len(recorded) == 2


def test_what_violates_a_shape_is_reported_and_kept_out(open_at: Open, make: Make, tmp_path: Path) -> None:
    good = {"kind": "mission", "sender": "MAR", "host": "RWA", "type": "embassy"}
    accord = {"kind": "agreement", "parties": ["MAR", "RWA"], "count": 0, "date": "2020"}
    body = {"kind": "body", "parties": ["MAR", "RWA"], "type": "joint_commission"}
    told = make("a", {**good, "host": "MAR"}, good, accord, body, links=[(3, "foundingAccord", 2)])
    batches = [[told]], [[told], [make("b", {**good, "host": "FRA"})]]
    for name, found in zip("xy", batches, strict=True):
        loaded(open_at, tmp_path / name, *found)
        with snapshots.current(tmp_path / name) as snapshot:
            wrong = violations(snapshot)
            assert [violation.sources for violation in wrong] == [
                (f"https://w3id.org/diplograph/id/source/{told.source.id}",)
            ] * 2
            assert {message for violation in wrong for message in violation.messages} == {
                "Instrument count: at most one whole number from 1.",
                "Sender and host differ.",
            }
            assert not list(entities.entities(snapshot, "Accord"))
            assert not list(entities.entities(snapshot, "AccordAct"))
            (commission,) = entities.entities(snapshot, "Commission")
            assert "foundingAccord" not in commission.values
            assert {texts(mission, "host")[0] for mission in entities.entities(snapshot, "Mission")} <= {"RWA", "FRA"}


def test_a_reprint_is_no_second_witness(open_at: Open, make: Make, tmp_path: Path) -> None:
    fact = {"kind": "mission", "sender": "MAR", "host": "RWA", "type": "embassy", "date": "2020-01-02"}
    say = "Le Royaume a ouvert jeudi son ambassade à Kigali, en présence de nombreux invités, a appris l'agence."
    papers = [make(name, fact, published="2020-01-03", publisher=name, say=say) for name in ("un", "deux")]
    own = make(
        "trois",
        fact,
        published="2020-01-03",
        say="L'ambassade du Maroc à Kigali est ouverte depuis ce jeudi, selon nos informations.",
    )
    loaded(open_at, tmp_path / "d", [*papers, own])
    (mission,) = said(tmp_path / "d", "Mission")
    assert len(mission.reported_in) == 3
    assert mission.source_count == 2
    assert mission.confidence == 0.96


@pytest.fixture(scope="module")
def expected(shown: Path) -> str:
    with snapshots.current(shown) as snapshot:
        return export.fingerprint(snapshot)


@given(
    chance=st.randoms(use_true_random=False),
    cuts=st.lists(st.integers(0, 9), max_size=4),
    again=st.lists(st.integers(0, 7), max_size=3),
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_and_any_batches_give_the_same_graph(
    open_at: Open,
    few: list[SourceClaims],
    expected: str,
    tmp_path_factory: pytest.TempPathFactory,
    chance: random.Random,
    cuts: list[int],
    again: list[int],
) -> None:
    order = [*few, *(few[number] for number in again)]
    chance.shuffle(order)
    edges = [0, *sorted(cuts), len(order)]
    data = tmp_path_factory.mktemp("order") / "d"
    loaded(open_at, data, *(order[start:end] for start, end in itertools.pairwise(edges)))
    with snapshots.current(data) as snapshot:
        assert export.fingerprint(snapshot) == expected
    shutil.rmtree(data)


def test_the_export_is_canonical_rdf(shown: Path) -> None:
    out = BytesIO()
    with snapshots.current(shown) as snapshot:
        export.nquads(snapshot, out)
    lines = out.getvalue().splitlines(keepends=True)
    assert lines == sorted(lines)
    dataset = Dataset(parse(out.getvalue(), format=RdfFormat.N_QUADS))
    assert len(dataset) == len(lines)
    before = Dataset(dataset)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert dataset == before
    assert b"bookkeeping" not in out.getvalue()


@pytest.mark.parametrize("form", ["turtle", "jsonld"])
def test_the_view_can_be_written_and_read_again(shown: Path, form: str) -> None:
    out = BytesIO()
    with snapshots.current(shown) as snapshot:
        getattr(export, form)(snapshot, out)
        expected = {quad.triple for quad in snapshot.store.quads_for_pattern(None, None, None, rdf.VIEW)}
    back = parse(out.getvalue(), format={"turtle": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD}[form])
    assert {quad.triple for quad in back} == expected


def test_one_entity_is_described(shown: Path) -> None:
    with snapshots.current(shown) as snapshot:
        (meeting,) = entities.entities(snapshot, "Meeting")
        assert b"dip:Meeting" in export.describe(snapshot, meeting.iri)
        with pytest.raises(NotFound):
            export.describe(snapshot, "accord/none")


def test_no_entity_is_without_a_source_and_each_reference_leads_somewhere(shown: Path) -> None:
    with snapshots.current(shown) as snapshot:
        known = {entity.iri for entity in entities.entities(snapshot)}
        for entity in entities.entities(snapshot):
            if entity.class_name not in ("State", "HistoricState", "Organisation", "City", "Article"):
                assert entity.claims, entity
                assert set(entity.reported_in) <= known
            for name, terms in entity.values.items():
                links = [term.value for term in terms if "/id/" in term.value and name not in ("claim", "url")]
                assert set(links) <= known, (entity.iri, name)
