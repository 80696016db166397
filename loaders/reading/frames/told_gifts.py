"""Aid told as a phrase with its sum, whatever the verb: "a 20 million euro grant", "l'accord d'appui, doté de 50 millions"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graph.model.claims import Reason, Value
from loaders.reading.frames.attributes import date_near
from loaders.reading.frames.donors import load_donors
from loaders.reading.frames.gifts import GIVEN_TO, spoken_of_most
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.lists import goes_on
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import AMOUNT, DEMONYM, STATE, Amount, Candidate, Mention
from loaders.reading.numbers import whole

_SUM = 100  # characters between a noun of aid and its sum
_AROUND = 60  # characters around the noun in which words tell that it is no aid, or none yet
_BESIDE = 60  # characters from the noun or its sum to who gives
_FACTS = 20  # last facts looked through for a total
_PART = 3  # sentences after a total in which a smaller sum is part of it
_LINE = 6  # characters from a bullet to its sum
_BULLETS = ("-", "–", "—", "•", "*", "·", "▪", "►")
_NEXT = 320  # characters after a sentence in which a list names the recipients that it counts
_LISTED = 8  # recipients of one sum
_MOST = 4  # sums read in one sentence


def told_gifts(scene: Scene, memory: Memory, knowledge: Knowledge, told: list[Candidate], before: int) -> Iterator[Candidate]:
    """One fact for each sum of aid that the frames do not read; `told`: the facts so far, the sentence's from `before` on."""
    reading, low, high = scene.reading, scene.sentence.start, scene.sentence.end
    if reading.quoted(low) or any(fact.kind in ("aid", "trade") for fact in told[before:]):
        return
    line = _next_line(scene, told[:before])
    if line is not None:
        yield line
        return
    used: set[int] = set()
    for noun in list(scene.grammar.phrases["aid_nouns"].finditer(reading.layer, low, high))[:_MOST]:
        money = _money(scene, noun.start(), noun.end())
        if money is None or money.start in used or _no_aid(scene, noun.start(), noun.end()):
            continue
        parts = _parts(scene, memory, min(noun.start(), money.start), noun.span(), money)
        for recipient in parts[1] if parts is not None else ():
            assert parts is not None  # there is a recipient
            fact = _fact(scene, memory, knowledge, noun.span(), money, parts[0], recipient, parts[2])
            if fact is not None and not _part_of(fact, told, scene.sentence.index):
                used.add(money.start)
                yield fact if len(parts[1]) == 1 else _shared(fact)


def _next_line(scene: Scene, told: list[Candidate]) -> Candidate | None:
    """ "– 10 million euros for schools": a line that goes on with the gifts of the line before."""
    last = told[-1] if told else None
    if last is None or last.kind != "aid" or scene.sentence.index - last.sentences[-1] != 1:
        return None
    reading, start = scene.reading, scene.sentence.start
    first = next(iter(reading.mentions_in(start, start + _LINE, AMOUNT)), None)
    amount = first.value if first is not None else None
    listed = reading.text[reading.text.rfind("\n", 0, start) + 1 : start + 1].strip()[:1] in _BULLETS
    if first is None or not isinstance(amount, Amount) or amount.currency is None or not listed:
        return None
    value = whole(amount.value)
    fields = {name: last.fields[name] for name in ("donor", "recipient", "date") if name in last.fields}
    reason = Reason("value", reading.words(first), first.start, first.end, "a line that goes on with the gifts before it")
    features = last.features | {"party-inferred"}
    return Candidate(
        "aid",
        {**fields, "value": value, "currency": amount.currency},
        (scene.sentence.index,),
        "aid/phrase",
        (reason,),
        features,
    )


