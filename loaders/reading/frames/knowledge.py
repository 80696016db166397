"""Everything the frame stage knows: frames, grammar, instruments, bodies, domains; compiled once, then only read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import BadData
from graph.model.folding import fold
from loaders.reading.frames.anniversaries import Anniversaries, load_anniversaries
from loaders.reading.frames.attributes import Domains, Phrases, load_domains
from loaders.reading.frames.book import load_frames, plural
from loaders.reading.frames.descriptions import Descriptions, load_descriptions
from loaders.reading.frames.forces import load_forces
from loaders.reading.frames.grammar import Grammar, any_of, load_grammar
from loaders.reading.frames.groups import COUNTS
from loaders.reading.frames.inflection import CONDITIONAL, DATA, FUTURE, Paradigms
from loaders.reading.frames.notations import check, load_notations
from loaders.reading.frames.opening import LANGUAGES, Openings
from loaders.reading.frames.parts import RULES
from loaders.reading.frames.trade_words import TradeWords, load_trade
from loaders.reading.numbers import NumberWords, load_numbers

_TROOPS = ("troop_nouns", "troop_counts", "troops_number", "troop_givers")  # words beside which contingents are looked for


@dataclass(frozen=True, slots=True)
class Nouns:
    """Nouns of one language that name a thing by type, with those that are weak alone and phrases that are none."""

    phrases: Phrases  # value: type
    weak: frozenset[str]
    never: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Apart:
    """Nouns of joint bodies with their peoples inside: "joint Thai-Nepali commission", "commission sino-russe mixte"."""

    pattern: re.Pattern[str]  # matches a layer; its groups are the words before and behind the peoples
    types: Mapping[str, str]
    words: tuple[str, ...]  # words that stand in every such noun


@dataclass(frozen=True, slots=True)
class Bodies:
    """The words around joint bodies in one language."""

    nouns: Nouns
    apart: Apart
    session: re.Pattern[str]
    met: re.Pattern[str]
    created: re.Pattern[str]
    created_noun: re.Pattern[str]
    later: re.Pattern[str]  # future forms of meeting and creating
    alternating: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the frame stage is handed."""

    openings: Openings
    grammar: Mapping[str, Grammar]
    domains: Domains
    instruments: Mapping[str, Nouns]
    bodies: Mapping[str, Bodies]
    numbers: Mapping[str, NumberWords]
    ordinals: Mapping[str, Mapping[str, int]]
    trade: Mapping[str, TradeWords]
    anniversaries: Mapping[str, Anniversaries]
    descriptions: Mapping[str, Descriptions]
    wholes: Mapping[str, str]  # an organ that is no party -> the organisation it belongs to
    missions: Mapping[str, re.Pattern[str]]  # mission type -> its nouns, both languages


def load_knowledge(wholes: Mapping[str, str] | None = None) -> Knowledge:
    """Read and check every data file of the frame stage; BadData names file and entry. `wholes`: organ -> organisation."""
    paradigms = Paradigms()
    instruments, bodies = _table("instruments.toml"), _table("bodies.toml")
    numbers = {language: load_numbers(language) for language in LANGUAGES}
    notations = load_notations()
    for kind, name, table in (("agreement", "instruments.toml", instruments), ("body", "bodies.toml", bodies)):
        for word in (*table["fr"]["types"], *table["en"]["types"]):
            check(notations, kind, "type", word, name)
    for word in (*bodies["mission"]["fr"], *bodies["mission"]["en"]):
        check(notations, "mission", "type", word, "bodies.toml")
    grammar, trade, descriptions, anniversaries = load_grammar(), load_trade(), load_descriptions(), load_anniversaries()
    nouns = {language: _nouns(instruments[language], language) for language in LANGUAGES}
    joint = {language: _bodies(bodies[language], language, paradigms) for language in LANGUAGES}
    watched = {
        language: {
            "trade": trade[language].watched,
            "anniversaries": anniversaries[language].watched,
            "described": descriptions[language].watched,
            "agencies": map(fold, descriptions[language].agencies),
            "instruments": nouns[language].phrases.words,
            "bodies": (*joint[language].nouns.phrases.words, *joint[language].apart.words),
            **_watched(grammar[language].words),
        }
        for language in LANGUAGES
    }
    posts = ("missions", "own_posts")
    lists = {(f"@{name}", language): tuple(grammar[language].words[name]) for name in posts for language in LANGUAGES}
    lists |= {("@instruments", language): _every_noun(instruments[language], language) for language in LANGUAGES}
    return Knowledge(
        Openings(load_frames(RULES, notations=notations), lists, watched),
        grammar,
        load_domains(notations["agreement", "domains"]),
        nouns,
        joint,
        numbers,
        {language: {word: int(value) for word, value in numbers[language].ordinals.items()} for language in LANGUAGES},
        trade,
        anniversaries,
        descriptions,
        dict(wholes or {}),
        _missions(bodies["mission"]),
    )


