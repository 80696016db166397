"""A whole graph into the Neo4j of a data folder, by `neo4j-admin database import full`."""

from __future__ import annotations

from pathlib import Path

from graph.errors import StoreUnavailable
from graph.property import neo4j_configuration
from graph.property.neo4j_jars import fetched
from graph.property.neo4j_java import java
from graph.property.neo4j_server import Neo4jAddress, Neo4jServer, home_of
from graph.release.lines import Layout, read_lines
from graph.release.neo4j_csv import OPTIONS, write_tables
from graph.settings import Settings

_HEAP_MB = 1024


def check(settings: Settings) -> None:
    """StoreUnavailable, with the remedy, where `neo4j_uri` is not the running server of the data folder."""
    _running(settings)


def load(settings: Settings, draft: Path, layout: Layout) -> None:
    """Replace what the server holds by the lines in `draft`; it is stopped meanwhile and answers at the same address again."""
    address = _running(settings)
    write_tables(read_lines(draft), layout, draft)
    server = Neo4jServer(home_of(settings), port=int(address.uri.rpartition(":")[2]))
    server.stop()
    try:
        says = neo4j_configuration.administer(server.home, java(), fetched(), _HEAP_MB, _words(settings, draft, layout))
    finally:
        server.start()
    if says is not None:
        raise StoreUnavailable(f"Neo4j did not import the graph, run `diplograph sync` instead: {says[-800:]}")


def _running(settings: Settings) -> Neo4jAddress:
    address = Neo4jServer(home_of(settings)).status()
    if address is None or address.uri != settings.neo4j_uri:
        raise StoreUnavailable(
            f"{settings.neo4j_uri} is not the Neo4j of {settings.data} (`diplograph neo4j start`), the only one to import into "
            "from here: elsewhere run `diplograph release --form neo4j`, import its neo4j-import.zip, then `diplograph sync`"
        )
    return address


def _words(settings: Settings, draft: Path, layout: Layout) -> list[str]:
    return [
        *("database", "import", "full", settings.neo4j_database, "--overwrite-destination", *OPTIONS),
        *(f"--report-file={draft / 'import.report'}",),
        *(f"--nodes={label}={draft / 'nodes' / label}.csv" for label in layout.nodes),
        *(f"--relationships={kind}={draft / 'relationships' / kind}.csv" for kind in layout.relationships),
    ]
