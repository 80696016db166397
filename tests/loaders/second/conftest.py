"""The server, and the second reader connected to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from graph.model.claims import Source
from graph.model.kinds import load_kinds
from graph.model.reference import load_reference
from loaders.second.client import Endpoint
from loaders.second.options import Options
from loaders.second.prompt import load_prompts
from loaders.second.proposals import Judge
from loaders.second.reader import SecondReader
from loaders.second.schema import answer_schema
from loaders.second.tuning import Tuning, load_tuning
from tests.loaders.second.protocol import KEY, MODEL, TEXT, Protocol


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Protocol]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name, value in (("API_KEY", "stray"), ("ORG_ID", "stray"), ("PROJECT_ID", "stray"), ("ADMIN_KEY", "stray")):
        monkeypatch.setenv(f"OPENAI_{name}", value)  # meant for another endpoint: none of it may reach ours
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Stray: stray\nAuthorization: Bearer stray")
    with Protocol() as protocol:
        thread = threading.Thread(target=protocol.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield protocol
        protocol.shutdown()
        thread.join()


MakeOptions = Callable[..., Options]


@pytest.fixture
def options(server: Protocol) -> MakeOptions:
    def make(key: str | None = KEY, seconds: float = 5.0, retries: int = 0, url: str | None = None) -> Options:
        return Options(url or server.url, MODEL, None if key is None else SecretStr(key), seconds, retries)

    return make


@pytest.fixture(scope="session")
def tuning() -> Tuning:
    return load_tuning()


@pytest.fixture(scope="session")
def judge(tuning: Tuning) -> Judge:
    return Judge(load_kinds(), load_reference(), tuning)


@pytest.fixture
def connect(options: MakeOptions, tuning: Tuning) -> Iterator[Callable[..., Endpoint]]:
    opened: list[Endpoint] = []

    def make(**changed: Any) -> Endpoint:
        opened.append(Endpoint(options(**changed), tuning))
        return opened[-1]

    yield make
    for endpoint in opened:
        endpoint.close()


@pytest.fixture
def reader(connect: Callable[..., Endpoint], judge: Judge) -> Callable[..., SecondReader]:
    def make(**changed: Any) -> SecondReader:
        return SecondReader(connect(**changed), load_prompts(judge.kinds), judge, answer_schema(judge.kinds))

    return make


@pytest.fixture
def article() -> Source:
    return Source(text=TEXT, language="fr", published="2025-03-12", location="perou.txt")
