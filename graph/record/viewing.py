"""What the writer is given to make a view of its record: it knows nothing of entities itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pyoxigraph import NamedNode, Quad, Store

from graph.record.staging import Amending


@dataclass(frozen=True, slots=True)
class Delta:
    """What must change in the default graph to show some sources; `entities` are those that any quad of it speaks of."""

    remove: set[Quad]
    add: set[Quad]
    entities: set[str]
    moved: Mapping[str, str | None] = field(
        default_factory=dict
    )  # entities shown no more: what carries them on, if anything does


class View(Amending, Protocol):
    """How claims become entities; a function of the record and of `version` alone."""

    @property
    def version(self) -> str:
        """Changes whenever the same record would give another view."""

    @property
    def index_version(self) -> str:
        """Changes whenever `amend` would put something else into the index; only where `version` does too."""

    @property
    def derived(self) -> Sequence[NamedNode]:
        """The properties of the index that `rebuild` and `update` give; all others are of `amend`."""

    def update(self, store: Store, sources: Sequence[str], stirred: Sequence[str]) -> Delta:
        """What these recorded sources, not shown yet or not shown as they are now, and these IRIs of items change."""

    def index(self, store: Store) -> Iterable[Quad]:
        """All that `amend` puts into the index."""

    def rebuild(self, store: Store) -> Iterable[Quad]:
        """The whole default graph, and what the index says of it, from the record and all that `amend` put into the index."""

    def moved(self, before: Store, after: Store) -> Mapping[str, str | None]:
        """Entities that the view of one store shows and that of the other does not, with what carries them on."""
