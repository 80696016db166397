from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Store

from graph.model.claims import Claim, Link, Reason, Source, SourceClaims, Span
from graph.record import decode, rdf
from graph.record.checking import distinct
from graph.record.encode import quads
from graph.record.schema import load_schema

SCHEMA = load_schema()
TEXT = "Le Maroc et le Rwanda ont signé un accord à Rabat. Une commission suivra. « Fin. »\nAutre ligne."

AGENTS = st.lists(st.sampled_from(["MAR", "RWA", "FRA", "EU"]), min_size=2, max_size=4, unique=True).map(tuple)
NAMES = st.lists(st.sampled_from(["Nasser Bourita", "Paul Kagame", "Élise Ñ", 'Un "autre"\nnom']), min_size=1, unique=True).map(
    tuple
)
DATES = st.sampled_from(["2025", "2025-06", "2025-06-18", "XXXX-06-18", "0999-01-01"])
NUMBERS = st.one_of(st.integers(0, 10**15), st.floats(0, 1e12, allow_nan=False))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, len(TEXT) - 2))
    end = draw(st.integers(start + 1, len(TEXT)))
    return Span(start, end, TEXT[start:end])


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    kind, required, optional = draw(st.sampled_from(FIELDS))
    fields = {name: draw(values) for name, values in required.items()}
    fields |= {name: draw(values) for name, values in optional.items() if draw(st.booleans())}
    reasons = draw(st.lists(st.just(Reason("trigger", "signé", 24, 29, 'mot "clé"')), max_size=2))
    return Claim(
        kind,
        fields,
        tuple(draw(st.lists(spans(), min_size=1, max_size=3))),
        draw(st.floats(0, 1)),
        "sign.accord",
        reasons=tuple(reasons),
    )


TEXTS = st.lists(st.sampled_from(["Rabat", "Kigali", "a b"]), min_size=1, unique=True).map(tuple)
DOMAINS = st.lists(st.sampled_from(["trade", "defence", "health"]), min_size=1, unique=True).map(tuple)
FIELDS = [
    (
        "agreement",
        {"parties": AGENTS},
        {"date": DATES, "status_date": DATES, "domains": DOMAINS, "signatories": NAMES, "count": st.integers(0, 99)},
    ),
    ("meeting", {"participants": st.just(("B", "A"))}, {"parties": AGENTS, "place": st.just("Rabat")}),
    ("trade", {"parties": AGENTS}, {"year": st.just("2024"), "value": NUMBERS, "currency": st.just("EUR"), "products": TEXTS}),
    ("body", {"parties": AGENTS}, {"seats": TEXTS, "session": st.integers(1, 90)}),
    ("statement", {"speaker": st.just("Paul Kagame")}, {"of": st.just("RWA")}),
]


def round_trip(told: SourceClaims) -> SourceClaims:
    store = Store()
    store.extend(quads(told, SCHEMA))
    graph = decode.described(store, told.source.id)
    found = tuple(claim for _, claim in decode.claims_in(graph, SCHEMA.kinds))
    return SourceClaims(decode.source_in(graph, told.source.id, told.source.text), found)


@given(st.lists(claims(), max_size=5), st.booleans())
@settings(max_examples=150, deadline=None)
def test_what_is_recorded_reads_back_as_it_was(found: list[Claim], linked: bool) -> None:
    if linked and len(found) > 1:
        first = found[0]
        found[0] = Claim(first.kind, first.fields, first.evidence, first.confidence, first.rule, links=(Link("act", 1, "ici"),))
    source = Source(TEXT, title="Titre", url="https://example.org/a", publisher="P", language="fr", published="2025-06-20")
    told = distinct(SourceClaims(source, tuple(found)))
    back = round_trip(told)
    assert back == told
    assert [claim.key(source.id) for claim in back.claims] == [claim.key(source.id) for claim in told.claims]


def test_the_difference_of_12_and_12_point_0_survives() -> None:
    span = Span(0, 8, TEXT[:8])
    for value in (12, 12.0, 1e20, 0.1 + 0.2):
        claim = Claim("trade", {"parties": ("MAR", "FRA"), "value": value}, (span,), 0.5, "r")
        back = round_trip(SourceClaims(Source(TEXT), (claim,))).claims[0].fields["value"]
        assert back == value
        assert type(back) is type(value)


def test_a_source_s_graph_has_no_blank_node_and_says_each_thing_where_it_belongs() -> None:
    claim = Claim("agreement", {"parties": ("RWA", "MAR"), "signatories": ("P. Kagame",)}, (Span(0, 8, TEXT[:8]),), 0.5, "r")
    found = quads(SourceClaims(Source(TEXT), (claim,)), SCHEMA)
    key = claim.key(Source(TEXT).id)
    assert not [quad for quad in found if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)]
    said = {(rdf.value(quad.subject).split("/id/")[1], rdf.local(quad.predicate), rdf.value(quad.object)) for quad in found}
    assert (f"claim/{key}#told", "party", "https://w3id.org/diplograph/id/state/MAR") in said
    assert (f"claim/{key}#person-0", "name", "P. Kagame") in said
    assert (f"evidence/{key}-0", "sentence", "Le Maroc et le Rwanda ont signé un accord à Rabat.") in said


def test_a_claim_said_twice_is_recorded_once_and_links_follow() -> None:
    span = Span(0, 8, TEXT[:8])
    accord = Claim("agreement", {"parties": ("MAR", "RWA")}, (span,), 0.5, "r")
    body = Claim("body", {"parties": ("MAR", "RWA")}, (span,), 0.5, "r", links=(Link("foundingAccord", 1, "w"),))
    told = distinct(SourceClaims(Source(TEXT), (accord, accord, body)))
    assert len(told.claims) == 2
    assert told.claims[1].links[0].target == 0


@pytest.mark.shared
def test_every_gold_fact_survives_the_record(shared: Path) -> None:
    import json

    for path in sorted((shared / "extraction" / "dev").glob("*.gold.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")
        found = tuple(SCHEMA.kinds.from_fact(fact, text) for fact in content["facts"])
        told = distinct(SourceClaims(Source(text, published=content["date"]), found))
        assert round_trip(told) == told, path.name
