"""How speech is reported: the patterns around a speaker, made from the words of `data/LANGUAGE/speech.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from loaders.reading.phrasing import either, whole_words
from loaders.reading.speech_forms import Spoken, english_forms, french_forms, loose_forms
from loaders.reading.tables import DATA, read_table, words

_ASIDE = 190  # characters of an aside between subject and verb


@dataclass(frozen=True, slots=True)
class SpeechRules:
    """How speech is reported in one language; patterns run on the layer."""

    subject_verb: re.Pattern[str]  # begins right after the person
    verb_subject: re.Pattern[str]  # ends right before the person
    according: re.Pattern[str]  # ends right before the person
    opening: re.Pattern[str]
    speaking: re.Pattern[str]  # an opening that shows that the subject speaks: "in an interview,"
    occasion: re.Pattern[str]  # what an adverbial of time or place begins with
    concluding: re.Pattern[str]  # begins right after the person of "et X de conclure"
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
    words_of: tuple[str, ...]  # what begins right after a person: "'s words"
    joined: re.Pattern[str]  # a second verb of the subject, one of saying: "met him and told"
    joint: re.Pattern[str]  # ends before a second subject: what the two say is no one's own
    second: re.Pattern[str]  # begins before one
    greets: tuple[str, ...]  # verbs that with a person right behind tell of a meeting
    other_voice: re.Pattern[str]  # begins right after a verb whose subject comes behind: "a précisé le ministère"
    plain: tuple[str, ...]  # the verbs after which it may
    no_words: tuple[str, ...]  # what makes a verb of saying one of doing: "répondu présent"
    silent: tuple[str, ...]  # what begins right after a person who was asked and says nothing
    undergone: re.Pattern[str]  # begins right after a participle of what others say: ", accused of", ", décrit comme"
    openings: tuple[str, ...]  # how a sentence begins that may give a view
    cues: frozenset[str] = frozenset()  # every form that shows speech, for the automaton


def load_speech(language: str) -> SpeechRules:
    """The speech words of `data/LANGUAGE/speech.toml`, expanded to all their forms."""
    where = f"{language}/speech.toml"
    table = read_table(DATA / language / "speech.toml", ("telling", "reacting", "irregular", "reflexive", "around"))
    french = language == "fr"
    forms = french_forms if french else english_forms
    told, react = forms(table, "telling", where), forms(table, "reacting", where)
    around = {key: words(table["around"], key, where) for key in table["around"]}
    spoken = Spoken(told, react, around, *loose_forms(table, french, where))
    owned = (phrase.removesuffix(" de") for phrase in around["according"])
    given = (phrase for phrase in around["given"] if " " in phrase)
    cues = frozenset().union(
        *told, *react, owned, around["cited"], around["views"], around["views_opening"], given,
        around["speaking"], spoken.gerunds, spoken.infinitives, spoken.reflexives,
    )  # fmt: skip
    return replace(_patterns(spoken, french), cues=cues)


def _verbs(forms: Spoken, adverb: str, french: bool) -> tuple[str, str, str]:
    """Patterns of a verb of saying after its subject, before it, and with a pronoun."""
    told, react, around = forms.told, forms.react, forms.around
    people, latter, own, end = either(around["pronouns"]), either(around["latter"]), either(around["own"]), "(?![a-z])"
    announced = rf"(?P<mark>(?:{latter}|(?<![a-z'-])(?:{people})) [^\".:;\n]{{0,60}}: \")"
    opening = rf"(?:\A|(?<=[\n.!?] ))(?:{either(around['views_opening'])})(?=,)"
    views = rf"(?P<view>(?<![a-z'-])(?:{either(around['views'])})|{opening}){end}"
    if not french:
        verb = rf"{adverb}(?:(?P<told>{either(told[1])})|(?P<react>{either(react[1])})){end}"
        pronoun = (
            rf"(?P<latter>{latter}) {adverb}(?:{either(told[1])}){end}|(?<![a-z])(?:{own}) {adverb}(?:{either(told[1])}){end}"
            rf"|(?<![a-z])(?:{people}) {adverb}(?:{either(told[1])}){end}|(?:{either(told[1])}) (?:{people}|{own}){end}"
            rf"|{views}|{announced}"
        )
        return verb, rf"(?:{either(told[1] - set(around['transitive']))}){end}", pronoun
    clitic = rf"(?:{either(around['clitics'])})?"
    has = rf"(?:{either(around['auxiliaries'])})"
    both, finite = either(told[0] | react[0]), either(told[1] | react[1])
    just = rf"(?:{either(around['just'])}) (?:de |d')(?:{either(forms.infinitives)})"
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
        rf"|(?<![a-z'-])(?:{people}) s'(?:en )?(?:est|etait) {adverb}(?:{either(forms.reflexives)})e?"
        rf"|(?P<present>(?<![a-z'-])(?:{people}) {clitic}(?:{finite}))){end}|{views}|{announced}"
    )
    return verb, inverted, pronoun


def _joined(forms: Spoken, adverb: str, french: bool) -> re.Pattern[str]:
    """A verb of saying that goes on with the subject of the one before it: "et a salué", "and told"."""
    told, on = either(forms.told[0] if french else forms.told[1]), either(forms.around["continuing"])
    if not french:
        return re.compile(rf" (?:{on}) {adverb}(?:{told})(?! by)(?![a-z])")
    has = rf"(?:{either(forms.around['clitics'])})?(?:{either(forms.around['auxiliaries'])})"
    return re.compile(rf" (?:{on}) {has} {adverb}(?:{told})e?s?(?![a-z])")


def _according(around: Mapping[str, tuple[str, ...]], filler: str) -> re.Pattern[str]:
    """What stands before a person who speaks without a verb; a phrase on "de" takes every article."""
    owned = [phrase.removesuffix(" de") for phrase in around["according"] if phrase.endswith(" de")]
    plain = [phrase for phrase in around["according"] if not phrase.endswith(" de")]
    article = rf"(?:(?:{either(around['articles'])})(?: |(?<=')))?"
    of = rf"(?:{either(owned)}) (?:de |d'|du |des )(?:la |l'|son |sa )?" if owned else "(?!)"
    given = (
        rf"(?:{either(around['announced'])})(?: [a-z-]+)? (?:{either(around['given'])}){filler} (?:{either(around['giver'])})"
    )
    noun = r"(?:[a-z-]{4,} (?:D_*+ )?)?"  # "according to analyst X"
    plainly = rf"(?:{either(plain)}) {article}{noun}"
    return re.compile(rf"(?<![a-z])(?:{of}|{plainly}|{given} {article})(?:(?:m\.|mme|mr\.?|mrs\.?|ms\.?) )?\Z")


def _before(phrases: Iterable[str]) -> tuple[str, ...]:
    """The phrases as they end a text, at its start too."""
    spaced = [phrase if phrase.endswith("'") else f"{phrase} " for phrase in phrases]
    return tuple(f" {phrase}" for phrase in spaced)


def _filler(around: Mapping[str, tuple[str, ...]]) -> str:
    """Adverbs, days, places and occasions between a verb and its subject."""
    adverbs = either(around["adverbs"])
    occasion = rf"(?:{either(around['occasions'])})(?: [a-z'CSGA_-]+){{0,6}}"
    place = r"(?:a|en|au|aux|in|at|on) (?:the )?[CSG]_*+"
    return rf"(?:,? (?:{adverbs}|(?:en |le |la |ce |on |late |early )?A_*+|{place}|{occasion})){{0,4}},?"


def _subject_verb(forms: Spoken, verb: str) -> re.Pattern[str]:
    """Right after a person: where they are from, an aside, and the verb of saying."""
    around = forms.around
    denied = [phrase for phrase in forms.told[1] if phrase.startswith(around["negation"])]  # "n'a pas exclu" says something
    party = r" (?:of the|of|du|de la|des) [a-z][a-z' -]{2,50}(?=,)"  # "Rep. X of the People's Party, …"
    home = (
        r"(?: (?:of|from|in|at|to|de|du|de la|d'|de l'|des|en|au|aux|a) ?(?:the |la )?[SGC]_*+| \([^)\n]{0,40}\)|"
        rf"{party})?"
    )
    no_verb = rf"(?:[CSGADMTP]_|(?:{either(around['no_verb'])}))" if around["no_verb"] else "(?!)"
    aside = (
        rf"(?:,(?:(?! (?:{either(around['finite'])}) (?!{no_verb}))[^.;:\"\n]){{0,{_ASIDE}}}?,"
        r"| \([^)\n]{0,60}\),?| -[^-\n]{0,100}- ?)?"
        rf"(?! ?(?!(?:{either(denied) or '(?!)'})(?![a-z]))(?:{either(around['negation'])}))"
    )
    adverbs = either(around["adverbs"])
    return re.compile(rf"{home}{aside}(?:'s)?,? (?P<relative>(?:qui|who) )?(?:,? ?(?:{adverbs}),? )*?{verb}")


def _verb_subject(around: Mapping[str, tuple[str, ...]], inverted: str, filler: str, french: bool) -> re.Pattern[str]:
    """Right before a person: a verb of saying behind a quotation, and what the person is."""
    articles = either(around["articles"])
    manner = r"(?:, [a-z-]+(?: [a-z-]+){0,2},)?" if french else ""
    holder = (
        rf"(?: (?:{articles}) ?[a-z-]+(?: [a-z-]+)?(?: (?:de |du |d'|of )[CSGN]_*+)?,)?(?: (?:{articles}))?"
        rf"(?: (?:S_*+(?:'s)?|D_*+|T_*+(?: S_*+)?))?(?: (?:{articles}))?"
    )
    barred = either(around["no_trade"])
    trade = (  # "said producer X", "a déclaré la cinéaste sénégalaise X"
        rf"(?P<trade>(?: (?:{articles}))?(?:(?: |(?<='))[DCS]_*+(?:'s)?)?"
        rf"(?:(?: |(?<='))(?!(?:{barred})(?![a-z]))[a-z][a-z-]++){{1,4}}(?: D_*+)?)"
    )
    return re.compile(
        rf"(?:[\"»,!?.]|^|(?<![a-z])(?:{either(around['so'])})(?: |(?<=')))[\" »]*,? ?"
        rf"(?:{either(around['clitics_first'])})?(?P<verb>{inverted})(?P<gap>{filler}{manner}(?:{holder}|{trade})) ?\Z",
        re.MULTILINE,
    )


def _other_voice(around: Mapping[str, tuple[str, ...]], filler: str, french: bool) -> re.Pattern[str]:
    """Right after a verb: that somebody else says it."""
    soon = rf"(?:,? (?:{either(around['adverbs'])}|A_*+)){{0,3}}"
    who = rf"(?:(?:{either(around['articles'])})(?: |(?<=')))?(?:D_*+ )?(?:{either(around['voices'])})(?![a-z])"
    return re.compile(rf"(?:{soon}) {who}" + ("" if french else rf"(?:{filler})(?:[.\"]|\Z)"))


def _patterns(forms: Spoken, french: bool) -> SpeechRules:
    around = forms.around
    adverbs, articles, joint = either(around["adverbs"]), either(around["articles"]), either(around["and"])
    adverb = rf"(?:,? ?(?:{adverbs}|A_*+)(?:(?<=')|,? ))*?"
    verb, inverted, pronoun = _verbs(forms, adverb, french)
    filler = _filler(around)
    return SpeechRules(
        subject_verb=_subject_verb(forms, verb),
        verb_subject=_verb_subject(around, inverted, filler, french),
        according=_according(around, filler),
        opening=re.compile(rf"(?:{either(around['opening'])}) ?\Z"),
        speaking=re.compile(rf"(?:[a-z-]+, )?(?:{either(around['speaking'])})(?![a-z])[^.;:\"\n]*?, (?:(?:{articles}) ?)?\Z"),
        occasion=re.compile(rf"(?:{either(around['occasions'])})(?![a-z])"),
        concluding=re.compile(rf" (?:de |d')(?:{either(forms.infinitives)})(?![a-z])" if french else "(?!)"),
        pronoun=re.compile(pronoun),
        pronoun_word=re.compile(
            rf"(?:{whole_words(around['pronouns'])})(?![a-z])"
            rf"|{either(around['latter'] + around['own'] + around['views'] + around['views_opening'])}"
        ),
        label=re.compile(r" ?(?:\([^)\n]{0,80}\))? ?: ?(?:\"|'?[a-z])"),
        quoted_label=re.compile(r"\" ?(?:: |\()(?:le |la |l')?\Z"),
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
        words_of=around["words_of"],
        joined=_joined(forms, adverb, french),
        joint=re.compile(rf"P_*,? (?:{joint}) \Z"),
        second=re.compile(rf"(?: (?:{joint})|,)(?: [a-z']+)? ?P_"),
        other_voice=_other_voice(around, filler, french),
        greets=tuple(f" {verb}" for verb in around["greets"]),
        plain=tuple(f" {verb}" for verb in around["plain"]),
        no_words=tuple(f" {phrase}" for phrase in around["no_words"]),
        silent=tuple(f" {phrase} " for phrase in around["silent"]),
        undergone=re.compile(rf" (?:{either(around['undergone'])})(?![a-z])"),
        openings=(
            *(phrase for phrase in around["opening"] if " " not in phrase),
            *(("in ", "as ") if around["words_of"] else ()),
        ),
    )
