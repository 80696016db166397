from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model.claims import Value
from graph.record.schema import load_schema
from graph.resolution.items import UNDATED, Item, Person
from graph.resolution.resolver import Resolver
from graph.resolution.rules import load_rules
from graph.view.deriving import comparer_of

RESOLVER = Resolver(comparer_of(load_schema(), load_rules()))
Clusters = set[frozenset[str]]


def item(name: str, fact: dict[str, Any], published: str = UNDATED, source: str | None = None, language: str = "fr") -> Item:
    fields: dict[str, Value] = {key: tuple(value) if isinstance(value, list) else value for key, value in fact.items()}
    return Item(name, str(fields.pop("kind")), source or name, published, language, fields)


def resolved(*items: Item) -> Clusters:
    return {frozenset(member.id for member in cluster) for cluster in RESOLVER.resolve_all(items)}


def sets(*names: str) -> Clusters:
    return {frozenset(name) for name in names}


ACCORD = {"kind": "agreement", "parties": ["MAR", "RWA"], "type": "agreement"}
DEPLOYED = {"kind": "deployment", "sender": "FRA", "host": "NER", "status": "withdrawn"}


def test_a_month_and_a_day_without_year_are_one_accord() -> None:
    one = item("a", {**ACCORD, "date": "2025-06", "domains": ["defence", "training"]})
    other = item("b", {**ACCORD, "date": "XXXX-06-18", "parties": ["RWA", "MAR"], "domains": ["defence", "health"]})
    assert resolved(one, other) == sets("ab")


def test_an_undated_claim_joins_the_one_dated_thing_it_fits() -> None:
    assert resolved(item("a", {**DEPLOYED, "date": "2023-12"}), item("b", DEPLOYED)) == sets("ab")


def test_undated_claims_never_tie_two_dated_things_together() -> None:
    dated = [item("a", {**DEPLOYED, "date": "2013-12"}), item("b", {**DEPLOYED, "date": "2023-12"})]
    undated = [item("c", DEPLOYED), item("d", DEPLOYED)]
    assert resolved(*dated, *undated) == sets("a", "b", "cd")


def test_no_component_holds_two_members_that_differ() -> None:
    chain = [item(name, {**ACCORD, "date": date, "domains": ["defence"]}) for name, date in zip("abc", DATES, strict=True)]
    assert all(len(cluster & {"a", "c"}) < 2 for cluster in resolved(*chain))


DATES = ("2025-06-18", "2025-06", "2025-06-25")


def test_instruments_of_one_day_stay_apart() -> None:
    day = {**ACCORD, "date": "2025-06-18"}
    named = [
        item("a", {**day, "type": "memorandum", "domains": ["energy"], "name": "mémorandum sur l'hydrogène"}),
        item("b", {**day, "type": "convention", "domains": ["justice"], "name": "convention d'extradition"}),
        item("c", {**day, "type": "memorandum", "domains": ["energy"], "name": "mémorandum hydrogène vert"}),
        item("d", {**day, "domains": ["justice"], "name": "extradition"}),
    ]
    assert resolved(*named) == sets("ac", "bd")


def test_two_claims_of_one_source_are_two_things() -> None:
    assert resolved(item("a", ACCORD, source="s"), item("b", ACCORD, source="s")) == sets("a", "b")


def test_a_commission_is_one_through_its_sessions_but_not_with_the_military_one() -> None:
    body = {"kind": "body", "parties": ["MAR", "RWA"], "type": "joint_commission", "status": "met"}
    claims = [
        item("a", {**body, "session": 3, "date": "2025-10-16"}),
        item("b", {**body, "session": 2}, source="a"),
        item("c", {**body, "date": "2025-10"}),
        item("d", {**body, "type": "joint_military_commission", "status": "planned"}),
    ]
    assert resolved(*claims) == sets("abc", "d")
    commission = next(cluster for cluster in RESOLVER.resolve_all(claims) if len(cluster) == 3)
    sessions = {frozenset(member.id for member in cluster) for cluster in RESOLVER.sessions(commission)}
    assert sessions == sets("ac", "b")


def test_what_happened_later_is_not_what_was_told_before() -> None:
    early = item("a", DEPLOYED, published="2010-05-01")
    assert resolved(early, item("b", {**DEPLOYED, "date": "2023-12"}, published="2024-01-01")) == sets("a", "b")


def test_exports_of_one_are_imports_of_the_other() -> None:
    trade = {"kind": "trade", "year": "2024", "value": 100}
    claims = [
        item("a", {**trade, "parties": ["ITA", "DZA"], "direction": "export"}),
        item("b", {**trade, "parties": ["DZA", "ITA"], "direction": "import"}),
        item("c", {**trade, "parties": ["DZA", "ITA"], "direction": "export"}),
    ]
    assert resolved(*claims) == sets("ab", "c")


