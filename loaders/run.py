"""The one runner: every source read, in order, by one process or several; what fails is named and the rest goes on."""

from __future__ import annotations

import itertools
import logging
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

from graph.errors import BadSource
from graph.model.claims import Source, SourceClaims
from loaders.reading.lexicon import Lexicon, load_lexicon
from loaders.reading.reader import read

log = logging.getLogger(__name__)

Item = Source | BadSource
Result = SourceClaims | BadSource

_CHUNK = 16  # sources handed to a process at a time: enough to hide the cost of handing over, few enough to stay even
_worker: list[Lexicon] = []  # the lexicon of a worker process, set once by `_start_worker`; empty in the parent


def read_all(items: Iterable[Item], processes: int = 1) -> Iterator[Result]:
    """The claims of each source, in the order given; a BadSource passes through, and a source that fails becomes one.

    Memory does not grow with the number of sources: at most a few chunks a process are under way.
    """
    if processes <= 1:
        lexicon = load_lexicon()
        yield from (_read_one(item, lexicon) for item in items)
    else:
        yield from _in_processes(iter(items), processes)


def _in_processes(items: Iterator[Item], processes: int) -> Iterator[Result]:
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_start_worker) as pool:
        under_way: deque[Future[list[Result]]] = deque()
        while chunk := list(itertools.islice(items, _CHUNK)):
            under_way.append(pool.submit(_read_chunk, chunk))
            if len(under_way) > 2 * processes:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()


def _start_worker() -> None:
    _worker.append(load_lexicon())


def _read_chunk(chunk: list[Item]) -> list[Result]:
    return [_read_one(item, _worker[0]) for item in chunk]


def _read_one(item: Item, lexicon: Lexicon) -> Result:
    if isinstance(item, BadSource):
        return item
    try:
        return read(item, lexicon)
    except Exception as error:  # a fault of ours in one article must not lose the rest of a long load
        log.exception("reading failed", extra={"location": item.location})
        return BadSource(f"{item.location}: reading it failed ({type(error).__name__}: {error}); please report this article")
