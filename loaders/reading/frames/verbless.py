"""A second clause whose verb is left out: "A a fermé son ambassade à X et B la sienne à Y", "A left in 2024, as did B"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.model.claims import Reason, Value
from loaders.reading.frames.chains import DOERS, with_doer
from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.grammar import Grammar
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.tokens import Token
from loaders.reading.model import AMOUNT, DATE, TITLE, Amount, Candidate, Mention, Title, known_day

_REACH = 260  # characters after a verb in which a clause without one may begin
_WORDS = 80  # words after a verb that are looked at
_MOST = 3  # clauses without a verb after one with it
_ARTICLES = frozenset(("la", "le", "les", "l'", "the"))
_AGENTS, _PLACES, _ANY = "SG", "SC", "SCDGAMT"
_STOPS = frozenset((".", ";", ")", ":"))


@dataclass(slots=True)
class _Clause:
    """Who acts in a clause without a verb, and the tokens that tell what."""

    who: list[Token]
    rest: list[Token]
    listed: bool  # a name stands right before: it may be one more of that list


def verbless(event: Event, fact: Candidate, roles: Mapping[str, Filler], knowledge: Knowledge) -> Iterator[Candidate]:
    """The fact given, done by each of those to whom the rest of the sentence gives no verb of their own."""
    role = DOERS.get(event.frame.kind, "")
    if role not in roles or event.voice != "active":
        return
    for clause in _clauses(event):
        if not _tells(event, clause):
            continue
        for token in clause.who:
            mention = _mention(event, token)
            if mention is not None and len(mention.codes) == 1:
                again = _again(event, fact, role, mention, clause.rest, knowledge)
                if again is not None:
                    yield again


def _clauses(event: Event) -> Iterator[_Clause]:
    """The stretches "et B …" after the verb in which every word is a small one."""
    scene, grammar = event.scene, event.scene.grammar
    first = scene.index(event.end)
    tokens = scene.tokens[first : first + _WORDS]
    found = 0
    for position, token in enumerate(tokens):
        if token.start > event.end + _REACH or found == _MOST:
            return
        alike = _alike(scene.reading.folded, grammar, token)
        if token.text not in grammar.words["gap_joins"] and not alike:
            continue
        start = position + (len(alike.split()) if alike else 1)
        who, end = _names(tokens, start, grammar)
        if not who:
            continue
        rest = _rest(event, tokens, end)
        if rest is None or (alike and rest):
            continue
        found += 1
        before = tokens[position - 1] if position else None
        yield _Clause(
            who, rest or ([token] if alike else []), before is not None and before.text[0] in "SGD" and before.mention
        )


def _alike(folded: str, grammar: Grammar, token: Token) -> str:
    """The words "as did", "de même que" that begin at a token; empty where none does."""
    found = grammar.phrases["gap_alike"].match(folded, token.start)
    return found.group() if found is not None else ""


def _names(tokens: Sequence[Token], position: int, grammar: Grammar) -> tuple[list[Token], int]:
    """The agents named from a position on, joined by "et", "and" or commas, and where they end."""
    who: list[Token] = []
    while position < len(tokens):
        if tokens[position].text in _ARTICLES:
            position += 1
        if position >= len(tokens) or tokens[position].text[0] not in _AGENTS:
            break
        who.append(tokens[position])
        position += 1
        following = tokens[position].text if position < len(tokens) else ""
        after = position + 1 + (position + 1 < len(tokens) and tokens[position + 1].text in _ARTICLES)
        if following not in grammar.conjunctions or after >= len(tokens) or tokens[after].text[0] not in _AGENTS:
            break
        position += 1
    return who, position


def _rest(event: Event, tokens: Sequence[Token], position: int) -> list[Token] | None:
    """The small words up to the end of the clause; None where a word is among them that makes a clause of its own."""
    grammar, words = event.scene.grammar, _object_words(event)
    rest: list[Token] = []
    for index in range(position, len(tokens)):
        token = tokens[index]
        if token.text == "," and _goes_on(grammar, tokens[index + 1].text if index + 1 < len(tokens) else ""):
            continue
        if token.text in _STOPS or token.text in grammar.conjunctions or token.text in grammar.words["gap_ends"]:
            break
        small = token.text[0] in _ANY or token.text.isdigit() or token.text in words
        if not (small or any(token.text in grammar.words[name] for name in ("gap_small", "gap_own", "gap_same"))):
            return None
        rest.append(token)
    return rest


def _goes_on(grammar: Grammar, following: str) -> bool:
    """True where a comma only sets small words off: "et B, en retour, deux diplomates"."""
    return following in grammar.words["gap_small"] and following not in _ARTICLES


def _object_words(event: Event) -> frozenset[str]:
    """Single words for what the verb acts on, and for missions."""
    language, grammar = event.scene.reading.language, event.scene.grammar
    own = frozenset(word for phrase in event.frame.words[language].object for word in phrase.split())
    return own | frozenset(word for phrase in grammar.words["missions"] for word in phrase.split())


def _tells(event: Event, clause: _Clause) -> bool:
    """True where the small words say what is done: "la sienne", "aussi", "un consulat", or a place where no list goes on."""
    grammar, objects = event.scene.grammar, _object_words(event)
    own = grammar.words["gap_own"] | grammar.words["gap_same"] | objects
    if any(token.text in own or token.text[0] == TITLE for token in clause.rest):
        return True
    if clause.rest and grammar.phrases["gap_alike"].match(event.scene.reading.folded, clause.rest[0].start):
        return True
    placed = any(
        token.text[0] in _PLACES and index and grammar.cues.get(clause.rest[index - 1].text) in ("to", "in", "from")
        for index, token in enumerate(clause.rest)
    )
    return not clause.listed and (placed or _dated(event, clause.rest))


def _dated(event: Event, rest: Sequence[Token]) -> bool:
    """True for "B le 9 mai" after "A … le 7 mai": not for towns and states that may lie in a list of what is acted on."""
    if not any(token.text[0] == DATE for token in rest) or event.frame.kind in ("membership", "deployment"):
        return False
    many = event.object is not None and event.scene.reading.folded[slice(*event.object)].endswith(("s", "x"))
    return bool(event.scene.reading.mentions_in(event.end, rest[0].start, DATE)) and not many


def _mention(event: Event, token: Token) -> Mention | None:
    return next(iter(event.scene.reading.mentions_in(token.start, token.start + 1)), None)


def _again(
    event: Event, fact: Candidate, role: str, who: Mention, rest: Sequence[Token], knowledge: Knowledge
) -> Candidate | None:
    """The fact done by another, with the place, the day and the number that stand beside it."""
    fields = _swapped(fact, who.codes[0]) or with_doer(fact, role, who.codes[0])
    if fields is None:
        return None
    reading = event.scene.reading
    reasons = [*fact.reasons, Reason(role, reading.words(who), who.start, who.end, "does the same, the verb left out")]
    if "date" in fact.fields:
        fields["date"] = fact.fields["date"]
    mentions = [
        mention for mention in (_mention(event, token) for token in rest if token.text[0] in _ANY) if mention is not None
    ]
    for mention in mentions:
        _add(fields, role, who.codes[0], mention)
        if mention.mark == DATE and "date" in fields:
            reasons.append(Reason("date", reading.words(mention), mention.start, mention.end, "the day of this one"))
    if fact.kind == "mission" and rest:
        told = reading.folded[rest[0].start : rest[-1].start + len(rest[-1].text)]
        kind = next((name for name, pattern in knowledge.missions.items() if pattern.search(told)), None)
        fields.update({"type": kind} if kind is not None else {})
    agents = [fields[name] for name in ("sender", "host", "state", "organisation") if name in fields]
    parties = fields.get("parties")
    agents.extend(parties if isinstance(parties, tuple) else ())
    if len(set(agents)) < len(agents):
        return None
    return replace(fact, fields=fields, reasons=tuple(reasons), features=fact.features | {"verbless"})


def _swapped(fact: Candidate, code: str) -> dict[str, Value] | None:
    """ "A a fermé son ambassade à B, et B la sienne": each has done it to the other."""
    if fact.fields.get("host") != code:
        return None
    fields = {name: value for name, value in fact.fields.items() if name not in ("date", "personnel", "place")}
    return {**fields, "sender": code, "host": fact.fields["sender"]}


def _add(fields: dict[str, Value], role: str, doer: str, mention: Mention) -> None:
    """What one name, date or number of the clause says."""
    value = mention.value
    if (date := known_day(mention)) is not None:
        fields["date"] = str(date)
    if mention.mark == AMOUNT and isinstance(value, Amount) and value.unit == "personnel":
        fields["personnel"] = int(value.value)
    codes = value.of if isinstance(value, Title) else mention.codes
    if len(codes) != 1 or codes[0] == doer:
        return
    code = codes[0]
    if mention.mark in "SC" and "host" in fields:
        fields["host"] = code
    if mention.mark == "G" and "organisation" in fields and role == "state":
        fields["organisation"] = code
    if mention.mark in "SCDT" and role == "by":
        fields["parties"] = (doer, code)
