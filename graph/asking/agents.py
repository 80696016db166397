"""States and organisations as questions name them: by code."""

from __future__ import annotations

from graph.errors import UnknownTerm
from graph.model.iri import full, short
from graph.model.reference import load_reference


def agent_iri(name: str, text: str) -> str:
    """The IRI of the agent with that code (`MAR`, in any case), short id or IRI; UnknownTerm names near codes."""
    code = short(full(text)).rpartition("/")[2] if "/" in text else text
    try:
        return load_reference().iri(code.upper())
    except UnknownTerm as error:
        raise UnknownTerm(f"{name}: {error}") from error
