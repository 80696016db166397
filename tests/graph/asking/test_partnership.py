"""The ties that the index gathers give the figures of the named questions, on a view with everything in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.asking.ask import Limits, ask_sparql
from graph.asking.binding import bind
from graph.asking.catalogue import newest_source
from graph.asking.partnership import members, shared_positions, ties
from graph.asking.questions import question
from graph.asking.steps import commissions, partners
from graph.model.claims import Claim, Source, SourceClaims, Span
from graph.record.snapshots import Snapshot, current
from graph.settings import Settings
from graph.view.writing import open_writer

LIMITS = Limits(60, 10_000, 10_000_000)
TOLD: dict[str, list[tuple[str, dict[str, object]]]] = {
    "2019-03-04": [
        ("agreement", {"parties": ("MAR", "RWA"), "date": "2019-03-01", "type": "treaty", "domains": ("defence", "water")}),
        ("agreement", {"parties": ("MAR", "SEN", "RWA"), "date": "2018", "type": "protocol", "status": "in_force"}),
        ("body", {"parties": ("MAR", "RWA"), "type": "joint_commission", "status": "met", "session": 1, "date": "2017-05"}),
        ("body", {"parties": ("MAR", "RWA"), "type": "joint_commission", "status": "met", "session": 2, "date": "2018-11-20"}),
        ("mission", {"sender": "MAR", "host": "RWA", "type": "embassy", "status": "opened", "date": "2016"}),
        ("mission", {"sender": "SEN", "host": "MAR", "type": "consulate", "status": "closed", "date": "2019-02"}),
        ("mission", {"sender": "RWA", "host": "MAR", "type": "embassy", "status": "planned", "date": "2019-09"}),
        ("agreement", {"parties": ("MAR", "SEN"), "date": "2005", "status": "terminated", "status_date": "2018-06"}),
        ("membership", {"state": "MAR", "organisation": "AU", "change": "rejoined", "date": "2017-01-30"}),
        ("membership", {"state": "SEN", "organisation": "AU", "change": "joined", "date": "1963"}),
        ("stance", {"state": "MAR", "polarity": "support", "topic": "la réforme du Conseil", "date": "2019"}),
    ],
    "2021-06-07": [
        ("visit", {"from": "MAR", "to": "RWA", "status": "made", "date": "2021-06-05"}),
        ("visit", {"from": "RWA", "to": "MAR", "status": "planned", "date": "2021-09"}),
        ("relation", {"parties": ("MAR", "SEN"), "change": "restored", "date": "2020-02-03", "status": "made"}),
        ("trade", {"parties": ("MAR", "RWA"), "year": "2020", "value": 12_000_000, "currency": "EUR", "direction": "export"}),
        ("stance", {"state": "RWA", "polarity": "oppose", "topic": "La réforme du Conseil", "date": "2021-05"}),
        ("stance", {"state": "SEN", "polarity": "support", "topic": "la réforme du Conseil", "date": "2021-05"}),
        ("membership", {"state": "SEN", "organisation": "AU", "change": "left", "date": "2021-06"}),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    folder: Path = tmp_path_factory.mktemp("partnership")
    with open_writer(Settings(data=folder)) as writer:
        for published, facts in TOLD.items():
            text = f"News of {published}. " + " ".join(f"Fact {number} is told." for number in range(len(facts)))
            told = [_claim(text, number, kind, fields) for number, (kind, fields) in enumerate(facts)]
            writer.add([SourceClaims(Source(text, language="en", published=published), tuple(told))])
        writer.commit()
    found = current(folder)
    assert found is not None
    with found:
        yield found


def _claim(text: str, number: int, kind: str, fields: dict[str, object]) -> Claim:
    quote = f"Fact {number} is told."
    start = text.index(quote)
    return Claim(kind, fields, (Span(start, start + len(quote), quote),), 0.9, f"{kind}.test")  # type: ignore[arg-type]


@pytest.mark.parametrize("as_of", ["2016", "2018-12", "2021-06-07", "2030-01-01"])
@pytest.mark.parametrize("state", ["state/MAR", "state/RWA", "state/SEN", "organisation/AU", "state/FRA"])
def test_its_figures_are_those_of_the_questions(loaded: Snapshot, state: str, as_of: str) -> None:
    found, code = ties(loaded, [state], as_of, "fr"), state.partition("/")[2]

    def asked(name: str, **given: str) -> list[object]:
        return list(ask_sparql(bind(question(name), {"state": code, **given}), loaded, LIMITS).rows)

    assert partners.partner_map(found.facts, {"as_of": as_of}) == asked("partner_map", as_of=as_of)
    assert commissions.calendar(found.calendar, {"as_of": as_of, "years": 2}) == asked("commission_calendar", as_of=as_of)
    assert partners.changes(found.facts, {"since": "", "until": as_of}) == asked("partner_changes", until=as_of)


@pytest.mark.parametrize(
    ("as_of", "level", "accords", "in_force", "ended"),
    [
        ("2004", "consulate", 0, 0, 0),
        ("2017", "consulate", 1, 0, 0),
        ("2018-06", "consulate", 2, 1, 1),
        ("2019-02", None, 2, 1, 1),
    ],
)
def test_things_are_shown_as_they_stood(
    loaded: Snapshot, as_of: str, level: str | None, accords: int, in_force: int, ended: int
) -> None:
    found = partners.partner_map(ties(loaded, ["state/MAR"], as_of, "en").facts, {"as_of": as_of})
    told = {row[0]: dict(zip(question("partner_map").columns, row, strict=True)) for row in found}["SEN"]
    assert (told["level"], told["missions_hosted"]) == (level, int(level is not None))
    assert (told["accords"], told["accords_in_force"], told["accords_ended"]) == (accords, in_force, ended)


def test_a_group_counts_a_fact_once(loaded: Snapshot) -> None:
    found = ties(loaded, ["state/MAR", "state/SEN"], "2030", "fr")
    told = [row for row in found.facts if row["kind"] == "Accord"]
    assert [row["partner"] for row in told] == ["RWA", "RWA"]
    assert {row["partner"] for row in found.facts} == {"RWA", "AU"}


@pytest.mark.parametrize(("as_of", "found"), [("1962", ()), ("2010", ("SEN",)), ("2019", ("MAR", "SEN")), ("2022", ("MAR",))])
def test_members_are_those_of_the_date(loaded: Snapshot, as_of: str, found: tuple[str, ...]) -> None:
    assert members(loaded, "organisation/AU", as_of) == tuple(f"state/{code}" for code in found)


def test_positions_meet_on_their_topics(loaded: Snapshot) -> None:
    told = ties(loaded, ["state/MAR"], "2030", "fr").positions
    topic = "la reforme du conseil"
    assert shared_positions(told, ["state/MAR"]) == {
        "RWA": [(topic, "support", "oppose")],
        "SEN": [(topic, "support", "support")],
    }
    assert shared_positions(told, ["state/MAR", "state/RWA"]) == {"SEN": [(topic, "mixed", "support")]}
    assert shared_positions(ties(loaded, ["state/MAR"], "2020", "fr").positions, ["state/MAR"]) == {}


def test_the_newest_source_dates_what_is_asked_without_a_date(loaded: Snapshot) -> None:
    assert newest_source(loaded) == "2021-06-07"
