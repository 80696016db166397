"""Suites of conformance tests that others wrote: fetched once, pinned by hash in `suites.lock`, read out of their jars."""

from __future__ import annotations

import zipfile
from pathlib import Path

from graph.errors import StoreUnavailable
from graph.property.neo4j_jars import fetched
from tests.conftest import absent


def suite(artifact: str) -> zipfile.Path:
    """The root of a suite's jar; without it the test is skipped, or fails where `DIPLOGRAPH_REQUIRE_SUITES` is 1."""
    try:
        jars = fetched(file=Path(__file__).with_name("suites.lock"))
    except StoreUnavailable as error:
        absent("SUITES", f"no conformance suites could be fetched: {error}")
    return zipfile.Path(next(jar for jar in jars if jar.name.startswith(f"{artifact}-")))
