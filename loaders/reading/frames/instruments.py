"""The nouns of instruments in a sentence: their type, number and name, and what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.model.claims import Value
from loaders.reading.frames.knowledge import Knowledge, Nouns
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.tokens import Instrument

_MOST = 60  # nouns of one sentence that are looked at: more stand only in hostile text
BULLET = re.compile(r"\s*(?:\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])\s?[.)°/]-?|\d{1,2}\s?-|[-–—•*·▪►🔹✔])\s*")
"""What opens a line of a list."""
_NAME = 110  # characters of an instrument's name
_OF_IT = 12  # characters from an instrument to the one it is about: "à la", "to the existing"


def instruments_in(scene: Scene, knowledge: Knowledge, start: int, end: int) -> Sequence[Instrument]:
    """The instruments named in [start, end), in order; several rules ask for them, so a scene remembers them."""
    known = scene.instruments.get((start, end))
    if known is None:
        known = scene.instruments[start, end] = _instruments_in(scene, knowledge, start, end)
    return known


def _instruments_in(scene: Scene, knowledge: Knowledge, start: int, end: int) -> Sequence[Instrument]:
    reading = scene.reading
    nouns = knowledge.instruments[reading.language]
    found: list[Instrument] = []
    for first, last, kind in _nouns_in(scene, nouns, start, end):
        if found and reading.language == "en" and first - found[-1].end == 1:
            first = found.pop().start  # "a strategic partnership declaration" is a declaration
        before = reading.folded[max(start, first - 40) : first]
        word = reading.folded[first:last]
        if found and _short_form(reading.text[first:last], reading.folded[found[-1].end : first]):
            continue  # "a memorandum of understanding, MoU, on …"
        plural = _plural(word, reading.language)
        count = _count(before, scene, knowledge) if plural or word.startswith("memorandum") else None
        plural = plural or count is not None
        back = scene.grammar.closing["back"].search(before) is not None
        definite = scene.grammar.closing["definite"].search(before) is not None or _NAMED_AGAIN.search(before) is not None
        back = back or (definite and word in scene.grammar.words["the_paper"])  # "the document": what was just told
        found.append(Instrument(first, last, kind, word in nouns.weak, plural, count, back, definite))
    return _with_others(scene, found, end) if found else found


_NAMED_AGAIN = re.compile(r", the (?:[a-z-]+ ){1,4}\Z")  # "a deal, the first visa exemption agreement between …"


def _with_others(scene: Scene, found: list[Instrument], end: int) -> list[Instrument]:
    """Those found, with the further ones that only "another", "un second" name: each of the type of the one before."""
    further: list[Instrument] = []
    for start, stop in _others(scene, found[0].end, end):
        last = next(one for one in reversed(found) if one.start < start)
        if not (last.plural or last.back) and last.end <= start <= last.end + _NAME:
            further.append(Instrument(start, stop, last.type, last.weak, False, None, False, False))
    return sorted((*found, *further[:_MOST]), key=lambda one: one.start) if further else found


def _others(scene: Scene, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where "another on …", "un second relatif à …" stand in [start, end)."""
    layer, phrases = scene.reading.layer, scene.grammar.phrases
    for match in phrases["one_more"].finditer(layer, start, end):
        if phrases["on_what"].match(layer, match.end() + 1, end) is not None:
            yield match.span()


def is_about(before: Instrument, one: Instrument, folded: str) -> bool:
    """True for what the one before only amends: "un avenant à la convention", "a protocol amending the treaty"."""
    between = folded[before.end : one.start]
    return (one.definite and len(between) <= _OF_IT and "," not in between) or _AMENDS.match(between) is not None


_AMENDS = re.compile(
    r" (?:to amend|amending|to extend|extending|modifiant|amendant|portant|prorogeant|completant) [^,;:.]{0,16}\Z"
    r"|(?: [a-z-]+){0,2} (?:to|to amend|amending|extending|supplementing|a|modifiant|amendant|completant|prorogeant)"
    r" (?:the|their|its|la |le |l'|leur )(?:(?! (?:and|et) )[^,;:.]){0,45}\Z"
)


