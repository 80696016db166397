"""Every step by the name that headers give it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from graph.asking.steps import commissions, encounters, missions, networks, panel, partners, sequences, sources
from graph.asking.steps.gathered import Step

STEPS: Mapping[str, Step] = MappingProxyType(
    {
        "accredited": missions.accredited,
        "alternation": commissions.alternation,
        "brokers": encounters.brokers,
        "calendar": commissions.calendar,
        "centrality": networks.centrality,
        "changes": partners.changes,
        "closure": sequences.closure,
        "communities": networks.communities,
        "coverage": sources.coverage,
        "lags": sequences.lags,
        "modes": encounters.modes,
        "news": sources.news,
        "one_sided": missions.one_sided,
        "outcomes": sources.outcomes,
        "panel": panel.panel,
        "partner_map": partners.partner_map,
        "relations": partners.relations,
        "sequences": sequences.sequences,
        "shown": sources.shown,
        "visits_ranking": missions.visits_ranking,
    }
)
