"""Trade figures: each sum of a sentence on trade, with its year and direction; lists of goods."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BadData
from graph.model.claims import Reason, Value
from graph.model.folding import fold
from loaders.reading.frames.grammar import any_of
from loaders.reading.frames.inflection import DATA
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.pairing import parties_of
from loaders.reading.frames.scene import Scene
from loaders.reading.model import AMOUNT, DATE, Amount, Candidate, Mention, When
from loaders.reading.numbers import NumberWords, load_numbers

_KEYS = {"export", "import", "total", "bilateral", "never", "before", "products"}
_FLOWS = ("total", "export", "import")
_WHOSE = {"export": ("poss", "of", "by", "from"), "import": ("poss", "by")}  # "importait du Rwanda" names the other side
_BARE_SUM = re.compile(r"(?<![a-z0-9.,(])\d[\d.,]*\d? ?(?:milliards?|millions?|billion|million|bn)(?![a-z])(?! de tonnes)")
_COMPARED = re.compile(r"(?:qu'(?:en )?|rapport a |than in |than |compared (?:with|to) )\Z")  # "12 % de plus qu'en 2023"
_NEAR = 60  # characters from a flow to its owner or its partner
_MOST = 6  # sums read in one sentence
_GOODS = re.compile(r"\s*(?:,|;| et | and | ainsi que | as well as )\s*")
_LIGHT = re.compile(r"(?:^|(?<=\s))(?:de la |de l'|les |des |le |la |l'|du |d'|the |of |an |a )(?=\S)")
_OPENS = re.compile(r"(?:etaient|sont|restent|comprennent|were|are|include|included|:|du |de l'|de la |des |de )\s*")


@dataclass(frozen=True, slots=True)
class TradeWords:
    """The trade words of one language, compiled."""

    classes: Mapping[str, re.Pattern[str]]
    numbers: NumberWords
    watched: frozenset[str]  # the words of which a sentence on trade has one


def load_trade(path: Path = DATA / "trade.toml") -> Mapping[str, TradeWords]:
    """Read `trade.toml`; BadData names a class that is missing or strange."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for language in ("fr", "en"):
        if set(table.get(language, {})) != _KEYS:
            raise BadData(f"{path.name}: {language} must have exactly {', '.join(sorted(_KEYS))}")
    return {language: _words(table[language], language) for language in ("fr", "en")}


def _words(table: Mapping[str, Iterable[str]], language: str) -> TradeWords:
    classes = {name: any_of(frozenset(map(fold, words))) for name, words in table.items()}
    watched = frozenset(fold(word) for direction in _FLOWS for word in table[direction])
    return TradeWords(classes, load_numbers(language), watched)


def trade(scene: Scene, words: TradeWords, memory: Memory) -> Iterator[Candidate]:
    """The flows that one sentence gives a figure or goods for."""
    reading, low, high = scene.reading, scene.sentence.start, scene.sentence.end
    flows = _flows(scene, words)
    if not flows or reading.quoted(low):
        return
    sums = [m for m in reading.mentions_in(low, high, AMOUNT) if isinstance(m.value, Amount) and m.value.currency]
    sums = _with_bare_ones(scene, words, sums)
    told: tuple[str, ...] | None = None
    for mention in sums[:_MOST]:
        flow = _flow_of(mention, flows)
        before = reading.folded[max(low, mention.start - 34) : mention.start]
        if flow is None or words.classes["never"].search(before):
            continue
        candidate = _candidate(scene, words, memory, flow, mention, told)
        if candidate is not None:
            parties = candidate.fields["parties"]
            told = told or (parties if isinstance(parties, tuple) else None)
            yield candidate
    if not sums:
        yield from _goods(scene, words, memory, flows)


def _with_bare_ones(scene: Scene, words: TradeWords, sums: list[Mention]) -> list[Mention]:
    """The sums of a sentence with those that leave out the currency of the first: "dont 4 milliards d'exportations"."""
    first = sums[0].value if sums else None
    if not isinstance(first, Amount):
        return sums
    found = list(sums)
    for match in _BARE_SUM.finditer(scene.reading.folded, sums[0].end, scene.sentence.end):
        value = words.numbers.value(match.group())
        if value is not None and not any(m.start < match.end() and match.start() < m.end for m in sums):
            found.append(
                Mention(AMOUNT, match.start(), match.end(), (), Amount(value, first.currency), why="currency of the first")
            )
    return sorted(found, key=lambda mention: mention.start)


