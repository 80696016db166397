"""A decision from what a person gives: a verdict, ids, perhaps a field and its value; checked before it is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Store

from graph.errors import BadData, BadQuery, NotFound
from graph.model.claims import Claim, Value
from graph.model.fields import Field
from graph.model.judgements import CLAIMS, PAIRS, SOURCES, Anchor, Judgement, check_verdict, judgement
from graph.record import judgements
from graph.record.schema import Schema
from graph.resolution.rules import Rules
from graph.review.naming import anchor, sources_named


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants decided: `names` are ids of claims, persons and facts, or of sources; `value` is text as written."""

    verdict: str
    names: tuple[str, ...]
    by: str
    reason: str = ""
    field: str | None = None
    value: str | None = None


def decided(store: Store, wish: Wish, at: str, schema: Schema, rules: Rules) -> Judgement:
    """The judgement that a wish stands for; BadQuery or BadData says what is wrong with it, NotFound what is unknown."""
    if not wish.by.strip():
        raise BadQuery("a decision needs the name of who decides; write --name")
    check_verdict(wish.verdict)  # before ids are looked up: told in the wrong order, an id stands in its place
    if wish.verdict in SOURCES:
        anchors = tuple(Anchor(one_source(store, name)) for name in wish.names)
        return judgement(wish.verdict, anchors, wish.by, at, wish.reason)
    anchors = tuple(anchor(store, name, schema.kinds) for name in wish.names)
    if wish.verdict in PAIRS:
        _check_pair(anchors, rules)
        return judgement(wish.verdict, anchors, wish.by, at, wish.reason)
    if wish.verdict in CLAIMS and not all("claim/" in name for name in wish.names):
        raise BadQuery(f"{wish.verdict} is said of a claim; `diplograph why {wish.names[0]}` lists the claims")
    value = None
    if wish.verdict == "corrected":
        value = _corrected(anchors[0], wish, schema)
    return judgement(wish.verdict, anchors, wish.by, at, wish.reason, wish.field if value is not None else None, value)


def one_source(store: Store, name: str) -> str:
    """The one source that a name means; BadQuery where an address has several texts."""
    found = sources_named(store, name)
    if len(found) > 1:
        raise BadQuery(f"{name} has {len(found)} texts; name one by its id: {', '.join(each[:16] for each in found)}")
    return found[0]


def one_decision(store: Store, prefix: str) -> str:
    """The id of the one decision in force that begins so; NotFound where none does, BadQuery where several do."""
    key = prefix.rsplit("/", 1)[-1]
    found = sorted(judgements.starting_with(store, key))
    if not found:
        raise NotFound(f"no decision in force begins with {key!r}; `diplograph decisions list` names them")
    if len(found) > 1:
        raise BadQuery(f"{len(found)} decisions in force begin with {key!r}; write more of the id")
    return found[0]


def _check_pair(anchors: Sequence[Anchor], rules: Rules) -> None:
    for each in anchors:
        kind = "person" if each.person is not None else each.kind or ""
        if kind not in rules.by_kind:
            raise BadQuery(f"claims on {kind} are never joined, so there is nothing to decide; decide on the persons")


def _corrected(meant: Anchor, wish: Wish, schema: Schema) -> Value:
    if wish.field is None or wish.value is None:
        raise BadQuery("a correction needs --field and --value")
    kind = schema.kinds[meant.kind or ""]
    value = read_value(kind.field(wish.field), wish.value)
    claim = Claim(kind.name, {**meant.fields, wish.field: value}, (), 1.0, "decision")
    wrong = [problem for problem in schema.kinds.validate(claim, is_agent=schema.agents.__contains__) if wish.field in problem]
    if wrong:
        raise BadData("the corrected claim would be wrong: " + "; ".join(wrong))
    return value


def read_value(field: Field, text: str) -> Value:
    """A field's value as people write it; several are separated by commas. BadData where it is no number and should be."""
    if field.plural:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if field.type not in ("integer", "number"):
        return text.strip()
    try:
        return int(text) if field.type == "integer" or "." not in text else float(text)
    except ValueError:
        raise BadData(f"{field.name}: {text!r} is no number") from None
