"""The one runner: every source read, in order, by one process or several; what fails is named and the rest goes on."""

from __future__ import annotations

import gc
import itertools
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from graph.errors import BadSource
from graph.model.claims import Source, SourceClaims
from loaders.parcels import Parcel, packed, unpacked
from loaders.reading.lexicon import load_lexicon
from loaders.reading.reader import read

log = logging.getLogger(__name__)

Item = Source | BadSource
Result = SourceClaims | BadSource
Reader = Callable[[Source], SourceClaims]
MakeReader = Callable[[], Reader]
"""Makes the reader of one process, once; it is sent to other processes, so it must be picklable."""

_CHUNK = 8  # sources handed to a process at a time: enough to hide the cost of handing over, few enough to stay even
_worker: list[Reader] = []  # the reader of a worker process, set once by `_start_worker`; empty in the parent


def rules() -> Reader:
    """The reader by rules, with its words loaded."""
    return partial(read, lexicon=load_lexicon())


def read_all(items: Iterable[Item], processes: int = 1, make_reader: MakeReader = rules) -> Iterator[Result]:
    """The claims of each source, in the order given; a BadSource passes through, and a source that fails becomes one.

    Memory does not grow with the number of sources: at most a few chunks a process are under way.
    """
    if processes <= 1:
        reader = make_reader()
        yield from (_read_one(item, reader) for item in items)
    else:
        yield from _in_processes(iter(items), processes, make_reader)


def _in_processes(items: Iterator[Item], processes: int, make_reader: MakeReader) -> Iterator[Result]:
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_start_worker, initargs=(make_reader,)) as pool:
        under_way: deque[tuple[list[Item], Future[list[Parcel]]]] = deque()
        while chunk := list(itertools.islice(items, _CHUNK)):
            under_way.append((chunk, pool.submit(_read_chunk, chunk)))
            if len(under_way) > 2 * processes:
                yield from _results(*under_way.popleft())
        while under_way:
            yield from _results(*under_way.popleft())


def _results(chunk: list[Item], parcels: Future[list[Parcel]]) -> Iterator[Result]:
    return map(unpacked, chunk, parcels.result())


def _start_worker(make_reader: MakeReader) -> None:
    _worker.append(make_reader())
    gc.freeze()  # the words stay as long as the process: the collector need not go through them again and again


def _read_chunk(chunk: list[Item]) -> list[Parcel]:
    return [packed(item, _read_one(item, _worker[0])) for item in chunk]


def _read_one(item: Item, reader: Reader) -> Result:
    if isinstance(item, BadSource):
        return item
    try:
        return reader(item)
    except Exception as error:  # a fault of ours in one article must not lose the rest of a long load
        log.exception("reading failed", extra={"location": item.location})
        return BadSource(f"{item.location}: reading it failed ({type(error).__name__}: {error}); please report this article")
