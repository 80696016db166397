"""Every setting of the program, read from the environment once and passed on."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import DiplomacyError

LOOPBACK = ("127.0.0.1", "::1", "localhost")
_BOLT = tuple(f"{scheme}{security}://" for scheme in ("bolt", "neo4j") for security in ("", "+s", "+ssc"))


def _default_folder() -> Path:
    return Path(platformdirs.user_data_dir("diplograph"))


class Settings(BaseSettings):
    """`DIPLOGRAPH_*` variables, a `.env` file where present; secrets also from a file named by `…_FILE`."""

    model_config = SettingsConfigDict(
        env_prefix="DIPLOGRAPH_", env_file=".env", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    data: Path = Field(default_factory=_default_folder, description="folder of the record, snapshots and embedded engine")
    neo4j_uri: str | None = Field(None, description="bolt:// or neo4j:// address; unset: the embedded engine")
    neo4j_user: str = Field("neo4j", description="user at that address")
    neo4j_password: SecretStr | None = Field(None, description="password at that address")
    neo4j_password_file: Path | None = Field(None, description="file that holds the password")
    neo4j_database: str = Field("neo4j", description="database at that address")

    host: str = Field("127.0.0.1", description="address to serve on")
    port: int = Field(8000, ge=0, le=65535, description="port to serve on")
    workers: int = Field(1, ge=1, le=64, description="server processes")
    raw_cypher: bool | None = Field(
        None, description="/api/v1/cypher on or off; unset: open on loopback, elsewhere with a key of scope cypher"
    )
    raw_sparql: bool = Field(True, description="/sparql on or off")
    anonymous: Literal["read query", "read", "query", "none"] = Field(
        "read query", description="scopes that are open without a key: read query, read, query or none"
    )
    compute_seconds: float | None = Field(
        None, ge=0, description="seconds of compute time a client may use a minute; 0: any; unset: 60, on loopback any"
    )
    metrics: bool | None = Field(None, description="/metrics open to all; unset: on loopback; else with a key of scope admin")
    telemetry: bool = Field(False, description="send traces to OpenTelemetry as the OTEL_… variables say")

    query_seconds: float = Field(10.0, gt=0, description="time a question or query may take")
    query_rows: int = Field(10_000, ge=1, description="rows an answer may have; more are cut and said to be")
    query_bytes: int = Field(16_384, ge=100, description="length of a query's text")
    query_nesting: int = Field(100, ge=1, description="depth of brackets in a query's text")
    answer_bytes: int = Field(20_000_000, ge=1000, description="size of an answer")
    sparql_workers: int = Field(2, ge=1, description="processes that run strangers' SPARQL, and as many for their Cypher")
    sparql_memory_mb: int = Field(1024, ge=64, description="memory of one such process")
    network_nodes: int = Field(300, ge=1, le=5000, description="nodes a network view starts with")

    licence: str | None = Field(
        None,
        pattern=r"^https?://[^\s<>\"{}|\\^`]+$",
        description="address of the licence under which releases are published; unset: none is named",
    )
    publisher: str | None = Field(None, description="who publishes releases, by name; unset: the server's address stands there")

    source_bytes: int = Field(20_000_000, ge=1000, description="size of a file that is still read as an article")
    known_at_sources: int = Field(20_000, ge=0, description="sources that the view of an earlier day is derived from at most")
    known_at_views: int = Field(4, ge=1, description="views of earlier days that are kept")
    known_at_seconds: float = Field(60.0, gt=0, description="time to wait while another view of an earlier day is derived")
    batch: int = Field(200, ge=1, description="sources written to the record at once")
    second_url: str | None = Field(
        None, description="base address of the second reader’s endpoint, OpenAI-compatible; unset: none"
    )
    second_model: str | None = Field(None, description="model asked for at that endpoint")
    second_key: SecretStr | None = Field(None, description="key for that endpoint")
    second_key_file: Path | None = Field(None, description="file that holds the key")
    second_seconds: float = Field(120.0, gt=0, le=3600, description="time the second reader may take each time it is asked")
    second_retries: int = Field(2, ge=0, le=20, description="times it is asked again where that may help")

    engine_heap_mb: int = Field(1024, ge=256, description="heap of the embedded engine")
    engine_linger: float = Field(20.0, ge=0, description="seconds the embedded engine stays up after its last user left")
    engine_start_seconds: float = Field(60.0, gt=0, description="time the embedded engine may take to start")

    @property
    def is_local(self) -> bool:
        """Whether only this machine is served."""
        return self.host in LOOPBACK

    @property
    def open_cypher(self) -> bool:
        """Whether anybody may send Cypher: as the setting says, else only where this machine alone is served."""
        return self.is_local if self.raw_cypher is None else self.raw_cypher

    @property
    def open_metrics(self) -> bool:
        """Whether anybody may read the metrics."""
        return self.is_local if self.metrics is None else self.metrics

    @property
    def compute_limit(self) -> float:
        """Seconds of compute time a client may use a minute; 0: any number."""
        if self.compute_seconds is not None:
            return self.compute_seconds
        return 0.0 if self.is_local else 60.0

    @model_validator(mode="after")
    def _secrets_from_files(self) -> Settings:
        for name in ("neo4j_password", "second_key"):
            file: Path | None = getattr(self, f"{name}_file")
            if getattr(self, name) is None and file is not None:
                object.__setattr__(self, name, SecretStr(_text(file, f"DIPLOGRAPH_{name}_file".upper())))
        return self


def _text(file: Path, variable: str) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except UnicodeDecodeError as error:
        raise ValueError(f"{variable}: {file} is no text") from error


def from_environment(**overrides: object) -> Settings:
    """The settings in force; `overrides` (for example from options) win over the environment."""
    try:
        settings = Settings(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        lines = (": ".join([*(f"DIPLOGRAPH_{part}".upper() for part in e["loc"]), e["msg"]]) for e in error.errors())
        raise DiplomacyError("a setting is wrong: " + "; ".join(lines)) from error
    except OSError as error:
        names = "DIPLOGRAPH_NEO4J_PASSWORD_FILE or DIPLOGRAPH_SECOND_KEY_FILE"
        raise DiplomacyError(f"the file named by {names} cannot be read: {error}") from error
    if settings.neo4j_uri is not None and not settings.neo4j_uri.startswith(_BOLT):
        raise DiplomacyError(f"DIPLOGRAPH_NEO4J_URI={settings.neo4j_uri!r} is no Bolt address; write bolt://HOST:7687")
    return settings
