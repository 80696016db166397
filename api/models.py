"""The shapes of the answers, with examples; the API's documentation is made from them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

_EXAMPLE_SNAPSHOT = "5f2c9a7be01d4c86"


class Model(BaseModel):
    """Base: unknown fields are refused, so that an answer is exactly what its documentation says."""

    model_config = ConfigDict(extra="forbid")


class Problem(Model):
    """What went wrong, as RFC 9457 describes it, with the request's id for the log."""

    type: str = Field("about:blank", description="an address that names this sort of problem", examples=["about:blank"])
    title: str = Field(description="the sort of problem in a few words", examples=["Bad Request"])
    status: int = Field(description="the HTTP status", examples=[400])
    detail: str | None = Field(None, description="what happened this time and what to do", examples=["limit: at most 500"])
    instance: str | None = Field(None, description="the path that was asked", examples=["/api/v1/accords"])
    request_id: str = Field(description="also in the header X-Request-ID", examples=["3f0c2d6b8e1a4f6d9b7c5a3e1f2d4c6b"])


class Health(Model):
    """That the process answers."""

    status: str = Field("alive", examples=["alive"])
    version: str = Field(examples=["0.1.0"])


class Readiness(Model):
    """Whether the record and the property graph can be read and show the same snapshot."""

    ready: bool = Field(examples=[True])
    record: str | None = Field(description="snapshot of the record that is served", examples=[_EXAMPLE_SNAPSHOT])
    graph: str | None = Field(description="snapshot that the property graph shows", examples=[_EXAMPLE_SNAPSHOT])
    remedy: str | None = Field(None, description="what to do where it is not ready", examples=[None])


JsonObject = dict[str, Any]


class Label(Model):
    """A name in both languages; a language in which none is known is absent."""

    fr: str | None = Field(None, examples=["Maroc"])
    en: str | None = Field(None, examples=["Morocco"])


class Resource(Model):
    """An entity or source with its values as the graph shows them."""

    id: str = Field(description="its IRI", examples=["https://w3id.org/diplograph/id/state/MAR"])
    kind: str = Field(description="the first part of its short id", examples=["state"])
    key: str = Field(description="the rest of its short id", examples=["MAR"])
    type: str = Field(description="its class in the ontology", examples=["State"])
    label: Label
    date: str | None = Field(
        None, description="when it happened or began: YYYY, YYYY-MM or YYYY-MM-DD", examples=["2025-06-18"]
    )
    properties: dict[str, list[str | int | float | bool]] = Field(
        description="values by property; a concept is its notation, a linked entity its short id",
        examples=[{"code": ["MAR"]}],
    )
    page: str = Field(description="address of its page", examples=["/states/MAR"])


class Listing(Model):
    """One page of a listing; `next` leads to the following one in the same snapshot."""

    snapshot: str = Field(examples=[_EXAMPLE_SNAPSHOT])
    items: list[Resource]
    count: int = Field(description="how many items this page has", examples=[1])
    total: int | None = Field(None, description="how many fit in all; where `total=true` asks for it", examples=[1])
    truncated: bool = Field(description="whether items follow that are not on this page", examples=[False])
    next: str | None = Field(description="cursor of the next page; null at the end", examples=[None])


class QuestionParameter(Model):
    """A parameter of a named question."""

    name: str = Field(examples=["state"])
    type: str = Field(examples=["state"])
    required: bool = Field(examples=[True])
    default: str | int | None = Field(None, examples=[None])
    choices: list[str] | None = Field(None, description="the only values that it takes, where that is a list", examples=[None])
    minimum: int | None = Field(None, examples=[None])
    maximum: int | None = Field(None, examples=[None])
    description: Label


class QuestionColumn(Model):
    """A column of a named question's answer."""

    name: str = Field(examples=["signed_on"])
    type: str = Field(examples=["date"])
    description: Label


