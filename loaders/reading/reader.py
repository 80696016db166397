"""The way from an article to its claims: small pure stages, run in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce

from graph.model.claims import Claim, Source, SourceClaims
from loaders.reading.confidence import claimed
from loaders.reading.frames.engine import read_frames
from loaders.reading.lexicon import Lexicon
from loaders.reading.matters import literal
from loaders.reading.mentions import find_mentions
from loaders.reading.merge import merged
from loaders.reading.model import Reading
from loaders.reading.offices import find_offices
from loaders.reading.pairs import find_pair
from loaders.reading.persons import find_persons
from loaders.reading.sentences import split
from loaders.reading.speech import find_statements
from loaders.reading.text import begin
from loaders.reading.titles import find_titles

Stage = Callable[[Reading, Lexicon], Reading]

STAGES: tuple[Stage, ...] = (
    begin,
    split,
    find_mentions,
    find_titles,
    find_pair,
    find_persons,
    find_offices,
    find_statements,
    read_frames,
    literal,
    merged,
    claimed,
)
"""Every stage, in the order in which they run; each takes what those before it found."""


def understand(source: Source, lexicon: Lexicon, stages: Iterable[Stage] = STAGES) -> Reading:
    """Run the stages over one source; the Reading keeps everything found on the way."""
    start = Reading(source=source, text=source.text)
    return reduce(lambda reading, stage: stage(reading, lexicon), stages, start)


def read(source: Source, lexicon: Lexicon) -> SourceClaims:
    """The claims of one source, in reading order; the same source always gives the same claims."""
    return SourceClaims(source, understand(source, lexicon).claims)


def read_text(text: str, lexicon: Lexicon, published: str | None = None, language: str | None = None) -> tuple[Claim, ...]:
    """The claims of a bare text; `published` in EDTF, `language` `fr` or `en` where known."""
    return read(Source(text=text, published=published, language=language), lexicon).claims