def _money(scene: Scene, start: int, end: int) -> Mention | None:
    """The sum nearest to a noun of aid, in the same clause."""
    reading = scene.reading
    found = [
        m for m in reading.mentions_in(max(scene.sentence.start, start - _SUM), min(scene.sentence.end, end + _SUM), AMOUNT)
        if isinstance(m.value, Amount) and m.value.currency
        and not set(reading.folded[min(m.end, end) : max(m.start, start)]) & set(";:")
    ]  # fmt: skip
    return min(found, key=lambda m: (max(m.start - end, start - m.end), m.start)) if found else None


def _no_aid(scene: Scene, start: int, end: int) -> bool:
    folded, phrases = scene.reading.folded, scene.grammar.phrases
    low, high = max(scene.sentence.start, start - _AROUND), min(scene.sentence.end, end + _AROUND)
    return (
        phrases["no_aid"].search(folded, low, high) is not None or phrases["troops_doubt"].search(folded, low, high) is not None
    )


Parts = tuple[str, tuple[str, ...], bool]  # donor, recipients, whether one of them had to be inferred


def _parts(scene: Scene, memory: Memory, start: int, noun: tuple[int, int], money: Mention) -> Parts | None:
    donors = load_donors()
    donor = _named_donor(scene, noun, money, memory) or _acting_donor(scene, start, memory)
    inferred = donor is None
    both = None if donor is not None else _both(scene, memory)
    if both is not None:
        return both[0], (both[1],), False
    if donor is None:
        giving = [code for code in memory.pair if memory.wholes.get(code, code) in donors.everyone]
        donor = giving[0] if len(giving) == 1 and len(memory.pair) == 2 else None
    if donor is None:
        return None
    listed = _counted(scene, noun[1])
    if listed is not None:
        return (donor, listed, True) if listed else None
    recipient = _recipient(scene, noun[1], donor, memory)
    if recipient is not None:
        return donor, (recipient,), inferred
    rest = [code for code in memory.pair if memory.wholes.get(code, code) != donor]
    if len(memory.pair) == 2 and len(rest) == 1 and rest[0] not in donors.lenders:
        return donor, (rest[0],), True
    main = spoken_of_most(memory, (donor,))
    return (donor, (main,), True) if main is not None and main not in donors.states and not inferred else None


def _both(scene: Scene, memory: Memory) -> tuple[str, str] | None:
    """ "Japan and Malawi signed …": the one of two joined that gives as a rule, and the other."""
    for argument in scene.arguments:
        codes = tuple(memory.wholes.get(code, code) for code in argument.codes)
        giving = [code for code in codes if code in load_donors().everyone]
        if len(codes) == 2 and len(giving) == 1 and argument.cue in ("", "between"):
            return giving[0], next(code for code in codes if code not in giving)
    return None


def _counted(scene: Scene, end: int) -> tuple[str, ...] | None:
    """ "for three countries … people in A, B and C": those that a list names next; None where none is counted."""
    reading, high = scene.reading, scene.sentence.end
    if scene.grammar.phrases["counted_recipients"].search(reading.folded, end, high) is None:
        return None
    found: list[Mention] = []
    for mention in reading.mentions_in(end, min(len(reading.text), high + _NEXT), STATE):
        if found and not goes_on(scene, found[-1].end, mention.start):
            if len(found) > 1:
                break
            found = []
        found.append(mention)
    codes = tuple(dict.fromkeys(code for mention in found for code in mention.codes))
    return codes[:_LISTED] if len(codes) > 1 else ()


def _shared(fact: Candidate) -> Candidate:
    """The fact without its sum: what each of several receives is not said."""
    fields = {name: value for name, value in fact.fields.items() if name not in ("value", "currency")}
    return replace(fact, fields=fields)


