"""The named questions as tools of the Model Context Protocol: read-only, each row with the sentences that say so."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from typing import Any

import anyio
import mcp_types as types
from mcp.server import Server
from mcp.server.stdio import stdio_server

from api.parameters import schema_of
from api.release import version
from graph.asking.ask import Answer, Limits, ask_sparql
from graph.asking.binding import LANGUAGES, bind
from graph.asking.claims import ClaimInfo, ClaimReader
from graph.asking.formats import as_object
from graph.asking.questions import Question, load_questions, question
from graph.asking.search import search
from graph.errors import BadQuery, DiplomacyError
from graph.model.iri import full, short
from graph.record.snapshots import Snapshot
from graph.settings import Settings
from graph.workspace import Workspace

ROWS, MOST = 50, 500
PASSAGES, SHOWN = 2, 5

INSTRUCTIONS = (
    "A knowledge graph of diplomatic relations, read from news. Rows carry `citations`, sentences with their sources, "
    "or, where they sum up many facts, `evidence`: the calls that give those facts with their sentences. "
    "Quote them, name the source and its date, and say when sources disagree (`disputes`) or when `truncated` is true. "
    "States and organisations are named by code: `search` finds codes and ids."
)
_READS = types.ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_SEARCH = types.Tool(
    name="search",
    title="Find by name",
    description="States, people, accords and all else by name or code, accents ignored; gives ids for the other tools.",
    input_schema={
        "type": "object",
        "properties": {
            "text": {"type": "string", "minLength": 1, "maxLength": 200},
            "lang": {"type": "string", "enum": list(LANGUAGES), "default": "en"},
        },
        "required": ["text"],
        "additionalProperties": False,
    },
    annotations=_READS,
)


def make_server(settings: Settings) -> Server[Any]:
    """A server over one data folder; every call is answered from its newest snapshot."""
    workspace = Workspace(settings)

    async def list_tools(context: Any, params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_SEARCH, *map(_tool, load_questions().values())])

    async def call_tool(context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            told = await anyio.to_thread.run_sync(_called, workspace, params.name, dict(params.arguments or {}))
        except DiplomacyError as error:
            return types.CallToolResult(content=[types.TextContent(text=str(error))], is_error=True)
        text = json.dumps(told, ensure_ascii=False)
        return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=told)

    return Server("diplograph", version=version(), instructions=INSTRUCTIONS, on_list_tools=list_tools, on_call_tool=call_tool)


def serve_stdio(settings: Settings) -> None:
    """Speak the protocol on standard input and output until the client ends it."""
    server = make_server(settings)

    async def run() -> None:
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    anyio.run(run)


def _tool(item: Question) -> types.Tool:
    properties = {name: {**schema_of(one), "description": one.en} for name, one in item.parameters.items()}
    properties["rows"] = {"type": "integer", "minimum": 1, "maximum": MOST, "default": ROWS, "description": "rows at most"}
    return types.Tool(
        name=item.name,
        title=item.title.en,
        description=item.description.en,
        input_schema={
            "type": "object",
            "properties": properties,
            "required": [name for name, one in item.parameters.items() if one.required],
            "additionalProperties": False,
        },
        annotations=_READS,
    )


def _called(workspace: Workspace, name: str, given: dict[str, Any]) -> dict[str, Any]:
    with workspace.snapshot() as snapshot:
        return _found(snapshot, given) if name == "search" else _answered(workspace.settings, snapshot, name, given)


def _found(snapshot: Snapshot, given: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := sorted(given.keys() - {"text", "lang"}):
        raise BadQuery(f"search takes text and lang, not {unknown[0]!r}")
    if given.get("lang", "en") not in LANGUAGES:
        raise BadQuery(f"lang: {given['lang']!r}; there are {' and '.join(LANGUAGES)}")
    hits = search(snapshot, str(given.get("text", ""))[:200], str(given.get("lang", "en")))
    return {
        "snapshot": snapshot.id,
        "hits": [{"id": short(hit.iri), "kind": hit.kind, "label": hit.label, "code": hit.code} for hit in hits],
    }


def _answered(settings: Settings, snapshot: Snapshot, name: str, given: dict[str, Any]) -> dict[str, Any]:
    rows = given.pop("rows", ROWS)
    if type(rows) is not int or not 1 <= rows <= MOST:
        raise BadQuery(f"rows: a whole number from 1 to {MOST}")
    bound = bind(question(name), {key: str(value) for key, value in given.items()})
    limits = Limits(settings.query_seconds, rows, settings.answer_bytes)
    answer = ask_sparql(bound, snapshot, limits)
    told = as_object(answer)
    reader = ClaimReader(snapshot.store)
    for row in told["rows"]:
        row |= told_by(answer, row, reader)
    return told


def told_by(answer: Answer, row: Mapping[str, Any], reader: ClaimReader) -> dict[str, Any]:
    """Who says so: passages of the row's facts, one of each where they are many; or the calls that lead to its facts."""
    leads = {name: _values(answer, row, where) for name, where in answer.question.evidence.items() if name != "question"}
    if "fact" not in leads:
        ways = itertools.islice(itertools.product(*leads.values()), SHOWN)
        tool = answer.question.evidence["question"]
        return {"evidence": [{"tool": tool, "arguments": dict(zip(leads, way, strict=True))} for way in ways]}
    supports = [reader.supporting(full(fact)) for fact in leads["fact"]]
    shown = PASSAGES if len(supports) < PASSAGES else 1
    cited = [_citation(claim) for claims in supports[:SHOWN] for claim in claims[:shown]]
    return {"citations": cited, "claims": sum(map(len, supports))}


def _values(answer: Answer, row: Mapping[str, Any], where: str) -> list[str]:
    """What a row, or `$` and a parameter of the question, gives to a parameter of the question that leads to the evidence."""
    value = answer.given[where[1:]] if where.startswith("$") else row[where]
    return [short(str(one)) for one in (value if isinstance(value, list) else [value]) if one not in (None, "")]


def _citation(claim: ClaimInfo) -> dict[str, Any]:
    return {
        "sentences": list(dict.fromkeys(passage.sentence for passage in claim.passages)),
        "source": short(claim.source.iri),
        "title": claim.source.title,
        "publisher": claim.source.publisher,
        "published": claim.source.published,
        "url": claim.source.url,
        "confidence": claim.confidence,
    }
