"""States and organisations as questions name them: by code."""

from __future__ import annotations

import re

from graph.errors import UnknownTerm
from graph.model.iri import entity, full

_CODE = re.compile(r"[A-Z][A-Z0-9_]*\Z")


def agent_iri(name: str, text: str) -> str:
    """The IRI of the state (three letters) or organisation with that code, short id or full IRI."""
    kind, _, key = full(text).rpartition("/id/")[2].partition("/") if "/" in text else ("", "", text)
    code = key.upper()
    if not _CODE.match(code) or kind not in ("", "state", "organisation"):
        raise UnknownTerm(f"{name}: {text!r} is no code of a state (MAR) or organisation (AU)")
    return entity(kind or ("state" if len(code) == 3 else "organisation"), code)
