"""The frames: what a family of events is called, what it needs and who plays which part; read from TOML, strictly."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from graph.errors import BadData
from graph.model.claims import Value
from graph.model.files import SCHEMA
from graph.model.folding import fold
from loaders.reading.frames.inflection import DATA, Paradigms
from loaders.reading.frames.notations import Notations, check, load_notations

LANGUAGES = ("fr", "en")
_FRAME_KEYS = {
    "id",
    "kind",
    "gives",
    "planned",
    "roles",
    "optional",
    "named",
    "ergative",
    "symmetric",
    "intransitive",
    "lasting",
    "background",
    "fr",
    "en",
    "note",
}
_LANGUAGE_KEYS = {
    "verbs",
    "nouns",
    "words",
    "object",
    "behind",
    "direct",
    "needs",
    "not",
    "reflexive",
    "between",
    "examples",
    "counterexamples",
}


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the facts it gives; none for a counterexample."""

    text: str
    gives: tuple[Mapping[str, Any], ...]
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What a frame listens for in one language; phrases are folded."""

    verbs: tuple[str, ...] = ()  # infinitives; in a phrase the first word bends
    nouns: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # set phrases that never bend and say the event as a verb would
    object: tuple[str, ...] = ()  # one of these must be what the trigger acts on
    behind: tuple[str, ...] = ()  # the object must stand behind one of these prepositions: "liés par un accord"
    direct: bool = False  # the object stands behind no preposition: "rendre hommage à la base" returns no base
    needs: tuple[str, ...] = ()  # one of these must stand in the clause
    refuses: tuple[str, ...] = ()  # none of these may
    reflexive: bool = False
    between: tuple[str, ...] = ()  # words that may stand after the verb of a phrase: "dispose désormais d'une ambassade"
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """One kind of event and how its parts are found."""

    id: str
    kind: str
    file: str
    gives: Mapping[str, Value] = field(default_factory=dict)
    planned: Mapping[str, Value] | None = None  # what a plan gives besides; None where a plan is no fact
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    named: tuple[str, ...] = ()  # roles that the event's own sentence must fill: where what merely exists stands
    intransitive: bool = False  # what the frame calls its object is the verb's subject: "the treaty entered into force"
    ergative: bool = False  # the object may also be the subject: "the embassy reopened"
    background: bool = False  # told of what was before the news: the day that the article opens with is not its own
    lasting: bool = False  # tells how things are, no event: it has no date of its own
    symmetric: bool = False  # the parties stand side by side, nobody acts on the other
    words: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trigger:
    """One written form that opens a frame."""

    frame: int  # index in FrameBook.frames
    tag: str  # a tag of inflection.py, "noun" or "set"
    text: str  # with accents
    lemma: str


@dataclass(frozen=True, slots=True)
class FrameBook:
    """All frames and the folded words that open them; compiled once, then only read."""

    frames: tuple[Frame, ...]
    triggers: Mapping[str, Mapping[str, tuple[Trigger, ...]]]  # language -> folded form -> triggers


def load_frames(rules: Iterable[str], folder: Path = DATA / "frames", notations: Notations | None = None) -> FrameBook:
    """Read every frame of a folder; `rules` are the role rules there are. BadData names file and frame.

    Values are checked against the `notations` of the ontology, read here when not given.
    """
    known, notations = frozenset(rules), notations if notations is not None else load_notations()
    kinds = tomllib.loads((SCHEMA / "kinds.toml").read_text(encoding="utf-8"))
    frames: list[Frame] = []
    for path in sorted(folder.glob("*.toml")):
        frames.extend(_frames_of(path, kinds, known))
    for frame in frames:
        for name, value in (*frame.gives.items(), *(frame.planned or {}).items()):
            check(notations, frame.kind, name, value, f"frames/{frame.file}: {frame.id}")
    twice = sorted({frame.id for frame in frames if sum(other.id == frame.id for other in frames) > 1})
    if twice:
        raise BadData(f"frames: the id {twice[0]!r} is used twice; ids are unique over all files")
    return FrameBook(tuple(frames), _triggers(frames, Paradigms()))


def _frames_of(path: Path, kinds: Mapping[str, Any], rules: frozenset[str]) -> Iterator[Frame]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadData(f"frames/{path.name}: {error}") from error
    if set(table) != {"frame"}:
        raise BadData(f"frames/{path.name}: holds {sorted(table)}; a frame file holds only [[frame]]")
    for entry in table["frame"]:
        yield _frame(entry, path.name, kinds, rules)


def _frame(entry: Mapping[str, Any], file: str, kinds: Mapping[str, Any], rules: frozenset[str]) -> Frame:
    where = f"frames/{file}: {entry.get('id', 'a frame without id')}"
    _only(where, entry, _FRAME_KEYS)
    if "id" not in entry or entry.get("kind") not in kinds:
        raise BadData(f"{where}: needs an id and a kind of schema/kinds.toml, not {entry.get('kind')!r}")
    fields = set(kinds[entry["kind"]]["fields"])
    for name in (*entry.get("gives", {}), *(entry.get("planned") or {})):
        if name not in fields:
            raise BadData(f"{where}: {name!r} is no field of {entry['kind']}")
    roles = {role: tuple(names) for role, names in entry.get("roles", {}).items()}
    for role, names in roles.items():
        strange = [name for name in names if name not in rules]
        if strange:
            raise BadData(f"{where}: role {role!r} asks for the unknown rule {strange[0]!r}; rules: {sorted(rules)}")
    nowhere = [role for key in ("optional", "named") for role in entry.get(key, ()) if role not in roles]
    if nowhere:
        raise BadData(f"{where}: names the role {nowhere[0]!r}, for which it has no rules")
    words = {language: _words(where, entry[language]) for language in LANGUAGES if language in entry}
    if not words:
        raise BadData(f"{where}: has words in no language")
    return Frame(
        entry["id"], entry["kind"], file, entry.get("gives", {}), entry.get("planned"), roles,
        frozenset(entry.get("optional", ())), tuple(entry.get("named", ())), bool(entry.get("intransitive", False)),
        bool(entry.get("ergative", False)),
        bool(entry.get("background", False)),
        bool(entry.get("lasting", False)),
        bool(entry.get("symmetric", False)), words,
    )  # fmt: skip


def _words(where: str, table: Mapping[str, Any]) -> Words:
    _only(where, table, _LANGUAGE_KEYS)
    examples = [_example(where, item) for item in table.get("examples", ())]
    if not examples:
        raise BadData(f"{where}: no example; a frame shows at least one sentence that it reads")
    against = [Example(text, ()) for text in table.get("counterexamples", ())]
    return Words(
        tuple(table.get("verbs", ())), tuple(table.get("nouns", ())), tuple(table.get("words", ())),
        _phrases(table.get("object", ())), _phrases(table.get("behind", ())), bool(table.get("direct", False)),
        _phrases(table.get("needs", ())), _phrases(table.get("not", ())),
        bool(table.get("reflexive", False)), tuple(table.get("between", ())), (*examples, *against),
    )  # fmt: skip


def _example(where: str, item: Mapping[str, Any]) -> Example:
    _only(where, item, {"text", "gives", "date"})
    if not item.get("gives"):
        raise BadData(f"{where}: an example gives facts; one that gives none is a counterexample")
    return Example(item["text"], tuple(item["gives"]), item.get("date"))


def _only(where: str, table: Mapping[str, Any], keys: set[str]) -> None:
    strange = sorted(set(table) - keys)
    if strange:
        raise BadData(f"{where}: unknown key {strange[0]!r}; there are {sorted(keys)}")


def _phrases(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(fold(phrase) for phrase in phrases)


def _triggers(frames: list[Frame], paradigms: Paradigms) -> Mapping[str, Mapping[str, tuple[Trigger, ...]]]:
    found: dict[str, dict[str, list[Trigger]]] = {language: {} for language in LANGUAGES}
    for index, frame in enumerate(frames):
        for language, words in frame.words.items():
            for text, tag, lemma in _written(words, language, paradigms):
                found[language].setdefault(fold(text), []).append(Trigger(index, tag, text, lemma))
    return {language: {text: tuple(all_) for text, all_ in sorted(table.items())} for language, table in found.items()}


def _written(words: Words, language: str, paradigms: Paradigms) -> Iterator[tuple[str, str, str]]:
    for phrase in words.verbs:
        verb, space, rest = phrase.removeprefix("se ").partition(" ")  # "se rendre" fires only where the verb is reflexive
        written = [rest, *_contracted(rest, words.verbs, verb)] if language == "fr" else [rest]
        for form, said in product(paradigms.forms(verb, language), written):
            yield form.text + space + said, form.tag, phrase
            for inner in words.between if said else ():
                yield f"{form.text} {inner} {said}", form.tag, phrase
    for noun in words.nouns:
        for text in dict.fromkeys((noun, plural(noun, language))):
            yield text, "noun", noun
    for text in words.words:
        yield text, "set", text


def _contracted(rest: str, verbs: tuple[str, ...], verb: str) -> Iterator[str]:
    """The rest of a French phrase with its last preposition as it stands before "le" and "les", unless the frame lists that."""
    head, space, last = rest.rpartition(" ")
    for contracted in _CONTRACTED.get(last, ()):
        said = f"{head}{space}{contracted}"
        if f"{verb} {said}" not in verbs and f"se {verb} {said}" not in verbs:
            yield said


_CONTRACTED = {"à": ("au", "aux"), "de": ("du", "des")}


def plural(noun: str, language: str) -> str:
    """The plural of a noun or noun phrase: in French every word of it bends, in English the last."""
    if language == "en":
        return (
            noun[:-1] + "ies"
            if noun.endswith("y") and noun[-2:-1] not in tuple("aeou")
            else noun + "s" * (not noun.endswith("s"))
        )
    head, space, rest = noun.partition(" ")
    bent = head if head.endswith(("s", "x", "z")) else head + ("x" if head.endswith("eau") else "s")
    return bent + space + rest