def _another(scene: Scene, mention: Mention, told: tuple[str, ...] | None) -> tuple[tuple[str, ...], bool] | None:
    """ "1,35 milliard avec la Chine, contre 1,7 avec Taiwan": the partner named right after a further sum."""
    if told is None:
        return None
    for argument in scene.after(mention.end, min(scene.sentence.end, mention.end + 14)):
        if argument.cue == "with" and len(argument.codes) == 1 and argument.codes[0] not in told:
            return (told[0], argument.codes[0]), False
    return None


def _flows(scene: Scene, words: TradeWords) -> list[tuple[int, int, str]]:
    found = [
        (match.start(), match.end(), direction)
        for direction in _FLOWS
        for match in words.classes[direction].finditer(scene.reading.folded, scene.sentence.start, scene.sentence.end)
    ]
    return sorted(found)


def _flow_of(mention: Mention, flows: list[tuple[int, int, str]]) -> tuple[int, int, str] | None:
    """The flow a sum belongs to: a directed one right after it ("3,5 milliards d'exportations"), else the last before it."""
    after = next((flow for flow in flows if 0 <= flow[0] - mention.end <= 6), None)
    before = [flow for flow in flows if flow[1] <= mention.start]
    return after or (before[-1] if before else None)


def _candidate(
    scene: Scene,
    words: TradeWords,
    memory: Memory,
    flow: tuple[int, int, str],
    mention: Mention,
    told: tuple[str, ...] | None,
) -> Candidate | None:
    reading = scene.reading
    parties = _another(scene, mention, told) or _parties(scene, words, memory, flow) or ((told, False) if told else None)
    amount = mention.value
    if parties is None or not isinstance(amount, Amount) or amount.currency is None:
        return None
    value = int(amount.value) if amount.value == int(amount.value) else amount.value
    fields: dict[str, Value] = {"parties": parties[0], "value": value, "currency": amount.currency, "direction": flow[2]}
    year = _year(scene, words, mention)
    if year is not None:
        fields["year"] = year
    reasons = (
        Reason("direction", reading.text[flow[0] : flow[1]], flow[0], flow[1], "names the flow"),
        Reason("value", reading.words(mention), mention.start, mention.end, "the sum told with it"),
    )
    features = frozenset({"party-inferred"} if parties[1] else ()) | frozenset({"date-told"} if year else ())
    return Candidate("trade", fields, (scene.sentence.index,), "trade/figure", reasons, features)


def _parties(
    scene: Scene, words: TradeWords, memory: Memory, flow: tuple[int, int, str]
) -> tuple[tuple[str, ...], bool] | None:
    """The two parties, the one that reports first, and whether the pair had to be inferred."""
    if flow[2] != "total":
        directed = _directed(scene, flow, memory)
        if directed is not None:
            return directed, False
    owned = _owned(scene, flow)
    if owned is not None:
        return owned, False
    found = parties_of(scene, (flow[0], flow[1]), None, memory)
    if found is None or len(found.codes) != 2:
        return None
    folded = scene.reading.folded
    if found.inferred and not words.classes["bilateral"].search(folded, scene.sentence.start, scene.sentence.end):
        return None
    return found.codes, found.inferred


def _owned(scene: Scene, flow: tuple[int, int, str]) -> tuple[str, str] | None:
    """ "Peru's trade with Norway", "le commerce du Pérou avec la Norvège": whose it is, and the partner."""
    partner = next((a for a in scene.after(flow[1], flow[1] + _NEAR) if a.cue == "with" and len(a.codes) == 1), None)
    owner = next((a for a in scene.before(flow[0] + 1, flow[0] - _NEAR) if a.cue == "poss" and len(a.codes) == 1), None)
    owner = owner or next((a for a in scene.after(flow[1], flow[1] + 8) if a.cue == "of" and len(a.codes) == 1), None)
    if partner is None or owner is None or owner.codes == partner.codes:
        return None
    return owner.codes[0], partner.codes[0]


