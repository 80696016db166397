"""Trade figures: each sum of a sentence on trade, with its year and direction; lists of goods."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model.claims import Reason, Value
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.trade_goods import goods
from loaders.reading.frames.trade_parties import Flow, parties
from loaders.reading.frames.trade_words import FLOWS, TradeWords
from loaders.reading.model import AMOUNT, DATE, Amount, Candidate, Mention, When, year_of

_BARE_SUM = re.compile(r"(?<![a-z0-9.,(])\d[\d.,]*\d? ?(?:milliards?|millions?|billion|million|bn)(?![a-z])(?! de tonnes)")
_COMPARED = re.compile(r"(?:qu'(?:en )?|rapport a |than in |than |compared (?:with|to) )\Z")  # "12 % de plus qu'en 2023"
_LINE = re.compile(r" (?:de |d'|of )(?P<what>(?!la |le |l'|the |both |all |its |their )[a-z][a-z-]+)")
_JOINED = re.compile(r"[,;]|(?<![a-z])(?:et|and|mais|but)(?![a-z])")  # "$3 billion and imports …": the next one's flow
_BY_HOW_MUCH = re.compile(r" (?:de|d'|by) ?(?:[a-z]+ ){0,2}")  # "increased by about $500 million"
_WORTH_OF = re.compile(
    r" (?:(?:worth )?(?:of |de |d'|pour )|(?:were|was|are|is|represented|came from|etaient|sont|representaient|representent) )"
    r"(?:the |its |les |l'|ses |des )?(?:[DS]_+(?:'s?)? )?"
)  # "worth of Vietnamese exports", "of which 800 million were Egyptian exports"
_BETWEEN = re.compile(r",? (?P<first>A_+) (?:et |and )?(?P<last>A_+)")  # "de 3,7 à 6 milliards entre 2021 et 2022"
_FROM = re.compile(r"(?<![a-z])(?:de|from) (?P<number>\d[\d.,]*) (?:a|to) \Z")
_NEXT_SUM = re.compile(r" (?:a|to) M_+")
_GREW = re.compile(r"(?<![a-z])(?:de|from|a|to) (?:[a-z]+ ){0,2}\Z")
_FIGURE = re.compile(r"\d[\d.,]*")
_CHANGED_TO = re.compile(r"(?:%|pour cent|per ?cent)(?: [a-z-]+){0,2} (?:a|to) (?:[a-z]+ ){0,2}\Z")  # "de 42 % à 25 millions"
_SAME_SUM = re.compile(r" ?(?:\(|, (?=soit))(?:[a-z']+ ){0,3}~? ?")  # "301 millions de dinars (soit 250 millions)"
_BRACKET = re.compile(r" ?\([^()]{0,40}\)")
_REACHED = ("to reach", "atteindre")
_RIGHT_AFTER = 6  # characters from a sum to the flow that it is of
_LATER = 75  # characters from a sum that opens a sentence to the flow it is of
_YEAR_AFTER = 12  # characters from a sum to the year named right after it
_BEFORE_SUM = 34  # characters before a sum in which a word shows that it is no flow
_AIM = 90  # characters before a sum in which words show that it is only aimed at
_EXACT = 1e-3  # what reckoning with decimal figures may add
_BACK = 700  # characters back to the last year named
_AHEAD = 320  # characters from the headline to the first year named
_MOST = 6  # sums read in one sentence


def trade(scene: Scene, words: TradeWords, memory: Memory, earlier: Candidate | None = None) -> Iterator[Candidate]:
    """The flows that one sentence gives a figure or goods for; `earlier`: the last figure told just before it."""
    reading, low, high = scene.reading, scene.sentence.start, scene.sentence.end
    flows = _flows(scene, words)
    flows = sorted([*flows, *_same_flow(scene, words, earlier, bool(flows))])
    if not flows:
        return
    sums = [m for m in reading.mentions_in(low, high, AMOUNT) if isinstance(m.value, Amount) and m.value.currency]
    sums = _with_bare_ones(scene, words, sums, earlier)
    for mention in [*_grown_from(scene, words, sums), *sums][:_MOST]:
        if _converted(scene, mention, sums):
            continue
        flow = _flow_of(scene, mention, flows)
        if flow is None or flow[2] == "goods" or _no_flow(scene, words, mention):
            continue
        candidate = _candidate(scene, words, memory, flow, mention, earlier)
        if candidate is not None:
            earlier = candidate
            yield candidate
    if not sums:
        yield from goods(scene, words, memory, flows)


def _grown_from(scene: Scene, words: TradeWords, sums: list[Mention]) -> Iterator[Mention]:
    """ "de 3,7 à 6 milliards entre 2021 et 2022": the first figure, in the unit of the second."""
    for mention in sums:
        before = _FROM.search(scene.reading.folded, scene.sentence.start, mention.start)
        figure = _FIGURE.match(scene.reading.folded, mention.start)
        if before is None or figure is None or not isinstance(mention.value, Amount):
            continue
        one, other = words.numbers.value(before["number"]), words.numbers.value(figure.group())
        if one and other and _spanned_year(scene, mention) is not None:
            amount = Amount(mention.value.value / other * one, mention.value.currency)
            yield Mention(AMOUNT, *before.span("number"), (), amount, why="the unit told with the next")


def _spanned_year(scene: Scene, mention: Mention) -> str | None:
    """The year of a sum of two told between two years: the first has the first."""
    layer = scene.reading.layer
    following = _NEXT_SUM.match(layer, mention.end)
    span = _BETWEEN.match(layer, following.end() if following is not None else mention.end)
    if (
        span is None
        or not scene.reading.folded.startswith(("entre ", "between "), span.start("first"))
        or _GREW.search(layer, max(scene.sentence.start, mention.start - _BEFORE_SUM), mention.start) is None
    ):
        return None
    days = scene.reading.mentions_in(*span.span("first" if following is not None else "last"), DATE)
    year = year_of(days[0]) if days else None
    return str(year) if year is not None else None


def _converted(scene: Scene, mention: Mention, sums: list[Mention]) -> bool:
    """True for the same sum in another currency: "301 millions de dinars (250 millions de dollars)"."""
    return any(_SAME_SUM.fullmatch(scene.reading.layer, m.end, mention.start) is not None for m in sums)


def _parties_of(fact: Candidate | None) -> tuple[str, ...] | None:
    found = fact.fields.get("parties") if fact is not None else None
    return found if isinstance(found, tuple) else None


def _no_flow(scene: Scene, words: TradeWords, mention: Mention) -> bool:
    """True for a sum that is aimed at, a balance, a loan: words right before it, or wishes earlier in its clause, tell."""
    folded, low = scene.reading.folded, scene.sentence.start
    after = folded[mention.end : mention.end + _BEFORE_SUM].lstrip()
    if words.classes["never_after"].match(after) is not None:
        return True
    rose = list(words.classes["rose"].finditer(folded, max(low, mention.start - _AIM), mention.start))
    if rose and _BY_HOW_MUCH.fullmatch(folded, rose[-1].end(), mention.start) is not None:
        return True
    off = words.classes["never"].search(folded[max(low, mention.start - _BEFORE_SUM) : mention.start])
    told = _CHANGED_TO.search(folded, max(low, mention.start - _BEFORE_SUM), mention.start) is not None
    if off is not None and not told and not (off.group() in _REACHED and rose):
        return True
    return scene.grammar.phrases["aims_at"].search(folded, max(low, mention.start - _AIM), mention.start) is not None


def _same_flow(scene: Scene, words: TradeWords, earlier: Candidate | None, others: bool) -> list[Flow]:
    """ "Un an plus tôt, ils s'établissaient à 2,6 milliards", "In 2023 it was $3 billion": the flow of the sentence before.

    Where the sentence speaks of other flows too, only "the figure" is that one.
    """
    if earlier is None or scene.sentence.index - earlier.sentences[-1] > 1:
        return []
    told = words.classes["figure" if others else "again"]
    again = told.search(scene.reading.folded, scene.sentence.start, scene.sentence.end)
    off = words.classes["never"].search(scene.reading.folded, scene.sentence.start, scene.sentence.end)
    return [(*again.span(), str(earlier.fields["direction"]))] if again is not None and off is None else []


def _with_bare_ones(scene: Scene, words: TradeWords, sums: list[Mention], earlier: Candidate | None) -> list[Mention]:
    """The sums of a sentence with those that leave out the currency told before: "dont 4 milliards d'exportations"."""
    first = sums[0].value if sums else None
    near = earlier is not None and scene.sentence.index - earlier.sentences[-1] <= 1
    told = earlier.fields.get("currency") if earlier is not None and near else None
    currency = first.currency if isinstance(first, Amount) else told
    if not isinstance(currency, str):
        return sums
    found = list(sums)
    for match in _BARE_SUM.finditer(scene.reading.folded, sums[0].end if sums else scene.sentence.start, scene.sentence.end):
        value = words.numbers.value(match.group())
        if value is not None and not any(m.start < match.end() and match.start() < m.end for m in sums):
            found.append(Mention(AMOUNT, match.start(), match.end(), (), Amount(value, currency), why="currency told before"))
    return sorted(found, key=lambda mention: mention.start)


def _flows(scene: Scene, words: TradeWords) -> list[Flow]:
    folded, low, high = scene.reading.folded, scene.sentence.start, scene.sentence.end
    found: list[Flow] = []
    for direction in FLOWS:
        for match in words.classes[direction].finditer(folded, low, high):
            goods_only = direction != "total" and _of_goods(scene, words, match.end())
            found.append((match.start(), match.end(), "goods" if goods_only else direction))
    for name, direction in (("client", "export"), ("supplier", "import")):
        found.extend((*match.span(), direction) for match in words.classes[name].finditer(folded, low, high))
    return sorted(found)


def _of_goods(scene: Scene, words: TradeWords, end: int) -> bool:
    """True where only one line of goods flows: "les exportations de café vers …", "exports of wheat"; not "of goods"."""
    line = _LINE.match(scene.reading.layer, end)
    return line is not None and words.classes["every_good"].match(scene.reading.folded, line.start("what")) is None


def _flow_of(scene: Scene, mention: Mention, flows: list[Flow]) -> Flow | None:
    """The flow a sum belongs to: a directed one right after it ("3,5 milliards d'exportations"), else the last before it.

    Where none is before it, the first after: "14 milliards d'euros : c'est le montant du commerce entre …".
    """
    after = [flow for flow in flows if flow[0] >= mention.end]
    near = bool(after) and after[0][0] - mention.end <= _RIGHT_AFTER
    if near and _JOINED.search(scene.reading.folded, mention.end, after[0][0]) is None:
        return after[0]
    if after and _WORTH_OF.fullmatch(scene.reading.layer, mention.end, after[0][0]) is not None:
        return after[0]
    before = [flow for flow in flows if flow[1] <= mention.start]
    if before:
        return before[-1]
    return after[0] if after and after[0][0] - mention.end <= _LATER else None


def _candidate(
    scene: Scene,
    words: TradeWords,
    memory: Memory,
    flow: Flow,
    mention: Mention,
    earlier: Candidate | None,
) -> Candidate | None:
    reading = scene.reading
    whose = parties(scene, words, memory, flow, mention, _parties_of(earlier))
    amount = mention.value
    if whose is None or not isinstance(amount, Amount) or amount.currency is None:
        return None
    value = round(amount.value) if abs(amount.value - round(amount.value)) < _EXACT else amount.value
    fields: dict[str, Value] = {"parties": whose[0], "value": value, "currency": amount.currency, "direction": flow[2]}
    year = _year(scene, words, mention, earlier)
    if year is not None:
        fields["year"] = year
    reasons = (
        Reason("direction", reading.text[flow[0] : flow[1]], flow[0], flow[1], "names the flow"),
        Reason("value", reading.words(mention), mention.start, mention.end, "the sum told with it"),
    )
    features = frozenset({"party-inferred"} if whose[1] else ()) | frozenset({"date-told"} if year else ())
    return Candidate("trade", fields, (scene.sentence.index,), "trade/figure", reasons, features)


def _year(scene: Scene, words: TradeWords, mention: Mention, earlier: Candidate | None) -> str | None:
    """The year a sum stands for: the date right after it, else one in the sentence, else that of the figure told before.

    A year or a month counts before a day: days are those of the report.
    """
    reading, low = scene.reading, scene.sentence.start
    spanned = _spanned_year(scene, mention)
    if spanned is not None:
        return spanned
    dates = [m for m in reading.mentions_in(low, scene.sentence.end, DATE) if year_of(m) is not None]
    dates = [m for m in dates if _COMPARED.search(reading.folded, max(0, m.start - 18), m.start) is None]
    plain = [m for m in dates if not _is_day(m)]
    apart = reading.folded.rfind(";", low, mention.start)
    bracket = _BRACKET.match(reading.folded, mention.end)
    end = bracket.end() if bracket is not None else mention.end  # "59 billion ($597 million) in 2012"
    after = [m for m in dates if 0 <= m.start - end <= _YEAR_AFTER and ";" not in reading.folded[end : m.start]]
    before = [m for m in plain if max(apart, 0) < m.end <= mention.start]
    later = [m for m in plain if 0 <= m.start - mention.end <= _LATER and ";" not in reading.folded[mention.end : m.start]]
    compared = words.classes["before"].search(reading.folded, max(low, mention.start - 22), mention.start) is not None
    for found in (after[:1], before[-1:] if compared else before[:1], later[:1], plain[:1]):
        if found:
            return str(year_of(found[0]))
    than = _compared_with(scene)
    if than is not None:
        return str(than + 1)
    told = earlier.fields.get("year") if earlier is not None else None
    if isinstance(told, str):
        return told
    if dates:
        return str(year_of(dates[0]))
    months = words.classes["this_period"].search(reading.folded, low, scene.sentence.end)
    if months is not None and reading.published is not None:
        return str(reading.published.year)
    last = words.classes["last_period"].search(reading.folded, low, scene.sentence.end)
    if last is not None and reading.published is not None and reading.published.year is not None:
        return str(reading.published.year - 1)
    paragraph = reading.paragraphs[scene.sentence.paragraph]
    years = [year_of(m) for m in reading.mentions_in(paragraph.start, low, DATE) if year_of(m) is not None]
    return str(years[-1]) if years else _year_around(scene)


def _compared_with(scene: Scene) -> int | None:
    """ "12 % de mieux qu'en 2023": the year it is compared with."""
    for mention in scene.reading.mentions_in(scene.sentence.start, scene.sentence.end, DATE):
        if _COMPARED.search(scene.reading.folded, max(0, mention.start - 18), mention.start) is not None:
            return year_of(mention)
    return None


def _year_around(scene: Scene) -> str | None:
    """The year named last in the paragraphs before; for the headline the first one after it."""
    reading, start = scene.reading, scene.sentence.start
    before = [m for m in reading.mentions_in(max(0, start - _BACK), start, DATE) if year_of(m) is not None and not _is_day(m)]
    if before:
        return str(year_of(before[-1]))
    if scene.sentence.index > 1:
        return None
    after = reading.mentions_in(scene.sentence.end, scene.sentence.end + _AHEAD, DATE)
    years = [year_of(m) for m in after if year_of(m) is not None and not _is_day(m)]
    return str(years[0]) if years else None


def _is_day(mention: Mention) -> bool:
    return isinstance(mention.value, When) and mention.value.date.day is not None
