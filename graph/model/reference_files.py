"""The files of the reference data as states, organisations, cities and regions: checked strictly, nothing guessed."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from graph.model.agents import City, Homonym, Organisation, State
from graph.model.iri import ONTOLOGY, entity
from graph.model.turtle import LANGUAGES, RDF_TYPE, SKOS, Block, Forms, read_blocks

FILES = ("states.ttl", "organisations.ttl", "places.ttl", "homonyms.ttl")
ARTICLES = ("le", "la", "l'", "les")
_PREFERRED, _ALTERNATIVE, _NOTE = SKOS + "prefLabel", SKOS + "altLabel", SKOS + "editorialNote"
_COMMON = {RDF_TYPE, _PREFERRED, _ALTERNATIVE, _NOTE, "wikidata", "ambiguousName"}
_AGENT = _COMMON | {
    "code",
    "officialName",
    "demonym",
    "compoundPrefix",
    "governmentName",
    "mayBeParty",
    "validFrom",
    "validUntil",
}
_KNOWN = {
    "state": _AGENT | {"iso2", "isoNumeric", "cowCode", "cowNumber", "article", "successor", "territoryOf"},
    "organisation": _AGENT | {"acronym", "successor", "partOf"},
    "city": _COMMON | {"cityOf", "isCapital", "standsFor", "latitude", "longitude"},
    "homonym": _COMMON,
}
_CLASSES = {"state": ("State", "HistoricState"), "organisation": ("Organisation",), "city": ("City",), "homonym": ("Homonym",)}


class Read(NamedTuple):
    """What the files hold, by code and in their order."""

    states: dict[str, State]
    organisations: dict[str, Organisation]
    cities: list[City]
    homonyms: list[Homonym]


def read_reference(folder: Path) -> Read:
    """Read the four files of a folder; BadData names file and subject for whatever is malformed or not described."""
    blocks: dict[str, dict[str, Block]] = {kind: {} for kind in _KNOWN}
    for name in FILES:
        for block in read_blocks(folder / name):
            kind, key = _kind(block)
            if key in blocks[kind]:
                raise block.bad("is described in two files; join them")
            blocks[kind][key] = block
    agents = {entity(kind, key) for kind in ("state", "organisation") for key in blocks[kind]}
    for block in (block for described in blocks.values() for block in described.values()):
        _check_mentions(block, agents)
    return Read(
        {key: _state(key, block) for key, block in blocks["state"].items()},
        {key: _organisation(key, block) for key, block in blocks["organisation"].items()},
        [_city(key, block) for key, block in blocks["city"].items()],
        [Homonym(key, _names(block)) for key, block in blocks["homonym"].items()],
    )


def _kind(block: Block) -> tuple[str, str]:
    for kind, classes in _CLASSES.items():
        if block.one(RDF_TYPE) in [ONTOLOGY + name for name in classes]:
            start = entity(kind, "")
            if not block.iri.startswith(start):
                raise block.bad(f"is no <{kind}/…>")
            unknown = sorted(set(block.values) - _KNOWN[kind])
            if unknown:
                raise block.bad(f"says {unknown[0]}, which a {kind} has not")
            return kind, block.iri.removeprefix(start)
    raise block.bad("is no dip:State, dip:HistoricState, dip:Organisation, dip:City or dip:Homonym")


def _names(block: Block) -> Forms:
    preferred = block.forms(_PREFERRED)
    for language in LANGUAGES:
        if len(preferred[language]) != 1:
            raise block.bad(f"has {len(preferred[language])} preferred names @{language}; give one")
    return block.forms(_PREFERRED, "officialName", _ALTERNATIVE)


def _ambiguous(block: Block, *forms: Forms) -> frozenset[str]:
    marked = block.forms("ambiguousName")
    for language in LANGUAGES:
        strange = set(marked[language]).difference(*(form[language] for form in forms))
        if strange:
            raise block.bad(f"marks {min(strange)!r}@{language} as ambiguous, which is none of its forms")
    return frozenset(text for texts in marked.values() for text in texts)


def _code(key: str, block: Block) -> str:
    if block.needed("code") != key:
        raise block.bad(f"has the code {block.one('code')}; its IRI must end in it")
    return key


def _state(key: str, block: Block) -> State:
    number, owners = block.one("cowNumber"), block.keys("territoryOf", "state")
    names, demonyms, government = _names(block), block.forms("demonym"), block.forms("governmentName")
    article = block.one("article")
    if article not in (None, *ARTICLES):
        raise block.bad(f"has the article {article!r}; write one of {', '.join(ARTICLES)}")
    if (number is None) != (block.one("cowCode") is None):
        raise block.bad("has one of cowCode and cowNumber; give both or none")
    return State(
        code=_code(key, block),
        names=names,
        official=block.forms("officialName"),
        article=article,
        demonyms=demonyms,
        prefixes=block.forms("compoundPrefix"),
        government_names=government,
        ambiguous=_ambiguous(block, names, demonyms, government),
        iso2=block.one("iso2"),
        iso_numeric=block.one("isoNumeric"),
        cow_code=block.one("cowCode"),
        cow_number=None if number is None else int(number),
        wikidata=block.one("wikidata"),
        since=block.date("validFrom"),
        until=block.date("validUntil"),
        successors=block.keys("successor", "state"),
        territory_of=owners[0] if owners else None,
        party=block.flag("mayBeParty"),
        historic=block.one(RDF_TYPE) == ONTOLOGY + "HistoricState",
    )


def _organisation(key: str, block: Block) -> Organisation:
    names, acronyms, demonyms, government = _names(block), *map(block.forms, ("acronym", "demonym", "governmentName"))
    whole = block.one("partOf")
    return Organisation(
        code=_code(key, block),
        names=names,
        acronyms=acronyms,
        demonyms=demonyms,
        prefixes=block.forms("compoundPrefix"),
        government_names=government,
        ambiguous=_ambiguous(block, names, acronyms, demonyms, government),
        wikidata=block.one("wikidata"),
        since=block.date("validFrom"),
        until=block.date("validUntil"),
        successors=block.keys("successor", "organisation"),
        part_of=whole.rpartition("/")[2] if whole else None,
        party=block.flag("mayBeParty"),
    )


def _city(key: str, block: Block) -> City:
    states, meant = block.keys("cityOf", "state"), block.one("standsFor")
    if len(states) != 1:
        raise block.bad("lies in no state or in several; give one dip:cityOf")
    names = _names(block)
    return City(
        key=key,
        names=names,
        state=states[0],
        capital=block.flag("isCapital"),
        stands_for=meant.rpartition("/")[2] if meant else None,
        latitude=block.number("latitude", 90),
        longitude=block.number("longitude", 180),
        ambiguous=_ambiguous(block, names),
    )


def _check_mentions(block: Block, agents: set[str]) -> None:
    for name in ("successor", "territoryOf", "partOf", "cityOf", "standsFor"):
        for value in block.all(name):
            if value.value not in agents:
                raise block.bad(f"says {name} {value}, which is not described")
