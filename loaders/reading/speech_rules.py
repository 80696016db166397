"""How speech is reported: the verbs of saying in all their forms, and the patterns around a speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from loaders.reading.phrasing import either, whole_words
from loaders.reading.tables import DATA, read_table, words

Forms = tuple[set[str], set[str]]
"""Participles, and finite forms."""
_SO = r"(?<![a-z])(?:ce qu'|ce que |comme |ainsi que |tel que |as )"
"""Before a verb of saying that goes before its subject: "comme l'a dit X"."""
_NO_VERB = r"(?:[CSGADMTP]_|(?:la|le|les|un|une|son|sa|ses|leur|leurs|ce|cette|cet|deux|propos|travers|titre|partir) |l')"
"""After a folded "à", which looks like the verb "a"."""
_ASIDE = 190  # characters of an aside between subject and verb


@dataclass(frozen=True, slots=True)
class SpeechRules:
    """How speech is reported in one language; patterns run on the layer."""

    subject_verb: re.Pattern[str]  # begins right after the person
    verb_subject: re.Pattern[str]  # ends right before the person
    according: re.Pattern[str]
    opening: re.Pattern[str]
    pronoun: re.Pattern[str]
    pronoun_word: re.Pattern[str]  # without one of these there is no `pronoun`
    label: re.Pattern[str]
    quoted_label: re.Pattern[str]
    complement: re.Pattern[str]
    article: re.Pattern[str]  # an article or form of address right before a person
    prepositions: tuple[str, ...]  # a person after one of these is no subject
    addressee: tuple[str, ...]  # a person after one of these is no speaker
    about: re.Pattern[str]  # a verb with what is said after "de": "a parlé de négociations"
    gerund: re.Pattern[str]  # a clause that goes on with what the subject says: ", dismissing it as"
    noun: re.Pattern[str]  # the noun that a name stands beside: "par l'actrice X"
    mouthpieces: tuple[str, ...]  # before a person: who speaks for them
    cited: re.Pattern[str]  # begins right after a person whom others quote: "as saying"
    joined: re.Pattern[str]  # a second verb of the subject, one of saying: "met him and told"
    cues: frozenset[str] = frozenset()  # every form that shows speech, for the automaton


def load_speech(language: str) -> SpeechRules:
    """The speech words of `data/LANGUAGE/speech.toml`, expanded to all their forms."""
    where = f"{language}/speech.toml"
    table = read_table(DATA / language / "speech.toml", ("telling", "reacting", "irregular", "reflexive", "around"))
    forms = _french if language == "fr" else _english
    told, react = forms(table, "telling", where), forms(table, "reacting", where)
    around = {key: words(table["around"], key, where) for key in table["around"]}
    spoken = _Spoken(told, react, around, *_loose(table, language == "fr", where))
    cues = frozenset().union(
        *told, *react, around["according"], around["cited"], spoken.gerunds, spoken.infinitives, spoken.reflexives
    )
    return replace(_patterns(spoken, language == "fr"), cues=cues)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """All forms of the words of one language."""

    told: Forms
    react: Forms
    around: Mapping[str, tuple[str, ...]]
    gerunds: frozenset[str]
    infinitives: frozenset[str]
    reflexives: frozenset[str]  # participles after "s'est"


def _loose(table: Mapping[str, Any], french: bool, where: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Gerunds, infinitives, reflexive participles."""
    gerunds, infinitives = set(), set()
    for part in ("telling", "reacting"):
        for verb in words(table, part, where):
            head, _, particle = verb.partition(" ")
            tail = f" {particle}" if particle else ""
            gerunds.add(_gerund(head, french) + tail)
            infinitives.add(verb)
        gerunds |= {_padded(entry, where)[-1] for entry in table["irregular"][part]}
    reflexives = {phrase[6:] for phrase in words(table["reflexive"], "telling", where) if phrase.startswith("s'est ")}
    return frozenset(gerunds), frozenset(infinitives if french else ()), frozenset(reflexives)


def _gerund(verb: str, french: bool) -> str:
    if french:
        stem = verb.removesuffix("er")
        return stem + ("e" if stem.endswith("g") else "") + "ant"
    return (verb.removesuffix("e") if verb.endswith("e") and not verb.endswith("ee") else verb) + "ing"


def _french(table: Mapping[str, Any], part: str, where: str) -> Forms:
    """Finite forms and inverted finite forms of the verbs of saying, with their auxiliaries."""
    participles, finite = set(), set()
    for verb in words(table, part, where):
        stem = verb.removesuffix("er")
        participles.add(stem + "e")
        finite |= {_soft(stem) + "e", stem + ("e" if stem.endswith("g") else "") + "ait"}
    for entry in table["irregular"][part]:
        participle, present, imperfect, _ = _padded(entry, where)
        participles.add(participle)
        finite |= {present, imperfect}
    finite |= set(words(table["reflexive"], part, where)) if part in table["reflexive"] else set()
    return participles, finite


