"""A server on this machine that speaks the protocol as far as the second reader needs it, and answers as it is told."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "a-key-that-no-log-may-show"
MODEL = "reader-one"
TEXT = (
    "date: 2025-03-12\nLe Pérou et le Népal signent un accord\n"
    "Le ministre péruvien de la Défense, Rosendo Quispe, et son homologue népalais, Bikram Thapa, ont signé à Lima "
    "un accord de coopération militaire. Le Pérou ouvrira une ambassade à Katmandou.\n"
)
SIGNED = "ont signé à Lima un accord de coopération militaire"


@dataclass(frozen=True)
class Reply:
    """One answer of the server; `body` goes out as it is, after `delay` seconds, `drip` seconds between its two halves."""

    body: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    broken: bool = False  # promises more bytes than it sends


def completion(
    content: str | None, *, model: str = MODEL, finish: str = "stop", fingerprint: str | None = "fp_7", **message: Any
) -> Reply:
    """A well-formed answer with that content."""
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}
    body = {"id": "c1", "object": "chat.completion", "created": 1, "model": model, "choices": [choice]}
    return Reply(json.dumps({**body, "system_fingerprint": fingerprint}, ensure_ascii=False))


def facts(*told: dict[str, Any]) -> Reply:
    """A well-formed answer with those facts."""
    return completion(json.dumps({"facts": list(told)}, ensure_ascii=False))


def agreement(**changed: Any) -> dict[str, Any]:
    """What a model may say of TEXT, with fields added or changed."""
    told = {
        "kind": "agreement",
        "parties": ["PER", "NPL"],
        "type": "agreement",
        "status": "signed",
        "place": "Lima",
        "date": None,
    }
    return {**told, "evidence": [SIGNED], "confidence": 0.9, **changed}


class Protocol(ThreadingHTTPServer):
    """Gives the replies in turn, the last one for ever, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies: list[Reply] = []
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up in the middle of an answer is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: Protocol

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["content-length"]))
        self.server.asked.append({"path": self.path, **json.loads(sent)})
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        reply = self.server.replies.pop(0) if len(self.server.replies) > 1 else self.server.replies[0]
        time.sleep(reply.delay)
        body = reply.body.encode()
        self.send_response(reply.status)
        for name, value in {"content-type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body) + 10 * reply.broken))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.wfile.flush()
        time.sleep(reply.drip)
        self.wfile.write(body[len(body) // 2 :])

    def log_message(self, format: str, *words: Any) -> None:
        """Say nothing."""
