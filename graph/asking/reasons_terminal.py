"""Why something is shown, on a terminal and as JSON: values, what joined the claims, decisions, then the sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from rich.console import Group
from rich.text import Text

from graph.asking.entities import Explanation
from graph.asking.terminal import render_explanation
from graph.model.iri import short
from graph.model.judgements import Judgement
from graph.model.terms import load_ontology
from graph.view.reasons import Joined, Property, Reasons

_WORDS = {
    "fr": {"values": "Valeurs", "joined": "Rapprochements", "decisions": "Décisions", "sources": "sources", "by": "décidé"},
    "en": {"values": "Values", "joined": "Comparisons", "decisions": "Decisions", "sources": "sources", "by": "decided"},
}


def render(explanation: Explanation, language: str = "fr") -> Group:
    """The chain from the shown values to the sentences."""
    return Group(*_lines(explanation.why, language), render_explanation(explanation))


def as_json(explanation: Explanation) -> str:
    """The same as JSON, with every score and every reason."""
    found = asdict(explanation)
    if explanation.why is not None:
        found["why"]["decisions"] = [{"id": each.id, **each.as_json()} for each in explanation.why.decisions]
    return json.dumps(found, ensure_ascii=False, indent=1, default=list)


def _lines(why: Reasons | None, language: str) -> Iterator[Text]:
    words = _WORDS["fr" if language == "fr" else "en"]
    if why is None:
        return
    for heading, lines in (
        (words["values"], [_values(each, words, language) for each in why.properties]),
        (words["joined"], [line for each in why.joined for line in _joined(each)]),
        (words["decisions"], [_decision(each, language) for each in why.decisions]),
    ):
        if lines:
            yield Text(heading, style="bold")
            yield from (Text(f"  {line}") for line in lines)
    if why.left_out:
        yield Text(f"  … +{why.left_out}")


def _values(each: Property, words: dict[str, str], language: str) -> str:
    label = load_ontology().property_(each.name).labels[language if language == "fr" else "en"]
    told = (
        f"{value.value} ({words['by']})"
        if value.decided
        else f"{value.value} ({value.witnesses} {words['sources']}, {value.confidence:.2f})"
        for value in each.values
    )
    return f"{label}: {' / '.join(told)}"


def _joined(each: Joined) -> list[str]:
    head = f"{short(each.one)} = {short(each.other)}: {each.score:g} ≥ {each.threshold:g}"
    return [head, *(f"  {reason}" for reason in each.reasons)]


def _decision(each: Judgement, language: str) -> str:
    word = load_ontology().concepts("Verdict")[each.verdict].labels[language if language == "fr" else "en"]
    before = each.anchors[0].fields.get(each.field or "", "-")
    what = f" {each.field}: {before} -> {each.value}" if each.field else ""
    return (
        f"{each.at[:10]} {each.by}: {word}{what}" + (f" ({each.reason})" if each.reason else "") + f"  decision/{each.id[:12]}"
    )
