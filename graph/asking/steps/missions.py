"""Missions and visits between states: where missions lie, who does what the other does not, who receives whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from graph.asking.steps.gathered import Gathered, Row, Values
from graph.asking.steps.places import state_of
from graph.model.reference import load_reference

LEVELS = ("head_of_state", "head_of_government", "minister", "other")


def level(offices: Sequence[str]) -> str:
    """The highest level of the offices that visitors held: heads of state and government, ministers (no deputies), others."""
    found = {"minister" if office.startswith("minister_") else office for office in offices}
    return next((name for name in LEVELS if name in found), "other")


def accredited(gathered: Gathered, values: Values) -> Iterator[Row]:
    """Missions whose place is a city known to lie in another state than their host."""
    for row in gathered:
        residence = state_of(row["place"])
        if residence is not None and residence != row["host"]:
            yield (
                row["mission"],
                row["sender"],
                row["host"],
                residence,
                *(row[n] for n in ("place", "type", "status", "date", "sources")),
            )


def one_sided(gathered: Gathered, values: Values) -> Iterator[Row]:
    """Pairs of states of which only one side is there; with `state`, those that it is one of, be it an organisation."""
    facts = {(row["sender"], row["host"]): row["facts"] for row in gathered}
    state = str(values["state"]).rpartition("/")[2]
    for (one, other), found in sorted(facts.items()):
        chosen = state in (one, other) if state else {one, other} <= load_reference().states.keys()
        if one != other and (other, one) not in facts and chosen:
            yield one, other, len(found), found


def visits_ranking(gathered: Gathered, values: Values) -> list[Row]:
    """One row a state, no organisation, that received or made a visit; the rank is by the visits received at `level`."""
    received: dict[str, dict[str, list[str]]] = defaultdict(lambda: {name: [] for name in LEVELS})
    made: dict[str, int] = defaultdict(int)
    for row in gathered:
        if row["visitor"] != row["host"]:
            received[row["host"]][level(row["offices"])].append(row["visit"])
            made[row["visitor"]] += 1
    counted = LEVELS if not values["level"] else (str(values["level"]),)
    score = {
        state: sum(len(received[state][name]) for name in counted)
        for state in sorted({*received, *made} & load_reference().states.keys())
    }
    ordered = sorted(score, key=lambda state: (-score[state], state))
    return [
        (
            1 + sum(other > score[state] for other in score.values()),
            state,
            sum(map(len, received[state].values())),
            *(len(received[state][name]) for name in LEVELS),
            made[state],
            tuple(sorted(visit for name in counted for visit in received[state][name])),
        )
        for state in ordered
    ]
