"""What stands between titles and names that belong together, read from `data/LANGUAGE/persons.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.errors import BadData
from loaders.reading.anaphora_rules import AnaphoraRules, load_anaphora
from loaders.reading.guess_rules import GuessRules, load_guesses
from loaders.reading.model import Mention
from loaders.reading.phrasing import either
from loaders.reading.tables import DATA, read_table, words


@dataclass(frozen=True, slots=True)
class PersonRules:
    """What stands between titles and names that belong together, folded."""

    direct: frozenset[str]
    comma: frozenset[str]
    after: frozenset[str]
    article: tuple[str, ...]
    belongs: frozenset[str]
    enumeration: frozenset[str]
    beside_before: tuple[str, ...]
    stands_for: frozenset[str]  # between a name and the state that the person speaks or signs for
    sides: tuple[str, ...]  # before a people's name that tells whose side a person is on
    definite: tuple[str, ...]  # gaps with an article: then the apposition must end where the title does
    both: tuple[str, ...]  # gaps that make a title everybody's before it
    going_on: tuple[str, ...]  # what may follow such an apposition without a comma
    besides: tuple[str, ...]  # what begins an aside that ends before the subject: "besides the president, X …"
    of_them: frozenset[str]  # between a name of a list and its own state
    joined: frozenset[str]  # between two titles of one person: no article stands before the second
    joined_loosely: frozenset[str]  # the same, or of two: the second must be a former one or in another's name
    theirs: frozenset[str]  # between two names of a list, before the people or state of the second
    anaphora: AnaphoraRules
    guesses: GuessRules
    holding: re.Pattern[str]  # a gap with a verb of taking or giving up an office: " was sworn in on monday as "
    appoints: tuple[str, ...]  # what ends before a name that a title right behind is given to
    since: re.Pattern[str]  # a gap that says for how long: " since may, "
    ruled: tuple[tuple[str, str, str], ...]  # before a name, after it, and the office of who is so spoken of
    ruled_before: tuple[str, ...]  # what stands before the name in any of those

    def rules_over(self, folded: str, name: Mention) -> str | None:
        """The office of somebody whose government, or presidency, is spoken of; None for all others."""
        if not folded.endswith(self.ruled_before, 0, name.start):
            return None
        for before, after, office in self.ruled:
            if folded.endswith(before, 0, name.start) and folded.startswith(after, name.end):
                return office
        return None


def load_persons(language: str) -> PersonRules:
    """The person words of `data/LANGUAGE/persons.toml`."""
    where = f"{language}/persons.toml"
    keys = (
        "direct",
        "comma",
        "after",
        "article",
        "belongs",
        "and",
        "beside_before",
        "stands_for",
        "sides",
        "definite",
        "both",
        "going_on",
        "besides",
        "of_them",
        "theirs",
        "joined",
        "joined_loosely",
        "ruled",
        "holds",
        "unheld",
        "appoints",
        "since",
    )
    table = read_table(DATA / language / "persons.toml", keys)
    lists = {key: words(table, key, where) for key in keys if key != "ruled"}
    ruled = tuple(_ruled(entry, where) for entry in table["ruled"])
    return PersonRules(
        direct=frozenset(lists["direct"]), comma=frozenset(lists["comma"]), after=frozenset(lists["after"]),
        article=lists["article"],
        belongs=frozenset(lists["belongs"]), enumeration=frozenset(lists["and"]), beside_before=lists["beside_before"],
        stands_for=frozenset(lists["stands_for"]), sides=lists["sides"], definite=lists["definite"], both=lists["both"],
        going_on=lists["going_on"], besides=lists["besides"], of_them=frozenset(lists["of_them"]),
        joined=frozenset(lists["joined"]), joined_loosely=frozenset(lists["joined_loosely"]),
        theirs=frozenset(lists["theirs"]), anaphora=load_anaphora(language), guesses=load_guesses(),
        holding=_holding(lists["holds"], lists["unheld"]), appoints=tuple(f" {verb} " for verb in lists["appoints"]),
        since=re.compile(rf" (?:{either(lists['since'])})(?<=[a-z']) ?[^.;,\n]{{2,30}}, (?:m\. |mme |mr\.? |mrs\.? |dr )?"),
        ruled=ruled, ruled_before=tuple(dict.fromkeys(before for before, _, _ in ruled)),
    )  # fmt: skip


def _holding(verbs: tuple[str, ...], barred: tuple[str, ...]) -> re.Pattern[str]:
    """Between a name and its title: a verb of holding, then a few words of which none is barred."""
    word = rf"(?!(?:{either(barred)})(?![a-z]))[a-z0-9'.-]+"
    return re.compile(rf",? (?:(?:who|qui) )?(?:{either(verbs)})(?: {word}){{0,5}} (?:[dl]')?")


def _ruled(entry: object, where: str) -> tuple[str, str, str]:
    if not (isinstance(entry, list) and len(entry) == 3 and all(isinstance(part, str) for part in entry)):
        raise BadData(f"{where}: ruled wants [before, after, office]: {entry!r}")
    return entry[0], entry[1], entry[2]
