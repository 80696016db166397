"""The life of an accord: one act a step that its claims tell of; a ratification for each party told to have ratified."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model.iri import entity
from graph.record import rdf
from graph.view.fields import Fields
from graph.view.naming import Naming
from graph.view.parts import Participations, with_status
from graph.view.ratifying import ALL, ratifications, ratified_on
from graph.view.supports import Support, Witnesses
from graph.view.thing import Thing, part_key

_AFTER_SIGNING = ("signed", "ratified", "in_force", "suspended", "terminated")
_STEPS = ("negotiated", "in_force", "suspended", "terminated")


class Life:
    """Adds the acts of an accord: its signing, planned or made, and each later step."""

    def __init__(self, fields: Fields, participations: Participations, naming: Naming) -> None:
        self._fields, self._participations, self._naming = fields, participations, naming

    def add(self, accord: Thing, supports: Sequence[Support]) -> None:
        """The acts that claims tell of, each with the accord's parties, a ratification with the one that ratified."""
        signing = [support for support in supports if _tells_signing(support)]
        if signing:
            self._sign(accord, signing)
        for step in _STEPS:
            told = with_status(supports, step)
            if told:
                self._step(accord, step, told)
        for code, told in ratifications(supports).items():
            self._ratify(accord, code, told)

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

    def _ratify(self, accord: Thing, code: str, supports: list[Support]) -> None:
        """A party's ratification, with its own day and sources; one of all the parties where claims do not say whose it was."""
        if code == ALL:
            act = self._act(accord, "ratified", supports)
        else:
            act = self._act(accord, "ratified", supports, code)
            act.add("ratifiedBy", *(value for name, value in act.values if name == "party"))
        act.add("eventStatus", rdf.concept("EventStatus", "made"))
        self._fields.put_date(act, ratified_on(supports)[code])
        self._finish(accord, act)

    def _act(self, accord: Thing, step: str, supports: list[Support], *ratifier: str) -> Thing:
        iri = entity("act", part_key(accord.iri, step, *ratifier))
        act = Thing(iri, "AccordAct", supports, Witnesses(supports, self._fields.rules))
        act.add("actType", rdf.concept("ActType", step))
        own = [self._fields.agent(code) for code in ratifier]
        act.add("party", *(own or (value for name, value in accord.values if name == "party")))
        return act

    def _finish(self, accord: Thing, act: Thing) -> None:
        values = {name: value.value for name, value in act.values}
        label = self._naming.label(values["actType"])
        by = self._naming.with_article(values["ratifiedBy"]) if "ratifiedBy" in values else None
        act.labels = self._naming.name("AccordAct", act=label, ratifier=by, date=_date(act), accord=accord.labels)
        accord.own("act", act)


def _tells_signing(support: Support) -> bool:
    fields = support.claim.fields
    return any(name in fields for name in ("date", "signatories")) or fields.get("status") in ("signed", "planned")


def _date(act: Thing) -> str | None:
    return next((value.value for name, value in act.values if name == "date"), None)
