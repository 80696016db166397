"""What the program relies on in a graph store, the same on the embedded engine and on Neo4j (`docs/dialect.md`)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date

import pytest

from graph.errors import BadQuery, DiplomacyError, QueryTimeout
from graph.property.bolt import PropertyGraph, open_graph
from graph.settings import Settings
from tests.conftest import ENGINES

CONSTRAINT = "CREATE CONSTRAINT contract_id IF NOT EXISTS FOR (node:Contract) REQUIRE node.id IS UNIQUE"


@pytest.fixture
def contract(store: PropertyGraph) -> PropertyGraph:
    store.schema(CONSTRAINT)
    return store


def test_the_dialect_is_known(store: PropertyGraph) -> None:
    assert store.dialect == ("arcadedb" if "ArcadeDB" in store.agent else "neo4j")


def test_a_node_is_found_by_its_id(contract: PropertyGraph) -> None:
    contract.write("CREATE (:Contract {id: 'a', size: 3}), (:Contract {id: 'b', size: 4})")
    assert contract.read("MATCH (node:Contract {id: $id}) RETURN node.size", {"id": "b"}).rows == ((4,),)


def test_a_second_node_of_one_id_is_refused(contract: PropertyGraph) -> None:
    contract.write("CREATE (:Contract {id: 'a'})")
    with pytest.raises(BadQuery):
        contract.write("CREATE (:Contract {id: 'a'})")
    assert contract.read("MATCH (node:Contract) RETURN count(node)").single() == 1


def test_a_constraint_may_be_made_twice(contract: PropertyGraph) -> None:
    contract.schema(CONSTRAINT)
    contract.schema("CREATE INDEX contract_size IF NOT EXISTS FOR (node:Contract) ON (node.size)")
    contract.schema("CREATE INDEX contract_size IF NOT EXISTS FOR (node:Contract) ON (node.size)")


@pytest.mark.parametrize(
    "value",
    [
        "«Où ?» \u202frépond-il — 'O''Brien' \\ \"quoted\" \U0001f54a \u0627\u0644\u0645\u063a\u0631\u0628",
        "line\nbreak\ttab",
        "",
        2**53,
        -1,
        0.1,
        12.0,
        True,
        ["a", "b"],
        [1, 2, 3],
        "XXXX-06-18",
    ],
)
def test_values_come_back_as_they_were_written(contract: PropertyGraph, value: object) -> None:
    contract.write_batch("UNWIND $rows AS row MERGE (node:Contract {id: row.id}) SET node = row", [{"id": "a", "value": value}])
    got = contract.read("MATCH (node:Contract {id: 'a'}) RETURN node.value").single()
    assert got == value
    assert type(got) is type(value)


def test_dates_sort_and_compare_as_strings(contract: PropertyGraph) -> None:
    dates = ["2025-06-18", "2025", "2025-06", "2024-12-31"]
    contract.write_batch("UNWIND $rows AS row CREATE (:Contract {id: row.on, on: row.on})", [{"on": each} for each in dates])
    query = "MATCH (n:Contract) WHERE n.on + '-99' >= $since AND n.on <= $until + '-99' RETURN n.on AS d ORDER BY d"
    rows = contract.read(query, {"since": "2025-06-01", "until": "2025-06-30"}).rows
    assert [row[0] for row in rows] == ["2025", "2025-06", "2025-06-18"]


def test_temporal_values_come_back_as_text(store: PropertyGraph) -> None:
    assert store.read("RETURN $day AS day", {"day": date(2025, 6, 18)}).single() == "2025-06-18"


def test_a_batch_that_is_written_twice_changes_nothing(contract: PropertyGraph) -> None:
    rows = [{"id": str(number), "properties": {"id": str(number), "size": number}} for number in range(50)]
    for _ in range(2):
        contract.write_batch("UNWIND $rows AS row MERGE (node:Contract {id: row.id}) SET node = row.properties", rows)
    assert contract.read("MATCH (node:Contract) RETURN count(node), sum(node.size)").rows == ((50, sum(range(50))),)


def test_each_row_of_a_batch_keeps_its_own_values(contract: PropertyGraph) -> None:
    rows = [{"id": str(number % 3), "size": number} for number in range(9)]
    contract.write_batch("UNWIND $rows AS row MERGE (node:Contract {id: row.id}) SET node.size = row.size", rows)
    assert contract.read("MATCH (node:Contract) RETURN node.id AS id, node.size ORDER BY id").rows == (
        ("0", 6),
        ("1", 7),
        ("2", 8),
    )


def test_replacing_properties_drops_the_old_ones(contract: PropertyGraph) -> None:
    query = "UNWIND $rows AS row MERGE (node:Contract {id: row.id}) SET node = row"
    contract.write_batch(query, [{"id": "a", "old": 1}])
    contract.write_batch(query, [{"id": "a", "new": 2}])
    assert contract.read("MATCH (node:Contract) RETURN properties(node)").single() == {"id": "a", "new": 2}


def test_a_label_and_a_relationship_type_may_differ_by_case_only(contract: PropertyGraph) -> None:
    contract.write("CREATE (:Contract {id: 'a'})-[:CONTRACT {since: '2025'}]->(:Contract {id: 'b'})")
    rows = contract.read("MATCH (a:Contract)-[r:CONTRACT]->(b:Contract) RETURN a.id, type(r), r.since, b.id").rows
    assert rows == (("a", "CONTRACT", "2025", "b"),)


def test_several_steps_are_written_together_or_not_at_all(contract: PropertyGraph) -> None:
    contract.write("CREATE (:Contract {id: 'a'})")
    with pytest.raises(BadQuery):
        contract.write_together([("CREATE (:Contract {id: $id})", {"id": "b"}), ("CREATE (:Contract {id: $id})", {"id": "a"})])
    assert contract.read("MATCH (node:Contract) RETURN collect(node.id)").single() == ["a"]


def test_outgoing_relationships_are_replaced_in_one_transaction(contract: PropertyGraph) -> None:
    contract.write("CREATE (:Contract {id: 'a'})-[:TO {n: 1}]->(:Contract {id: 'b'})-[:TO {n: 2}]->(:Contract {id: 'a2'})")
    contract.write_together(
        [
            ("UNWIND $rows AS row MATCH (n:Contract {id: row})-[r]->() DELETE r", {"rows": ["a"]}),
            ("MATCH (n:Contract {id: 'a'}) MATCH (m:Contract {id: 'a2'}) CREATE (n)-[r:TO]->(m) SET r = $p", {"p": {"n": 3}}),
        ]
    )
    assert contract.read("MATCH (a)-[r:TO]->(b) RETURN a.id, r.n, b.id ORDER BY r.n").rows == (("b", 2, "a2"), ("a", 3, "a2"))


def test_a_large_batch_is_written_whole(contract: PropertyGraph) -> None:
    rows = [{"id": str(number), "text": "é" * 400} for number in range(5000)]
    contract.write_batch("UNWIND $rows AS row MERGE (node:Contract {id: row.id}) SET node = row", rows)
    assert contract.read("MATCH (node:Contract) RETURN count(node), sum(size(node.text))").rows == ((5000, 2_000_000),)


def test_rows_beyond_the_limit_are_cut_and_said_to_be(store: PropertyGraph) -> None:
    cut = store.read("UNWIND range(1, 100) AS n RETURN n", limit=10)
    assert (len(cut.rows), cut.truncated) == (10, True)
    whole = store.read("UNWIND range(1, 10) AS n RETURN n", limit=10)
    assert (len(whole.rows), whole.truncated) == (10, False)
    assert store.look_up("UNWIND range(1, 100) AS n RETURN n", limit=10) == cut
    assert store.look_up("UNWIND range(1, $most) AS n RETURN n", {"most": 10}, limit=10) == whole


def test_the_embedded_engine_names_no_columns_of_an_empty_answer(contract: PropertyGraph) -> None:
    answer = contract.read("MATCH (node:Contract {id: 'nobody'}) RETURN node.id AS id, 1 AS one")
    assert (answer.columns, answer.rows) == (("id", "one") if contract.dialect == "neo4j" else (), ())


def test_nodes_relationships_and_paths_are_plain_values(contract: PropertyGraph) -> None:
    contract.write("CREATE (:Contract {id: 'a'})-[:TO {n: 1}]->(:Contract {id: 'b'})")
    node, relationship, path = contract.read("MATCH p = (a:Contract)-[r:TO]->(b) RETURN a, r, p").rows[0]
    assert node == {"labels": ["Contract"], "properties": {"id": "a"}}
    assert relationship["type"] == "TO"
    assert relationship["properties"] == {"n": 1}
    assert [each["properties"]["id"] for each in path["nodes"]] == ["a", "b"]


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (:Contract {id: 'x'})",
        "CREATE (:Novel {id: 'x'})",
        "MERGE (:Contract {id: 'x'})",
        "MATCH (n:Contract {id: 'a'}) SET n.size = 9",
        "MATCH (n:Contract {id: 'a'}) REMOVE n.size",
        "MATCH (n:Contract {id: 'a'}) DETACH DELETE n",
        "MATCH (n:Contract {id: 'a'}) MATCH (m:Contract {id: 'b'}) CREATE (m)-[:TO]->(n)",
        "MATCH (:Contract {id: 'a'})-[r:TO]->() DELETE r",
        "MATCH (:Contract {id: 'a'})-[r:TO]->() SET r.n = 2",
        "FOREACH (i IN [1] | CREATE (:Contract {id: 'x'}))",
        "CALL { CREATE (n:Contract {id: 'x'}) RETURN n } RETURN n",
    ],
)
def test_a_read_cannot_write(contract: PropertyGraph, query: str) -> None:
    contract.write("CREATE (:Contract {id: 'a', size: 1})-[:TO {n: 1}]->(:Contract {id: 'b'})")
    before = contract.read("MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN n, r, m.id ORDER BY n.id").rows
    for way in (contract.read, contract.look_up):
        with pytest.raises(BadQuery):
            way(query)
    assert contract.read("MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN n, r, m.id ORDER BY n.id").rows == before


@pytest.mark.parametrize(
    "query",
    [
        "CREATE INDEX sneaked IF NOT EXISTS FOR (n:Contract) ON (n.other)",
        "DROP CONSTRAINT contract_id",
        "DROP CONSTRAINT contract_id IF EXISTS",
        "CREATE CONSTRAINT sneaked IF NOT EXISTS FOR (n:Contract) REQUIRE n.other IS UNIQUE",
    ],
)
def test_a_read_cannot_change_the_schema(contract: PropertyGraph, query: str) -> None:
    with pytest.raises(DiplomacyError):
        contract.read(query)
    contract.write("CREATE (:Contract {id: 'a', other: 1}), (:Contract {id: 'b', other: 1})")
    with pytest.raises(BadQuery):
        contract.write("CREATE (:Contract {id: 'a'})")


@pytest.mark.parametrize("place", ["file:///etc/hostname", "file:/etc/hostname", "/etc/hostname"])
def test_a_read_reaches_no_file(store: PropertyGraph, place: str) -> None:
    with pytest.raises(DiplomacyError):
        store.read(f"LOAD CSV FROM '{place}' AS line RETURN line")


def test_the_embedded_engine_reaches_no_network(store: PropertyGraph) -> None:
    """Neo4j itself would: there the guard of strangers' Cypher refuses the clause."""
    if store.dialect == "arcadedb":
        with pytest.raises(BadQuery, match="remote URLs are disabled"):
            store.read("LOAD CSV FROM 'http://192.0.2.1/x.csv' AS line RETURN line")