class QuestionInfo(Model):
    """A named question: what it asks, what it takes, what it answers."""

    name: str = Field(examples=["accords"])
    title: Label
    description: Label
    parameters: list[QuestionParameter]
    columns: list[QuestionColumn]
    forms: list[str] = Field(description="what `format` takes", examples=[["json", "csv", "parquet", "geojson", "codebook"]])
    address: str = Field(examples=["/api/v1/questions/accords"])


class QuestionList(Model):
    """Every named question."""

    questions: list[QuestionInfo]


class QuestionAnswer(Model):
    """The rows of an answer, one object a row, its keys the columns."""

    question: str = Field(examples=["accords"])
    via: str = Field(description="cypher or sparql", examples=["cypher"])
    snapshot: str | None = Field(description="the snapshot that was asked", examples=[_EXAMPLE_SNAPSHOT])
    columns: list[QuestionColumn]
    rows: list[dict[str, Any]] = Field(
        examples=[
            [{"accord": "https://w3id.org/diplograph/id/accord/5f0c3a9be1d2c4f7", "label": "…", "signed_on": "2025-06-18"}]
        ]
    )
    count: int = Field(description="how many rows are given", examples=[1])
    truncated: bool = Field(description="whether rows were left out", examples=[False])


class CypherQuery(Model):
    """A query in Cypher with its parameters."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "query": "MATCH (s:State {code: 'MAR'})<-[:PARTY]-(a:Accord) RETURN a.label_en AS accord ORDER BY accord",
                "parameters": {},
            }
        },
    )

    query: str = Field(description="one query that reads", json_schema_extra={"format": "cypher-query"})
    parameters: dict[str, Any] = Field(default_factory=dict, description="values for its $parameters")


class CypherRows(Model):
    """The rows of a Cypher answer, one object a row; nodes are `{labels, properties}`."""

    snapshot: str | None = Field(description="the snapshot that the property graph shows", examples=[_EXAMPLE_SNAPSHOT])
    columns: list[str] = Field(examples=[["accord"]])
    rows: list[dict[str, Any]] = Field(examples=[[{"accord": "Morocco – Rwanda agreement (18 June 2025)"}]])
    count: int = Field(examples=[1])
    truncated: bool = Field(description="whether rows were left out, by number or by size", examples=[False])


class EvidenceSource(Model):
    """Who says so."""

    id: str = Field(examples=["https://w3id.org/diplograph/id/source/2c26b46b68ffc68ff99b453c1d3041340"])
    title: str | None = Field(None, examples=["Rabat et Kigali signent"])
    publisher: str | None = Field(None, examples=["Le Courrier"])
    published: str | None = Field(None, examples=["2025-06-18"])
    url: str | None = Field(None, examples=["https://news.example/rabat-kigali"])
    language: str | None = Field(None, examples=["fr"])


class EvidencePassage(Model):
    """One passage that supports a fact; offsets count characters of the source's text."""

    claim: str = Field(examples=["https://w3id.org/diplograph/id/claim/0f3a9c5d7b1e2f4a6c8d0e1f2a3b4c5d"])
    source: EvidenceSource
    quote: str = Field(description="the exact words", examples=["ont signé un accord de défense"])
    sentence: str = Field(description="the sentence around them", examples=["Rabat et Kigali ont signé un accord de défense."])
    start: int = Field(examples=[16])
    end: int = Field(examples=[46])
    rule: str = Field(examples=["agreement.sign.fr"])
    reader: str = Field(examples=["rules"])
    confidence: float = Field(examples=[0.95])


class Evidence(Model):
    """Every passage that supports one thing."""

    id: str = Field(examples=["https://w3id.org/diplograph/id/accord/5f0c3a9be1d2c4f7"])
    label: str = Field(examples=["Agreement between Morocco and Rwanda: defence (2025-06-18)"])
    passages: list[EvidencePassage]


