"""The construction bench: invented sentences in every voice, filled with states from all over the world."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.loaders.reading.frames.reading_kit import facts, matches

BENCH = Path(__file__).parent / "bench"
STATES = tomllib.loads((BENCH / "states.toml").read_text(encoding="utf-8"))["state"]
PAIRS = [(0, 1), (2, 3), (4, 5), (6, 7), (5, 0), (3, 6)]


def filled(text: str, language: str, one: dict[str, Any], other: dict[str, Any]) -> str:
    """The text with its states, the first letter of each sentence a capital."""
    words = {"A": one[language], "B": other[language]}
    done = re.sub(r"\{([AB])\.(\w+)\}", lambda match: words[match[1]][match[2]], text)
    return re.sub(r"(?:^|(?<=\. ))[a-zé]", lambda match: match[0].upper(), done)


def _wanted(group: dict[str, Any]) -> list[dict[str, Any]]:
    """The facts that a group's sentences give: none, one or several."""
    gives = group.get("gives", [])
    return gives if isinstance(gives, list) else [gives]


def cases() -> list[Any]:
    """Every text of every bench file with every pair of states."""
    found = []
    for path in sorted(BENCH.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for language in ("fr", "en"):
            for group in table.get(language, ()):
                for text in group["texts"]:
                    found.append(
                        pytest.param(
                            language,
                            table["kinds"],
                            text,
                            _wanted(group),
                            group.get("published"),
                            id=f"{path.stem}-{text[:70]}",
                        )
                    )
    return found


@pytest.mark.parametrize(("language", "kinds", "text", "gives", "published"), cases())
def test_sentence_gives_its_facts_and_no_other(
    language: str, kinds: list[str], text: str, gives: list[dict[str, Any]], published: str | None
) -> None:
    for first, second in PAIRS:
        one, other = STATES[first], STATES[second]
        codes = {"A": one["code"], "B": other["code"]}
        codes |= {"A.capitale": one["fr"]["capitale"], "B.capitale": other["fr"]["capitale"]}
        codes |= {"A.capital": one["en"]["capital"], "B.capital": other["en"]["capital"]}
        sentence = filled(text, language, one, other)
        found = [fact for fact in facts(sentence, language, published) if fact.kind in kinds]
        wanted = [{name: named(value, codes) for name, value in fact.items()} for fact in gives]
        assert len(found) == len(wanted), (sentence, [dict(fact.fields) for fact in found])
        for fields in wanted:
            assert any(matches(fields, fact) for fact in found), (sentence, fields, [dict(fact.fields) for fact in found])


def named(value: Any, codes: dict[str, str]) -> Any:
    """A wanted value with the letters A and B replaced by the states' codes."""
    if isinstance(value, list):
        said = ((item, *item.split(" ", 1)) for item in value)  # "A 2024-03": a state with the day of what it did
        return [" ".join((codes.get(first, first), *rest)) if first in codes else item for item, first, *rest in said]
    return codes.get(value, value) if isinstance(value, str) else value