def _padded(entry: list[str], where: str) -> tuple[str, ...]:
    return tuple(words({"x": [phrase]}, "x", where)[0] for phrase in entry)


def _soft(stem: str) -> str:
    """The present stem of a verb like `rappeler` (rappelle); others keep theirs."""
    return stem + "l" if stem.endswith("appel") else stem


def _english(table: Mapping[str, Any], part: str, where: str) -> Forms:
    finite: set[str] = set()
    for verb in words(table, part, where):
        head, _, particle = verb.partition(" ")
        tail = f" {particle}" if particle else ""
        finite |= {past + tail for past in _pasts(head)} | {_third(head) + tail}
    for entry in table["irregular"][part]:
        finite |= set(_padded(entry, where)[:2])
    finite |= set(words(table["reflexive"], part, where)) if part in table["reflexive"] else set()
    return set(), finite


def _pasts(verb: str) -> set[str]:
    if verb.endswith("e"):
        return {verb + "d"}
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return {verb[:-1] + "ied"}
    return {verb + "ed", verb + verb[-1] + "ed"} if verb[-1] in "tp" else {verb + "ed"}


def _third(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"


def _verbs(forms: _Spoken, adverb: str, french: bool) -> tuple[str, str, str]:
    """Patterns of a verb of saying after its subject, before it, and with a pronoun."""
    told, react, around = forms.told, forms.react, forms.around
    people, latter, own, end = either(around["pronouns"]), either(around["latter"]), either(around["own"]), "(?![a-z])"
    announced = rf"(?P<mark>(?:{latter}|(?<![a-z'-])(?:{people})) [^\".:;\n]{{0,60}}: \")"
    if not french:
        verb = rf"{adverb}(?:(?P<told>{either(told[1])})|(?P<react>{either(react[1])})){end}"
        pronoun = (
            rf"(?P<latter>{latter}) {adverb}(?:{either(told[1])}){end}|(?<![a-z])(?:{own}) {adverb}(?:{either(told[1])}){end}"
            rf"|(?<![a-z])(?:{people}) {adverb}(?:{either(told[1])}){end}|(?:{either(told[1])}) (?:{people}|{own}){end}"
            rf"|{announced}"
        )
        return verb, rf"(?:{either(told[1] - set(around['transitive']))}){end}", pronoun
    clitic = r"(?:l'|lui |leur |nous |y |en )?"
    has = rf"(?:{either(around['auxiliaries'])})"
    both, finite = either(told[0] | react[0]), either(told[1] | react[1])
    just = rf"(?:vient|venait) (?:de |d')(?:{either(forms.infinitives)})"
    verb = (
        rf"(?:{clitic}{has}(?: |(?=,)){adverb}(?:(?P<told>{either(told[0])})|(?P<react>{either(react[0])}))(?:e?s?)"
        rf"|{adverb}(?:(?P<told2>{either(told[1])}|{just})|(?P<react2>{either(react[1])}))){end}"
    )
    inverted = rf"(?:{has} {adverb}(?:{both})(?:e?s?)|(?:{finite})){end}"
    pronoun = (
        rf"(?P<latter>{latter})(?:, [^\".;:\n]{{0,80}},)? (?:{clitic}{has} {adverb}(?:{both})|(?:{finite})){end}"
        rf"|(?:{has}-t-(?:{people}) {adverb}(?:{both})|(?:{finite})(?:-t)?-(?:{people})"
        rf"|s'(?:est|etait)-(?:{people}) {adverb}(?:{either(forms.reflexives)})e?"
        rf"|(?:{has} {adverb}(?:{both})|(?:{finite})) (?:{own})|(?<![a-z])(?:{own}) {has} {adverb}(?:{both})"
        rf"|(?<![a-z'-])(?:{people}) {clitic}{has} {adverb}(?:{either(told[0])})"
        rf"|(?P<present>(?<![a-z'-])(?:{people}) {clitic}(?:{finite}))){end}|{announced}"
    )
    return verb, inverted, pronoun


def _joined(forms: _Spoken, adverb: str, french: bool) -> re.Pattern[str]:
    """A verb of saying that goes on with the subject of the one before it: "et a salué", "and told"."""
    told = either(forms.told[0] if french else forms.told[1])
    if not french:
        return re.compile(rf" (?:and|but|then) {adverb}(?:{told})(?! by)(?![a-z])")
    has = rf"(?:l'|lui |leur |y |en )?(?:{either(forms.around['auxiliaries'])})"
    return re.compile(rf" (?:et|mais|puis|et qui) {has} {adverb}(?:{told})e?s?(?![a-z])")


def _before(phrases: Iterable[str]) -> tuple[str, ...]:
    """The phrases as they end a text, at its start too."""
    spaced = [phrase if phrase.endswith("'") else f"{phrase} " for phrase in phrases]
    return tuple(f" {phrase}" for phrase in spaced)


def _patterns(forms: _Spoken, french: bool) -> SpeechRules:
    around = forms.around
    adverbs, articles = either(around["adverbs"]), either(around["articles"])
    adverb = rf"(?:,? ?(?:{adverbs}|A_*+)(?:(?<=')|,? ))*?"
    verb, inverted, pronoun = _verbs(forms, adverb, french)
    clitic = "l'|le |nous |lui |leur " if french else "l'|le "
    manner = r"(?:, [a-z-]+(?: [a-z-]+){0,2},)?" if french else ""
    home = r"(?: (?:of|from|de|du|de la|d'|de l'|des) ?(?:the )?[SG]_*+| \([^)\n]{0,40}\))?"
    aside = (
        rf"(?:,(?:(?! (?:{either(around['finite'])}) (?!{_NO_VERB}))[^.;:\"\n]){{0,{_ASIDE}}}?,"
        r"| \([^)\n]{0,60}\),?| -[^-\n]{0,100}- ?)?"
        rf"(?! ?(?:{either(around['negation'])}))"
    )
    occasion = rf"(?:{either(around['occasions'])})(?: [a-z'CSGA_-]+){{0,6}}"
    place = r"(?:a|en|au|aux|in|at|on) (?:the )?[CSG]_*+"
    filler = rf"(?:,? (?:{adverbs}|(?:en |le |la |ce |on |late |early )?A_*+|{place}|{occasion})){{0,4}},?"
    holder = (
        rf"(?: (?:{articles}) ?[a-z-]+(?: [a-z-]+)?(?: (?:de |du |d'|of )[CSGN]_*+)?,)?(?: (?:{articles}))?"
        rf"(?: (?:S_*+(?:'s)?|D_*+|T_*+(?: S_*+)?))?(?: (?:{articles}))?"
    )
    return SpeechRules(
        subject_verb=re.compile(rf"{home}{aside}(?:'s)?,? (?P<relative>(?:qui|who) )?(?:,? ?(?:{adverbs}),? )*?{verb}"),
        verb_subject=re.compile(
            rf"(?:[\"»,!?.]|^|{_SO})[\" »]*,? ?(?:{clitic})?(?P<verb>{inverted})(?P<gap>{filler}{manner}{holder}) ?\Z",
            re.MULTILINE,
        ),
        according=re.compile(rf"(?<![a-z])(?:{either(around['according'])}) ?(?:m\. |mme |mr\.? )?\Z"),
        opening=re.compile(rf"(?:{either(around['opening'])}) ?\Z"),
        pronoun=re.compile(pronoun),
        pronoun_word=re.compile(rf"(?:{whole_words(around['pronouns'])})(?![a-z])|{either(around['latter'] + around['own'])}"),
        label=re.compile(r" ?(?:\([^)\n]{0,80}\))? ?: ?(?:\"|[a-z])"),
        quoted_label=re.compile(r"\" ?: (?:le |la |l')?\Z"),
        complement=re.compile(rf"(?:,[^.;\"\n]{{0,80}},)? ?(?:{either(around['complement'])})"),
        article=re.compile(rf"(?<![a-z])(?:(?:{articles}|the|m|mr)\.?(?: |(?<=')))+\Z"),
        prepositions=_before(around["prepositions"]),
        addressee=_before(around["prepositions"] + around["addressee"]),
        about=re.compile(
            rf"(?:{either(around['about']) or '(?!)'})e?s?(?: A_*+| [a-z]+)? ?(?:,[^.;,]{{0,60}},)?"
            r" (?:du|de|des|d') ?(?!concert|vive)"
        ),
        gerund=re.compile(rf"[,\"][ ,]*(?:tout )?(?:en )?(?:{either(forms.gerunds)})(?![a-z])"),
        noun=re.compile(r"(?<![a-z])(?:l'|le |la |les |un |une |the |an? )[a-z-]+ (?:D_*+ )?\Z"),
        mouthpieces=_before(around["mouthpieces"]),
        cited=re.compile(
            rf"(?: (?:{either(around['quoted'])})(?: [^.;:,\"\n]{{0,60}})?)?,? (?:{either(around['cited'])})(?![a-z])"
        ),
        joined=_joined(forms, adverb, french),
    )
