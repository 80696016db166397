"""Where the graph store is and how the driver is told: shared by the plain and the asynchronous client."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Literal

from graph.errors import StoreUnavailable
from graph.property.address import Address
from graph.settings import Settings

Dialect = Literal["neo4j", "arcadedb"]

CONNECT_SECONDS = 15.0
DRIVER_OPTIONS: dict[str, Any] = {
    "connection_timeout": CONNECT_SECONDS,
    "connection_acquisition_timeout": 60.0,
    "max_transaction_retry_time": 0.0,  # we retry ourselves, without chance
    "telemetry_disabled": True,
    "user_agent": "diplograph",
}

logging.getLogger("neo4j.notifications").addFilter(lambda record: False)  # hints for authors of queries, one for each run


@dataclass(frozen=True, slots=True)
class Connection:
    """An address with its users; for a server given by its address both users are the same."""

    uri: str
    database: str
    user: str
    password: str
    reader: str
    reader_password: str

    def __repr__(self) -> str:
        return f"Connection({self.uri!r}, {self.database!r}, user={self.user!r})"


def to_server(settings: Settings) -> Connection:
    """The connection to the server named by `DIPLOGRAPH_NEO4J_*`."""
    if settings.neo4j_uri is None:
        raise StoreUnavailable("DIPLOGRAPH_NEO4J_URI is not set")
    if settings.neo4j_password is None:
        raise StoreUnavailable(
            f"no password for the graph store at {settings.neo4j_uri}: "
            "set DIPLOGRAPH_NEO4J_PASSWORD or DIPLOGRAPH_NEO4J_PASSWORD_FILE"
        )
    user, password = settings.neo4j_user, settings.neo4j_password.get_secret_value()
    return Connection(settings.neo4j_uri, settings.neo4j_database, user, password, user, password)


def to_engine(address: Address) -> Connection:
    """The connection to a running embedded engine."""
    return Connection(address.uri, address.database, address.user, address.password, address.reader, address.reader_password)


def dialect_of(agent: str) -> Dialect:
    """Which engine a server's agent string names: ArcadeDB calls itself `Neo4j/… compatible (ArcadeDB …)`."""
    return "arcadedb" if "ArcadeDB" in agent else "neo4j"