def test_wrong_cypher_is_said_to_be_wrong(store: PropertyGraph) -> None:
    with pytest.raises(BadQuery, match=r"(?i)apoc"):
        store.read("CALL apoc.load.json('x')")
    with pytest.raises(BadQuery, match=r"RETURN"):
        store.read("MATCH (n RETURN n")
    with pytest.raises(BadQuery):
        store.read("RETURN $missing")
    with pytest.raises(BadQuery):
        store.read("RETURN no_such_function(1)")


@pytest.fixture(params=ENGINES)
def impatient(request: pytest.FixtureRequest, engine_settings: Settings) -> Iterator[PropertyGraph]:
    """An empty graph; the embedded engine is one of the test's own, for it keeps to the limit that it was started with."""
    embedded = engine_settings.model_copy(update={"query_seconds": 2.0})
    with open_graph(embedded if request.param == "embedded" else request.getfixturevalue("neo4j_settings")) as graph:
        graph.clear()
        yield graph


def test_a_long_query_is_stopped(impatient: PropertyGraph) -> None:
    rows = [{"n": number} for number in range(400)]
    impatient.write_batch("UNWIND $rows AS row CREATE (:Contract {id: toString(row.n)})", rows)
    endless = (
        "MATCH (a:Contract), (b:Contract), (c:Contract), (d:Contract) WHERE a.id + b.id + c.id + d.id = 'x' RETURN count(*)"
    )
    for way in (impatient.read, impatient.look_up):
        with pytest.raises(QueryTimeout, match="DIPLOGRAPH_QUERY_SECONDS"):
            way(endless, seconds=2.0)
    assert impatient.read("RETURN 1").single() == 1


