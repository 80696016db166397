"""The parameters of listings, as OpenAPI describes them: closed lists from the ontology, patterns, examples."""

from __future__ import annotations

from typing import Any

from api.asked import DATE, LIMIT, LONGEST, MOST, id_pattern
from api.cursors import PATTERN
from api.languages import LANGUAGES
from graph.asking.resources import Filter, Resource
from graph.model.regions import load_regions
from graph.model.terms import Ontology

BASES = ("published", "recorded")
DAY = "as it could be said on this day, from the sources known by then; default: today"
BASIS = "which day of a source counts for known_at"

AGENT = {"$ref": "#/components/schemas/AgentCode"}
REGION = {"type": "string", "enum": list(load_regions())}
_DOMAIN = {"$ref": "#/components/schemas/Domain"}
_MEANT = {
    "type": "of this type",
    "status": "of this status",
    "domain": "in this domain",
    "state": "that name this state or organisation, in whatever role",
    "party": "the same: of which this state or organisation is a party",
    "partner": "that name this one too",
    "source": "told by this source",
    "language": "told by a source in this language",
}


def parameters(resource: Resource, ontology: Ontology) -> list[dict[str, Any]]:
    """All parameters of a listing, filters first."""
    found = [_filter(item, ontology) for item in resource.filters.values()]
    if resource.dated:
        found += [date_parameter("from", "that may lie on this date or later"), date_parameter("to", "or earlier")]
    if resource.holds:
        found.append(date_parameter("as_of", "that hold on this date"))
    order = {"type": "string", "enum": list(resource.sorts), "default": resource.sort}
    return [*found, in_query("sort", order, "the order; - is descending"), *common()]


def common() -> list[dict[str, Any]]:
    """What every listing takes."""
    return [
        in_query("q", {"type": "string", "minLength": 1, "maxLength": LONGEST},
                 "with words in its names (a claim: sentences) that begin so, in either language, accents and case ignored"),
        in_query("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}, "how many a page has at most"),
        in_query("cursor", {"type": "string", "pattern": PATTERN}, "`next` of the page before; bound to its snapshot"),
        in_query("total", {"type": "string", "enum": ["true", "false"], "default": "false"}, "whether to count all that fit"),
        language_parameter(),
        *day_parameters(),
    ]  # fmt: skip


def day_parameters() -> list[dict[str, Any]]:
    """The day whose knowledge is asked for, and how a source's day is counted."""
    schema = {"type": "string", "enum": list(BASES), "default": "published"}
    return [date_parameter("known_at", DAY), in_query("known_by", schema, BASIS)]


def language_parameter() -> dict[str, Any]:
    """The language of names and of the order by label."""
    return in_query("lang", {"type": "string", "enum": list(LANGUAGES)}, "language of the order; default: the reader's")


def date_parameter(name: str, description: str) -> dict[str, Any]:
    """A date of any precision."""
    return in_query(name, {"type": "string", "pattern": f"^({DATE})$"}, description, example="2025-06")


def _filter(item: Filter, ontology: Ontology) -> dict[str, Any]:
    meant = _MEANT.get(item.name) or " or ".join(ontology.property_(name).labels["en"] for name in item.properties)
    return in_query(item.name, _schema(item), f"only those {meant}" if item.name in _MEANT else f"only those with this {meant}")


def _schema(item: Filter) -> dict[str, Any]:
    match item.takes:
        case "agent":
            return AGENT
        case "concept":
            return _DOMAIN if item.properties == ("domain",) else {"type": "string", "enum": list(item.choices)}
        case "language":
            return {"type": "string", "enum": list(LANGUAGES)}
        case "text":
            return {"type": "string", "minLength": 1, "maxLength": LONGEST}
        case "source" | "thing":
            return {"type": "string", "pattern": f"^{id_pattern(item)}$"}


def in_query(name: str, schema: dict[str, Any], description: str, **more: Any) -> dict[str, Any]:
    """An optional parameter after the question mark, as OpenAPI describes it."""
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema, **more}
