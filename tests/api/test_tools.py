"""The questions as tools for assistants: the same rows, with sentences, and nothing that writes."""

import json
from typing import Any

import anyio
import pytest
from fastapi.testclient import TestClient
from mcp import Client

from api.tools import make_server
from graph.asking.questions import load_questions
from graph.settings import Settings


def talk(settings: Settings, name: str, arguments: dict[str, Any]) -> Any:
    async def run() -> Any:
        async with Client(make_server(settings)) as client:
            return await client.call_tool(name, arguments)

    return anyio.run(run)


def test_every_question_is_a_tool_that_only_reads(loaded: Settings) -> None:
    async def run() -> Any:
        async with Client(make_server(loaded)) as client:
            return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in anyio.run(run)}
    assert tools.keys() == {"search", *load_questions()}
    assert all(tool.annotations.read_only_hint for tool in tools.values())
    assert tools["accords"].input_schema["required"] == ["state"]
    assert not any(tool.input_schema["additionalProperties"] for tool in tools.values())


def test_an_answer_has_the_rows_of_the_api_with_their_sentences(loaded: Settings, client: TestClient) -> None:
    told = talk(loaded, "accords", {"state": "MAR"})
    assert not told.is_error
    content = told.structured_content
    assert json.loads(told.content[0].text) == content
    rows = client.get("/api/v1/questions/accords?state=MAR").json()["rows"]
    assert [{k: v for k, v in row.items() if k not in ("citations", "claims")} for row in content["rows"]] == rows
    [citation, *_] = content["rows"][0]["citations"]
    assert citation["sentences"] and citation["source"].startswith("source/")


def test_names_lead_to_ids(loaded: Settings) -> None:
    hits = talk(loaded, "search", {"text": "maroc"}).structured_content["hits"]
    assert hits[0] == {"id": "state/MAR", "kind": "State", "label": "Morocco", "code": "MAR"}


@pytest.mark.parametrize(
    ("name", "arguments", "hint"),
    [
        ("accords", {}, "needs state"),
        ("accords", {"state": "MAR", "colour": "red"}, "colour"),
        ("accords", {"state": "MAR", "rows": 0}, "rows"),
        ("accordz", {"state": "MAR"}, "accords"),
        ("search", {"text": "x", "kind": "State"}, "kind"),
    ],
)
def test_a_wrong_call_is_told_what_to_do(loaded: Settings, name: str, arguments: dict[str, Any], hint: str) -> None:
    told = talk(loaded, name, arguments)
    assert told.is_error
    assert hint in told.content[0].text
