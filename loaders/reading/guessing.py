"""Whom an office-holder serves when no title says it: a guess, and marked as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from graph.model.folding import fold
from loaders.reading.changing import replace
from loaders.reading.guess_rules import GuessRules
from loaders.reading.model import DEMONYM, NAME, PLACE, STATE, TITLE, Holding, Reading, Sentence, Title
from loaders.reading.register import Somebody

_CROWD = 200  # office-holders above which nobody is compared with the others
_CLOSE = 60  # characters from who receives somebody to the town, from an official to whom they meet
_NO_STATES = ("EU",)  # "un Européen engagé": its president is nobody who governs
_SURE = ("title", "beside")  # ways to know whom somebody serves that are no guess


def guess_states(people: list[Somebody], reading: Reading, monarchies: frozenset[str], rules: GuessRules) -> None:
    """Office-holders of no named state get the dateline's where that is spoken of, else the half of the pair without one."""
    home = reading.dateline.codes[0] if reading.dateline is not None and reading.dateline.codes else None
    spoken = Counter(code for mention in reading.mentions if mention.mark in "SDT" for code in mention.codes)
    states = {code for mention in reading.mentions if mention.mark in "SDC" for code in mention.codes}
    posts = _posts(reading)
    served: dict[str, set[str | None]] = {}  # office -> states whose holder is known
    for somebody in people[:_CROWD]:
        for holding in somebody.holdings:
            if somebody.state is not None:
                served.setdefault(holding.office, set()).add(somebody.state)
    sides = {code for code in (*reading.pair, home) if code is not None}
    guessed = [one for one in people if one.state is None and one.holdings]
    wider = {code for code, count in spoken.items() if count > 1} | sides
    common = {id(one): rules.cultures.likelier(one.name, sides, wider) for one in guessed}
    for somebody in sorted(guessed, key=lambda one: common[id(one)] is None):  # whose name tells more goes first
        taken = set().union(*(served.get(holding.office, set()) for holding in somebody.holdings))
        crowned = _crowned(somebody, rules)
        governs = any(holding.office.startswith(("head_", "minister")) for holding in somebody.holdings)
        likely, told = list(_likely(home, spoken, reading.pair)), {*states}
        if (code := common[id(somebody)]) is not None:
            likely.insert(0, (code, "pair"))
        if governs and (code := _nearer(somebody, reading)) is not None:
            likely.insert(1, (code, "pair"))
        if governs and len(posts) == 1:
            sent_from = bool(likely) and likely[0][1] == "dateline"
            likely.insert(int(sent_from), (next(iter(posts)), "pair"))  # who receives the ambassador to X is at home there
        if governs and (code := _side_of(somebody, people, reading, rules)) is not None:
            likely.insert(0, (code, "pair"))
            told.add(code)  # also where a title alone names it
        if governs and (code := _said_of(somebody, reading, rules)) is not None:
            likely.insert(0, (code, "pair"))
        for code, how in likely:
            if governs and code in _NO_STATES:
                continue
            if code not in taken and (not governs or code in told) and (crowned is None or (code in monarchies) == crowned):
                somebody.state, somebody.state_from = code, "counterpart" if governs and code in posts else how
                for holding in somebody.holdings:  # two who hold one office do not hold it for one state
                    served.setdefault(holding.office, set()).add(code)
                break
        somebody.holdings = [
            replace(h, of=somebody.state, of_from=somebody.state_from) if h.of is None else h for h in somebody.holdings
        ]


def _said_of(somebody: Somebody, reading: Reading, rules: GuessRules) -> str | None:
    """Whom words beside who governs mean: "the country's president"; who receives credentials is of where the envoy is sent."""
    holding = somebody.holdings[0]
    sentence = reading.sentence_at(holding.name.start)
    if sentence is None:
        return None
    titles = (mention.value for mention in reading.titles)
    posts = {t.place for t in titles if isinstance(t, Title) and t.place and t.offices == ("ambassador",)}
    if len(posts) == 1 and any(word in reading.folded[sentence.start : holding.name.start] for word in rules.credentials):
        return posts.pop()
    home = _receives_at(holding, sentence, reading, rules) if holding.office.startswith("head_") else None
    if home is not None:
        return home
    if reading.folded.startswith(rules.country, holding.title.start):
        named = reading.mentions_in(sentence.start, holding.title.start, "S")
        return next((mention.codes[0] for mention in named if len(mention.codes) == 1), None)
    return None


