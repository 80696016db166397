"""What a page calls things in the reader's language: classes, properties, concepts, entities, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from api.browse import Browser
from api.languages import Language, Texts
from api.links import page_of
from api.things import Thing, Value
from graph.errors import BadData, UnknownTerm
from graph.model import iri
from graph.model.dates import PartialDate
from graph.model.kinds import load_kinds
from graph.model.terms import Ontology

_UNBROKEN = re.compile(r" (?=[:;?!»])|(?<=«) ")
_AGENTS = ("state", "organisation")


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as a page shows it: its words, and where it leads if it leads anywhere on our site."""

    text: str
    page: str | None = None


class Words:
    """The words for one answer; names of entities come from its snapshot."""

    def __init__(self, ontology: Ontology, browser: Browser, texts: Texts) -> None:
        self._ontology, self._browser, self._texts = ontology, browser, texts
        self.language: Language = texts.language

    def label(self, thing: Thing) -> str:
        """The name of an entity or source; in French no line begins with a colon or ends with an opening quotation mark."""
        name = thing.label(self.language)
        return _UNBROKEN.sub("\u00a0", name) if self.language == "fr" else name

    def term(self, name: str) -> str:
        """The name of a class or property, with a capital as a heading has it."""
        try:
            text = self._ontology.labels(name)[self.language]
        except UnknownTerm:
            return name
        return text[:1].upper() + text[1:]

    def plural(self, class_name: str) -> str:
        """The name of several things of a class."""
        return self._texts(f"plural.{class_name}")

    def role(self, kind: str, role: str) -> str:
        """What a reason is about: the words that triggered a claim, or the property that one of its fields becomes."""
        if role == "trigger":
            return self._texts("evidence.trigger")
        fields = load_kinds()[kind].fields
        return self.term(fields[role].property_name) if role in fields else role

    def source(self, source: Thing) -> str:
        """A source's title, as its publisher gives it."""
        return str(source.one("title") or self._texts("evidence.untitled"))

    def colour(self, class_name: str) -> str:
        """The colour of a class, as networks draw it."""
        return self._ontology.colour(class_name)

    def date(self, text: str | None) -> str:
        """A date in words, as precise as it is known; what is no date comes back as it is."""
        if text is None:
            return self._texts("date.unknown")
        try:
            date = PartialDate.parse(text)
        except BadData:
            return text
        if date.month is None:
            return str(date.year)
        month = self._texts(f"date.m{date.month:02d}")
        if date.day is None:
            return self._texts("date.month", month=month, year=date.year)
        if date.year is None:
            return self._texts("date.day_only", day=date.day, month=month)
        if date.day == 1:
            return self._texts("date.first", month=month, year=date.year)
        return self._texts("date.day", day=date.day, month=month, year=date.year)

    def value(self, name: str, value: Value) -> Shown:
        """A property's value: a concept by its label, an entity by its name with its page, a date in words."""
        term = self._ontology.property_(name)
        scheme = self._ontology.scheme_of(name)
        if scheme is not None:
            concepts = self._ontology.concepts(scheme)
            return Shown(concepts[str(value)].labels[self.language] if value in concepts else str(value))
        thing = self._browser.thing(str(value)) if term.kind == "object" else None
        if thing is not None:
            return Shown(self.label(thing), page_of(thing.id))
        if self._ontology.is_date(name):
            return Shown(self.date(str(value)))
        return Shown(self._number(value) if isinstance(value, (int, float)) else str(value))

    def thing(self, name: str) -> Shown:
        """A thing by its IRI or short id, with its page; what is not in the graph stays a short id."""
        found = self._browser.thing(name)
        return Shown(iri.short(name)) if found is None else Shown(self.label(found), page_of(found.id))

    def agent(self, code: str) -> Shown | None:
        """A state or organisation by its code; None for any other text."""
        things = (self._browser.thing(f"{kind}/{code}") for kind in _AGENTS)
        return next((Shown(self.label(thing), page_of(thing.id)) for thing in things if thing is not None), None)

    def concept(self, notation: str, scheme: str | None = None) -> Shown | None:
        """A concept by its notation, of one scheme (named in any case) or of all.

        None where no scheme has it, or where schemes call it differently.
        """
        chosen = [name for name in self._ontology.schemes if scheme is None or name.lower() == scheme.lower()]
        concepts = [self._ontology.concepts(name) for name in chosen]
        names = {known[notation].labels[self.language] for known in concepts if notation in known}
        return Shown(names.pop()) if len(names) == 1 else None

    def values(self, thing: Thing, *names: str) -> list[Shown]:
        """The values of some properties of a thing, in that order."""
        return [self.value(name, value) for name in names for value in thing.properties.get(name, ())]

    def others(self, thing: Thing, besides: str = "") -> list[Shown]:
        """The states and organisations that a thing names, each once, without the one whose page it is shown on."""
        found = {
            str(value): name
            for name, values in thing.properties.items()
            for value in values
            if str(value).partition("/")[0] in _AGENTS and value != besides
        }
        return [self.value(name, value) for value, name in found.items()]

    def _number(self, value: int | float) -> str:
        whole = f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"
        return whole.replace(",", "\u202f") if self.language == "fr" else whole