def _watched(words: Mapping[str, frozenset[str]]) -> Mapping[str, Iterable[str]]:
    """By builder the classes of words that it waits for."""
    again = (name for name in words if name.startswith("again_") and name != "again_light")
    return {
        "troops": frozenset().union(*(words[name] for name in _TROOPS)),
        "forces": load_forces().known,
        "clubs": words["made_members"].union(words["took_out"], *(words[name] for name in again), ("suspension",)),
        "aid": words["aid_nouns"],
        "withdrawals": words["troops_gone"],
        "the pair": words["the_pair"],
        "counts": COUNTS,
        "joining": words["joining"],
        "mediation": words["mediation"],
        "likewise": words["likewise"] | words["does_same"],
        "cooperation": words["joint_work"] | words["joint_noun"],
    }


def _table(name: str, folder: Path = DATA) -> Mapping[str, Any]:
    try:
        return tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadData(f"{name}: {error}") from error


def _nouns(table: Mapping[str, Any], language: str) -> Nouns:
    entries: dict[str, str] = {}
    weak = {fold(noun) for noun in table["weak"]} | {fold(form) for noun in table["weak"] for form in plurals(noun, language)}
    for name, nouns in table["types"].items():
        for noun in nouns:
            for form in (noun, *plurals(noun, language)):
                if entries.setdefault(fold(form), name) != name:
                    raise BadData(f"{noun!r} stands for {entries[fold(form)]} and for {name}; give it one type")
    return Nouns(Phrases(entries), frozenset(weak), any_of(frozenset(fold(phrase) for phrase in table["never"])))


def _every_noun(table: Mapping[str, Any], language: str) -> tuple[str, ...]:
    nouns = [noun for names in table["types"].values() for noun in names]
    return tuple(dict.fromkeys(fold(form) for noun in nouns for form in (noun, *plurals(noun, language))))


def plurals(noun: str, language: str) -> tuple[str, ...]:
    """The plurals of a noun phrase: its head bends, in French its adjectives too ("commissions mixtes")."""
    if language == "en":
        head, of, rest = noun.partition(" of ")
        return (plural(head, "en") + of + rest,)
    head, of, rest = noun.partition(" d")
    words = [word if word.endswith(("s", "x", "-")) else word + "s" for word in head.split(" ")]
    every = " ".join(_bent(word) for word in words) + of + rest
    return tuple(dict.fromkeys((plural(noun, "fr"), every)))


def _bent(word: str) -> str:
    return {"bilatérals": "bilatéraux", "principals": "principaux", "ministérials": "ministériels", "des": "de"}.get(word, word)


def _bodies(table: Mapping[str, Any], language: str, paradigms: Paradigms) -> Bodies:
    met, created = _forms(table["met"], language, paradigms), _forms(table["created"], language, paradigms)
    later = {form for form, tag in (*met, *created) if tag in (FUTURE, CONDITIONAL)}
    nouns = _nouns(table, language)
    return Bodies(
        nouns,
        _apart(table["apart"], nouns, language),
        any_of(frozenset(form for noun in table["session"] for form in (fold(noun), fold(noun) + "s"))),
        any_of(frozenset(form for form, _ in met)),
        any_of(frozenset(form for form, _ in created)),
        any_of(frozenset(map(fold, table["created_nouns"]))),
        any_of(frozenset(later)),
        any_of(frozenset(map(fold, table["alternating"]))),
    )


def _apart(phrases: Iterable[str], nouns: Nouns, language: str) -> Apart:
    """Nouns that let a people in behind their first word, in French before the last one."""
    types: dict[str, str] = {}
    for phrase in map(fold, phrases):
        found = nouns.phrases.find(phrase, 0, len(phrase))
        if " " not in phrase or [one[:2] for one in found] != [(0, len(phrase))]:
            raise BadData(f"bodies.toml: {language}.apart names {phrase!r}, which is no noun of a type")
        types[phrase] = found[0][2]
    pieces = [tuple(phrase.rsplit(" ", 1) if language == "fr" else phrase.split(" ", 1)) for phrase in types]
    first, rest = (either(frozenset(piece[side] for piece in pieces)) for side in (0, 1))
    pattern = re.compile(rf"(?<![a-z0-9])({first}) [DS]_*(?: ?[-–—/] ?[DS]_*)? ({rest})(?![a-z0-9])")
    return Apart(pattern, types, tuple(dict.fromkeys(piece[0 if language == "fr" else 1] for piece in pieces)))


def either(words: Iterable[str]) -> str:
    """An expression for any of some folded words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def _forms(verbs: Iterable[str], language: str, paradigms: Paradigms) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for phrase in verbs:
        verb, space, rest = phrase.partition(" ")
        found.extend((fold(form.text + space + rest), form.tag) for form in paradigms.forms(verb, language))
    return found


def _missions(table: Mapping[str, Any]) -> Mapping[str, re.Pattern[str]]:
    words: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for name, nouns in table[language].items():
            words.setdefault(name, set()).update(map(fold, nouns))
    return {name: any_of(frozenset(all_)) for name, all_ in words.items()}
