"""The mood of a noun that tells of an event: "la rupture", "a planned visit"."""

from __future__ import annotations

import re

from loaders.reading.frames.grammar import Grammar
from loaders.reading.frames.modality import Mood
from loaders.reading.frames.scene import Scene

_NO = frozenset(("no", "aucun", "aucune", "sans", "without"))
_NOT = frozenset(("pas", "not", "jamais", "never"))


def mood_of_noun(scene: Scene, start: int, end: int) -> Mood:
    """The mood of a noun that tells an event ("la rupture de", "the signing of"), from the words around it."""
    folded, grammar = scene.reading.folded, scene.grammar
    low, high = scene.clause(start)
    layer = scene.reading.layer  # mentions are masked there: the month of May is no modal
    before = layer[max(low, start - 60) : start]
    after = layer[end : min(high, end + 300)].replace("_", "")[:110]  # a name is one word, however long
    position = scene.index(start)
    near = [token.text for token in scene.tokens[max(0, position - 4) : position]]
    for mood in ("cancelled", "postponed"):
        if grammar.phrases[mood].search(before) or grammar.phrases[mood].search(after):
            return Mood(mood, "noun", start)
    if not (_NO.isdisjoint(near[-2:]) and _NOT.isdisjoint(near)) or any(token.endswith("n't") for token in near):
        return Mood(None, "noun", start, why="negated")
    if grammar.phrases["condition"].match(folded[low:start].lstrip(' ,«"')) and near[-1:] != ["no"]:
        return Mood(None, "noun", start, why="a condition")
    if grammar.phrases["alleged"].search(before):
        return Mood(None, "noun", start, why="an accusation")
    if grammar.phrases["denied"].search(before):
        return Mood(None, "noun", start, why="denied")
    words = _words(before)[-6:]
    wanted = [word for word in words if word in grammar.modality["none"]]
    if wanted:
        return Mood(None, "noun", start, why=f"only possible, wished or asked for: {wanted[-1]}")
    if any(_coming(word, grammar) for word in words[-5:]):
        return Mood("planned", "noun", start)
    comma = after.find(",")
    if comma >= 0 and grammar.closing["in_the_course"].search(before):
        after = after[:comma]  # "During a meeting with X, Y said they should work together": the main clause is another matter
    if grammar.phrases["doubtful"].search(after[:80]):
        return Mood(None, "noun", start, why="only possible or wished")
    if grammar.phrases["later"].search(after):
        return Mood("planned", "noun", start)
    if grammar.phrases["future"].search(before) or grammar.phrases["future"].search(folded[end : end + 25]):
        return Mood("planned", "noun", start)
    return Mood("done", "noun", start)


_TO_COME = re.compile(r"[a-z]{3,}(?:era|eront|dra|dront|ira|iront|vra|vront)\Z")


def _coming(word: str, grammar: Grammar) -> bool:
    """True for a word that puts what follows in the future: "tiendra", "aura", "will"."""
    table = grammar.modality
    if word in ("will", "shall") or word in table.get("have_planned", ()) or word in table.get("be_planned", ()):
        return True
    return "be_planned" in table and _TO_COME.match(word) is not None


def _words(text: str) -> list[str]:
    return text.replace("'", "' ").replace(",", " ").split()
