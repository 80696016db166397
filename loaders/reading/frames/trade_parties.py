"""Between whom a flow of trade runs: beside the flow, beside the sum, as told just before, or as the article's pair."""

from __future__ import annotations

import re

from loaders.reading.frames.memory import Memory
from loaders.reading.frames.pairing import parties_of
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.tokens import Argument
from loaders.reading.frames.trade_words import FLOWS, TradeWords
from loaders.reading.model import DEMONYM, ORGANISATION, STATE, Mention

Flow = tuple[int, int, str]  # start and end of its words, total | export | import | goods
Parties = tuple[tuple[str, ...], bool]  # the one that reports first; whether the pair had to be inferred
_WHOSE = {"export": ("poss", "of", "by", "from"), "import": ("poss", "by")}  # "importait du Rwanda" names the other side
_NEAR = 60  # characters from a flow to its owner or its partner
_BESIDE_SUM = 16  # characters from a sum to the partner named right after it
_GOODS_OF = re.compile(r" (?:en|de|d'|of|worth of) ?(?:produits|marchandises|biens|articles)? ?")
_ELSEWHERE = re.compile(
    r"[^,;.SG]{0,24} (?:vers|a destination de|en provenance de|to|from) (?!ce |cet |this |that )"
    r"(?:l'|d')?(?:(?:N_+|[a-z-]+) ){0,3}"
    r"(?:pays|reste|monde|continent|afrique|europe|asie|voisins|countries|rest|world|africa|asia)"
    r"(?![a-z])"
)  # somebody else than the pair's other half
_RANKED = 30  # characters between "client", "supplier" and whose it is
_PRONOUN = 4  # characters from "en" to a flow
_OFTEN = 3  # mentions of a state that an article reports on


def parties(
    scene: Scene, words: TradeWords, memory: Memory, flow: Flow, mention: Mention, told: tuple[str, ...] | None
) -> Parties | None:
    """The two parties of one sum; `told`: those of the last figure, in this sentence or just before it."""
    bracketed = _in_brackets(scene, mention, told)
    if bracketed is not None:
        return bracketed
    blocs = _blocs(scene, words, memory)
    if blocs is not None:
        return blocs, False
    known = _ranked(scene, words, flow) or _again(scene, words, flow, mention, told)
    if known is not None:
        return known, False
    if flow[2] in ("export", "import"):
        if told is not None and _of_it(scene, words, flow):
            return told, False
        found = directed(scene, words, flow, memory, told)
        if found is not None:
            return found, False
        if _of_another(scene, flow, mention, told or memory.pair):
            return None
    partner = _after_sum(scene, mention, told) or _partner_before(scene, flow, mention)
    if partner is not None:
        owner = _owner(scene, flow, memory, partner, told)
        return ((owner, partner.codes[0]), False) if owner is not None else None
    found_pair = parties_of(scene, (flow[0], flow[1]), None, memory)
    if found_pair is not None and len(found_pair.codes) == 2:
        if not found_pair.inferred:
            return found_pair.codes, False
        if _of_the_pair(scene, words, flow, found_pair.codes):
            return (told or found_pair.codes), True
    return (told, True) if told is not None else None


def _of_it(scene: Scene, words: TradeWords, flow: Flow) -> bool:
    """True for "et en a exporté": the subject of the flow before, the other side a pronoun."""
    return (
        words.classes["of_it"].search(scene.reading.folded, max(scene.sentence.start, flow[0] - _PRONOUN), flow[0]) is not None
    )


