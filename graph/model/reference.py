"""States, organisations and cities: the one source of gazetteers, codes and labels, read from `schema/`."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from graph.errors import UnknownTerm
from graph.model.agents import Agent, City, Homonym, Organisation, State
from graph.model.files import SCHEMA
from graph.model.folding import fold
from graph.model.iri import entity
from graph.model.reference_files import read_reference
from graph.model.turtle import LANGUAGES

_WORD = re.compile(r"\w+")

__all__ = ["Agent", "City", "Homonym", "Organisation", "Reference", "State", "load_reference"]


@dataclass(frozen=True, slots=True)
class Reference:
    """All reference data; mappings are by code, in the order of the files."""

    states: Mapping[str, State]
    organisations: Mapping[str, Organisation]
    cities: tuple[City, ...]
    homonyms: tuple[Homonym, ...]
    by_name: Mapping[str, str]
    """The folded words of a name or acronym to code, for names that belong to one agent."""

    def agent(self, code: str) -> Agent:
        """The state or organisation with that code; UnknownTerm with the nearest codes when there is none."""
        found = self.states.get(code) or self.organisations.get(code)
        if found is None:
            codes = (*self.states, *self.organisations)
            near = [self.find(code)] if self.find(code) else difflib.get_close_matches(code.upper(), codes, n=3)
            hint = f"did you mean {' or '.join(map(str, near))}?" if near else "states go by ISO 3166-1 alpha-3, such as MAR"
            raise UnknownTerm(f"no state or organisation has the code {code!r}; {hint}")
        return found

    def label(self, code: str, language: str) -> str:
        """The preferred name in `fr` or `en`."""
        if language not in LANGUAGES:
            raise UnknownTerm(f"there are no names in {language!r}; ask for {' or '.join(LANGUAGES)}")
        return self.agent(code).names[language][0]

    def iri(self, code: str) -> str:
        """The IRI of the state or organisation with that code."""
        return entity("state" if isinstance(self.agent(code), State) else "organisation", code)

    def find(self, name: str) -> str | None:
        """The code of the agent with that name or acronym, whatever its case, accents and punctuation; else None.

        A preferred name goes before other names: `Congo` is Congo-Brazzaville. What several share is nobody's.
        """
        return self.by_name.get(_key(name))

    def capitals(self, code: str) -> tuple[City, ...]:
        """The capital and other seats of government of a state, the principal one first."""
        return tuple(city for city in self.cities if city.capital and city.state == code)


@functools.cache
def load_reference(folder: Path = SCHEMA) -> Reference:
    """The reference data in a folder, read once a process; BadData names file and subject for whatever is malformed."""
    read = read_reference(folder)
    return Reference(
        states=MappingProxyType(read.states),
        organisations=MappingProxyType(read.organisations),
        cities=tuple(read.cities),
        homonyms=tuple(read.homonyms),
        by_name=MappingProxyType(_by_name((*read.states.values(), *read.organisations.values()))),
    )


def _key(name: str) -> str:
    return " ".join(_WORD.findall(fold(name)))


def _by_name(agents: Iterable[Agent]) -> dict[str, str]:
    """Preferred names first, then all others; a name that several agents share at one rank is nobody's."""
    preferred: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    for agent in agents:
        acronyms = agent.acronyms if isinstance(agent, Organisation) else {}
        for language in LANGUAGES:
            first, *rest = agent.names[language]
            preferred.setdefault(_key(first), set()).add(agent.code)
            for name in (*rest, *acronyms.get(language, ())):
                others.setdefault(_key(name), set()).add(agent.code)
    return {name: min(codes) for name, codes in (others | preferred).items() if len(codes) == 1}
