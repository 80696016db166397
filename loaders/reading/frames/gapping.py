"""A second giver whose verb is left out: "l'UE a débloqué 65 millions d'euros d'aide et le FMI un prêt de 47 millions"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from graph.model.claims import Reason
from loaders.reading.model import AMOUNT, Amount, Candidate, Reading
from loaders.reading.numbers import whole

_GAP = re.compile(
    r"(?:(?:et|puis|and|then)|,|;)(?: (?:et|and|puis))? ?(?:le |la |l'|les |the )?(?P<giver>[SG]_+),? "
    r"(?:un |une |a |an |quelque |about |some )?(?:(?:pret|don|aide|subvention|credit|loan|grant|credit|donation|further)s? )?"
    r"(?:de |d'|of )?(?P<sum>M_+)"
)
_GAP_TO = re.compile(
    r"(?:;|,| et| and)(?: and| et)? (?P<sum>M_+) (?:to|for|a|au|aux|en|pour) (?:la |le |l'|les |the )?(?P<taker>S_+)"
)
_MOST = 4  # givers without a verb of their own


def gapped(reading: Reading, fact: Candidate, start: int, end: int) -> Iterator[Candidate]:
    """A fact like the one given for each further giver and sum that the rest of the sentence [start, end) names."""
    position = start
    for _ in range(_MOST):
        found = _GAP.search(reading.layer, position, end)
        if found is None:
            return
        position = found.end()
        giver = next(iter(reading.mentions_in(*found.span("giver"))), None)
        money = next(iter(reading.mentions_in(*found.span("sum"), AMOUNT)), None)
        amount = money.value if money is not None else None
        known = giver is not None and money is not None and isinstance(amount, Amount) and amount.currency is not None
        if not known or giver is None or money is None or not isinstance(amount, Amount) or len(giver.codes) != 1:
            continue
        if giver.codes[0] in (fact.fields.get("donor"), fact.fields.get("recipient")):
            continue
        value = whole(amount.value)
        fields = {**fact.fields, "donor": giver.codes[0], "value": value, "currency": amount.currency or ""}
        fields.pop("domains", None)
        reasons = (
            Reason("donor", reading.words(giver), giver.start, giver.end, "a further giver, its verb left out"),
            Reason("value", reading.words(money), money.start, money.end, "the sum it gives"),
        )
        yield replace(fact, fields=fields, reasons=reasons, rule="aid/gapped")


def gapped_recipients(reading: Reading, fact: Candidate, start: int, end: int) -> Iterator[Candidate]:
    """A fact like the one given for each further sum with whom it is for: "; 53 million to Nigeria, and 27 million to Togo"."""
    for found in islice(_GAP_TO.finditer(reading.layer, start, end), 2 * _MOST):
        taker = next(iter(reading.mentions_in(*found.span("taker"))), None)
        money = next(iter(reading.mentions_in(*found.span("sum"), AMOUNT)), None)
        amount = money.value if money is not None else None
        if taker is None or money is None or not isinstance(amount, Amount) or amount.currency is None or len(taker.codes) != 1:
            continue
        if taker.codes[0] in (fact.fields.get("donor"), fact.fields.get("recipient")):
            continue
        value = whole(amount.value)
        fields = {**fact.fields, "recipient": taker.codes[0], "value": value, "currency": amount.currency}
        fields.pop("domains", None)
        reasons = (
            Reason("recipient", reading.words(taker), taker.start, taker.end, "a further one that receives, the verb left out"),
            Reason("value", reading.words(money), money.start, money.end, "the sum it receives"),
        )
        yield replace(fact, fields=fields, reasons=reasons, rule="aid/gapped")