def _ranked(scene: Scene, words: TradeWords, flow: Flow) -> tuple[str, str] | None:
    """ "le Maroc demeure le premier client de l'Algérie avec 710 millions": whose client or supplier who is."""
    folded = scene.reading.folded
    if not any(words.classes[name].fullmatch(folded, *flow[:2]) for name in ("client", "supplier")):
        return None
    after = (a for a in scene.after(flow[1], flow[1] + _RANKED) if a.cue == "of" and len(a.codes) == 1)
    before = (a for a in scene.before(flow[0], flow[0] - _RANKED) if a.cue == "poss" and len(a.codes) == 1)
    owner = next(after, None) or next(before, None)
    if owner is None:
        return None
    named = (a for a in scene.before(flow[0], scene.sentence.start) if a.bare and len(a.codes) == 1 and a.codes != owner.codes)
    partner = next(named, None)
    return (owner.codes[0], partner.codes[0]) if partner is not None else None


def _again(
    scene: Scene, words: TradeWords, flow: Flow, mention: Mention, told: tuple[str, ...] | None
) -> tuple[str, str] | None:
    """ "La Tunisie vient derrière avec 402 millions": the flow told before, with whom the sentence names before the sum."""
    if told is None or any(words.classes[name].fullmatch(scene.reading.folded, *flow[:2]) for name in FLOWS):
        return None
    for argument in scene.before(mention.start, scene.sentence.start):
        if len(argument.codes) == 1 and all(m.mark == STATE for m in argument.mentions) and argument.codes[0] != told[0]:
            return told[0], argument.codes[0]
    return None


def _blocs(scene: Scene, words: TradeWords, memory: Memory) -> tuple[str, ...] | None:
    """ "between the two blocs": the two organisations that the article names first."""
    if words.classes["two_blocs"].search(scene.reading.folded, scene.sentence.start, scene.sentence.end) is None:
        return None
    named = dict.fromkeys(code for m in scene.reading.mentions if m.mark == ORGANISATION for code in m.codes)
    first = [code for code in named if code not in memory.wholes][:2]
    return tuple(first) if len(first) == 2 else None


def _of_the_pair(scene: Scene, words: TradeWords, flow: Flow, pair: tuple[str, ...]) -> bool:
    """True where words show that the pair's trade is meant, or where nobody else is named beside a total."""
    low, high = scene.sentence.start, scene.sentence.end
    if words.classes["bilateral"].search(scene.reading.folded, low, high) is not None:
        return True
    named = {code for mention in scene.reading.mentions_in(low, high, "SDG") for code in mention.codes}
    world = words.classes["with_all"].search(scene.reading.folded, low, high) is not None
    return flow[2] == "total" and named <= set(pair) and not world


def _of_another(scene: Scene, flow: Flow, mention: Mention, pair: tuple[str, ...]) -> bool:
    """ "L'Égypte a importé pour 872 millions", told among the trade of two others: whose it is is named right before."""
    before = next((a for a in scene.before(min(flow[0], mention.start), scene.sentence.start) if a.codes), None)
    return before is not None and all(m.mark == STATE for m in before.mentions) and not set(before.codes) & set(pair)


def _in_brackets(scene: Scene, mention: Mention, told: tuple[str, ...] | None) -> Parties | None:
    """ "followed by Morocco (3 billion), Libya (2 billion)": the partner right before a sum in brackets, the owner as told."""
    if told is None or scene.reading.folded[mention.start - 1 : mention.start] != "(":
        return None
    near = next(iter(scene.before(mention.start - 1, scene.sentence.start)), None)
    if near is None or mention.start - near.end > 2 or len(near.codes) != 1 or near.codes[0] == told[0]:
        return None
    return (told[0], near.codes[0]), False


def _after_sum(scene: Scene, mention: Mention, told: tuple[str, ...] | None) -> Argument | None:
    """ "1,35 milliard avec la Chine, contre 1,7 avec Taiwan": the partner named right after a sum."""
    for argument in scene.after(mention.end, min(scene.sentence.end, mention.end + _BESIDE_SUM)):
        apart = ";" in scene.reading.folded[mention.end : argument.start]
        if argument.cue == "with" and not apart and len(argument.codes) == 1 and (told is None or argument.codes[0] != told[0]):
            return argument
    for argument in scene.after(mention.end, min(scene.sentence.end, mention.end + 2 * _BESIDE_SUM)):
        first = argument.mentions[0]
        goods = _GOODS_OF.fullmatch(scene.reading.folded, mention.end, first.start) is not None
        if first.mark == DEMONYM and goods and len(argument.codes) == 1 and (told is None or argument.codes[0] != told[0]):
            return argument
    return None


