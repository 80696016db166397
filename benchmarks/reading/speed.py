"""Sentences and articles a second on one core, by stage, beside what others need for less.

Every stage of every article is timed alone and the quickest round counts, so that other work on the machine costs little.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable, Sequence

from graph.model.claims import Source
from loaders.reading.lexicon import Lexicon
from loaders.reading.model import Reading
from loaders.reading.reader import STAGES
from loaders.reading.sentences import split
from loaders.reading.text import begin


def measure(sources: Sequence[Source], lexicon: Lexicon, rounds: int) -> None:
    """Measure and print."""
    spent, sentences = by_stage(sources, lexicon, rounds)
    total = sum(spent.values())
    say(f"{len(sources)} articles, {sentences} sentences, {sum(len(source.text) for source in sources):,} characters")
    say(f"one core: {sentences / total:,.0f} sentences/s, {len(sources) / total:,.0f} articles/s")
    for name, seconds in spent.items():
        say(f"  {name:16} {seconds / total:6.1%} {sentences / seconds:12,.0f} sentences/s")
    for name, peer in peers(lexicon).items():
        seconds = sum(min(timed(peer, source) for _ in range(rounds)) for source in sources)
        say(f"beside it, {name}: {sentences / seconds:,.0f} sentences/s; reading takes {total / seconds:.1f} times as long")


def by_stage(sources: Sequence[Source], lexicon: Lexicon, rounds: int) -> tuple[dict[str, float], int]:
    """Seconds that each stage takes over all articles, and how many sentences they have."""
    spent, sentences = dict.fromkeys((stage.__name__ for stage in STAGES), 0.0), 0
    for source in sources:
        best = dict.fromkeys(spent, float("inf"))
        for _ in range(rounds):
            reading = Reading(source=source, text=source.text)
            for stage in STAGES:
                started = time.process_time()
                reading = stage(reading, lexicon)
                best[stage.__name__] = min(best[stage.__name__], time.process_time() - started)
        spent = {name: seconds + best[name] for name, seconds in spent.items()}
        sentences += len(reading.sentences)
    return spent, sentences


def peers(lexicon: Lexicon) -> dict[str, Callable[[Source], object]]:
    """What a reading is compared with: the bare dictionary look-up, and spaCy's blank pipeline where it is installed."""

    def looked_up(source: Source) -> object:
        reading = split(begin(Reading(source=source, text=source.text), lexicon), lexicon)
        return lexicon.of(reading).gazetteer.tokens(reading.text, reading.apart)

    found: dict[str, Callable[[Source], object]] = {"folding, sentences and the dictionary automaton": looked_up}
    if importlib.util.find_spec("spacy") is not None:
        import spacy

        blank = spacy.blank("fr")
        blank.add_pipe("sentencizer")
        found["spaCy's blank tokeniser with its sentencizer"] = lambda source: list(blank(source.text).sents)
    return found


def timed(work: Callable[[Source], object], source: Source) -> float:
    """Seconds that one piece of work takes."""
    started = time.process_time()
    work(source)
    return time.process_time() - started


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
