"""The words that stand for people named before, read from `data/LANGUAGE/anaphora.toml` and compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from loaders.reading.phrasing import whole_words
from loaders.reading.tables import DATA, read_table, words

_KEYS = (
    "he", "she", "between", "deeds", "auxiliaries", "finite", "pairs", "both", "guests", "hosts", "leaders", "diplomats",
    "someone", "feminine", "masculine", "sent_by",
)  # fmt: skip
_OPENING = ("he", "she", "both", "pairs", "guests", "hosts", "someone", "leaders", "diplomats")  # their phrases begin a word


@dataclass(frozen=True, slots=True)
class AnaphoraRules:
    """What stands for people in one language."""

    opens: re.Pattern[str]  # where one of the words may begin: quick to look for
    words: re.Pattern[str]  # on the layer; the named group that matched says what kind of word it is
    feminine: tuple[str, ...]  # a name or title that begins so is a woman's
    masculine: tuple[str, ...]
    sent_by: re.Pattern[str]  # the words up to a name that say that he only sent what or whom is spoken of

    def found(self, layer: str) -> Iterator[re.Match[str]]:
        """The words in a layer, in reading order."""
        last = 0
        for opening in self.opens.finditer(layer):
            match = self.words.match(layer, opening.start()) if opening.start() >= last else None
            if match is not None:
                last = match.end()
                yield match


def load_anaphora(language: str) -> AnaphoraRules:
    """The words of one language; every kind is a group of one pattern: he, she, pair, both, guest, host, someone,
    leader, diplomat, national ("le Sénégalais")."""
    where = f"{language}/anaphora.toml"
    table = read_table(DATA / language / "anaphora.toml", _KEYS)
    lists = {key: words(table, key, where) for key in _KEYS}
    french = language == "fr"
    deed = _deeds(lists) if french else ""
    described = _french if french else _english
    kinds = {
        "he": rf"(?:{_either(lists['he'])})(?= {deed})",
        "she": rf"(?:{_either(lists['she'])})(?= {deed})",
        "both": rf"(?:{_either(lists['both'])}) (?P<title>T_*+)",
        "pair": rf"(?:{_either(lists['pairs'])})(?![a-z'])",
        "guest": rf"(?:{_either(lists['guests'])})(?![a-z'])",
        "host": rf"(?:{_either(lists['hosts'])})(?![a-z'])",
        "someone": rf"(?:{_either(lists['someone'])})(?![a-z'-])",
        "leader": described(lists["leaders"], "leader"),
        "diplomat": described(lists["diplomats"], "diplomat"),
        "national": r"(?:(?:le|la) |l')(?P<national_of>D_*+)(?![a-z'-])(?! [NT]_| et )" if french else r"(?!)(?P<national_of>)",
    }
    pattern = "|".join(f"(?P<{kind}>{source})" for kind, source in kinds.items())
    first = {" ".join(phrase.split(" ")[:2]) for key in _OPENING for phrase in lists[key]}
    opens = f"{whole_words(first)}|l(?:'|[ae] )(?=D_)" if french else f"{whole_words(first)}|t(?<![a-z0-9]t)he (?=[DS]_)|[DS]_"
    said = re.compile(rf"(?<![a-z'_-])(?:{pattern})(?!,? P_)")
    of = r"(?:d'|(?<![a-z])(?:de|du|of|from) )"
    sent = re.compile(rf"(?:{whole_words(lists['sent_by'])})(?![a-z])[^.;:]{{0,50}}?{of}[^.;:]{{0,80}}\Z")
    return AnaphoraRules(re.compile(opens), said, lists["feminine"], lists["masculine"], sent)


def _either(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


def _deeds(lists: Mapping[str, tuple[str, ...]]) -> str:
    """What people do, right after a pronoun: an auxiliary and a participle, or a finite form."""
    between = rf"(?:(?:{_either(lists['between'])}),? |A_*+ )*"
    done = rf"(?:{_either(lists['auxiliaries'])}) {between}(?:{_either(lists['deeds'])})e?s?"
    return rf"(?:{done}|(?:{_either(lists['finite'])}))(?![a-z-])"


def _french(phrases: tuple[str, ...], kind: str) -> str:
    """ "Le dirigeant turc", "le leader", but not "le dirigeant de l'opposition"."""
    return rf"(?:{_either(phrases)})(?: (?P<{kind}_of>D_*+))?(?![a-z'-])(?! (?:de|du|des|d'))"


def _english(phrases: tuple[str, ...], kind: str) -> str:
    """ "The Turkish leader", "Turkey's leader", but not "the leader of the opposition"."""
    return rf"(?:the )?(?P<{kind}_of>[DS]_*+)(?:'s)? (?:{_either(phrases)})(?![a-z'-])(?! of )"