def _named_donor(scene: Scene, noun: tuple[int, int], money: Mention, memory: Memory) -> str | None:
    """ "a Japanese grant", "un prêt de la Banque mondiale", "aid from Norway": named right beside the noun or the sum."""
    reach = 22 if scene.reading.language == "fr" else 2
    for argument in scene.arguments:
        first = argument.mentions[0]
        beside = 0 <= first.start - noun[1] <= reach or 0 <= noun[0] - first.end <= 14
        given = GIVEN_TO.search(scene.reading.folded, noun[1], first.start) is not None
        if first.mark == DEMONYM and len(argument.codes) == 1 and beside and not given:
            return argument.codes[0]
    for argument in scene.after(noun[1], scene.sentence.end):
        near = argument.start - max(noun[1], money.end) <= _BESIDE and argument.mentions[0].mark in "SG"
        if near and argument.cue in ("of", "from", "by", "with") and len(argument.codes) == 1:
            code = memory.wholes.get(argument.codes[0], argument.codes[0])
            if argument.cue == "from" or code in load_donors().everyone:
                return code
    return None


def _acting_donor(scene: Scene, start: int, memory: Memory) -> str | None:
    """Who acts in the sentence, where it is somebody that gives as a rule."""
    for argument in scene.before(start, scene.sentence.start):
        codes = [memory.wholes.get(code, code) for code in argument.codes]
        if argument.cue in ("", "by", "poss") and len(codes) == 1 and codes[0] in load_donors().everyone and argument.acts:
            return codes[0]
    return None


def _recipient(scene: Scene, end: int, donor: str, memory: Memory) -> str | None:
    """Who receives: after "to", "for", "in", else another state whose people or budget the sentence names after the noun."""

    def fits(argument: Argument) -> bool:
        codes = [memory.wholes.get(code, code) for code in argument.codes]
        return len(codes) == 1 and codes[0] != donor and codes[0] not in load_donors().lenders and not argument.persons

    after = scene.after(end, scene.sentence.end)
    for cues in (("to", "for"), ("in",), ("of", "with", "")):
        for argument in after:
            if argument.cue in cues and fits(argument) and (cues[0] != "of" or argument.codes[0] not in load_donors().states):
                return argument.codes[0]
    demonym = (a for a in scene.arguments if a.mentions[0].mark == DEMONYM and fits(a))
    return next((a.codes[0] for a in demonym if a.codes[0] not in load_donors().states), None)


def _part_of(fact: Candidate, told: list[Candidate], index: int) -> bool:
    """True for a smaller sum right after a total between the same two: only the total is a fact."""
    value = fact.fields["value"]
    for other in told[-_FACTS:]:
        same = other.kind == "aid" and all(other.fields.get(name) == fact.fields[name] for name in ("donor", "recipient"))
        total = other.fields.get("value")
        sums = isinstance(total, int | float) and isinstance(value, int | float) and total > value
        if same and sums and index - other.sentences[-1] <= _PART:
            return True
    return False


def _fact(
    scene: Scene, memory: Memory, knowledge: Knowledge, noun: tuple[int, int], money: Mention,
    donor: str, recipient: str, inferred: bool,
) -> Candidate | None:  # fmt: skip
    amount = money.value
    if donor == recipient or not isinstance(amount, Amount) or amount.currency is None:
        return None
    if recipient in memory.organisations and recipient in load_donors().lenders:
        return None
    value = whole(amount.value)
    fields: dict[str, Value] = {"donor": donor, "recipient": recipient, "value": value, "currency": amount.currency}
    told = date_near(scene, *noun, memory)
    if told is not None:
        fields["date"] = told.date
    domains = knowledge.domains.find(scene.reading, noun[0], scene.sentence.end)
    if domains:
        fields["domains"] = domains
    reasons = (
        Reason("trigger", scene.reading.text[slice(*noun)], *noun, "a noun of aid"),
        Reason("value", scene.reading.words(money), money.start, money.end, "its sum"),
    )
    features = {"date-told"} if told is not None and not told.inferred else set()
    features |= {"party-inferred"} if inferred else set()
    return Candidate("aid", fields, (scene.sentence.index,), "aid/phrase", reasons, frozenset(features))
