"""A process that answers strangers' queries: it reads a request a line, and writes a line of JSON and the body it announces.

Those who ask it are in `graph.asking.killable`. Imports little, for it must start fast.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

Reply = tuple[dict[str, Any], bytes]


def told() -> Any:
    """The first line: what the process must know before it is ready."""
    return json.loads(sys.stdin.buffer.readline())


def serve(answer: Callable[[dict[str, Any]], Reply], memory: int) -> None:
    """Say that the process is ready, and reply to every request until there are none; with so many megabytes more than now."""
    _limit_memory(memory)
    _reply({"ready": True}, b"")
    for request in _requests():
        _reply(*answer(request))


def _requests() -> Iterator[dict[str, Any]]:
    for line in sys.stdin.buffer:
        request = json.loads(line)
        _limit_time(request["seconds"])
        yield request


def _reply(header: dict[str, Any], body: bytes) -> None:
    sys.stdout.buffer.write(json.dumps({**header, "length": len(body)}).encode() + b"\n" + body)
    sys.stdout.buffer.flush()


def _limit_memory(megabytes: int) -> None:
    """So much more address space than is used; where the system has no such limit the parent's watch remains."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        limit = used + megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _limit_time(seconds: float) -> None:
    """End the process a little after the time is up, should its parent be gone and not kill it."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + 2 * seconds) + 2, hard))
