"""The named questions over HTTP: the same rows by both ways, in both forms."""

import csv
import io

import pytest
from fastapi.testclient import TestClient

from api.models import QuestionAnswer
from graph.asking.questions import load_questions
from graph.asking.rendering import FORMATS, offered

VALUES = {"state": "RWA", "partner": "MAR"}


def address(name: str, accord: str, source: str) -> str:
    """The question with a value for each parameter that it needs; a fact of another kind than it asks for gives no rows."""
    by_type = {"fact": accord, "source": source, "date": "2025-06-18"}
    required = {key: parameter for key, parameter in load_questions()[name].parameters.items() if parameter.required}
    needed = {key: VALUES.get(key) or by_type[parameter.type] for key, parameter in required.items()}
    return f"/api/v1/questions/{name}?" + "&".join(f"{key}={value}" for key, value in needed.items())


@pytest.fixture(scope="module")
def source(client: TestClient) -> str:
    return str(client.get("/api/v1/sources").json()["items"][0]["key"])


@pytest.mark.parametrize("name", load_questions())
def test_both_ways_give_the_same_rows(client: TestClient, accord: str, source: str, name: str) -> None:
    asked = address(name, accord, source)
    cypher, sparql = client.get(f"{asked}&via=cypher"), client.get(f"{asked}&via=sparql")
    assert (cypher.status_code, sparql.status_code) == (200, 200)
    assert QuestionAnswer.model_validate_json(cypher.content).columns
    assert cypher.json()["rows"] == sparql.json()["rows"]
    assert cypher.json()["snapshot"] == sparql.json()["snapshot"] is not None


def test_questions_are_listed_with_parameters_and_columns(client: TestClient) -> None:
    listed = {item["name"]: item for item in client.get("/api/v1/questions").json()["questions"]}
    assert set(listed) == set(load_questions())
    assert listed["accords"]["parameters"][0]["name"] == "state"


def test_the_list_has_what_a_form_of_each_question_needs(client: TestClient) -> None:
    listed = {item["name"]: item for item in client.get("/api/v1/questions").json()["questions"]}
    assert all(tuple(item["forms"]) == offered(load_questions()[name]) for name, item in listed.items())
    parameters = {(name, one["name"]): one for name, item in listed.items() for one in item["parameters"]}
    assert (parameters["panel", "balanced"]["choices"], parameters["panel", "balanced"]["default"]) == (["no", "yes"], "no")
    assert parameters["accords", "lang"]["choices"] == ["fr", "en"]
    assert "defence" in parameters["accords", "domain"]["choices"]
    assert parameters["accords", "state"]["choices"] is None
    bounded = {key: (one["minimum"], one["maximum"]) for key, one in parameters.items() if one["minimum"] is not None}
    told = {(name, key): (p.minimum, p.maximum) for name, q in load_questions().items() for key, p in q.parameters.items()}
    assert bounded == {key: bounds for key, bounds in told.items() if bounds[0] is not None} != {}


def test_csv_holds_the_same_rows_by_format_and_by_accept(client: TestClient) -> None:
    asked = "/api/v1/questions/accords?state=RWA"
    rows = client.get(asked).json()["rows"]
    by_format = client.get(f"{asked}&format=csv")
    by_accept = client.get(asked, headers={"Accept": "text/csv"})
    assert by_format.text == by_accept.text
    assert by_format.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert by_format.headers["X-Truncated"] == "false"
    read = list(csv.DictReader(io.StringIO(by_format.text)))
    assert [row["accord"] for row in read] == [row["accord"] for row in rows]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("accords", 400),
        ("accords?state=RWA&sate=MAR", 400),
        ("accords?state=RWA&state=MAR", 400),
        ("accords?state=QQQ", 422),
        ("accords?state=RWA&domain=astrology", 422),
        ("accords?state=RWA&since=yesterday", 400),
        ("accords?state=RWA&via=telepathy", 400),
        ("accords?state=RWA&format=xls", 400),
        ("no_such_question", 404),
    ],
)
def test_mistakes_are_refused_with_a_remedy(client: TestClient, query: str, status: int) -> None:
    answer = client.get(f"/api/v1/questions/{query}")
    assert answer.status_code == status
    assert len(answer.json()["detail"]) > 10


def test_a_known_snapshot_is_answered_with_304(client: TestClient) -> None:
    asked = "/api/v1/questions/accords?state=RWA"
    tags = set()
    for way in ("", "&via=sparql", "&format=csv"):
        answer = client.get(asked + way)
        tag = answer.headers["ETag"]
        again = client.get(asked + way, headers={"If-None-Match": tag})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        tags.add(tag)
    assert len(tags) == 3


@pytest.mark.parametrize("form", ["parquet", "graphml", "geojson", "codebook"])
def test_other_forms_are_given_by_name_and_by_accept(client: TestClient, form: str) -> None:
    about = FORMATS[form]
    name = next(name for name, item in load_questions().items() if form in offered(item) and "state" in item.parameters)
    asked = f"/api/v1/questions/{name}?state=RWA&as_of=2025-12-31"
    asked = asked if "as_of" in load_questions()[name].parameters else asked.partition("&")[0]
    by_name = client.get(f"{asked}&format={form}")
    assert by_name.status_code == 200, by_name.text
    assert by_name.headers["Content-Type"].startswith(about.media_type)
    assert f"{name}.{about.suffix}" in by_name.headers["Content-Disposition"]
    if form != "codebook":
        assert client.get(asked, headers={"Accept": about.media_type}).content == by_name.content


def test_a_form_that_a_question_has_not_is_refused(client: TestClient) -> None:
    name = next(name for name, item in load_questions().items() if "graphml" not in offered(item))
    assert client.get(f"/api/v1/questions/{name}", params={"format": "graphml"}).status_code == 400
