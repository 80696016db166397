"""Processes that answer strangers' queries and that can be killed while they do: the side of those who ask them.

The other side, within such a process, is `graph.asking.worker`.
"""

from __future__ import annotations

import asyncio
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Generic, TypeVar

from graph.errors import StoreUnavailable
from graph.model.files import ROOT

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
_START_SECONDS = 60.0


class Worker:
    """One process, and the pipe to it; used by one thread at a time, killed from any.

    `module` is run with `arguments`; what it must know and nobody may see in a command line is its first line, `told`.
    """

    def __init__(self, module: str, arguments: Sequence[str], told: Any = None) -> None:
        environment = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603  (our own module)
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**environment, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        )
        header, _ = self.ask(told, _START_SECONDS)
        if not header.get("ready"):
            self.kill()
            raise StoreUnavailable("no process for the query could be started; run `diplograph check`")

    @property
    def alive(self) -> bool:
        """Whether the process can be asked again."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End the process now, whatever it does; who waits for its reply is told."""
        self._process.kill()

    def kill(self) -> None:
        """`stop`, and leave nothing of it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def ask(self, request: Any, seconds: float) -> tuple[dict[str, Any], bytes]:
        """The reply to one request; on `error` of kind time or memory the process has ended."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            self.kill()
            return {"error": "gone", "kind": "memory"}, b""
        return self._receive(seconds)

    def _receive(self, seconds: float) -> tuple[dict[str, Any], bytes]:
        out = threading.Event()

        def stop() -> None:
            out.set()
            self.stop()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            assert self._process.stdout is not None
            line = self._process.stdout.readline()
            header = json.loads(line) if line.endswith(b"\n") else {}
            body = self._process.stdout.read(header.get("length", 0))
        finally:
            timer.cancel()
        if header and len(body) == header["length"]:
            return header, body
        self.kill()
        return {"error": "stopped", "kind": "time" if out.is_set() else "memory"}, b""


class Turn:
    """One query's wait for a worker and its time with it; who asked may leave at any moment."""

    def __init__(self) -> None:
        self.asked = time.monotonic()
        self._lock, self._left = threading.Lock(), False
        self._worker: Worker | None = None

    def take(self, worker: Worker) -> bool:
        """The worker is this turn's now; False where nobody waits for its answer any more."""
        with self._lock:
            self._worker = None if self._left else worker
            return not self._left

    def end(self) -> None:
        """The worker is somebody else's now."""
        with self._lock:
            self._worker = None

    def leave(self) -> None:
        """Nobody waits any more: the worker, if there is one, is stopped."""
        with self._lock:
            self._left = True
            if self._worker is not None:
                self._worker.stop()


class Workers(Generic[K]):
    """At most `number` processes at work, made when they are first needed, each for a key: those for others are ended."""

    def __init__(self, number: int, patience: float, make: Callable[[K], Worker]) -> None:
        self._patience, self._make = patience, make
        self._threads = ThreadPoolExecutor(number, thread_name_prefix="worker")
        self._idle: queue.LifoQueue[tuple[K, Worker]] = queue.LifoQueue()
        self._all: set[Worker] = set()
        self._closed = False

    def start(self, key: K) -> None:
        """Start one now, so that the first query does not wait for it."""
        self._idle.put((key, self._made(key)))

    def close(self) -> None:
        """End all processes, also those at work."""
        self._closed = True
        for worker in list(self._all):
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in list(self._all):
            worker.kill()

    def submit(self, work: Callable[[Turn], T]) -> Future[T]:
        """Do a piece of work, which asks once in its turn, in a thread."""
        return self._threads.submit(work, Turn())

    async def run(self, work: Callable[[Turn], T]) -> T:
        """`submit` without blocking; where the caller is cancelled, the process that works for it is stopped."""
        turn = Turn()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work, turn)
        except asyncio.CancelledError:
            turn.leave()
            raise

    def ask(self, turn: Turn, key: K, request: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        """The reply of a worker for the key; StoreUnavailable where none was free in time, or none can be started."""
        if time.monotonic() - turn.asked > self._patience:
            raise StoreUnavailable("all workers for queries are busy; try again, or raise DIPLOGRAPH_SPARQL_WORKERS")
        worker = self._take(key)
        if not turn.take(worker):
            self._idle.put((key, worker))
            raise StoreUnavailable("nobody waits for the answer any more")
        try:
            return worker.ask(request, seconds)
        finally:
            turn.end()
            if worker.alive:
                self._idle.put((key, worker))
            else:
                self._all.discard(worker)

    def _take(self, key: K) -> Worker:
        while not self._closed:
            try:
                made_for, worker = self._idle.get_nowait()
            except queue.Empty:
                return self._made(key)
            if worker.alive and made_for == key:
                return worker
            worker.kill()
            self._all.discard(worker)
        raise StoreUnavailable("the server is stopping")

    def _made(self, key: K) -> Worker:
        worker = self._make(key)
        self._all.add(worker)
        return worker
