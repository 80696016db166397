"""Query parameters nobody declared are refused: ignoring a misspelt filter would give a wrong answer that looks right."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from graph.errors import BadQuery


def no_parameter(name: str, offered: Collection[str]) -> BadQuery:
    """The refusal of a parameter that is not offered: names near ones, or else all."""
    near = difflib.get_close_matches(name, offered, n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(sorted(offered)) or 'none'}"
    return BadQuery(f"{name}: no such parameter here; {hint}")


def given_once(request: Request) -> dict[str, str]:
    """The query's parameters; BadQuery where one is given more than once."""
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in given:
            raise BadQuery(f"{name}: given more than once")
        given[name] = value
    return given


async def _only_declared(request: Request) -> None:
    route = request.scope["route"]
    assert isinstance(route, APIRoute)
    declared = _declared(route.dependant)
    for name in given_once(request):
        if name not in declared:
            raise no_parameter(name, declared)


only_declared = Depends(_only_declared)
"""BadQuery where the query string has a parameter that the route does not declare, or one of them twice."""


def _declared(dependant: Dependant) -> set[str]:
    names = {field.alias for field in dependant.query_params}
    return names.union(*(_declared(child) for child in dependant.dependencies))
