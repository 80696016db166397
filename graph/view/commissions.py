"""The sessions of a commission, and when it was founded."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model.iri import entity
from graph.record import rdf
from graph.resolution.items import Item
from graph.resolution.resolver import Resolver
from graph.view.fields import Fields
from graph.view.naming import Naming
from graph.view.supports import Support, Witnesses
from graph.view.thing import Thing, part_key

_STATUS = {"met": "made", "planned": "planned"}


class Sessions:
    """Adds to a commission its founding date and its sessions: one body through all of them."""

    def __init__(self, fields: Fields, resolver: Resolver, naming: Naming) -> None:
        self._fields, self._resolver, self._naming = fields, resolver, naming

    def add(self, commission: Thing, supports: Sequence[Support]) -> None:
        """The date is that of claims on the founding; every other dated or counted claim tells of a session."""
        fields = self._fields.of("body")
        founding = [support for support in supports if support.claim.fields.get("status") == "established"]
        self._fields.put(commission, fields["date"], [each for each in founding if "session" not in each.claim.fields])
        by_key = {support.key: support for support in supports}
        items = [_item(support) for support in supports]
        for cluster in self._resolver.sessions(items):
            self._session(commission, [by_key[item.id] for item in cluster])

    def _session(self, commission: Thing, supports: list[Support]) -> None:
        fields = self._fields.of("body")
        iri = entity("session", part_key(supports[0].key, "session"))
        session = Thing(iri, "Session", supports, Witnesses(supports, self._fields.rules))
        for name in ("session", "date", "seats", "parties"):
            self._fields.put(session, fields[name], supports)
        statuses = {str(support.claim.fields.get("status")) for support in supports}
        status = next((_STATUS[found] for found in ("met", "planned") if found in statuses), None)
        session.add("eventStatus", None if status is None else rdf.concept("EventStatus", status))
        values = {name: value.value for name, value in session.values}
        session.labels = self._naming.name(
            "Session", ordinal=values.get("ordinal"), date=values.get("date"), commission=commission.labels
        )
        commission.own("session", session)


def _item(support: Support) -> Item:
    return Item(support.key, "body", support.source, support.published, support.language, support.claim.fields)
