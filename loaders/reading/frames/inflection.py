"""The finite forms that news use of a verb, made from its infinitive when the lexicon is loaded."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import BadData

DATA = Path(__file__).resolve().parents[1] / "data"

INFINITIVE, PARTICIPLE, GERUND, PRESENT, PAST, FUTURE, CONDITIONAL = "inf", "pp", "ger", "pres", "past", "fut", "cond"
"""Tags of forms. French imperfect and simple past are PAST; the subjunctive, where it differs, is not made."""


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of a verb and what it may be."""

    text: str  # lower case, accents kept
    tag: str
    lemma: str
    plural: bool = False


class Paradigms:
    """Inflection of French and English verbs: rules for the regular, tables for the rest; read-only once made."""

    def __init__(self, path: Path = DATA / "paradigms.toml") -> None:
        table: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        try:
            self._family: Mapping[str, Mapping[str, Any]] = table["fr"]["family"]
            self._being = frozenset((*table["fr"]["being"], *table["en"]["being"]))
            self._irregular: Mapping[str, list[str]] = table["en"]["irregular"]
            self._doubling = frozenset(table["en"]["doubling"])
            self._variants: Mapping[str, str] = table["en"]["variants"]
        except KeyError as missing:
            raise BadData(f"{path.name}: table {missing} is not there") from missing
        self._endings = sorted(self._family, key=lambda ending: (-len(ending), ending))

    def takes_being(self, lemma: str) -> bool:
        """True for verbs that have no passive: French ones that take être ("est arrivé"), English ones without an object."""
        return lemma in self._being

    def forms(self, lemma: str, language: str) -> tuple[Form, ...]:
        """Every form of an infinitive; BadData when it has no known ending."""
        made = self._french(lemma) if language == "fr" else self._english(lemma)
        return tuple(dict.fromkeys(made))

    def _french(self, verb: str) -> Iterator[Form]:
        for ending in self._endings:
            if verb.endswith(ending):
                yield from self._of_family(verb, verb[: -len(ending)], self._family[ending])
                return
        if verb.endswith("er"):
            yield from _first_group(verb)
        elif verb.endswith("ir"):
            yield from _second_group(verb)
        else:
            raise BadData(f"paradigms.toml: no family for the French verb {verb!r}; add its ending to fr.family")

    def _of_family(self, verb: str, prefix: str, table: Mapping[str, Any]) -> Iterator[Form]:
        yield Form(verb, INFINITIVE, verb)
        present, past = table["pres"], table["ps"]
        yield from _pair(prefix + present[0], prefix + present[1], PRESENT, verb)
        yield from _pair(prefix + past[0], prefix + past[1], PAST, verb)
        yield from _stem(prefix + table["impf"], PAST, verb)
        yield from _pair(prefix + table["fut"] + "a", prefix + table["fut"] + "ont", FUTURE, verb)
        yield from _stem(prefix + table["fut"], CONDITIONAL, verb)
        yield from _participles(prefix + table["pp"], verb)
        yield Form(prefix + table["ppr"], GERUND, verb)

    def _english(self, verb: str) -> Iterator[Form]:
        if verb in self._irregular:
            third, past, participle, gerund = self._irregular[verb]
        else:
            stem = verb[:-1] if verb.endswith("e") else verb + verb[-1] if verb in self._doubling else verb
            past = participle = (verb[:-1] + "ied") if _soft_y(verb) else stem + "ed"
            gerund = (verb if verb.endswith(("ee", "ye")) else stem) + "ing"
            third = verb[:-1] + "ies" if _soft_y(verb) else verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
        yield Form(verb, INFINITIVE, verb, plural=True)
        yield Form(third, PRESENT, verb)
        yield Form(past, PAST, verb)
        yield Form(participle, PARTICIPLE, verb)
        yield Form(gerund, GERUND, verb)
        for variant, lemma in self._variants.items():
            if lemma == verb:
                yield Form(variant, GERUND if variant.endswith("ing") else PAST, verb)
                if not variant.endswith("ing"):
                    yield Form(variant, PARTICIPLE, verb)


def _soft_y(verb: str) -> bool:
    return verb.endswith("y") and verb[-2] not in "aeou"


def _pair(one: str, many: str, tag: str, verb: str) -> Iterator[Form]:
    yield Form(one, tag, verb)
    yield Form(many, tag, verb, plural=True)


def _stem(stem: str, tag: str, verb: str) -> Iterator[Form]:
    yield from _pair(stem + "ait", stem + "aient", tag, verb)


def _participles(masculine: str, verb: str) -> Iterator[Form]:
    for ending in ("", "e", "s", "es"):
        plural = ending.endswith("s") and not masculine.endswith("s")
        text = (
            masculine
            if masculine.endswith("s") and ending == "s"
            else masculine.replace("dû", "du" if ending else "dû") + ending
        )
        yield Form(text, PARTICIPLE, verb, plural=plural)


_ACUTE = re.compile(r"é(?=(?:[bcdfgjklmnpqrstvxz]|[bcdfgpt][lr]|gn|gu|qu)\Z)")
_MUTE = re.compile(r"(?<![aeo])e(?=[bcdfgklmnprstvz]\Z)")


def _first_group(verb: str) -> Iterator[Form]:
    stem = verb[:-2]
    soft = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem  # before a
    mute = _mute(stem)  # before a mute e
    yield Form(verb, INFINITIVE, verb)
    present = _ACUTE.sub("è", mute)  # "posséder": possède, but possédera
    yield from _pair(present + "e", present + "ent", PRESENT, verb)
    yield from _stem(soft, PAST, verb)
    yield from _pair(soft + "a", stem + "èrent", PAST, verb)
    yield from _pair(mute + "era", mute + "eront", FUTURE, verb)
    yield from _stem(mute + "er", CONDITIONAL, verb)
    yield from _participles(stem + "é", verb)
    yield Form(soft + "ant", GERUND, verb)


def _mute(stem: str) -> str:
    if stem.endswith(("oy", "uy", "ay")):
        return stem[:-1] + "i"
    if stem.endswith(("appel", "jet")):
        return stem + stem[-1]
    return _MUTE.sub("è", stem)  # "achever": achève, achèvera


def _second_group(verb: str) -> Iterator[Form]:
    stem = verb[:-2]
    yield Form(verb, INFINITIVE, verb)
    yield from _pair(stem + "it", stem + "issent", PRESENT, verb)
    yield from _stem(stem + "iss", PAST, verb)
    yield from _pair(stem + "it", stem + "irent", PAST, verb)
    yield from _pair(verb + "a", verb + "ont", FUTURE, verb)
    yield from _stem(verb, CONDITIONAL, verb)
    yield from _participles(stem + "i", verb)
    yield Form(stem + "issant", GERUND, verb)