def test_statements_are_never_joined() -> None:
    said = {"kind": "statement", "speaker": "Nasser Bourita", "of": "MAR"}
    assert resolved(item("a", said), item("b", said)) == sets("a", "b")


def test_reasons_can_be_read() -> None:
    one = item("a", {**ACCORD, "date": "2025-06", "domains": ["defence"]}, published="2025-06-19")
    other = item("b", {**ACCORD, "date": "2025-06-18", "domains": ["defence"]}, published="2025-06-20")
    rule = RESOLVER.rule("agreement")
    assert rule is not None
    assert RESOLVER.comparer.compare(one, other, rule).reasons() == [
        "date: 2025-06 / 2025-06-18: month (+3)",
        "domains: defence / defence: same (+1.5)",
        "told: 2025-06-19 / 2025-06-20: near (+1.5)",
        "type: agreement / agreement: same (+1)",
    ]


ANY_DATE = st.sampled_from([None, "2023", "2023-12", "2023-12-04", "2023-12-06", "2013-02-01", "XXXX-12-04"])
ANY = st.lists(
    st.tuples(
        ANY_DATE,
        st.sampled_from([UNDATED, "2012-01-01", "2024-01-01"]),
        st.sampled_from("stuv"),
        st.sampled_from([None, 50, 80]),
    ),
    max_size=14,
)


@given(ANY, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_clusters_depend_on_the_set_of_claims_alone(found: list[Any], chance: random.Random) -> None:
    claims = []
    for number, (date, published, source, personnel) in enumerate(found):
        extra = {name: value for name, value in (("date", date), ("personnel", personnel)) if value is not None}
        claims.append(item(f"{number:02d}", {**DEPLOYED, **extra}, published=published, source=f"{source}{number // 3}"))
    expected = resolved(*claims)
    shuffled = claims[:]
    chance.shuffle(shuffled)
    assert resolved(*shuffled) == expected
    rule = RESOLVER.rule("deployment")
    assert rule is not None
    by_id = {claim.id: claim for claim in claims}
    for cluster in expected:
        pairs = [(by_id[one], by_id[other]) for one in cluster for other in cluster if one < other]
        assert not [pair for pair in pairs if RESOLVER.comparer.compare(*pair, rule).apart]


@pytest.mark.parametrize("kind", sorted(load_rules().by_kind))
def test_every_rule_speaks_of_fields_that_its_kind_has(kind: str) -> None:
    rule, kinds = load_rules().by_kind[kind], load_schema().kinds
    if kind == "person":
        assert {feature.compare for feature in rule.features} == {"person_name", "offices", "states"}
        return
    fields = set(kinds["body" if kind == "session" else kind].fields) | {"told"}
    assert {feature.name for feature in rule.features} | set(rule.block) <= fields


@given(
    st.lists(
        st.sampled_from(
            [
                None,
                "2023",
                "2024",
                "2023-12",
                "2023-12-30",
                "2024-01-01",
                "2024-01-02",
                "XXXX-01-01",
                "0001-01-01",
                "9999-12-31",
            ]
        ),
        min_size=2,
        max_size=2,
    )
)
@settings(deadline=None)
def test_blocks_lose_no_pair_that_may_be_one(dates: list[str | None]) -> None:
    one, other = (item(name, {**DEPLOYED, **({"date": date} if date else {})}) for name, date in zip("ab", dates, strict=True))
    rule = RESOLVER.rule("deployment")
    assert rule is not None
    found = RESOLVER.comparer.compare(one, other, rule)
    joined = resolved(one, other) == sets("ab")
    assert joined == (found.score >= rule.threshold and not found.apart)


def named(name: str, source: str, spelling: str, published: str) -> Person:
    fold, agents = RESOLVER.comparer.names.fold, frozenset({"MAR"})
    return Person(name, "person", source, published, "fr", {}, fold(spelling), spelling, spelling, (name,), frozenset(), agents)


def test_who_leaves_too_does_not_stand_for_its_likes() -> None:
    """The eldest of those named alike stands for all of them; where it may leave as well, so does the next one."""
    leaving = named("a", "one", "Amina Delaroche", "2020")
    likes = [named(name, name, "Amina Delaroche Alami", f"202{number}") for number, name in enumerate("bcd", 1)]

    def tied(*unsettled: str) -> list[str]:
        return [item.id for item in RESOLVER.alike([leaving], lambda key: [leaving, *likes], unsettled=unsettled)]

    assert tied() == ["b"]
    assert tied("one", "b") == ["b", "c"]
    assert tied("one", "b", "c", "d") == ["b", "c", "d"]
