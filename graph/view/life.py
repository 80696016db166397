"""The life of an accord: one act a step that its claims tell of."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model.iri import entity
from graph.record import rdf
from graph.view.fields import Fields
from graph.view.naming import Naming
from graph.view.parts import Participations, with_status
from graph.view.supports import Support, Witnesses
from graph.view.thing import Thing, part_key

_AFTER_SIGNING = ("signed", "ratified", "in_force", "suspended", "terminated")
_STEPS = ("negotiated", "ratified", "in_force", "suspended", "terminated")


class Life:
    """Adds the acts of an accord: its signing, planned or made, and each later step."""

    def __init__(self, fields: Fields, participations: Participations, naming: Naming) -> None:
        self._fields, self._participations, self._naming = fields, participations, naming

    def add(self, accord: Thing, supports: Sequence[Support]) -> None:
        """The acts that the claims on an accord tell of; every act has the accord's parties."""
        signing = [support for support in supports if _tells_signing(support)]
        if signing:
            self._sign(accord, signing)
        for step in _STEPS:
            told = with_status(supports, step)
            if told:
                self._step(accord, step, told)

    def _sign(self, accord: Thing, supports: list[Support]) -> None:
        fields = self._fields.of("agreement")
        act = self._act(accord, "signed", supports)
        made = any(support.claim.fields.get("status") in (None, *_AFTER_SIGNING) for support in supports)
        act.add("eventStatus", rdf.concept("EventStatus", "made" if made else "planned"))
        self._fields.put(act, fields["date"], supports, "date")
        self._fields.put(act, fields["place"], supports)
        self._fields.put(act, fields["signatories"], supports)
        self._finish(accord, act)
        people = self._fields.people(supports, "signatories")
        self._participations.add(act, "signatory", _date(act), people)

    def _step(self, accord: Thing, step: str, supports: list[Support]) -> None:
        act = self._act(accord, step, supports)
        act.add("eventStatus", rdf.concept("EventStatus", "made"))
        self._fields.put(act, self._fields.of("agreement")["status_date"], supports, "date")
        self._finish(accord, act)

    def _act(self, accord: Thing, step: str, supports: list[Support]) -> Thing:
        act = Thing(entity("act", part_key(accord.iri, step)), "AccordAct", supports, Witnesses(supports, self._fields.rules))
        act.add("actType", rdf.concept("ActType", step))
        act.values += [(name, value) for name, value in accord.values if name == "party"]
        return act

    def _finish(self, accord: Thing, act: Thing) -> None:
        label = self._naming.label(next(value.value for name, value in act.values if name == "actType"))
        act.labels = self._naming.name("AccordAct", act=label, date=_date(act), accord=accord.labels)
        accord.own("act", act)


def _tells_signing(support: Support) -> bool:
    fields = support.claim.fields
    return any(name in fields for name in ("date", "signatories")) or fields.get("status") in ("signed", "planned")


def _date(act: Thing) -> str | None:
    return next((value.value for name, value in act.values if name == "date"), None)
