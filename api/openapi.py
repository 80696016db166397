"""The API's own description: problems that routes may answer with, tags, servers; no 422 that FastAPI assumes."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.models import Problem
from graph.model.reference import load_reference
from graph.model.regions import load_regions
from graph.model.terms import load_ontology

DESCRIPTION = """A knowledge graph of diplomatic relations: every fact with the sentences that say so.

- Named questions answer alike in Cypher and in SPARQL.
- Every answer names the snapshot it is of; its ETag makes repeated requests cheap (`If-None-Match`, 304).
- `truncated` says when something was left out. Parameters that are not declared are refused.
- Errors are problem+json (RFC 9457) with a request id.
"""

SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "a key made by `diplograph keys issue`"},
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "the same key in a header of its own"},
}

TAGS = [
    {"name": "questions", "description": "Named questions, the public surface for research."},
    {"name": "resources", "description": "States, accords, people, sources, and what the graph knows of each."},
    {"name": "partners", "description": "All that ties a state to each of its partners, in one answer."},
    {"name": "evidence", "description": "The sentences that say so."},
    {"name": "network", "description": "Nodes and relations with a layout, for drawing."},
    {"name": "query", "description": "Cypher and SPARQL of your own, read-only and limited."},
    {"name": "linked data", "description": "Every entity under its own address, as RDF."},
    {"name": "review", "description": "Deciding, withdrawing, the log: for holders of a key."},
    {"name": "reconciliation", "description": "Names in a table matched to entities, for OpenRefine and its kin."},
    {"name": "health", "description": "Whether the service lives and is ready."},
]

_LISTS = {"state": "AgentCode", "party": "AgentCode", "partner": "AgentCode", "domain": "Domain", "kind": "NodeLabel"}

_EXPLAINED = {
    400: "The request is malformed, or has a parameter that does not exist.",
    401: "A key is needed and none was sent, or the one sent is not known.",
    403: "The key that was sent lacks the scope.",
    404: "There is no such thing.",
    406: "No form that was asked for is offered.",
    409: "The request names two things where one is answered, or an earlier day of what shows today alone.",
    410: "What was asked for is no longer kept, or no longer shown.",
    413: "The request is too long.",
    415: "The request's form is not understood.",
    422: "The request names a code, domain or language that is not known.",
    429: "The client has used up its compute time of this minute; Retry-After says when to ask again.",
    500: "A defect of ours; the request id finds it in the log.",
    503: "The record or the property graph cannot be reached.",
    504: "The query used up its time, memory or answer size.",
}


MOVED: dict[int | str, dict[str, Any]] = {301: {"description": "Another thing carries it on."}}
"""The `responses` of a route to a thing whose id may be an earlier one."""


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may answer with these problems, and with those that any route may give."""
    return {
        status: {
            "model": Problem,
            "description": _EXPLAINED[status],
            "content": {"application/problem+json": {"example": _example(status)}},
        }
        for status in sorted({*statuses, 400, 401, 429, 500, 503})
    }


def _example(status: int) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": _EXPLAINED[status],
        "instance": "/api/v1/accords",
        "request_id": "3f0c2d6b8e1a4f6d9b7c5a3e1f2d4c6b",
    }


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, made once; errors of validation are 400 problems here, so FastAPI's 422 goes."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            description=DESCRIPTION,
            routes=app.routes,
            tags=TAGS,
            servers=[{"url": "/", "description": "this server"}],
            license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        )
        for path in document["paths"].values():
            for operation in path.values():
                _mend(operation)
                _say_vocabulary(operation)
        document["components"]["schemas"] |= _vocabulary()
        document["components"]["securitySchemes"] = SECURITY
        document["security"] = [{}, *({name: []} for name in SECURITY)]
        for name in ("HTTPValidationError", "ValidationError"):
            document["components"]["schemas"].pop(name, None)
        app.openapi_schema = document
    return app.openapi_schema


def _vocabulary() -> dict[str, Any]:
    """What a parameter may say, where that is a closed list: from the ontology and the reference data."""
    ontology = load_ontology()
    lists = {
        "Domain": ("A domain of cooperation.", list(ontology.concepts("Domain"))),
        "NodeLabel": ("A label of nodes in the property graph.", list(ontology.node_labels())),
    }
    closed = {name: {"type": "string", "description": text, "enum": members} for name, (text, members) in lists.items()}
    regions = "|".join(sorted(load_regions()))
    either = {
        "type": "string",
        "description": "A state's or organisation's code, or the key of a region (/api/v1/regions), asked state by state.",
        "pattern": _agent_code()["pattern"].replace("^(", f"^({regions}|"),
        "examples": ["MAR", "western_africa", "AU"],
    }
    return {"AgentCode": _agent_code(), "AgentOrRegion": either, **closed}


def _agent_code() -> dict[str, Any]:
    """A pattern and no `enum`: who tries every value of a list, for each parameter that takes one, asks for hours."""
    reference = load_reference()
    codes = "|".join(sorted({*reference.states, *reference.organisations}))
    description = "A state's or organisation's code; /api/v1/states and /api/v1/organisations list them."
    return {"type": "string", "description": description, "pattern": f"^({codes})$", "examples": ["MAR", "FRA", "AU"]}


def _say_vocabulary(operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", ()):
        in_path = parameter["in"] == "path" and parameter["name"] == "state"
        one_of = parameter["schema"].get("anyOf", ())
        closed = any("enum" in schema for schema in (parameter["schema"], *one_of))
        if parameter["name"] in _LISTS and (parameter["in"] == "query" or in_path) and not closed:
            name = _LISTS[parameter["name"]]
            if name == "AgentCode" and operation.get("operationId", "").startswith("ask_"):
                name = "AgentOrRegion"
            listed = {"$ref": f"#/components/schemas/{name}"}
            parameter["schema"] = {"anyOf": [listed, {"const": ""}]} if {"const": ""} in one_of else listed


def _mend(operation: dict[str, Any]) -> None:
    responses = operation.get("responses", {})
    assumed = responses.get("422", {}).get("content", {}).get("application/json", {}).get("schema", {})
    if assumed.get("$ref", "").endswith("HTTPValidationError"):
        del responses["422"]
    if "application/json" in operation.get("requestBody", {}).get("content", {}):
        problem = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": _example(415)}
        responses["415"] = {"description": _EXPLAINED[415], "content": {"application/problem+json": problem}}
    for status, response in responses.items():
        content = response.get("content", {})
        # FastAPI files a response's model under the route's own media type: a problem has one of its own.
        if int(status) >= 400 and "application/json" in content and "application/problem+json" in content:
            content["application/problem+json"] = {**content.pop("application/json"), **content["application/problem+json"]}
