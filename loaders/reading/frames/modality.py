"""What the words before a trigger make of it: done, planned, decided, or no fact at all; active or passive."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from loaders.reading.frames.grammar import Grammar
from loaders.reading.frames.inflection import CONDITIONAL, FUTURE, GERUND, INFINITIVE, PARTICIPLE, PAST, PRESENT
from loaders.reading.frames.scene import Scene

_REACH = 9  # words before the verb that may belong to its group
_PASSED = 'A"«»“”'  # dates and quotation marks: "it would “soon” reopen"
_UNQUOTED = str.maketrans("", "", '"«»“”')
_REFLEXIVE = frozenset(("se", "s'"))
_INFINITIVE_AUXILIARIES = frozenset(("avoir", "etre", "having", "s'etre"))


@dataclass(slots=True)  # not frozen: made by the thousand, and never changed
class Mood:
    """How a trigger is meant. `mood`: done, planned, decided, postponed, cancelled; None: no fact is told."""

    mood: str | None
    voice: str  # active | passive | noun
    start: int  # where the verb group begins
    reflexive: bool = False
    why: str = ""
    bare: bool = False  # a participle without auxiliary: what follows the next auxiliary is another verb's


def mood_of_verb(scene: Scene, start: int, end: int, tags: Set[str], being: bool) -> Mood:
    """The mood of a verb form at [start, end), with the tags of all its analyses."""
    classes, group, reflexive, linked = _group(scene, start, INFINITIVE in tags)
    low, _ = scene.clause(start)
    if INFINITIVE in tags and PAST not in tags and not classes & _GOVERNS:
        governing = _shared_governor(scene, start)
        classes, linked = (classes | governing, True) if governing else (classes, linked)
    elif not classes & _GOVERNS and (to_be := _TO_BE.match(scene.reading.folded, group, start)) is not None:
        governing = _shared_governor(scene, to_be.end(1))  # "doit s'entretenir avec X et être reçu par Y"
        classes, linked = (classes | governing, True) if governing else (classes, linked)
    announced = _announced(scene, tags, start) and "negation" not in classes
    if announced:
        classes, tags = classes - {"none"}, {FUTURE}
    none = _no_fact(scene, classes, low, group, start, tags, linked)
    if none:
        return Mood(None, "active", group, reflexive, none)
    voice = _voice(scene, classes, tags, start, end, being, reflexive)
    bare = voice == "passive" and not classes & {"be", "have", "be_planned", "have_planned"}
    return Mood(_mood(scene, classes, tags, linked, start), voice, group, reflexive, bare=bare)


def _shared_governor(scene: Scene, start: int) -> frozenset[str]:
    """What governs the second of two infinitives: "agreed to restore ties and reopen embassies"; empty where nothing does."""
    position = scene.index(start) - 1
    while position > 0 and (scene.tokens[position].text in _BEFORE_SECOND or _adverb(scene.tokens[position].text, scene)):
        position -= 1
    if position < 1 or scene.tokens[position].text not in _JOINS:
        return frozenset()
    low = max(scene.sentence.start, scene.tokens[position].start - _SHARED)
    english = scene.reading.language == "en"
    for back in range(position - 1, -1, -1):
        token = scene.tokens[back]
        if token.start < low or token.text in _BREAKS:
            break
        if token.mention:
            continue
        met = _classes(token.text, scene.grammar) & _GOVERNS
        following = [other.text for other in scene.tokens[back + 1 : back + 4]]
        if token.text == "would" and _TELLS["en"].search(scene.reading.folded, scene.sentence.start, token.start + 6):
            return frozenset(("planned",))  # "said it would close X and suspend Y"
        if english and following[:1] == ["to"] and "be" in _classes(token.text, scene.grammar):
            return frozenset(("planned",))  # "are to hold talks and sign X"
        if met and (not english or token.text in _MODALS or "to" in following):
            return met
    return frozenset()


_TO_BE = re.compile(r"((?:et |and |puis |then |, )*)(?:etre|be) ")
_GOVERNS = frozenset(("none", "planned", "decided"))
_JOINS = frozenset(("and", "et", "or", "ou", ","))
_BEFORE_SECOND = frozenset(("to", "de", "d'", "a", "also", "then", "aussi"))
_BREAKS = frozenset((";", ":", "qui", "which", "who", "que", "that", "while", "but", "mais"))
_MODALS = frozenset(("will", "shall", "would", "could", "may", "might", "should", "can", "must"))
_SHARED = 110  # characters back from the "and" to what governs both infinitives


def _group(scene: Scene, start: int, infinitive: bool) -> tuple[frozenset[str], int, bool, bool]:
    """The classes of modality met before the verb, where its group begins, reflexive or not, tied by a preposition or not."""
    position, begin, reflexive, linked = scene.index(start) - 1, start, False, False
    classes: set[str] = set()
    linked_over = False
    table, english = scene.grammar.modality, scene.reading.language == "en"
    for _ in range(_REACH):
        if position < 0:
            break
        token = scene.tokens[position]
        if token.text in _REFLEXIVE:
            reflexive = True
        met = _classes(token.text, scene.grammar)
        if english and infinitive and met == {"done"} and token.text in scene.grammar.cues:
            met = frozenset()  # "will visit X on Monday to meet Y": only before "meeting Y" does "on" tell what has been done
        if classes & {"be"} and not linked and token.text in scene.grammar.words["wish_nouns"]:
            break  # "its bid was rejected": the wish is the subject, it governs nothing
        if scene.reading.text[token.start : token.end] in ("à", "À"):  # folded like the auxiliary "a"
            met, linked = frozenset(), True
        elif met:
            classes |= met
        elif token.text in table["link"]:
            linked = True
        elif linked and infinitive and (token.mention or token.text in scene.grammar.determiners):
            linked_over = True  # "appelle la Norvège à signer": the verb that governs stands before its object
        elif not (_adverb(token.text, scene) or token.text in table["transparent"] or token.text[0] in _PASSED):
            break
        if met & {"alleged"}:
            break
        if token.text in _INFINITIVE_AUXILIARIES:
            infinitive = True
        if token.text[0] != "A" and not linked_over:
            begin = token.start
        position -= 1
    return frozenset(classes), begin, reflexive, linked


def _classes(word: str, grammar: Grammar) -> frozenset[str]:
    found = grammar.verb_classes.get(word, frozenset())
    if word.endswith("n't"):
        return found | {"negation"}
    return found | {"planned"} if word in ("will", "shall") else found


def _adverb(word: str, scene: Scene) -> bool:
    ending = "ment" if scene.reading.language == "fr" else "ly"
    return len(word) > len(ending) + 2 and word.endswith(ending) and word not in ("gouvernement", "parlement")


_TELLS = {
    "fr": re.compile(
        r"(?<![a-z])(?:annonc|declar|indiqu|precis|confirm|promi|promet|affirm|assur|ajout|dit |fait savoir |savoir )"
        r"[^.;:?]{0,60}?(?<![a-z])qu(?:e |')[^.;:?]{0,50}\Z"
    ),
    "en": re.compile(
        r"(?<![a-z])(?:said|says|announc(?:ed|es)|confirm(?:ed|s)|declared|pledged|promised|vowed|added|told)(?![a-z])"
        r"[^.;:?]{0,70}?(?<![a-z])would (?:[a-z]+ly |soon |also |now |then |therefore )?\Z"
    ),
}
_WOULD = re.compile(r"(?<![a-z])would (?:[a-z]+ly |soon |also |first |then )?\Z")
_SAID_SO = re.compile(
    r", (?:(?:it was|it has been) (?:announced|confirmed)|[^,;:?]{2,70} (?:said|announced|confirmed|disclosed))"
    r"(?: (?:on |in a |late |earlier )?[^,;:?]{2,40})?[.,]? ?\Z"
)  # "would visit X in May, the ministry said on Friday."
_SUPPOSED = re.compile(r"(?<![a-z])(?:if|unless|si|s'il|s'ils|sauf|condition|whether)(?![a-z])")
_FIRST = {
    "fr": re.compile(r"(?<![a-z])(?:premi(?:er|ere)s?|[a-z]{2,}ieme|derni(?:er|ere)|seule?|seuls)(?: [a-z'_A-Z]+){0,6} a \Z"),
    "en": re.compile(
        r"(?<![a-z])(?:first|last|latest|only|second|third|[a-z]{2,6}th)(?: (?!time )[a-z'_A-Z-]+){0,6} to (?:[a-z]+ly )?\Z"
    ),
}
_ASKED = re.compile(
    r"(?<![a-z])(?:call(?:ed|s|ing) (?:for|on)|press(?:ed|es|ing) for|wait(?:ed|s|ing) for"
    r"|bring(?:ing)?|persuad(?:e|ing)|convinc(?:e|ing)|pressur(?:ed?|ing)|induc(?:e|ing))(?: [^\s,.;:]+){1,8} to (?:be )?\Z"
)
_YET = re.compile(r"(?<![a-z])(?:sera|seront|serait|will|would|could|wants|souhaite|veut|hopes)(?![a-z])")
_SPAN = 130  # characters before a verb in which what governs it stands


def _announced(scene: Scene, tags: Set[str], start: int) -> bool:
    """True for "said it would open", "a annoncé qu'il ouvrirait": what somebody says he will do is a plan."""
    language = scene.reading.language
    if (language == "fr") != (tags == {CONDITIONAL}):
        return False
    before = scene.reading.folded[max(scene.sentence.start, start - _SPAN) : start].translate(_UNQUOTED)
    found = _TELLS[language].search(before)
    if found is None and language == "en" and _WOULD.search(before) is not None:
        rest = scene.reading.folded[start : scene.sentence.end]
        return _SAID_SO.search(rest) is not None and _SUPPOSED.search(before + rest) is None
    return found is not None and _SUPPOSED.search(before, found.start()) is None


def _as_the_first(scene: Scene, start: int) -> bool:
    """True for "the first country to recognise", "le premier pays à ouvrir": it has been done."""
    before = scene.reading.layer[max(scene.sentence.start, start - _SPAN) : start]
    found = _FIRST[scene.reading.language].search(before)
    return found is not None and _YET.search(before[: found.start()]) is None


def _no_fact(scene: Scene, classes: frozenset[str], low: int, group: int, start: int, tags: Set[str], linked: bool) -> str:
    """Why the verb tells no fact, or an empty string."""
    folded = scene.reading.folded
    if (
        "negation" in classes
        and "done" not in classes
        and scene.grammar.phrases["not_denied"].search(folded, max(low, group - 30), start) is None
        and not _restrictive(scene, group, start)
    ):
        return "negated"
    if "none" in classes or tags == {CONDITIONAL}:
        return "only possible, wished, asked for or refused"
    if "undone" in classes and not tags & {INFINITIVE, GERUND, PARTICIPLE}:
        return "had not happened yet"
    before = folded[low:group]
    asks = scene.reading.language == "en" and folded.endswith(("to ", "to be "), 0, start)
    if asks and _ASKED.search(folded, max(scene.sentence.start, start - 90), start):
        return "asked for"
    if scene.grammar.phrases["denied"].search(folded, max(scene.sentence.start, group - 50), start):
        return "denied"
    if scene.grammar.phrases["condition"].match(before.lstrip(" ,«\"'“—-")) and not before.startswith("no "):
        return "a condition"
    infinitive = bool(tags & {INFINITIVE, GERUND}) or any(
        word in _INFINITIVE_AUXILIARIES for word in folded[group:start].replace("'", "' ").split()[:4]
    )
    if infinitive and (linked or tags == {GERUND}):
        governed = classes & {"decided", "planned", "done"}  # "a décidé de rompre" answers to its own verb
        low = max(scene.sentence.start, group - 120)
        if not governed and scene.grammar.phrases["alleged"].search(folded, low, group) is not None:
            return "an accusation"
    return ""


def _restrictive(scene: Scene, group: int, start: int) -> bool:
    """True for "n'a été rétabli qu'en 2014": ne … que denies nothing."""
    folded = scene.reading.folded
    words = set(folded[group:start].replace("'", "' ").split())
    if scene.reading.language != "fr" or words & {"pas", "jamais", "aucun", "aucune", "ni", "sans", "non"}:
        return False
    return re.match(r"[a-z]*(?: [a-z]+){0,2} (?:que |qu')", folded[start : start + 60]) is not None


def _voice(scene: Scene, classes: frozenset[str], tags: Set[str], start: int, end: int, being: bool, reflexive: bool) -> str:
    if PARTICIPLE not in tags or being or reflexive:
        return "active"
    if scene.reading.language == "fr":
        if "be" in classes or "be_planned" in classes:
            return "passive"
        if classes & {"have", "have_planned"}:
            return "active"
        if tags & {PRESENT, PAST} and not _participial(scene, start, end):
            return "active"
        return "active" if _shares_auxiliary(scene, start) else "passive"
    if "be" in classes:
        return "passive"
    if "have" in classes or _right_after_actor(scene, start) or " " in scene.reading.folded[start:end]:
        return "active"
    return "passive" if _participial(scene, start, end) or PAST not in tags else "active"


def _shares_auxiliary(scene: Scene, start: int) -> bool:
    """True for the second of two participles with one "a": "a exprimé sa tristesse et réitéré le soutien de son pays"."""
    position = scene.index(start) - 1
    while position >= 0 and _adverb(scene.tokens[position].text, scene):
        position -= 1
    if position < 0 or scene.tokens[position].text != "et":
        return False
    for token in reversed(scene.tokens[:position]):
        if start - token.start > _SHARED or token.text in _BREAKS:
            return False
        met = _classes(token.text, scene.grammar)
        if "be" in met or "be_planned" in met:
            return False
        if met & {"have", "have_planned"} and scene.reading.text[token.start] not in "àÀ":
            return True
    return False


def _right_after_actor(scene: Scene, start: int) -> bool:
    """True when a name stands right before an English form that may be past: "a force that SADC deployed in …"."""
    position = scene.index(start) - 1
    return position >= 0 and scene.tokens[position].text[0] in "SGP"


def _participial(scene: Scene, start: int, end: int) -> bool:
    """True when a form that may be finite reads as a participle: "the deal signed by", "un accord signé à"."""
    position = scene.index(start)
    after = scene.tokens[position + 1 :][:2] if end <= scene.sentence.end else ()
    following = next((token.text for token in scene.tokens[scene.index(end) :][:1]), "")
    if scene.reading.language == "fr":
        return following in ("par", "entre", "a", "en", "le", "avec", "lors", "dans") and after != ()
    return following in ("by", "in", "between", "on", "at", "with", "from") or following.startswith("A_")


def _mood(scene: Scene, classes: frozenset[str], tags: Set[str], linked: bool, start: int) -> str:
    if "decided" in classes and tags & {INFINITIVE, GERUND}:
        return "decided"
    if FUTURE in tags and not tags & {PAST, PRESENT}:
        return "planned"
    if classes & {"be_planned", "have_planned"}:
        return "planned"
    if "done" in classes:
        return "done"
    if "planned" in classes:
        return "planned"
    if INFINITIVE in tags and linked and not classes & {"planned"} and _as_the_first(scene, start):
        return "done"
    infinitive = tags == {INFINITIVE} or (INFINITIVE in tags and linked)
    return "planned" if infinitive and (linked or "purpose" in classes or scene.reading.language == "fr") else "done"