def _side_of(somebody: Somebody, people: list[Somebody], reading: Reading, rules: GuessRules) -> str | None:
    """The half of the pair that who governs is of, where one of a known half does something with them: the other half ("the
    Chinese President X met Prime Minister Y", "the Kenyan official met Y"), that half where they come together."""
    name = somebody.holdings[0].name
    sentence = reading.sentence_at(name.start)
    if sentence is None or len(reading.pair) != 2:
        return None
    start = somebody.holdings[0].title.start
    before = reading.mentions_in(sentence.start, min(start, name.start), NAME)
    if before:
        known = {entry.mention.start: one.state for one in people[:_CROWD] for entry in one.entries if one.state_from in _SURE}
        end, sides = before[-1].end, {known[m.start] for m in before if known.get(m.start) in reading.pair}
    else:
        start = min(start, name.start)
        end, sides = _officials(sentence, start, reading, rules)
    if len(sides) != 1:
        return None
    between = reading.folded[end:start]
    if rules.listed.fullmatch(between) is not None:
        return None
    together = any(word in between for word in rules.company)
    return next(code for code in reading.pair if (code in sides) == together)


def _officials(sentence: Sentence, start: int, reading: Reading, rules: GuessRules) -> tuple[int, set[str | None]]:
    """Where officials without a name end who meet somebody, and the halves of the pair they are of; none without a verb."""
    end, sides = start, set[str | None]()
    for mention in reading.mentions_in(sentence.start, start, STATE + DEMONYM + TITLE):
        codes = mention.value.of if isinstance(mention.value, Title) else mention.codes
        beside = reading.folded.endswith(rules.officials, 0, mention.start - 1)
        beside = beside or reading.folded.startswith(rules.officials, mention.end + 1) or mention.mark == TITLE
        if beside and len(codes) == 1 and codes[0] in reading.pair:
            end, sides = mention.end, sides | {codes[0]}
    between = reading.folded[end:start]
    meets = len(between) <= _CLOSE and any(word in between for word in rules.meets)
    return end, sides if meets else set()


def _receives_at(holding: Holding, sentence: Sentence, reading: Reading, rules: GuessRules) -> str | None:
    """Of which state the town is where who governs receives somebody: "le président X a reçu mardi à Lomé …"."""
    if rules.receives.match(reading.folded, holding.name.end) is None:
        return None
    towns = reading.mentions_in(holding.name.end, min(sentence.end, holding.name.end + _CLOSE), PLACE)
    return next((m.codes[0] for m in towns if m.codes and reading.folded.endswith(rules.at, 0, m.start)), None)


def _nearer(somebody: Somebody, reading: Reading) -> str | None:
    """The one state that the sentence names that first tells of who governs, where it names none of the pair."""
    sentence = reading.sentence_at(somebody.holdings[0].name.start)
    if sentence is None:
        return None
    told = reading.mentions_in(sentence.start, sentence.end, "SDP")
    named = {code for mention in told if mention.mark == "S" for code in mention.codes}
    about = {code for mention in told for code in mention.codes} & set(reading.pair)  # also by a people
    return named.pop() if len(named) == 1 and not about else None


def _posts(reading: Reading) -> set[str]:
    """States to which the article's ambassadors are accredited: who governs and receives them is of that state."""
    titles = (mention.value for mention in reading.titles)
    return {t.place for t in titles if isinstance(t, Title) and t.place and t.of and t.offices == ("ambassador",)}


def _likely(home: str | None, spoken: Counter[str], pair: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """States in the order in which an unnamed one is likely meant."""
    if home is not None and (spoken[home] or len(pair) < 2):
        yield home, "dateline"
    yield from ((code, "pair") for code in pair)
    if home is not None:
        yield home, "dateline"
    yield from ((code, "pair") for code, _ in spoken.most_common(4))


def _crowned(somebody: Somebody, rules: GuessRules) -> bool | None:
    """True for a king, False for a president, None for all others: a kingdom has no president, a republic no king."""
    said = (holding.title.value for holding in somebody.holdings)
    titles = [fold(title.text) for title in said if isinstance(title, Title)]
    if any(title.startswith(rules.crowns) for title in titles):
        return True
    heads = any(holding.office == "head_of_state" for holding in somebody.holdings)
    return False if heads and any(title.startswith(rules.presidents) for title in titles) else None
