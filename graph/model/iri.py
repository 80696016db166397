"""The IRIs of the project: one place that knows how they are made."""

ONTOLOGY = "https://w3id.org/diplograph/ontology#"
CONCEPT = "https://w3id.org/diplograph/concept/"
ID = "https://w3id.org/diplograph/id/"


def entity(kind: str, key: str) -> str:
    """The IRI of an entity, a source or a claim: `entity("state", "MAR")` is `…/id/state/MAR`."""
    return f"{ID}{kind}/{key}"


def short(iri: str) -> str:
    """The part after `/id/` (`state/MAR`); any other IRI comes back unchanged."""
    return iri.removeprefix(ID)


def full(name: str) -> str:
    """The IRI for a short form; a full IRI comes back unchanged."""
    return name if "://" in name else ID + name.lstrip("/")