def _directed(scene: Scene, flow: tuple[int, int, str], memory: Memory) -> tuple[str, str] | None:
    """Who exports and whereto, who imports and where from, as the words beside the flow tell."""
    near = [a for a in scene.arguments if a.codes and len(a.codes) == 1 and abs(a.start - flow[1]) < 90]
    reporter = next((a for a in near if a.cue in _WHOSE[flow[2]] or a.mentions[0].mark == "D"), None)
    reporter = reporter or next((a for a in near if a.cue == "" and a.end <= flow[0] and a.acts), None)
    partner_cues = ("to", "in", "with", "from", "of") if flow[2] == "import" else ("to", "in", "with")
    partner = next((a for a in near if a is not reporter and a.cue in partner_cues and a.start >= flow[1]), None)
    if reporter is not None and partner is not None and reporter.codes != partner.codes:
        return reporter.codes[0], partner.codes[0]
    if reporter is None and flow[2] == "import" and len(memory.pair) == 2:
        source = next((a for a in near if a.cue in ("of", "from") and a.start >= flow[1] and a.codes[0] in memory.pair), None)
        if source is not None:
            return next(code for code in memory.pair if code != source.codes[0]), source.codes[0]
    if reporter is not None and len(memory.pair) == 2 and reporter.codes[0] in memory.pair:
        other = next(code for code in memory.pair if code != reporter.codes[0])
        return reporter.codes[0], other
    return None


def _year(scene: Scene, words: TradeWords, mention: Mention) -> str | None:
    """The year a sum stands for: the date right after it, else the nearest one in the sentence."""
    dates = [m for m in scene.reading.mentions_in(scene.sentence.start, scene.sentence.end, DATE) if isinstance(m.value, When)]
    dates = [m for m in dates if _COMPARED.search(scene.reading.folded, max(0, m.start - 18), m.start) is None]
    dated = [(m, m.value.date.year) for m in dates if isinstance(m.value, When) and m.value.date.year is not None]
    after = [year for m, year in dated if 0 <= m.start - mention.end <= 12]
    before = [year for m, year in dated if m.end <= mention.start]
    compared = words.classes["before"].search(
        scene.reading.folded, max(scene.sentence.start, mention.start - 22), mention.start
    )
    if after or before:
        return str(after[0] if after else before[0] if not compared else before[-1])
    if dated:
        return str(dated[0][1])
    paragraph = scene.reading.paragraphs[scene.sentence.paragraph]
    earlier = scene.reading.mentions_in(paragraph.start, scene.sentence.start, DATE)
    years = [m.value.date.year for m in earlier if isinstance(m.value, When) and m.value.date.year is not None]
    return str(years[-1]) if years else None


def _goods(scene: Scene, words: TradeWords, memory: Memory, flows: list[tuple[int, int, str]]) -> Iterator[Candidate]:
    """Lists of goods without a figure: "les principaux produits exportés par A vers B étaient le poisson, les vaccins …"."""
    reading = scene.reading
    found = words.classes["products"].search(reading.folded, scene.sentence.start, scene.sentence.end)
    if found is None:
        return
    for index, flow in enumerate(flows):
        if flow[2] == "total":
            continue
        end = flows[index + 1][0] if index + 1 < len(flows) else scene.sentence.end
        directed = _directed(scene, flow, memory)
        goods = _list(reading.text, reading.folded, flow[1], end)
        if directed is None or len(goods) < 2:
            continue
        fields: dict[str, Value] = {"parties": directed, "direction": flow[2], "products": goods}
        year = next(
            (str(m.value.date.year) for m in reading.mentions_in(scene.sentence.start, scene.sentence.end, DATE)
             if isinstance(m.value, When) and m.value.date.year), None,
        )  # fmt: skip
        if year is not None:
            fields["year"] = year
        reason = Reason("products", reading.text[flow[0] : end], flow[0], end, "goods named with the flow")
        yield Candidate(
            "trade", fields, (scene.sentence.index,), "trade/goods", (reason,), frozenset({"date-told"} if year else ())
        )


def _list(text: str, folded: str, start: int, end: int) -> tuple[str, ...]:
    opened = None
    for opened in _OPENS.finditer(folded, start, min(end, start + 70)):
        if folded[opened.start() : opened.end()].strip() in ("etaient", "sont", "were", "are", "include", "comprennent", ":"):
            break
    if opened is None:
        return ()
    stretch = text[opened.end() : end].split(", tandis")[0].split(", while")[0].rstrip(" .;,")
    goods = (_LIGHT.sub("", piece.strip(" .,;"), count=1).strip() for piece in _GOODS.split(stretch))
    return tuple(piece for piece in goods if piece and len(piece.split()) <= 4)[:10]
