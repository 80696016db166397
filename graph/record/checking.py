"""What of a source may be recorded: its metadata, its claims, and every quotation against its text."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import replace

from graph.errors import BadData, BadSource
from graph.model.claims import Claim, Link, Source, SourceClaims, Value
from graph.model.dates import PartialDate
from graph.record.encode import CLASSES, METADATA
from graph.record.schema import Schema

_LANGUAGE = re.compile(r"[a-z]{2}\Z")


def checked(told: SourceClaims, schema: Schema) -> tuple[SourceClaims, tuple[str, ...]]:
    """The source without unsound claims and claims said twice, and what is wrong with each claim that is left out.

    Blanks around a text are no fault: they are cut off. BadSource names a source that is itself unsound, or whose claims
    all are, and everything wrong with it.
    """
    told = trimmed(told)
    problems = {number: found for number, claim in enumerate(told.claims) if (found := _problems(claim, told, schema))}
    wrong = [
        f"claim {number} ({told.claims[number].kind}, rule {told.claims[number].rule}): {problem}"
        for number, found in problems.items()
        for problem in found
    ]
    unsound = _source_problems(told.source)
    if unsound or (wrong and len(problems) == len(told.claims)):
        raise BadSource(f"{name(told.source)} is refused: " + "; ".join([*unsound, *wrong]))
    return distinct(_without(told, problems)), tuple(f"{name(told.source)}: {each}" for each in wrong)


def trimmed(told: SourceClaims) -> SourceClaims:
    """The source without blanks around the texts of its claims."""
    claims = tuple(replace(claim, fields={key: _trim(value) for key, value in claim.fields.items()}) for claim in told.claims)
    return replace(told, claims=claims)


def _trim(value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(part.strip() if isinstance(part, str) else part for part in value)
    return value.strip() if isinstance(value, str) else value


def _problems(claim: Claim, told: SourceClaims, schema: Schema) -> list[str]:
    found = schema.kinds.validate(claim, text=told.source.text, is_agent=schema.agents.__contains__)
    return found + _link_problems(claim, told, schema)


def _without(told: SourceClaims, numbers: Container[int]) -> SourceClaims:
    """The source without some claims and the links to them."""
    kept = [number for number in range(len(told.claims)) if number not in numbers]
    if len(kept) == len(told.claims):
        return told
    places = {number: place for place, number in enumerate(kept)}
    claims = (told.claims[number] for number in kept)
    return replace(told, claims=tuple(replace(claim, links=_moved(claim.links, places)) for claim in claims))


def name(source: Source) -> str:
    """What a user knows a source by: its file, its address, its title."""
    return (
        source.location or source.url or (f"«{source.title}»" if source.title else f"the text that begins {source.text[:40]!r}")
    )


def distinct(told: SourceClaims) -> SourceClaims:
    """The same source with each claim once: a second one of the same content and evidence says nothing more."""
    places: dict[str, int] = {}
    kept: list[Claim] = []
    moved: dict[int, int] = {}
    for number, claim in enumerate(told.claims):
        key = claim.key(told.source.id)
        if key not in places:
            places[key] = len(kept)
            kept.append(claim)
        moved[number] = places[key]
    if len(kept) == len(told.claims):
        return told
    return replace(told, claims=tuple(replace(claim, links=_moved(claim.links, moved)) for claim in kept))


def _moved(links: tuple[Link, ...], places: Mapping[int, int]) -> tuple[Link, ...]:
    return tuple(replace(link, target=places[link.target]) for link in links if link.target in places)


def _source_problems(source: Source) -> list[str]:
    wrong = []
    if source.kind not in CLASSES:
        wrong.append(f"kind: {source.kind!r} is none of {', '.join(CLASSES)}")
    if not source.text.strip():
        wrong.append("text: there is none")
    if source.language is not None and not _LANGUAGE.match(source.language):
        wrong.append(f"language: {source.language!r} is no ISO 639-1 code")
    for part in METADATA:
        value = getattr(source, part)
        if value is not None and not value.strip():
            wrong.append(f"{part}: it is blank; leave it out")
    for part, day in (("published", source.published), ("modified", source.modified)):
        try:
            PartialDate.parse(day or "2000")
        except BadData as error:
            wrong.append(f"{part}: {error}")
    try:
        "\n".join(filter(None, (source.text, source.title, source.url, source.publisher, source.licence))).encode()
    except UnicodeEncodeError as error:
        wrong.append(f"text: it holds half a character at {error.start} and cannot be written as UTF-8")
    return wrong


def _link_problems(claim: Claim, told: SourceClaims, schema: Schema) -> list[str]:
    wrong = []
    for link in claim.links:
        if link.property not in schema.kinds.ontology.properties:
            wrong.append(f"link: the ontology has no property {link.property!r}")
        if not 0 <= link.target < len(told.claims):
            wrong.append(f"link: there is no claim {link.target}")
    return wrong
