"""The client against the running application."""

from collections.abc import Callable, Iterator

import httpx2
import pandas
import pytest
from fastapi.testclient import TestClient

from api.client import Diplograph, Problem, Unreachable
from graph.asking.resources import load_resources


@pytest.fixture
def graph(client: TestClient) -> Iterator[Diplograph]:
    with Diplograph(language="fr", http=client) as made:
        yield made


def test_questions_are_listed_and_answered(graph: Diplograph) -> None:
    assert {"accords", "partner_map"} <= {question["name"] for question in graph.questions()}
    for via in ("cypher", "sparql"):
        rows = graph.ask("accords", via=via, state="MAR", since=2020)
        assert (len(rows), rows.truncated, rows.types["signed_on"]) == (1, False, "date")
        assert [row["signed_on"] for row in rows] == ["2025-06-18"]


def test_an_answer_becomes_a_frame(graph: Diplograph) -> None:
    frame = graph.ask("partner_map", state="MAR", as_of="2025-06-19").frame()
    assert list(frame["partner"]) == ["RWA"]
    assert frame["accords"].dtype == pandas.Int64Dtype()
    assert frame["trade_year"].isna().all()
    assert graph.ask("accords", state="FRA", since="2090").frame().empty


def test_members_come_page_after_page(graph: Diplograph) -> None:
    whole = [item["id"] for item in graph.members("people")]
    assert [item["id"] for item in graph.members("people", limit=1)] == whole
    page = graph.page("states", limit=2, total=True)
    assert (len(page.items), page.total) == (2, len(list(graph.members("states"))))
    assert [item["date"] for item in graph.members("accords", from_="2025", state="MAR")] == ["2025-06-18"]
    for name in load_resources():
        assert graph.page(name, limit=1).snapshot == page.snapshot


def test_things_partners_evidence_and_search(graph: Diplograph, accord: str) -> None:
    assert graph.get("states", "MAR")["label"]["fr"] == "Maroc"
    assert graph.entity(accord)["class_name"] == "Accord"
    assert {passage["source"]["language"] for passage in graph.evidence(accord)} == {"fr", "en"}
    assert {passage["source"]["language"] for passage in graph.evidence(accord, known_at="2025-06-18")} == {"fr"}
    assert graph.entity(accord, as_of="2025-05")["holds"] is False
    assert graph.get("accords", accord.partition("/")[2], known_at="2025-06-18")["properties"]["sourceCount"] == [1]
    assert graph.search("rwanda")[0]["code"] == "RWA"
    found = graph.partners("MAR", beside=("BEL",), as_of="2027")
    assert ([one["state"] for one in found["maps"]], found["common"]) == (["MAR", "BEL"], ["RWA"])


def test_explanations_networks_and_changes(graph: Diplograph, accord: str) -> None:
    assert graph.explain(accord)
    whole, then = graph.network(state="MAR"), graph.network(state="MAR", known_at="2025-06-18")
    assert accord in {edge["fact"] for edge in then["edges"]}
    assert whole["snapshot"] != then["snapshot"]
    assert graph.changes(whole["snapshot"])
    assert "MAR" in next(one["states"] for one in graph.regions() if one["key"] == "northern_africa")
    assert graph.partners("northern_africa", region="eastern_africa")["maps"][0]["partners"]
    assert graph.partners("MAR", known_at="2025-06-18")["maps"][0]["partners"]


def test_queries_of_ones_own(graph: Diplograph) -> None:
    rows = graph.cypher("MATCH (s:State {code: $code})<-[:PARTY]-(a:Accord) RETURN a.signedOn AS day", code="MAR")
    assert (rows.columns, list(rows)) == (("day",), [{"day": "2025-06-18"}])
    told = graph.sparql(
        "PREFIX dip: <https://w3id.org/diplograph/ontology#> SELECT ?day { ?a dip:signedOn ?day } ORDER BY ?day"
    )
    assert [row["day"] for row in told] == ["2024-05-02", "2025-06-18"]
    assert list(graph.sparql("ASK { ?s ?p ?o }")) == [{"boolean": True}]


def test_what_is_refused_says_why(graph: Diplograph) -> None:
    with pytest.raises(Problem, match=r"no parameter .sinse.") as refused:
        graph.ask("accords", state="MAR", sinse="2020")
    assert (refused.value.status, len(refused.value.request_id)) == (400, 32)
    with pytest.raises(Problem, match="404"):
        graph.get("states", "QQQ")


def test_a_key_that_is_not_known_is_refused(client: TestClient) -> None:
    with pytest.raises(Problem) as refused:
        Diplograph(key="dg_00000000_x", http=client).get("states", "MAR")
    assert refused.value.status == 401


def test_an_address_where_nobody_answers_is_named_with_a_remedy() -> None:
    with (
        Diplograph("http://127.0.0.1:1") as nobody,
        pytest.raises(Unreachable, match=r"http://127\.0\.0\.1:1 .*diplograph serve"),
    ):
        nobody.questions()


def answering(*answers: httpx2.Response) -> Diplograph:
    rest = iter(answers)
    return Diplograph(http=httpx2.Client(base_url="http://there.example", transport=httpx2.MockTransport(lambda _: next(rest))))


def test_a_refusal_says_when_to_come_back() -> None:
    with pytest.raises(Problem) as refused:
        answering(httpx2.Response(429, headers={"Retry-After": "7"}, json={"title": "Too Many Requests"})).regions()
    assert (refused.value.status, refused.value.wait) == (429, 7)


@pytest.mark.parametrize("status", [200, 502])
def test_what_is_no_json_is_said_to_come_from_something_else(status: int) -> None:
    for media in ("text/html", "application/json"):
        with pytest.raises(Problem) as refused:
            answering(httpx2.Response(status, headers={"Content-Type": media}, content=b"<html>")).regions()
        assert refused.value.status == status


def test_what_has_moved_is_followed() -> None:
    there = {"Location": "/api/v1/accords/b"}
    assert (
        answering(httpx2.Response(301, headers=there), httpx2.Response(200, json={"key": "b"})).get("accords", "a")["key"]
        == "b"
    )


@pytest.mark.parametrize("ask", [lambda graph: graph.cypher("RETURN 1"), lambda graph: graph.sparql("ASK {}")])
def test_an_answer_that_does_not_come_in_time_says_what_to_do(ask: Callable[[Diplograph], object]) -> None:
    def late(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ReadTimeout("timed out", request=request)

    slow = httpx2.Client(base_url="http://slow.example", transport=httpx2.MockTransport(late))
    with slow, pytest.raises(Unreachable, match=r"slow\.example.*more seconds"):
        ask(Diplograph(http=slow))
