"""The questions as tools for assistants: the same rows, with sentences, and nothing that writes."""

import json
from typing import Any

import anyio
import pytest
from fastapi.testclient import TestClient
from mcp import Client

from api.tools import make_server, told_by
from graph.asking.ask import Answer
from graph.asking.claims import ClaimReader
from graph.asking.questions import load_questions, question
from graph.model.iri import ID
from graph.settings import Settings
from graph.workspace import Workspace


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


def test_every_row_of_every_question_leads_to_who_says_so(loaded: Settings) -> None:
    given = {"state": "MAR", "partner": "RWA", "as_of": "2025-06", "since": "2020", "until": "2026"}

    async def run() -> int:
        async with Client(make_server(loaded)) as client:
            rows = 0
            for tool in (await client.list_tools()).tools:
                needed = tool.input_schema.get("required", [])
                if tool.name == "search" or not given.keys() >= set(needed):
                    continue
                told = await client.call_tool(tool.name, {name: given[name] for name in needed} | {"rows": 20})
                assert not told.is_error, (tool.name, told.content)
                for row in told.structured_content["rows"]:
                    rows += 1
                    assert {"citations", "claims"} <= row.keys() or "evidence" in row, tool.name
                for call in told.structured_content["rows"][0].get("evidence", ()) if told.structured_content["rows"] else ():
                    led = await client.call_tool(call["tool"], call["arguments"])
                    assert not led.is_error, (tool.name, call, led.content)
            return rows

    assert anyio.run(run) > 20


def test_a_row_that_counts_facts_cites_each_of_them(loaded: Settings, accord: str) -> None:
    answer = Answer(question("brokers"), ("meetings",), (), truncated=False, snapshot=None)
    with Workspace(loaded).snapshot() as snapshot:
        reader = ClaimReader(snapshot.store)
        told = told_by(answer, {"meetings": [f"{ID}{accord}"] * 7}, reader)
        single = told_by(answer, {"meetings": [accord]}, reader)
        nothing = told_by(answer, {"meetings": []}, reader)
    assert (len(told["citations"]), told["claims"]) == (5, 7 * single["claims"])
    assert len(single["citations"]) == single["claims"] == 2
    assert nothing == {"citations": [], "claims": 0}


def test_names_lead_to_ids(loaded: Settings) -> None:
    hits = talk(loaded, "search", {"text": "maroc"}).structured_content["hits"]
    assert hits[0] == {"id": "state/MAR", "kind": "State", "label": "Morocco", "code": "MAR"}


@pytest.mark.parametrize(
    ("name", "arguments", "hint"),
    [
        ("accords", {}, "needs state"),
        ("accords", {"state": "MAR", "colour": "red"}, "colour"),
        ("accords", {"state": "MAR", "rows": 0}, "rows"),
        ("accords", {"state": "MAR", "rows": True}, "rows"),
        ("search", {"text": "x", "lang": "de"}, "fr and en"),
        ("accordz", {"state": "MAR"}, "accords"),
        ("search", {"text": "x", "kind": "State"}, "kind"),
    ],
)
def test_a_wrong_call_is_told_what_to_do(loaded: Settings, name: str, arguments: dict[str, Any], hint: str) -> None:
    told = talk(loaded, name, arguments)
    assert told.is_error
    assert hint in told.content[0].text
