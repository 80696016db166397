"""Gifts told right after another, their verb left out: "and another of 12 million", "20 million from France", "; 53 million to
Nigeria", "l'UE a débloqué 65 millions d'euros d'aide et le FMI un prêt de 47 millions"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice

from graph.model.claims import Reason, Value
from loaders.reading.frames.scene import Scene
from loaders.reading.model import AMOUNT, DATE, Amount, Candidate, known_day
from loaders.reading.numbers import NumberWords, whole
from loaders.reading.phrasing import either

_MOST = 4  # further gifts in one sentence
_MOST_GIVEN = 8  # sums with whom they are for, the verb left out
_DAY = 5  # characters from a sum to its own day
_SUM = r"(?P<sum>M_+|\d[\d.,]*\d? ?(?:milliards?|millions?|billion|million)(?![a-z])(?! de tonnes))"


@cache
def _further(
    joins: frozenset[str], another: frozenset[str], nouns: frozenset[str], origins: frozenset[str]
) -> tuple[re.Pattern[str], ...]:
    """A further sum by its noun or by "another"; one that only its own day tells apart; one with who gives it, two ways."""
    join = rf"(?:(?:, | )(?:{either(joins)})(?: |(?<='))|, |; )"
    noun = rf"(?:{either(nouns)})(?: [a-z]+){{0,2}}? (?:of |de |d'|worth |for )?(?:about |some |environ |quelque )?"
    again = re.compile(rf"{join}(?:(?:{either(another)}) (?:{noun}|of |de |d')?|(?:un |une |a |an )(?:[a-z]+ )?{noun}){_SUM}")
    dated = re.compile(rf"{join}{_SUM}(?= A_)")
    given = re.compile(rf"{join}(?:(?:{either(another)}) )?{_SUM} (?:{either(origins)}) ?(?:the |la |le |l')?(?P<giver>[SG]_+)")
    left_out = re.compile(rf"{join}(?:the |la |le |l')?(?P<giver>[SG]_+),? (?:(?:un |une |a |an )?{noun})?{_SUM}")
    return again, dated, given, left_out


@cache
def _gaps(
    joins: frozenset[str], about: frozenset[str], nouns: frozenset[str], to: frozenset[str]
) -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """Role, most finds and pattern of a further giver with a sum, and of a further sum with whom it is for."""
    join, article = rf"(?:(?:{either(joins)})|,|;)(?: (?:{either(joins)}))?", r"(?:le |la |l'|les |the )?"
    noun = rf"(?:(?:{either(about)}) )?(?:(?:{either(nouns)})s? )?(?:de |d'|of )?"
    giver = re.compile(rf"{join} ?{article}(?P<who>[SG]_+),? {noun}(?P<sum>M_+)")
    taker = re.compile(
        rf"(?:;|,| (?:{either(joins)}))(?: (?:{either(joins)}))? (?P<sum>M_+) (?:{either(to)}) {article}(?P<who>S_+)"
    )
    return ("donor", _MOST, giver), ("recipient", _MOST_GIVEN, taker)


_WHY = {
    "donor": ("a further giver, its verb left out", "the sum it gives"),
    "recipient": ("a further one that receives, the verb left out", "the sum it receives"),
}


def gapped(scene: Scene, fact: Candidate, start: int) -> Iterator[Candidate]:
    """A fact like the one given for each further sum with its giver, or with whom it is for, told from `start` on."""
    reading, words = scene.reading, scene.grammar.words
    for role, most, pattern in _gaps(words["gift_gaps"], words["gift_about"], words["gift_nouns"], words["gift_to"]):
        for found in islice(pattern.finditer(reading.layer, start, scene.sentence.end), most):
            who = next(iter(reading.mentions_in(*found.span("who"))), None)
            money = next(iter(reading.mentions_in(*found.span("sum"), AMOUNT)), None)
            amount = money.value if money is not None else None
            if who is None or money is None or not isinstance(amount, Amount) or amount.currency is None or len(who.codes) != 1:
                continue
            if who.codes[0] in (fact.fields.get("donor"), fact.fields.get("recipient")):
                continue
            given = {role: who.codes[0], "value": whole(amount.value), "currency": amount.currency}
            fields = {name: told for name, told in {**fact.fields, **given}.items() if name != "domains"}
            of_whom, of_what = _WHY[role]
            reasons = (
                Reason(role, reading.words(who), who.start, who.end, of_whom),
                Reason("value", reading.words(money), money.start, money.end, of_what),
            )
            yield replace(fact, fields=fields, reasons=reasons, rule="aid/gapped")


def further_gifts(scene: Scene, numbers: NumberWords, found: list[Candidate], before: int) -> Iterator[Candidate]:
    """Further gifts of the same two, or of another giver, beside the one that the sentence tells first."""
    here = [fact for fact in found[before:] if fact.kind == "aid" and fact.rule.startswith("aid/")]
    pairs = {(fact.fields["donor"], fact.fields["recipient"]) for fact in here}
    if not here or "value" not in here[0].fields or len({pair[1] for pair in pairs}) > 1:
        return
    words, first = scene.grammar.words, here[0]
    start = min(reason.start for reason in first.reasons)
    known = {fact.fields.get("value") for fact in here}
    patterns = _further(words["gift_joins"], words["gift_another"], words["aid_nouns"], words["gift_origins"])
    for pattern in reversed(patterns):  # who gives it first: "another 20 million from France"
        for match in islice(pattern.finditer(scene.reading.layer, start, scene.sentence.end), _MOST):
            fact = _gift(scene, numbers, first, match)
            if fact is None or fact.fields["value"] in known or ("giver" not in match.re.groupindex and len(pairs) > 1):
                continue
            known.add(fact.fields["value"])
            yield fact


def _gift(scene: Scene, numbers: NumberWords, first: Candidate, match: re.Match[str]) -> Candidate | None:
    """The first gift with the sum, the day and the giver of a further one."""
    reading, span = scene.reading, match.span("sum")
    money = next(iter(reading.mentions_in(*span, AMOUNT)), None)
    amount = money.value if money is not None else None
    currency = amount.currency if isinstance(amount, Amount) else first.fields["currency"] if money is None else None
    value = amount.value if isinstance(amount, Amount) else numbers.value(reading.folded[slice(*span)])
    if currency is None or value is None:
        return None
    fields: dict[str, Value] = {name: told for name, told in first.fields.items() if name != "domains"}
    fields |= {"value": whole(value), "currency": currency}
    day = next(iter(reading.mentions_in(match.end(), match.end() + _DAY, DATE)), None)
    if (date := known_day(day)) is not None:
        fields["date"] = str(date)
    reasons = [Reason("value", reading.text[slice(*span)], *span, "the sum of a further gift")]
    if "giver" in match.re.groupindex:
        giver = reading.mentions_in(*match.span("giver"))[0]
        if len(giver.codes) != 1 or giver.codes[0] in (first.fields["donor"], first.fields["recipient"]):
            return None
        fields["donor"] = giver.codes[0]
        reasons.append(Reason("donor", reading.words(giver), giver.start, giver.end, "who gives it"))
    return Candidate("aid", fields, (scene.sentence.index,), "aid/further", (*reasons, *first.reasons), first.features)