def _short_form(word: str, between: str) -> bool:
    """True for a short name in capitals right after the long one."""
    return sum(letter.isupper() for letter in word) > 1 and " " not in word and between.strip() in (",", "(", "", "–", "-")


def _nouns_in(scene: Scene, nouns: Nouns, start: int, end: int) -> list[tuple[int, int, str]]:
    """Start, end and type of each noun of instruments in [start, end) that no phrase makes something else."""
    folded = scene.reading.folded
    named = nouns.phrases.find(folded, start, end)[:_MOST]
    if not named:
        return []
    barred = [match.span() for match in nouns.never.finditer(folded, start, min(end, named[-1][1] + _NAME))]
    return [noun for noun in named if not any(_bars(span, noun) for span in barred)]


def _bars(span: tuple[int, int], noun: tuple[int, int, str]) -> bool:
    """True for a phrase that makes a noun something else; "d'accord" within "protocole d'accord" does not."""
    overlaps, within = span[0] < noun[1] and noun[0] < span[1], noun[0] <= span[0] and span[1] <= noun[1]
    return overlaps and not (within and noun[1] - noun[0] > span[1] - span[0])


def _plural(word: str, language: str) -> bool:
    if language == "fr":
        return word.split(" ")[0].endswith(("s", "moranda"))
    return (word.endswith("s") and not word.startswith("exchange ")) or "s of " in word or "randa" in word


def _count(before: str, scene: Scene, knowledge: Knowledge) -> int | None:
    """How many instruments the words before the noun say: "onze", "une dizaine d'", "11 new"; None below two."""
    adjectives = scene.grammar.phrases["counted"]
    items = before.rsplit(". ", 1)[-1].rsplit("- ", 1)[-1]  # "6. un mémorandum": that number counts the lines
    words = [word for word in items.replace("'", "' ").split() if not adjectives.fullmatch(word)]
    while words and words[-1] in ("d'", "de", "of"):
        words.pop()
    if scene.reading.language == "en" and len(words) > 1 and words[-1].isalpha() and not words[-1].endswith("s"):
        spelled = knowledge.numbers["en"]  # "two crucial agreements"
        words = words[:-1] if spelled.value(words[-2]) is not None and spelled.value(words[-1]) is None else words
    for length in (3, 2, 1):
        value = knowledge.numbers[scene.reading.language].value(" ".join(words[-length:])) if len(words) >= length else None
        if value is not None and 2 <= value < 1000:
            return int(value)
    return None


def described(
    scene: Scene, one: Instrument, fields: dict[str, Value], knowledge: Knowledge, limit: int, verb: tuple[int, int] = (0, 0)
) -> None:
    """Name, domains and count of one instrument, from the words around its noun; its name ends at `limit` at the latest.

    `verb`: where the words stand that say what became of it: no part of its name.
    """
    reading = scene.reading
    following = _nouns_in(scene, knowledge.instruments[reading.language], one.end, scene.sentence.end)
    later = _name_start(scene, following[0][0], verb) if following else scene.sentence.end
    later = next((other for other, _ in _others(scene, one.end, later)), later) if not one.plural else later
    start, end = _name_start(scene, one.start, verb), name_end(scene, one.end, min(later, limit))
    end = end if one.plural else _between_agencies(scene, end, min(later, limit, one.end + _NAME))
    domains = knowledge.domains.find(reading, start, max(end, name_end(scene, one.end, later, lists=True)))
    if domains:
        fields["domains"] = domains
    if not domains:
        covers = scene.grammar.phrases["covers"].search(reading.folded, one.end, later)
        domains = knowledge.domains.find(reading, covers.end(), later) if covers is not None else ()
        fields.update({"domains": domains} if domains else {})
    if not domains and one.plural:
        colon = reading.layer.find(":", one.end, later)  # "Dix accords ont été conclus : commerce, industrie, élevage"
        domains = knowledge.domains.find(reading, colon, later) if colon > 0 else ()
        fields.update({"domains": domains} if domains else {})
    if not domains:
        opening = scene.grammar.phrases["field_of"].match(reading.folded, scene.sentence.start, one.start)
        domains = knowledge.domains.find(reading, opening.end(), one.start) if opening is not None else ()
        fields.update({"domains": domains} if domains else {})  # "Dans le domaine culturel, un programme a été conclu"
    if one.count is not None:
        fields["count"] = one.count
        return
    words = bare_name(reading.text[start:end])
    if not one.back and len(words.split()) > 1 and not one.plural:
        fields["name"] = words


