"""The shapes of the partner map."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from api.models import Model

_ID = "https://w3id.org/diplograph/id/"


class Missions(Model):
    """Missions that stand, both ways, and the highest type each way."""

    sent: int = Field(description="missions in the partner's country", examples=[1])
    hosted: int = Field(description="missions of the partner", examples=[1])
    level_sent: str | None = Field(examples=["embassy"])
    level_hosted: str | None = Field(examples=["embassy"])


class Accords(Model):
    """Accords by domain and by status; `planned` are those announced or negotiated, `signed` all others."""

    signed: int = Field(examples=[3])
    in_force: int = Field(examples=[1])
    ended: int = Field(description="terminated or suspended", examples=[0])
    planned: int = Field(examples=[1])
    by_domain: dict[str, int] = Field(description="of the accords signed; one may be in several", examples=[{"defence": 2}])
    by_status: dict[str, int] = Field(description="of all of them", examples=[{"in_force": 1, "planned": 1, "signed": 2}])


class Commission(Model):
    """A joint commission on the date asked for."""

    SAME: ClassVar[tuple[str, ...]] = (
        "name", "founded_on", "founding_accord", "sessions", "last_session", "last_session_on", "rhythm", "next_planned",
        "next_due", "months_since",
    )  # fmt: skip

    id: str = Field(examples=[_ID + "commission/5f0c3a9be1d2c4f7"])
    name: str | None = Field(examples=["Joint military commission of Morocco and Rwanda"])
    founded_on: str | None = Field(examples=["2025-06-18"])
    founding_accord: str | None = Field(examples=[_ID + "accord/5f0c3a9be1d2c4f7"])
    sessions: int = Field(description="sessions held", examples=[4])
    last_session: int | None = Field(description="ordinal of the last session", examples=[4])
    last_session_on: str | None = Field(examples=["2024-03-12"])
    rhythm: int | None = Field(description="months between sessions, median", examples=[18])
    next_planned: str | None = Field(examples=["2026-09"])
    next_due: str | None = Field(examples=["2025-09"])
    months_since: int | None = Field(description="since the last session, or the founding", examples=[15])
    overdue: bool | None = Field(description="no session for more than `years` years; null: no date is known", examples=[False])


class Trend(Model):
    """Facts dated in the window and in the one before; value (late - early) / (late + early), margin of its 95 % interval."""

    late: int = Field(examples=[6])
    early: int = Field(examples=[2])
    value: float | None = Field(description="from -1 to 1; null where nothing is counted", examples=[0.5])
    margin: float | None = Field(examples=[0.5066])


class Change(Model):
    """Something that was gained or lost, and the fact that says so."""

    change: str = Field(examples=["mission_opened_sent"])
    direction: str = Field(examples=["gained"])
    date: str = Field(examples=["2019-05"])
    fact: str = Field(examples=[_ID + "mission/5f0c3a9be1d2c4f7"])


class Flow(Model):
    """A figure of trade."""

    fact: str = Field(examples=[_ID + "trade/5f0c3a9be1d2c4f7"])
    year: str | None = Field(examples=["2024"])
    direction: str | None = Field(examples=["export"])
    value: float | None = Field(examples=[120000000.0])
    currency: str | None = Field(examples=["EUR"])


class Trade(Model):
    """The newest figures of trade; `count` is the number of all."""

    count: int = Field(examples=[1])
    flows: list[Flow]


class Position(Model):
    """What both said last on a topic; `ours` is `mixed` where the members of a group differ."""

    topic: str = Field(examples=["reforme du conseil"])
    ours: str = Field(examples=["support"])
    theirs: str = Field(examples=["support"])
    agree: bool = Field(examples=[True])


class Agreement(Model):
    """Positions on the topics that both have spoken on; share of those on which they agree, margin of its 95 % interval."""

    shared: int = Field(examples=[1])
    agreed: int = Field(examples=[1])
    share: float | None = Field(examples=[1.0])
    margin: float | None = Field(examples=[0.3507])
    topics: list[Position]


class Tie(Model):
    """One partner."""

    partner: str = Field(examples=["RWA"])
    label: str = Field(examples=["Rwanda"])
    relations: str | None = Field(description="the last change of relations", examples=["established"])
    relations_on: str | None = Field(examples=["1979"])
    level: str | None = Field(description="the highest type of mission between them, either way", examples=["embassy"])
    missions: Missions
    accords: Accords
    commissions: list[Commission]
    visits_made: int = Field(examples=[2])
    visits_received: int = Field(examples=[1])
    last_visit_on: str | None = Field(examples=["2025-06-18"])
    meetings: int = Field(examples=[4])
    last_contact: str | None = Field(examples=["2025-06-18"])
    trend_12: Trend
    trend_36: Trend
    gained: list[Change]
    lost: list[Change]
    trade: Trade
    positions: Agreement
    facts: int = Field(description="facts that tie the two, by that date", examples=[17])
    evidence: str | None = Field(
        description="address of every fact that ties the two, with its sentences; null for the members of an organisation",
        examples=["/api/v1/questions/between?state=MAR&partner=RWA"],
    )
    figures: dict[str, Any] = Field(exclude=True)


class PartnerMap(Model):
    """The partners of one state, those with most facts first; of a group (organisation, region), `members` says whose."""

    state: str = Field(examples=["MAR"])
    label: str = Field(examples=["Morocco"])
    members: list[str] | None = Field(None, examples=[None])
    partners: list[Tie]


class PartnerMaps(Model):
    """Maps side by side on one date; `common` are the partners of all of them."""

    snapshot: str = Field(examples=["5f2c9a7be01d4c86"])
    as_of: str = Field(examples=["2025-06-19"])
    maps: list[PartnerMap]
    common: list[str] = Field(examples=[["RWA"]])
    truncated: bool = Field(False, description="always false: all partners are given", examples=[False])