class FoundThing(Model):
    """Something whose name or code fits."""

    id: str = Field(examples=["https://w3id.org/diplograph/id/state/MAR"])
    type: str = Field(description="its node label", examples=["State"])
    class_label: str = Field(examples=["state"])
    label: str = Field(examples=["Morocco"])
    code: str | None = Field(None, examples=["MAR"])
    exact: bool = Field(description="whether the text is its code or a whole name of it", examples=[True])
    page: str = Field(examples=["/states/MAR"])


class SearchResult(Model):
    """What was found, best first."""

    snapshot: str = Field(examples=[_EXAMPLE_SNAPSHOT])
    hits: list[FoundThing]
    truncated: bool = Field(description="whether there were more", examples=[False])


class NetworkView(Model):
    """What vis-network draws; a node's id is its IRI, an edge's `fact` the short id of the fact that says so."""

    snapshot: str = Field(examples=[_EXAMPLE_SNAPSHOT])
    centre: str | None = Field(None, description="IRI of the thing whose surroundings these are")
    nodes: list[dict[str, Any]] = Field(
        examples=[
            [{"id": "https://w3id.org/diplograph/id/state/MAR", "label": "Morocco", "kind": "State", "x": 12.5, "y": -80.0}]
        ]
    )
    edges: list[dict[str, Any]] = Field(
        examples=[[{"id": "…", "from": "…", "to": "…", "type": "PARTY", "fact": "accord/5f0c3a9be1d2c4f7"}]]
    )
    options: dict[str, Any] = Field(description="options for vis-network", examples=[{"physics": {"enabled": False}}])
    legend: list[dict[str, str]] = Field(examples=[[{"kind": "State", "label": "state", "color": "#2F74C8", "shape": "dot"}]])
    truncated: int = Field(description="how many facts were left out", examples=[0])


class ReleasedView(Model):
    """What the view holds: the default graph of the N-Quads, all of the Turtle."""

    triples: int = Field(examples=[21480])
    entities: int = Field(description="things that it describes", examples=[1310])
    properties: dict[str, int] = Field(description="triples by property", examples=[{"http://xmlns.com/foaf/0.1/name": 12}])
    classes: dict[str, int] = Field(
        description="things by class", examples=[{"https://w3id.org/diplograph/ontology#Accord": 31}]
    )


class ReleasedFile(Model):
    """A file of a release."""

    name: str = Field(examples=["graph.nq.gz"])
    media_type: str = Field(description="of the content, after unpacking", examples=["application/n-quads"])
    description: str = Field(examples=["record and view as canonical N-Quads, a named graph a source"])
    bytes: int = Field(examples=[1048576])
    sha256: str = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])


class Release(Model):
    """A snapshot in every form."""

    snapshot: str = Field(examples=[_EXAMPLE_SNAPSHOT])
    previous: str | None = Field(description="the release that `changes` compares with", examples=[None])
    changes: dict[str, int] = Field(description="nodes added, changed and removed", examples=[{"added": 12}])
    licence: str | None = Field(examples=["https://creativecommons.org/licenses/by/4.0/"])
    newest: str | None = Field(description="day of the newest source", examples=["2025-10-23"])
    quads: int = Field(examples=[48210])
    view: ReleasedView | None = Field(None, description="null in releases made by earlier versions")
    counts: dict[str, int] = Field(description="nodes by label, relationships by type", examples=[{"Accord": 31, "PARTY": 64}])
    files: list[ReleasedFile]


class ChangeList(Model):
    """What has changed between two snapshots."""

    snapshot: str = Field(description="the newest snapshot", examples=[_EXAMPLE_SNAPSHOT])
    since: str = Field(examples=["0c1d2e3f4a5b6c7d"])
    changed: list[str] = Field(description="IRIs of things that are new or differ")
    removed: list[str] = Field(description="IRIs of things that are gone; they come after all that changed")
    truncated: bool = Field(description="whether there are more, on the next page", examples=[False])
    next: str | None = Field(description="cursor of the next page, of the same snapshot; null at the end", examples=[None])
