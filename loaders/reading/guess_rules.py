"""The words by which it is guessed whom an office-holder serves, read from `data/guesses.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.reading.name_cultures import NameCultures, load_cultures
from loaders.reading.phrasing import either
from loaders.reading.tables import DATA, read_table, words


@dataclass(frozen=True, slots=True)
class GuessRules:
    """Folded words of both languages."""

    crowns: tuple[str, ...]
    presidents: tuple[str, ...]
    receives: re.Pattern[str]  # right behind who receives a guest
    at: tuple[str, ...]
    listed: re.Pattern[str]  # all that stands between two of a list
    country: tuple[str, ...]
    credentials: tuple[str, ...]
    company: tuple[str, ...]
    officials: tuple[str, ...]
    meets: tuple[str, ...]
    cultures: NameCultures


def load_guesses() -> GuessRules:
    """The table, checked; BadData names the key at fault."""
    where = "data/guesses.toml"
    keys = (
        "crowns", "presidents", "auxiliaries", "receives", "at", "joins", "articles", "country", "credentials", "company",
        "officials", "meets",
    )  # fmt: skip
    table = read_table(DATA / "guesses.toml", keys)
    lists = {key: words(table, key, where) for key in keys}
    joins, articles = ("|".join(map(re.escape, lists[key])) for key in ("joins", "articles"))
    return GuessRules(
        crowns=lists["crowns"], presidents=lists["presidents"],
        receives=re.compile(rf"(?: (?:{either(lists['auxiliaries'])}))? (?:{either(lists['receives'])})(?![a-z])"),
        at=lists["at"], listed=re.compile(rf",? ?(?:{joins}) ?(?:{articles})?"), country=lists["country"],
        credentials=lists["credentials"], company=lists["company"], officials=lists["officials"], meets=lists["meets"],
        cultures=load_cultures(),
    )  # fmt: skip