def bare_name(words: str) -> str:
    """The words of a name without the marks and the small words left hanging around it."""
    return _LOOSE.sub("", words).strip(' ,;:.–-»”"')


def _between_agencies(scene: Scene, end: int, limit: int) -> int:
    """Where a name ends that goes on with agencies: "un mémorandum entre la Télévision tunisienne et …"; `end` for others."""
    reading = scene.reading
    said = _BETWEEN.match(reading.folded, end, limit)
    if said is None:
        return end
    stop = _AGENCIES_END.search(reading.folded, said.end(), limit)
    last = stop.start() if stop is not None else limit
    named = sum(mention.end - mention.start for mention in reading.mentions_in(said.end(), last, "SDP"))
    return last if last - said.end() - named > _AGENCY else end


_BETWEEN = re.compile(r"\s*(?:entre|between) ")
_AGENCIES_END = re.compile(
    r"[;:.(«»\n]|,? ainsi qu|, and an? "
    r"|(?<![a-z])(?:signee?s?|signed|a ete|ont ete|was|were|will|is|sera|seront|en presence|qui|which)(?![a-z])"
)
_AGENCY = 26  # characters beside the states' names that show agencies to be named
_HANGING = (
    r"et|puis|ainsi que|ainsi qu['’](?:une?)?|and|as well as|d['’]|de|du|des|une?|l['’]|l[ae]s?|an?|the|of|plus"
    r"|autres?|other|another|nouve(?:l|au|aux|lle|lles)|new|deux|trois|quatre|cinq|six|sept|huit|neuf|dix"
    r"|two|three|four|five|seven|eight|nine|ten"
)
_LOOSE = re.compile(rf"(?:[\s,;:]+(?:[dl]['’])?(?:{_HANGING})(?![\w-]))+[\s,'’]*\Z")
"""Small words left hanging at the end of a name, where the next instrument of a list was cut off."""
_LIST_STOP = re.compile(r"[;:.(«»\"“”\n]")
_NAME_STOP = re.compile(r"[;:.(«»\"“”\n]|, (?!de |des |du |d'|et |and )")


def _name_start(scene: Scene, start: int, verb: tuple[int, int]) -> int:
    """Where an English name begins: its noun with the plain words before it ("a security cooperation agreement")."""
    if scene.reading.language != "en":
        return start
    grammar = scene.grammar
    barred = grammar.determiners | grammar.conjunctions | set(grammar.cues) | grammar.modality["be"] | grammar.modality["have"]
    for position in range(scene.index(start) - 1, max(-1, scene.index(start) - 5), -1):
        token = scene.tokens[position]
        if verb[0] <= token.start < verb[1] or token.text in barred or token.text.endswith("ed"):
            break
        if not token.text.replace("-", "").isalpha() or token.mention:
            break
        start = token.start
    return start


def name_end(scene: Scene, start: int, limit: int, lists: bool = False) -> int:
    """Where the noun phrase that goes on at `start` ends; with `lists`, commas do not end it."""
    reading, limit = scene.reading, min(limit, start + _NAME)
    stops = (
        (_LIST_STOP if lists else _NAME_STOP).search(reading.layer, start, limit),
        scene.grammar.phrases["name_ends"].search(reading.layer, start, limit),
    )
    date = next((mention.start for mention in reading.mentions_in(start, limit, "AP")), limit)
    return min(date, *(stop.start() for stop in stops if stop is not None), limit)