def _partner_before(scene: Scene, flow: Flow, mention: Mention) -> Argument | None:
    """ "trade with Bangladesh rose to …, while for Nepal it reached …": the last partner named between a flow and its sum."""
    cues = ("with",) if flow[2] == "total" else ()
    named = [a for a in scene.after(flow[1], mention.start) if a.cue in cues and len(a.codes) == 1]
    joined = [a for a in scene.after(flow[1], mention.start) if a.cue == "for" and len(a.codes) == 1] if named else []
    found = sorted([*named, *joined], key=lambda argument: argument.start)
    return found[-1] if found else None


def _owner(scene: Scene, flow: Flow, memory: Memory, partner: Argument, told: tuple[str, ...] | None) -> str | None:
    """Whose trade it is: "Peru's trade with Norway", "le commerce du Pérou avec …", else as told, else who is reported on."""
    owner = next((a for a in scene.before(flow[0] + 1, flow[0] - _NEAR) if a.cue == "poss" and len(a.codes) == 1), None)
    owner = owner or next((a for a in scene.after(flow[1], flow[1] + 8) if a.cue == "of" and len(a.codes) == 1), None)
    subject = next((a for a in scene.before(flow[0], scene.sentence.start) if a.bare and len(a.codes) == 1), None)
    for found in (owner, subject):
        if found is not None and found.codes != partner.codes:
            return found.codes[0]
    if told is not None and told[0] not in partner.codes:
        return told[0]
    states = sorted(memory.spoken_of, key=lambda code: (-memory.spoken_of[code], code))
    often = [code for code in states if code not in partner.codes and memory.spoken_of[code] >= _OFTEN]
    rest = [code for code in memory.pair if code not in partner.codes]
    return rest[0] if len(memory.pair) == 2 and len(rest) == 1 else often[0] if often else None


def directed(
    scene: Scene, words: TradeWords, flow: Flow, memory: Memory, told: tuple[str, ...] | None = None
) -> tuple[str, str] | None:
    """Who exports and whereto, who imports and where from, as the words beside the flow tell."""
    near = [a for a in scene.arguments if a.codes and len(a.codes) == 1 and abs(a.start - flow[1]) < 90]
    reporter = next((a for a in near if a.cue in _WHOSE[flow[2]] or a.mentions[0].mark == "D"), None)
    reporter = reporter or next((a for a in near if a.cue == "" and a.end <= flow[0] and a.acts), None)
    partner_cues = ("to", "in", "with", "from", "of") if flow[2] == "import" else ("to", "in", "with")
    partner = next((a for a in near if a is not reporter and a.cue in partner_cues and a.start >= flow[1]), None)
    if reporter is not None and partner is not None and reporter.codes != partner.codes:
        return reporter.codes[0], partner.codes[0]
    known = told or memory.pair
    if len(known) != 2:
        return None
    if reporter is None and flow[2] == "import":
        source = next((a for a in near if a.cue in ("of", "from") and a.start >= flow[1] and a.codes[0] in known), None)
        if source is not None:
            return next(code for code in known if code != source.codes[0]), source.codes[0]
    if reporter is None and partner is not None and partner.codes[0] in known:
        return next(code for code in known if code != partner.codes[0]), partner.codes[0]
    elsewhere = words.classes["elsewhere"].search(scene.reading.folded, scene.sentence.start, scene.sentence.end)
    elsewhere = elsewhere or _ELSEWHERE.match(scene.reading.layer, flow[1])
    if elsewhere is None and reporter is not None and reporter.codes[0] in known:
        return reporter.codes[0], next(code for code in known if code != reporter.codes[0])
    return (told[0], told[1]) if told is not None and reporter is None and partner is None else None
