"""What goes to the endpoint, and every way in which it may fail."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest

from loaders.second.client import Endpoint, EndpointFailure
from tests.loaders.second.protocol import KEY, MODEL, Protocol, Reply, completion

Connect = Callable[..., Endpoint]
SCHEMA: dict[str, Any] = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}


def failure(endpoint: Endpoint) -> EndpointFailure:
    with pytest.raises(EndpointFailure) as raised:
        endpoint.ask("You read.", "Text.", SCHEMA)
    said = str(raised.value)
    assert KEY not in said
    assert said.isprintable()
    assert len(said) < 500
    return raised.value


def error(message: str = "something is wrong") -> str:
    return json.dumps({"error": {"message": message, "type": "error", "code": None}})


def test_what_is_asked(server: Protocol, connect: Connect) -> None:
    server.replies = [completion("{}")]
    answer = connect().ask("You read.", "Text.", SCHEMA)
    assert (answer.content, answer.model, answer.version) == ("{}", MODEL, "fp_7")
    (asked,) = server.asked
    assert asked["path"] == "/v1/chat/completions"
    assert asked["model"] == MODEL
    assert asked["temperature"] == 0
    assert isinstance(asked["seed"], int)
    assert [message["content"] for message in asked["messages"]] == ["You read.", "Text."]
    assert asked["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "facts", "strict": True, "schema": SCHEMA},
    }
    assert set(asked) == {"path", "model", "temperature", "seed", "messages", "response_format"}


@pytest.mark.parametrize(("key", "sent"), [(KEY, f"Bearer {KEY}"), (None, None)])
def test_nothing_of_the_environment_is_sent(server: Protocol, connect: Connect, key: str | None, sent: str | None) -> None:
    server.replies = [completion("{}")]
    connect(key=key).ask("You read.", "Text.", SCHEMA)
    (headers,) = server.headers
    assert headers.get("authorization") == sent
    assert "stray" not in str(headers)
    assert [name for name in headers if name.startswith("x-")] == ["x-stainless-raw-response"]


@pytest.mark.parametrize(
    ("model", "fingerprint", "version"),
    [
        (MODEL, None, "unknown"),
        (f"{MODEL}-2025-01-02", "fp_7", "2025-01-02+fp_7"),
        (f"{MODEL}:q4", None, "q4"),
        (MODEL, "no\nname", "unknown"),
    ],
)
def test_the_version_is_what_the_endpoint_tells(
    server: Protocol, connect: Connect, model: str, fingerprint: str | None, version: str
) -> None:
    server.replies = [completion("{}", model=model, fingerprint=fingerprint)]
    assert connect().ask("You read.", "Text.", SCHEMA).version == version


@pytest.mark.parametrize(
    ("reply", "said", "lasting"),
    [
        (Reply(error(f"bad key {KEY}"), 401), ["refused the key", "DIPLOGRAPH_SECOND_KEY"], True),
        (Reply(error(), 403), ["refused the key", "DIPLOGRAPH_SECOND_KEY_FILE"], True),
        (Reply(error(), 404), [MODEL, "DIPLOGRAPH_SECOND_MODEL", "DIPLOGRAPH_SECOND_URL"], True),
        (Reply(error("no json_schema\nhere"), 400), ["no json_schema", "response_format"], True),
        (Reply(error(KEY), 422), ["***", "temperature 0"], True),
        (Reply(error(), 429, {"retry-after": "3600"}), ["3600 s", "DIPLOGRAPH_SECOND_RETRIES"], True),
        (Reply(error(), 500), ["failed (500", "own log"], True),
        (Reply("<html>gateway</html>", 502, {"content-type": "text/html"}), ["failed (502"], True),
        (Reply("", 307, {"location": "http://127.0.0.1:9/v1"}), ["sends elsewhere", "127.0.0.1:9"], True),
        (
            Reply("<html>welcome</html>", 200, {"content-type": "text/html"}),
            ["not as a chat completion", "DIPLOGRAPH_SECOND_URL"],
            True,
        ),
        (Reply("{", 200), ["not as a chat completion"], True),
        (Reply('{"choices": []}', 200), ["not as a chat completion"], True),
        (Reply('{"choices": [{"message": {"content": 7}}]}', 200), ["not as a chat completion"], True),
        (completion("{}", model="another-model"), ["'another-model' answered in place of", "DIPLOGRAPH_SECOND_MODEL"], True),
        (completion('{"facts": [', finish="length"), ["cut short", "larger context"], False),
        (completion(None, refusal="I would rather\nnot"), ["refused: I would rather not"], False),
        (completion("", finish="content_filter"), ["content filter"], False),
        (completion(None), ["empty", "structured output"], False),
        (completion(" " * 3_000_000), ["longer than 2,000,000 bytes"], False),
        (Reply("{}", broken=True), ["broke off"], False),
    ],
)
def test_each_failure_is_named_with_its_remedy(
    server: Protocol, connect: Connect, reply: Reply, said: list[str], lasting: bool
) -> None:
    server.replies = [reply]
    failed = failure(connect())
    assert [words for words in said if words not in str(failed)] == []
    assert failed.lasting is lasting
    assert len(server.asked) == 1  # no retry was allowed, no other address was tried


def test_an_endpoint_that_is_down(connect: Connect) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/v1"
        failed = failure(connect(url=url))
    assert url in str(failed)
    assert "DIPLOGRAPH_SECOND_URL" in str(failed)
    assert failed.lasting


@pytest.mark.parametrize("slow", [{"delay": 3.0}, {"drip": 3.0}])
def test_an_endpoint_that_is_slow(server: Protocol, connect: Connect, slow: dict[str, float]) -> None:
    server.replies = [Reply(completion("{}").body, **slow)]  # type: ignore[arg-type]
    began = time.monotonic()
    failed = failure(connect(seconds=0.3))
    assert time.monotonic() - began < 2.5
    assert "within 0.3 s; raise DIPLOGRAPH_SECOND_SECONDS" in str(failed)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_pass_is_asked_again_when_the_endpoint_says(server: Protocol, connect: Connect, status: int) -> None:
    server.replies = [Reply(error(), status, {"retry-after": "0.4"}), completion("{}")]
    began = time.monotonic()
    assert connect(retries=1).ask("You read.", "Text.", SCHEMA).content == "{}"
    assert time.monotonic() - began >= 0.4
    assert len(server.asked) == 2


def test_retries_end(server: Protocol, connect: Connect) -> None:
    server.replies = [Reply(error(), 503, {"retry-after": "0.01"})]
    failure(connect(retries=2))
    assert len(server.asked) == 3
