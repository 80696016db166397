"""Work that test_load_crash.py kills: a whole load, from claims to the property graph."""

from __future__ import annotations

import pickle
from pathlib import Path

from pydantic import SecretStr

from graph.settings import Settings
from graph.view.writing import entity_view
from graph.workspace import Workspace

entity_view()  # before any fork, so that no moment is spent on reading the schema


def load(data: str, pickled: str, uri: str, user: str, password: str, database: str) -> None:
    """Load pickled claims into a data folder, two sources a batch, and show them in the graph at that address."""
    settings = Settings(
        data=Path(data),
        batch=2,
        neo4j_uri=uri,
        neo4j_user=user,
        neo4j_password=SecretStr(password),
        neo4j_database=database,
    )
    Workspace(settings).load(pickle.loads(Path(pickled).read_bytes()))
