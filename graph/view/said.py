"""What the sources that changed say now of persons and offices of a crowd."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from graph.resolution.items import Person
from graph.view.people import office_iri
from graph.view.tally import Saying
from graph.view.world import World


class Said:
    """Asked once it is known who is whom: `person` gives the IRI of a mention's person."""

    def __init__(self, world: World, sources: Sequence[str], person: Callable[[str], str]) -> None:
        self._world, self._sources, self._person = world, sources, person

    def of(self, entity: str) -> Mapping[str, Saying]:
        """What each of the sources says of a person or an office, by source; nothing may be said."""
        return {source: self._found[entity].get(source) or Saying() for source in self._sources}

    @cached_property
    def _found(self) -> Mapping[str, Mapping[str, Saying]]:
        found: dict[str, dict[str, Saying]] = defaultdict(dict)
        for source in self._sources:
            for item in self._world.items(source):
                if isinstance(item, Person):
                    person = found[self._person(item.id)].setdefault(source, Saying())
                    person.people.append(item)
                    keys = {mention.split("#")[0] for mention in item.mentions}
                    person.claims.update((key, self._world.light(key)) for key in keys)
                elif item.kind == "office" and "of" in item.fields:
                    office = found[office_iri(str(item.fields["office"]), str(item.fields["of"]))]
                    office.setdefault(source, Saying()).claims[item.id] = self._world.light(item.id)
        return found