def test_concurrent_writers_lose_nothing(contract: PropertyGraph) -> None:
    def add() -> None:
        for number in range(100):
            rows = [{"id": str(number % 10)}]
            contract.write_batch("UNWIND $rows AS r MERGE (n:Contract {id: r.id}) SET n.sum = coalesce(n.sum, 0) + 1", rows)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert contract.read("MATCH (n:Contract) RETURN count(n), sum(n.sum)").rows == ((10, 400),)


def test_the_plan_of_a_query_can_be_looked_at(store: PropertyGraph) -> None:
    plan = store.explain("MATCH (n:Contract) RETURN n.id")
    assert ("ProduceResults" in plan) is (store.dialect == "neo4j")
    with pytest.raises(BadQuery):
        store.explain("MATCH (n RETURN n")


def test_clearing_leaves_nothing(contract: PropertyGraph) -> None:
    contract.write("UNWIND range(1, 4500) AS n CREATE (:Contract {id: toString(n)})-[:TO]->(:Contract {id: 'x' + toString(n)})")
    contract.clear()
    assert contract.read("MATCH (n) RETURN count(n)").single() == 0


def test_settings_reach_a_graph_of_the_tests_own(store_settings: Settings) -> None:
    from graph.property.bolt import open_graph

    with open_graph(store_settings) as graph:
        assert graph.read("MATCH (n) RETURN count(n)").single() == 0
