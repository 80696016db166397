"""The project's own Turtle files, read strictly: what one subject says, with errors that name the file and the subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, parse

from graph.errors import BadData
from graph.model.dates import PartialDate
from graph.model.iri import CONCEPT, ID, ONTOLOGY, short

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SKOS = "http://www.w3.org/2004/02/skos/core#"
LANGUAGES = ("fr", "en")
_DIP = len(ONTOLOGY)
_DECIMAL = re.compile(r"-?\d{1,3}(\.\d+)?")

Forms = Mapping[str, tuple[str, ...]]
"""Words by language code, in the order of the file; a language that has none is there with none."""


@dataclass(slots=True)
class Block:
    """What a file says of one subject: values by predicate, in the order of the file. `dip:` predicates go by local name."""

    file: str
    iri: str
    values: dict[str, list[NamedNode | Literal]] = field(default_factory=dict)

    def bad(self, what: str) -> BadData:
        """The error to raise when this subject is malformed."""
        return BadData(f"{self.file}: {short(self.iri).removeprefix(ONTOLOGY).removeprefix(CONCEPT)} {what}")

    def all(self, name: str) -> list[NamedNode | Literal]:
        """Every value of a predicate, none when it is not there."""
        return self.values.get(name, [])

    def one(self, name: str) -> str | None:
        """The one value of a predicate, None without any; BadData when there are several."""
        values = self.all(name)
        if len(values) > 1:
            raise self.bad(f"has {len(values)} values of {name}; give one")
        return values[0].value if values else None

    def needed(self, name: str) -> str:
        """The one value of a predicate that must be there."""
        value = self.one(name)
        if not value:
            raise self.bad(f"has no {name}; give one")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """A boolean; `default` when it is not there."""
        value = self.one(name)
        if value not in (None, "true", "false"):
            raise self.bad(f"says {name} {value!r}; write true or false")
        return default if value is None else value == "true"

    def number(self, name: str, limit: int) -> float:
        """A decimal that must be there, from -`limit` to `limit`."""
        value = self.needed(name)
        if not _DECIMAL.fullmatch(value) or abs(float(value)) > limit:
            raise self.bad(f"says {name} {value!r}; write one decimal from -{limit} to {limit}")
        return float(value)

    def date(self, name: str) -> str | None:
        """A date of year, month or day precision."""
        value = self.one(name)
        try:
            return None if value is None else str(PartialDate.parse(value))
        except BadData as error:
            raise self.bad(f"says {name}: {error}") from error

    def forms(self, *names: str) -> Forms:
        """The texts of several predicates by language, each once, in the order asked and then that of the file."""
        found: dict[str, dict[str, None]] = {language: {} for language in LANGUAGES}
        for value in (value for name in names for value in self.all(name)):
            if not isinstance(value, Literal) or value.language not in found or not value.value.strip():
                raise self.bad(f"says {value}; write text marked @{' or @'.join(LANGUAGES)}")
            found[value.language][value.value] = None
        return MappingProxyType({language: tuple(texts) for language, texts in found.items()})

    def keys(self, name: str, kind: str) -> tuple[str, ...]:
        """The keys of the entities named by a predicate, which must all be of one kind: `state/MAR` gives MAR."""
        start = f"{ID}{kind}/"
        for value in self.all(name):
            if not value.value.startswith(start):
                raise self.bad(f"says {name} {value}; write <{kind}/…>")
        return tuple(value.value.removeprefix(start) for value in self.all(name))


def read_blocks(file: Path, *, blank: bool = False) -> Iterator[Block]:
    """Every subject of a Turtle file with what is said of it; BadData when the file cannot be read.

    A blank node is an error; with `blank`, it is a subject like others, but no value.
    """
    blocks: dict[str, Block] = {}
    try:
        for triple in parse(path=str(file)):
            subject, predicate, value = triple.subject, triple.predicate.value, triple.object
            named = isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal)
            if not named and not blank:
                raise BadData(f"{file.name}: {subject} {predicate} {value} has a blank node; name it")
            iri = subject.value if isinstance(subject, NamedNode) else str(subject)
            block = blocks.get(iri) or blocks.setdefault(iri, Block(file.name, iri))
            name = predicate[_DIP:] if predicate.startswith(ONTOLOGY) else predicate
            if isinstance(value, NamedNode | Literal):
                block.values.setdefault(name, []).append(value)
    except (SyntaxError, OSError) as error:
        raise BadData(f"{file}: {error}") from error
    yield from blocks.values()
